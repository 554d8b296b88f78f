import { type CachedLayers, decideRemedy } from '../buildkit/solve/output-compression.ts';
import type { CacheBackend } from '../inputs/cache-attributes.ts';
import type { CacheCompression } from '../inputs/types.ts';
import type { BuildOutput } from '../inputs/values.ts';

export interface CompressionFacts {
  readonly backend: CacheBackend;
  /** The `compression` input. */
  readonly asked: CacheCompression;
  /** The attribute of that name; undefined: it is not given. */
  readonly attribute: string | undefined;
  readonly outputs: readonly BuildOutput[];
}

const layered = new Set(['image', 'oci', 'docker']);

/**
 * How the layers of a cache are compressed. Nobody can be asked what a registry's cache holds, as the gateway can, so
 * `auto` is what the outputs have: what comes from the cache is then what a build without one would make. Pure.
 */
export function decideCompression({ backend, asked, attribute, outputs }: CompressionFacts): string {
  const ofOutputs = findOutputCompression(outputs);
  switch (backend) {
    case 'registry':
    case 'local':
      return attribute ?? (asked === 'auto' ? ofOutputs : asked);
    case 'inline':
      // The cache is the image.
      return ofOutputs;
    case 'gha':
    case 's3':
    case 'azblob':
    case 'none':
      return 'gzip';
    default:
      return backend satisfies never;
  }
}

function findOutputCompression(outputs: readonly BuildOutput[]): string {
  const found = outputs
    .filter(({ type }) => layered.has(type))
    .map(({ attrs }) => attrs['compression'] ?? 'gzip');
  const [first = 'gzip'] = found;
  return found.every((compression) => compression === first) ? first : 'gzip';
}

/** What such a cache holds. Base images are taken for gzip, as nearly all are: nobody can be asked. */
export function toCachedLayers(compression: string): CachedLayers {
  // estargz is gzip in another arrangement.
  const own = compression === 'estargz' ? 'gzip' : compression;
  return { base: ['gzip'], own: [own], result: [own] };
}

/** True where an import would change what the build puts out, and nothing can be done about it. Pure. */
export function changesOutput(outputs: readonly BuildOutput[], compression: string): boolean {
  return outputs.some((output) => decideRemedy(output, toCachedLayers(compression)) === 'refuse');
}
