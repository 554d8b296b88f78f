import type { CleanupResult } from './clean.ts';
import { type CacheEntry, classifyEntry } from './entry.ts';
import { forecastEviction } from './forecast.ts';

/** What a ref has of one cache scope, or of one kind of caches. */
export interface ReportRow {
  readonly ref: string;
  readonly what: string;
  readonly entries: number;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly lastUseMs: number;
  /** Of the bytes those that go, or went. */
  readonly removedBytes: number;
  /** Of what stays the bytes that GitHub would evict at the limit. */
  readonly evictedBytes: number;
}

/** The largest first. */
export function toReportRows(result: CleanupResult, limitBytes: number): readonly ReportRow[] {
  const { facts, removals } = result;
  const removed = new Set(removals.map(({ entry }) => entry.id));
  const staying = facts.entries.filter(({ id }) => !removed.has(id));
  const evicted = forecastEviction(staying, limitBytes);
  const scopes = listPackScopes(result);
  const rows = new Map<string, ReportRow>();
  for (const entry of facts.entries) {
    const what = describeEntry(entry, scopes);
    const name = JSON.stringify([entry.ref, what]);
    const row = rows.get(name);
    rows.set(name, {
      ...{ ref: entry.ref, what },
      entries: (row?.entries ?? 0) + 1,
      bytes: (row?.bytes ?? 0) + entry.sizeBytes,
      lastUseMs: Math.max(row?.lastUseMs ?? 0, entry.accessedMs),
      removedBytes: (row?.removedBytes ?? 0) + (removed.has(entry.id) ? entry.sizeBytes : 0),
      evictedBytes: (row?.evictedBytes ?? 0) + (evicted.has(entry) ? entry.sizeBytes : 0),
    });
  }
  return [...rows.values()].sort((a, b) => b.bytes - a.bytes || (a.ref < b.ref ? -1 : 1));
}

/** By the key of a pack the cache scope of a manifest that names it. */
function listPackScopes({ facts }: CleanupResult): ReadonlyMap<string, string> {
  const scopes = new Map<string, string>();
  for (const entry of facts.entries) {
    const kind = classifyEntry(entry);
    if (kind.kind !== 'manifest') continue;
    for (const key of facts.named.get(entry.id) ?? []) scopes.set(key, kind.cacheScope);
  }
  return scopes;
}

function describeEntry(entry: CacheEntry, scopes: ReadonlyMap<string, string>): string {
  const kind = classifyEntry(entry);
  switch (kind.kind) {
    case 'manifest':
    case 'index':
      return kind.cacheScope;
    case 'pack':
      return scopes.get(entry.key.toLowerCase()) ?? '(packs of Hotlayer)';
    case 'newer':
      return '(of a newer Hotlayer)';
    case 'layer':
      return "(layers of BuildKit's own client)";
    case 'tools':
      return '(BuildKit and buildx)';
    case 'other':
      return '(other tools)';
    default:
      return kind satisfies never;
  }
}
