/**
 * The keys of the gateway's own entries. All lower case, because servers of v1 fold case, and without a comma, because
 * v1 joins keys with it. Nothing is lost by folding a cache scope: the policy's names end with a hash of what they are.
 */

/** `hotlayer-pack-1-<run>-<attempt>-<random>-<n>`: run and attempt, so that a crashed upload blocks no later run. */
export function toPackKey(job: PackKeyJob, number: number): string {
  return `hotlayer-pack-1-${job.runId}-${job.attempt}-${job.random}-${number}`.toLowerCase();
}

interface PackKeyJob {
  readonly runId: string;
  readonly attempt: string;
  /** Keeps jobs of one run apart: 8 hex digits. */
  readonly random: string;
}

/** What all manifests of a cache scope begin with; the service answers the newest of them. */
export function toManifestPrefix(cacheScope: string): string {
  return `hotlayer-manifest-1-${cacheScope.toLowerCase()}#`;
}

export function toManifestKey(cacheScope: string, number: number): string {
  return `${toManifestPrefix(cacheScope)}${number}`;
}

/** The cache scope and the number of a manifest's key; undefined: the key is none. */
export function splitManifestKey(
  key: string,
): { readonly cacheScope: string; readonly number: number } | undefined {
  const [, cacheScope, digits] =
    /^hotlayer-manifest-1-(.+)#([1-9][0-9]{0,14})$/.exec(key.toLowerCase()) ?? [];
  return cacheScope === undefined ? undefined : { cacheScope, number: Number(digits) };
}

/** The number of a manifest of that cache scope; undefined: the key is none. */
export function parseManifestNumber(cacheScope: string, key: string): number | undefined {
  const prefix = toManifestPrefix(cacheScope);
  const folded = key.toLowerCase();
  if (!folded.startsWith(prefix)) return undefined;
  const digits = folded.slice(prefix.length);
  return /^[1-9][0-9]{0,14}$/.test(digits) ? Number(digits) : undefined;
}
