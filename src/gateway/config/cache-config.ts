import { isRecord, type JsonRecord } from '../../json.ts';
import { toDependencyOrder } from './dependency-order.ts';

/**
 * BuildKit's cache config (v0), as moby/buildkit cache/remotecache/v1/types/spec.go has it. Indexes are checked: every
 * link and layer is in range, and nothing loops. Fields that are not named here are carried along.
 */
export interface CacheConfig extends JsonRecord {
  readonly layers: readonly CacheLayer[];
  readonly records: readonly CacheRecord[];
}

export interface CacheLayer extends JsonRecord {
  /** Digest of the compressed blob, `sha256:…`. */
  readonly blob: string;
  /** Index of the layer below; -1: none. */
  readonly parent: number;
  readonly annotations?: JsonRecord | undefined;
}

export interface CacheRecord extends JsonRecord {
  readonly digest: string;
  /** For each input of the step the records that may stand for it. BuildKit refuses a config with an empty one. */
  readonly inputs: readonly (readonly CacheInput[])[];
  /** Results; each layer counts with all layers below it. */
  readonly layers: readonly CacheResult[];
  /** Results that list all their layers. */
  readonly chains: readonly ChainedResult[];
}

interface CacheInput extends JsonRecord {
  readonly selector?: string | undefined;
  /** Index of a record. */
  readonly link: number;
}

interface CacheResult extends JsonRecord {
  readonly layer: number;
  readonly createdAt?: string | undefined;
}

interface ChainedResult extends JsonRecord {
  readonly layers: readonly number[];
  readonly createdAt?: string | undefined;
}

/** Far more than any build has: a record for each step and for each content by which it is found. */
const maxLayers = 100_000;
const maxRecords = 300_000;
/** Digests, selectors and times; a selector may be a path. */
const maxTextLength = 8192;

/** Answers undefined for what BuildKit would not read either: another shape, an index out of range, a loop. */
export function parseCacheConfig(value: unknown): CacheConfig | undefined {
  if (!isRecord(value)) return undefined;
  const layers = parseList(value['layers'], parseLayer);
  const records = parseList(value['records'], parseRecord);
  if (layers === undefined || records === undefined) return undefined;
  const isLayer = (index: number) => index >= 0 && index < layers.length;
  const isRecordIndex = (index: number) => index >= 0 && index < records.length;
  const areIndexesRight =
    layers.every(({ parent }) => parent === -1 || isLayer(parent)) &&
    records.every(
      (record) =>
        record.inputs.every((links) => links.every(({ link }) => isRecordIndex(link))) &&
        record.layers.every(({ layer }) => isLayer(layer)) &&
        record.chains.every((chain) => chain.layers.every(isLayer)),
    );
  if (!areIndexesRight) return undefined;
  const config = { ...value, layers, records };
  if (layers.length > maxLayers || records.length > maxRecords) return undefined;
  return toLayerOrder(config) === undefined || toRecordOrder(config) === undefined ? undefined : config;
}

/** The JSON that BuildKit reads. */
export function renderCacheConfig(config: CacheConfig): JsonRecord {
  // Go leaves a parent of 0 out and reads it back as 0: written out, it means the same.
  return config;
}

/** The digests of all blobs that the config names. */
export function listBlobs(config: CacheConfig): ReadonlySet<string> {
  return new Set(config.layers.map(({ blob }) => blob));
}

/** The indexes of the layers, each after its parent; undefined: they loop. */
export function toLayerOrder({ layers }: CacheConfig): readonly number[] | undefined {
  return toDependencyOrder(layers.map(({ parent }) => (parent === -1 ? [] : [parent])));
}

/** The indexes of the records, each after the records that it links to; undefined: they loop. */
export function toRecordOrder({ records }: CacheConfig): readonly number[] | undefined {
  return toDependencyOrder(records.map(({ inputs }) => inputs.flat().map(({ link }) => link)));
}

function parseLayer(value: unknown): CacheLayer | undefined {
  if (!isRecord(value) || !isText(value['blob'])) return undefined;
  // Go leaves a zero out.
  const parent = value['parent'] ?? 0;
  const annotations = value['annotations'] ?? undefined;
  if (!isIndex(parent) || !(annotations === undefined || isRecord(annotations))) return undefined;
  const { annotations: _, ...rest } = value;
  const layer = { ...rest, blob: value['blob'], parent };
  return annotations === undefined ? layer : { ...layer, annotations };
}

function parseRecord(value: unknown): CacheRecord | undefined {
  if (!isRecord(value) || !isText(value['digest'])) return undefined;
  const inputs = parseList(value['inputs'], (links) => parseList(links, parseInput));
  const layers = parseList(value['layers'], parseResult);
  const chains = parseList(value['chains'], parseChain);
  if (inputs === undefined || layers === undefined || chains === undefined) return undefined;
  return { ...value, digest: value['digest'], inputs, layers, chains };
}

function parseInput(value: unknown): CacheInput | undefined {
  if (!isRecord(value) || !isIndex(value['link'])) return undefined;
  const { selector, ...rest } = value;
  const input = { ...rest, link: value['link'] };
  if (selector === undefined || selector === '') return input;
  return isText(selector) ? { ...input, selector } : undefined;
}

function parseResult(value: unknown): CacheResult | undefined {
  if (!isRecord(value) || !isIndex(value['layer'])) return undefined;
  return parseTime({ ...value, layer: value['layer'] });
}

function parseChain(value: unknown): ChainedResult | undefined {
  const layers = isRecord(value)
    ? parseList(value['layers'], (index) => (isIndex(index) ? index : undefined))
    : undefined;
  return isRecord(value) && layers !== undefined ? parseTime({ ...value, layers }) : undefined;
}

function parseTime<T extends JsonRecord>(
  value: T,
): (Omit<T, 'createdAt'> & T & { createdAt?: string }) | undefined {
  const createdAt = value['createdAt'];
  if (createdAt === undefined) return value;
  return isText(createdAt) ? { ...value, createdAt } : undefined;
}

/** Go writes an empty list as nothing or as null. */
function parseList<T>(value: unknown, parse: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const parsed = value.map(parse).filter((item) => item !== undefined);
  return parsed.length === value.length ? parsed : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxTextLength;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
