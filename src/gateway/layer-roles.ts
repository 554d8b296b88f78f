import type { CacheConfig, CacheRecord } from './cache-config.ts';

/** Which layers are made by the build's own steps, by digest; the others come with base images. */
export interface LayerRoles {
  /** Made by a step. */
  readonly own: ReadonlySet<string>;
  /** Of those, what lies under the last step of a build: what an image is made of when nothing has changed. */
  readonly result: ReadonlySet<string>;
}

/**
 * BuildKit does not write down where a layer comes from, but each step puts one layer on its first input (a `COPY
 * --link` merges one in). So of a result's layers as many are its own as there are steps below it, and what is left at
 * the bottom was there before: the base image, whose own record has no result (solver/exporter.go, ExportRoots).
 */
export function findLayerRoles(config: CacheConfig): LayerRoles {
  const depths = measureDepths(config);
  const linked = new Set(config.records.flatMap(({ inputs }) => inputs.flat().map(({ link }) => link)));
  const own = new Set<string>();
  const underLast = new Set<string>();
  for (const [index, record] of config.records.entries()) {
    for (const chain of listChains(config, record)) {
      const made = chain.slice(Math.max(0, chain.length - (depths[index] ?? 0)));
      for (const blob of made) own.add(blob);
      if (!linked.has(index)) for (const blob of chain) underLast.add(blob);
    }
  }
  return { own, result: new Set([...underLast].filter((blob) => own.has(blob))) };
}

/** For each record the number of steps from a source to it, itself included, along first inputs; 0: it is a source. */
function measureDepths({ records }: CacheConfig): readonly number[] {
  const depths: number[] = [];
  const measure = (start: number): void => {
    // A stack of its own: a chain of steps may be longer than the call stack is deep.
    const stack = [start];
    for (let index = stack.at(-1); index !== undefined; index = stack.at(-1)) {
      const [first] = records[index]?.inputs ?? [];
      const links = (first ?? []).map(({ link }) => link);
      const unknown = links.filter((link) => depths[link] === undefined);
      if (unknown.length > 0) {
        stack.push(...unknown);
        continue;
      }
      // Content by which a step is found as well counts as a source: the longest way is that of the steps.
      depths[index] = first === undefined ? 0 : 1 + Math.max(0, ...links.map((link) => depths[link] ?? 0));
      stack.pop();
    }
  };
  for (const index of records.keys()) if (depths[index] === undefined) measure(index);
  return depths;
}

/** The layers of each result, the lowest first. */
function listChains({ layers }: CacheConfig, record: CacheRecord): readonly (readonly string[])[] {
  const toBlobs = (indexes: readonly number[]) =>
    indexes.flatMap((index) => {
      const layer = layers[index];
      return layer === undefined ? [] : [layer.blob];
    });
  const climbed = record.layers.map(({ layer }) => {
    const chain: number[] = [];
    for (let index = layer; index !== -1; index = layers[index]?.parent ?? -1) chain.unshift(index);
    return toBlobs(chain);
  });
  return [...climbed, ...record.chains.map((chain) => toBlobs(chain.layers))];
}
