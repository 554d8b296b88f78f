import { readString } from '../../json.ts';
import {
  type CacheConfig,
  type CacheLayer,
  type CacheRecord,
  toLayerOrder,
  toRecordOrder,
} from './cache-config.ts';
import { identifyLayers, identifyRecords } from './cache-config-identity.ts';

/**
 * The union: every layer, record and result of each, once. Whatever the order of the configs, the union is the same but
 * for its order. Where one result is in several, the newest time counts.
 */
export function mergeCacheConfigs(configs: readonly CacheConfig[]): CacheConfig {
  const layers = new Map<string, { readonly index: number; layer: CacheLayer }>();
  const records = new Map<string, { readonly index: number; record: CacheRecord }>();
  for (const config of configs) {
    const layerIds = identifyLayers(config);
    const toLayer = (index: number) => layers.get(layerIds[index] ?? '')?.index ?? -1;
    for (const index of toLayerOrder(config) ?? []) {
      const layer = config.layers[index];
      const id = layerIds[index];
      if (layer === undefined || id === undefined) continue;
      const moved = { ...layer, parent: toLayer(layer.parent) };
      const known = layers.get(id);
      if (known === undefined) layers.set(id, { index: layers.size, layer: moved });
      else known.layer = pickLater(known.layer, moved);
    }
    const recordIds = identifyRecords(config);
    const toRecord = (index: number) => records.get(recordIds[index] ?? '')?.index ?? -1;
    for (const index of toRecordOrder(config) ?? []) {
      const record = config.records[index];
      const id = recordIds[index];
      if (record === undefined || id === undefined) continue;
      const moved = moveRecord(record, toLayer, toRecord);
      const known = records.get(id);
      if (known === undefined) records.set(id, { index: records.size, record: moved });
      else known.record = joinRecords(known.record, moved);
    }
  }
  return {
    // Not Object.assign: a foreign `__proto__` would become one.
    ...Object.fromEntries(configs.flatMap((config) => Object.entries(config))),
    layers: [...layers.values()].map(({ layer }) => layer),
    records: [...records.values()].map(({ record }) => record),
  };
}

/** True when BuildKit reads the same from both: order and times do not count. */
export function isSameCacheConfig(a: CacheConfig, b: CacheConfig): boolean {
  const ofA = listClaims(a);
  const ofB = listClaims(b);
  return ofA.size === ofB.size && [...ofA].every((claim) => ofB.has(claim));
}

function moveRecord(
  record: CacheRecord,
  toLayer: (index: number) => number,
  toRecord: (index: number) => number,
): CacheRecord {
  const inputs = record.inputs.map((links) => {
    const moved = links.map((input) => ({ ...input, link: toRecord(input.link) }));
    const usable = moved.filter(({ link }) => link !== -1);
    return [...new Map(usable.map((input) => [`${input.link} ${input.selector ?? ''}`, input])).values()];
  });
  const layers = record.layers.map((result) => ({ ...result, layer: toLayer(result.layer) }));
  const chains = record.chains.map((chain) => ({ ...chain, layers: chain.layers.map(toLayer) }));
  // With itself, because a record may name one result twice.
  return joinRecords({ ...record, inputs, layers, chains }, { ...record, inputs, layers: [], chains: [] });
}

/** Both stand for the same step; the newest result first, as BuildKit prefers it. */
function joinRecords(a: CacheRecord, b: CacheRecord): CacheRecord {
  return {
    ...a,
    ...b,
    inputs: a.inputs,
    layers: joinResults([...a.layers, ...b.layers], ({ layer }) => String(layer)),
    chains: joinResults([...a.chains, ...b.chains], ({ layers }) => layers.join(' ')),
  };
}

function joinResults<T extends { readonly createdAt?: string | undefined }>(
  results: readonly T[],
  toKey: (result: T) => string,
): readonly T[] {
  const joined = new Map<string, T>();
  for (const result of results) {
    const known = joined.get(toKey(result));
    if (known === undefined || compareTimes(known.createdAt, result.createdAt) < 0)
      joined.set(toKey(result), result);
  }
  return [...joined.values()].sort((a, b) => compareTimes(b.createdAt, a.createdAt));
}

/** The one that was created later; what else differs does not matter to BuildKit, as the blob is the same. */
function pickLater(a: CacheLayer, b: CacheLayer): CacheLayer {
  if (b.annotations === undefined) return a;
  if (a.annotations === undefined) return b;
  return compareTimes(readString(a, 'annotations', 'createdAt'), readString(b, 'annotations', 'createdAt')) <
    0
    ? b
    : a;
}

/** RFC 3339 in any zone and with up to nine digits of a second; those that parse alike are ordered as text. */
function compareTimes(a = '', b = ''): number {
  const byTime = (Date.parse(a) || 0) - (Date.parse(b) || 0);
  if (byTime !== 0) return byTime;
  return a < b ? -1 : Number(a > b);
}

/** All that a config says, order and times aside. */
function listClaims(config: CacheConfig): ReadonlySet<string> {
  const layerIds = identifyLayers(config);
  const recordIds = identifyRecords(config);
  const claims = config.layers.map(({ annotations }, index) => {
    const { createdAt: _, ...lasting } = annotations ?? {};
    return JSON.stringify(['layer', layerIds[index], Object.entries(lasting).sort()]);
  });
  for (const [index, { layers, chains }] of config.records.entries()) {
    const id = recordIds[index];
    if (id === undefined) continue;
    claims.push(JSON.stringify(['record', id]));
    for (const { layer } of layers) claims.push(JSON.stringify(['result', id, layerIds[layer]]));
    for (const chain of chains) {
      claims.push(JSON.stringify(['chain', id, chain.layers.map((layer) => layerIds[layer])]));
    }
  }
  return new Set(claims);
}
