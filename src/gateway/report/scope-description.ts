import * as v from '@badrap/valita';
import type { Parsed } from '../../schema.ts';

const layerCompression = v.union(v.literal('uncompressed'), v.literal('gzip'), v.literal('zstd'));
/** How a layer is compressed, by its media type. */
export type LayerCompression = Parsed<typeof layerCompression>;

const layerCompressions = v.object({
  /** Of base images. */
  base: v.array(layerCompression),
  /** Made by the build's own steps. */
  own: v.array(layerCompression),
  /** Of those, what lies under the last step of a build. */
  result: v.array(layerCompression),
});
/** How layers are compressed, apart by where they come from: see `findLayerRoles`. */
export type LayerCompressions = Parsed<typeof layerCompressions>;

/** What `type=registry` would meet in a cache scope. */
export const scopeDescription = v.object({
  name: v.string(),
  /** False: BuildKit would refuse its manifest or config as too large (1 MiB), so import it with `type=gha`. */
  fitsOci: v.boolean(),
  layers: layerCompressions,
});
export type ScopeDescription = Parsed<typeof scopeDescription>;
