import { isRecord, readBoolean, readString } from '../json.ts';

/** How a layer is compressed, by its media type. */
export type LayerCompression = 'uncompressed' | 'gzip' | 'zstd';

/** What `type=registry` would meet in a cache scope. */
export interface ScopeDescription {
  readonly name: string;
  /** False: BuildKit would refuse its manifest or config as too large (1 MiB), so import it with `type=gha`. */
  readonly fitsOci: boolean;
  /** Of the layers that it holds; nothing when it is empty. */
  readonly compressions: readonly LayerCompression[];
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
  const given = isRecord(value) ? value['compressions'] : undefined;
  if (name === undefined || fitsOci === undefined || !Array.isArray(given)) return undefined;
  const compressions = given.filter(isCompression);
  return compressions.length === given.length ? { name, fitsOci, compressions } : undefined;
}

function isCompression(value: unknown): value is LayerCompression {
  return value === 'uncompressed' || value === 'gzip' || value === 'zstd';
}
