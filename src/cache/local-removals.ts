/** A cache in a directory of caches. */
export interface LocalCache {
  readonly name: string;
  /** When its index was written. */
  readonly exportedAtMs: number;
  /** Digests of all blobs that the index names, itself or by what it names. */
  readonly blobs: readonly string[];
}

export interface LocalContents {
  readonly caches: readonly LocalCache[];
  /** What lies in the directory: bytes by digest. */
  readonly blobs: ReadonlyMap<string, number>;
}

export interface Removals {
  /** Names of caches. */
  readonly caches: readonly string[];
  /** Digests. */
  readonly blobs: readonly string[];
}

/**
 * What to remove so that the directory holds `maxBytes` at most: blobs that no index names, and then the caches that were
 * longest without an export. What the newest index names stays, however large it is. Pure.
 */
export function decideRemovals({ caches, blobs }: LocalContents, maxBytes: number): Removals {
  const newestFirst = caches.toSorted(
    (one, other) => other.exportedAtMs - one.exportedAtMs || (one.name < other.name ? -1 : 1),
  );
  const kept = new Set<string>();
  const removed: string[] = [];
  let bytes = 0;
  for (const [index, cache] of newestFirst.entries()) {
    const added = [...new Set(cache.blobs)].filter((digest) => !kept.has(digest));
    const size = added.reduce((sum, digest) => sum + (blobs.get(digest) ?? 0), 0);
    // One that does not fit takes the older ones with it: they would be what everybody else has outlived.
    if (index > 0 && (removed.length > 0 || bytes + size > maxBytes)) {
      removed.push(cache.name);
      continue;
    }
    bytes += size;
    for (const digest of added) kept.add(digest);
  }
  return { caches: removed, blobs: [...blobs.keys()].filter((digest) => !kept.has(digest)) };
}
