import { createHash } from 'node:crypto';
import { type CacheConfig, toLayerOrder, toRecordOrder } from './cache-config.ts';

/** What a layer is in any config: its blob and the blobs below it. One string for each layer of the config. */
export function identifyLayers(config: CacheConfig): readonly string[] {
  const ids: string[] = config.layers.map(() => '');
  for (const index of toLayerOrder(config) ?? []) {
    const layer = config.layers[index];
    if (layer !== undefined) ids[index] = hash([layer.blob, ids[layer.parent] ?? '']);
  }
  return ids;
}

/**
 * What a record is in any config: its digest and, for each input, the set of records that may stand for it.
 * undefined for a record of which BuildKit itself found no usable input: it would refuse the whole config for it.
 */
export function identifyRecords(config: CacheConfig): readonly (string | undefined)[] {
  const ids: (string | undefined)[] = config.records.map(() => undefined);
  for (const index of toRecordOrder(config) ?? []) {
    const record = config.records[index];
    if (record === undefined) continue;
    const inputs = record.inputs.map((links) => {
      const usable = links.flatMap(({ link, selector }) => {
        const id = ids[link];
        return id === undefined ? [] : [`${id} ${selector ?? ''}`];
      });
      return [...new Set(usable)].sort();
    });
    if (inputs.every((links) => links.length > 0)) ids[index] = hash([record.digest, inputs]);
  }
  return ids;
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
