import { readBoolean, readField, readString } from '../../json.ts';

/** How a layer is compressed, by its media type. */
export type LayerCompression = 'uncompressed' | 'gzip' | 'zstd';

/** How layers are compressed, apart by where they come from: see `findLayerRoles`. */
export interface LayerCompressions {
  /** Of base images. */
  readonly base: readonly LayerCompression[];
  /** Made by the build's own steps. */
  readonly own: readonly LayerCompression[];
  /** Of those, what lies under the last step of a build. */
  readonly result: readonly LayerCompression[];
}

/** What `type=registry` would meet in a cache scope. */
export interface ScopeDescription {
  readonly name: string;
  /** False: BuildKit would refuse its manifest or config as too large (1 MiB), so import it with `type=gha`. */
  readonly fitsOci: boolean;
  readonly layers: LayerCompressions;
}

/** undefined when the value is no list of descriptions. */
export function parseDescriptions(value: unknown): readonly ScopeDescription[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const parsed = value.map(parseDescription).filter((item) => item !== undefined);
  return parsed.length === value.length ? parsed : undefined;
}

function parseDescription(value: unknown): ScopeDescription | undefined {
  const name = readString(value, 'name');
  const fitsOci = readBoolean(value, 'fitsOci');
  const base = parseCompressions(readField(value, 'layers', 'base'));
  const own = parseCompressions(readField(value, 'layers', 'own'));
  const result = parseCompressions(readField(value, 'layers', 'result'));
  if (name === undefined || fitsOci === undefined) return undefined;
  if (base === undefined || own === undefined || result === undefined) return undefined;
  return { name, fitsOci, layers: { base, own, result } };
}

function parseCompressions(value: unknown): readonly LayerCompression[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const compressions = value.filter(isCompression);
  return compressions.length === value.length ? compressions : undefined;
}

function isCompression(value: unknown): value is LayerCompression {
  return value === 'uncompressed' || value === 'gzip' || value === 'zstd';
}
