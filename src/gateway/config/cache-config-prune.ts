import { type CacheConfig, type CacheRecord, toLayerOrder, toRecordOrder } from './cache-config.ts';
import { identifyRecords } from './cache-config-identity.ts';

interface PrunedCacheConfig {
  readonly config: CacheConfig;
  /** Results of which a blob is gone. */
  readonly droppedResults: number;
  /** Records that lead to no result any more. */
  readonly droppedRecords: number;
}

/**
 * The config without the results that need a blob that is not there (a result needs all layers below its own), without
 * the records that then lead to no result, and without the layers that nobody needs. A record without a result stays
 * as long as one that has one is reached through it. The order of what stays is kept.
 */
export function pruneCacheConfig(
  config: CacheConfig,
  hasBlob: (digest: string) => boolean,
): PrunedCacheConfig {
  const present = config.layers.map(({ blob }) => hasBlob(blob));
  const whole = [...present];
  for (const index of toLayerOrder(config) ?? []) {
    const parent = config.layers[index]?.parent ?? -1;
    if (parent !== -1 && whole[parent] !== true) whole[index] = false;
  }
  const ids = identifyRecords(config);
  const left = config.records.map((record, index) => {
    const isUsable = ids[index] !== undefined;
    return {
      ...record,
      inputs: record.inputs.map((links) => links.filter(({ link }) => ids[link] !== undefined)),
      layers: record.layers.filter(({ layer }) => isUsable && whole[layer] === true),
      chains: record.chains.filter(({ layers }) => isUsable && layers.every((layer) => present[layer])),
    };
  });
  const records = keepLeading(config, left);
  const layers = keepNeeded(config, left);
  return {
    config: {
      ...config,
      layers: config.layers.flatMap((layer, index) =>
        layers.has(index) ? [{ ...layer, parent: layers.get(layer.parent) ?? -1 }] : [],
      ),
      records: left.flatMap((record, index) =>
        records.has(index) ? [reindex(record, layers, records)] : [],
      ),
    },
    droppedResults: countResults(config.records) - countResults(left),
    droppedRecords: config.records.length - records.size,
  };
}

/** New index of each record with a result, or with one further on. */
function keepLeading(config: CacheConfig, records: readonly CacheRecord[]): ReadonlyMap<number, number> {
  const leading = records.map(({ layers, chains }) => layers.length + chains.length > 0);
  for (const index of [...(toRecordOrder(config) ?? [])].reverse()) {
    if (leading[index] !== true) continue;
    for (const { link } of records[index]?.inputs.flat() ?? []) leading[link] = true;
  }
  return renumber(leading);
}

/** New index of each layer that a result needs. */
function keepNeeded(config: CacheConfig, records: readonly CacheRecord[]): ReadonlyMap<number, number> {
  const needed = config.layers.map(() => false);
  for (const { layer } of records.flatMap(({ layers }) => layers)) {
    let index = layer;
    while (needed[index] === false) {
      needed[index] = true;
      index = config.layers[index]?.parent ?? -1;
    }
  }
  // After the walks above, which end at what is needed already: a chained result needs no layer below its own.
  for (const layer of records.flatMap(({ chains }) => chains.flatMap((chain) => chain.layers))) {
    needed[layer] = true;
  }
  return renumber(needed);
}

function reindex(
  record: CacheRecord,
  layers: ReadonlyMap<number, number>,
  records: ReadonlyMap<number, number>,
): CacheRecord {
  return {
    ...record,
    inputs: record.inputs.map((links) =>
      links.map((input) => ({ ...input, link: records.get(input.link) ?? -1 })),
    ),
    layers: record.layers.map((result) => ({ ...result, layer: layers.get(result.layer) ?? -1 })),
    chains: record.chains.map((chain) => ({
      ...chain,
      layers: chain.layers.map((layer) => layers.get(layer) ?? -1),
    })),
  };
}

function renumber(kept: readonly boolean[]): ReadonlyMap<number, number> {
  return new Map([...kept.keys()].filter((index) => kept[index]).map((old, index) => [old, index]));
}

function countResults(records: readonly CacheRecord[]): number {
  return records.reduce((sum, { layers, chains }) => sum + layers.length + chains.length, 0);
}
