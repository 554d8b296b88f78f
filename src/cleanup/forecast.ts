import type { CacheEntry } from './entry.ts';

/** What GitHub would evict at that limit: what was not used for longest, until the rest fits. */
export function forecastEviction(
  entries: readonly CacheEntry[],
  limitBytes: number,
): ReadonlySet<CacheEntry> {
  let sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  const evicted = new Set<CacheEntry>();
  for (const entry of [...entries].sort((a, b) => a.accessedMs - b.accessedMs || a.id - b.id)) {
    if (sizeBytes <= limitBytes) break;
    evicted.add(entry);
    sizeBytes -= entry.sizeBytes;
  }
  return evicted;
}
