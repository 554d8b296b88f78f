import type { BuildOutput } from '../../inputs/values.ts';

/** How the layers in the imported caches are compressed. */
export interface CachedLayers {
  /** Of base images. */
  readonly base: readonly string[];
  /** Made by the build's own steps. */
  readonly own: readonly string[];
  /** Of those, what lies under the last step of a build. */
  readonly result: readonly string[];
}

/** Outputs that are made of layers. */
const layered = new Set(['image', 'oci', 'docker']);

/**
 * What makes the output's layers what they would be without a cache. BuildKit compresses what it makes as the output
 * says, gzip by default, and leaves what comes from a cache or a base image as it is; `force-compression` converts all of
 * it, base images as well (cache/blobs.go). So it is right only where the base images have the output's compression;
 * elsewhere a cache whose results have another one must not be imported (`refuse`).
 */
export type OutputRemedy = 'none' | 'force' | 'refuse';

export function decideRemedy({ type, attrs }: BuildOutput, layers: CachedLayers): OutputRemedy {
  if (!layered.has(type)) return 'none';
  // Who says either has chosen.
  if (attrs['force-compression'] !== undefined) return 'none';
  // estargz is gzip in another arrangement, with the same media type.
  const wanted = attrs['compression'] === 'estargz' ? 'gzip' : (attrs['compression'] ?? 'gzip');
  const isWanted = (compression: string) => compression === wanted;
  if (layers.own.every(isWanted)) return 'none';
  // Forced estargz would convert the gzip of a base image.
  if (layers.base.every(isWanted) && attrs['compression'] !== 'estargz') return 'force';
  // Other layers are those of stages that the image is not made of.
  return layers.result.every(isWanted) ? 'none' : 'refuse';
}
