import { type CacheEntry, classifyEntry } from './entry.ts';

/** One of several entries of which only the newest is read. */
export interface NumberedEntry {
  readonly entry: CacheEntry;
  readonly number: number;
}

/** Jobs that began before something was replaced may need it; GitHub's longest job on its own runners takes 6 hours. */
export const graceMs = 24 * 60 * 60_000;

/** The manifests of each ref and cache scope. */
export function groupManifests(entries: readonly CacheEntry[]): readonly (readonly NumberedEntry[])[] {
  return group(entries, (found) =>
    found.kind === 'manifest' ? { name: found.cacheScope, number: found.number } : undefined,
  );
}

/** BuildKit's own indexes of each ref and cache scope. */
export function groupIndexes(entries: readonly CacheEntry[]): readonly (readonly NumberedEntry[])[] {
  return group(entries, (found) =>
    found.kind === 'index' ? { name: found.base, number: found.number } : undefined,
  );
}

function group(
  entries: readonly CacheEntry[],
  toPlace: (
    kind: ReturnType<typeof classifyEntry>,
  ) => { readonly name: string; readonly number: number } | undefined,
): readonly (readonly NumberedEntry[])[] {
  const groups = new Map<string, NumberedEntry[]>();
  for (const entry of entries) {
    const place = toPlace(classifyEntry(entry));
    if (place === undefined) continue;
    const name = JSON.stringify([entry.ref, place.name]);
    groups.set(name, [...(groups.get(name) ?? []), { entry, number: place.number }]);
  }
  return [...groups.values()];
}

/**
 * Those of a group that no job can be about to read: another one has a higher number, was written later, and has been
 * there for a day. A look-up answers what was written last, and a writer counts from it, so both must agree.
 */
export function listSuperseded(group: readonly NumberedEntry[], nowMs: number): readonly CacheEntry[] {
  return group
    .filter(({ entry, number }) =>
      group.some(
        (other) =>
          other.number > number &&
          other.entry.createdMs > entry.createdMs &&
          other.entry.createdMs <= nowMs - graceMs,
      ),
    )
    .map(({ entry }) => entry);
}
