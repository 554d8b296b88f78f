import type { LookupHit, ReserveRequest } from '../cache-server/service.ts';
import type { Entry } from './entry.ts';

/** What a client hears whose key somebody has already. */
export function toExistsMessage(request: ReserveRequest, refScope: string): string {
  if (request.protocol === 2) return 'cache entry with the same key, version, and scope already exists';
  return `Cache already exists. Scope: ${refScope}, Key: ${request.key}, Version: ${request.version}`;
}

export function toHit(entry: Entry): LookupHit {
  const { id, key, refScope, version, createdAt } = entry;
  return { entryId: String(id), key, refScope, version, createdAt: new Date(createdAt) };
}
