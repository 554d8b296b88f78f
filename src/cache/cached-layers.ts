import type { CachedLayers } from '../buildkit/solve/output-compression.ts';

export const nothingCached: CachedLayers = { base: [], own: [], result: [] };

export function joinLayers(all: readonly CachedLayers[]): CachedLayers {
  const join = (name: keyof CachedLayers) => [...new Set(all.flatMap((layers) => layers[name]))];
  return { base: join('base'), own: join('own'), result: join('result') };
}
