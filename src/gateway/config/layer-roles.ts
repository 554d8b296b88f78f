import { type CacheConfig, toLayerOrder } from './cache-config.ts';

/** Which layers are made by the build's own steps, by digest; the others come with base images. */
interface LayerRoles {
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
  // For each layer how many from it downwards are made by steps, and whether it is under a last step: each is visited
  // once for each layer on it, however many results stand on the same ones.
  const made = config.layers.map(() => 0);
  const isUnder = config.layers.map(() => false);
  const own = new Set<string>();
  const underLast = new Set<string>();
  for (const [index, { layers, chains }] of config.records.entries()) {
    const depth = depths[index] ?? 0;
    const isLast = !linked.has(index);
    for (const { layer } of layers) {
      made[layer] = Math.max(made[layer] ?? 0, depth);
      if (isLast) isUnder[layer] = true;
    }
    for (const chain of chains) {
      const blobs = chain.layers.flatMap((layer) => config.layers[layer]?.blob ?? []);
      for (const blob of blobs.slice(Math.max(0, blobs.length - depth))) own.add(blob);
      if (isLast) for (const blob of blobs) underLast.add(blob);
    }
  }
  for (const index of [...(toLayerOrder(config) ?? [])].reverse()) {
    const layer = config.layers[index];
    if (layer === undefined) continue;
    const { blob, parent } = layer;
    const depth = made[index] ?? 0;
    if (depth > 0) own.add(blob);
    if (isUnder[index]) underLast.add(blob);
    if (parent === -1) continue;
    made[parent] = Math.max(made[parent] ?? 0, depth - 1);
    if (isUnder[index]) isUnder[parent] = true;
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
