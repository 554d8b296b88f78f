import { isRecord, readNumber, readString } from '../json.ts';

/** A committed cache entry: `(repository, refScope, key, version)` names it, nothing of it ever changes but its access time. */
export interface Entry {
  /** Positive integer. */
  readonly id: number;
  readonly repository: string;
  readonly refScope: string;
  readonly key: string;
  readonly version: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970, of the commit; no two entries have the same. */
  readonly createdAt: number;
}

export function renderEntry(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** undefined when it is not an entry's record. */
export function parseEntry(record: unknown): Entry | undefined {
  const id = readNumber(record, 'id');
  const repository = readString(record, 'repository');
  const refScope = readString(record, 'refScope');
  const key = readString(record, 'key');
  const version = readString(record, 'version');
  const sizeBytes = readNumber(record, 'sizeBytes');
  const createdAt = readNumber(record, 'createdAt');
  if (!isRecord(record) || id === undefined || sizeBytes === undefined || createdAt === undefined)
    return undefined;
  if (repository === undefined || refScope === undefined || key === undefined || version === undefined)
    return undefined;
  return { id, repository, refScope, key, version, sizeBytes, createdAt };
}
