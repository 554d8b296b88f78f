import { isRecord, type JsonRecord, readField, readNumber, readString } from '../../json.ts';
import type { CacheLayer } from '../config/cache-config.ts';
import type { LayerCompression } from '../report/scope-description.ts';
import { isDigest } from './route.ts';

/** A layer as a manifest names it. */
export interface Descriptor extends JsonRecord {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations: Readonly<Record<string, string>>;
}

const diffIdAnnotation = 'containerd.io/uncompressed';
const createdAnnotation = 'buildkit/createdat';
/** Names the registry that a layer came from: this one, whose port is another in the next job. */
const sourceAnnotation = 'containerd.io/distribution.source.';
/** What Go writes for no time. */
const noTime = '0001-01-01T00:00:00Z';

/** undefined when the config does not say what BuildKit needs to read the layer. */
export function toDescriptor(layer: CacheLayer, sizeBytes: number | undefined): Descriptor | undefined {
  const mediaType = readString(layer.annotations, 'mediaType');
  const diffId = readString(layer.annotations, 'diffID');
  const size = sizeBytes ?? readNumber(layer.annotations, 'size');
  const createdAt = readString(layer.annotations, 'createdAt') ?? noTime;
  if (mediaType === undefined || diffId === undefined || size === undefined) return undefined;
  if (!isDigest(diffId)) return undefined;
  return {
    mediaType,
    digest: layer.blob,
    size,
    annotations: {
      ...readTexts(readField(layer.annotations, 'others')),
      [diffIdAnnotation]: diffId,
      ...(createdAt === noTime ? {} : { [createdAnnotation]: createdAt }),
    },
  };
}

/**
 * What BuildKit's gha exporter writes about a layer (cache/remotecache/gha/gha.go, Finalize), from the layer's
 * descriptor. Annotations that it does not know are kept as `others`, which BuildKit skips. undefined: BuildKit could
 * not read the layer.
 */
export function toLayerAnnotations(descriptor: unknown): JsonRecord | undefined {
  const annotations = readTexts(readField(descriptor, 'annotations'));
  const { [diffIdAnnotation]: diffID, [createdAnnotation]: createdAt, ...unknown } = annotations;
  const mediaType = readString(descriptor, 'mediaType');
  const size = readNumber(descriptor, 'size');
  const created = createdAt === undefined ? noTime : toUtc(createdAt);
  if (mediaType === undefined || diffID === undefined || created === undefined) return undefined;
  if (!isDigest(diffID)) return undefined;
  if (size === undefined || !Number.isSafeInteger(size) || size <= 0) return undefined;
  const others = Object.entries(unknown).filter(([name]) => !name.startsWith(sourceAnnotation));
  return {
    mediaType,
    diffID,
    size,
    createdAt: created,
    ...(others.length === 0 ? {} : { others: Object.fromEntries(others) }),
  };
}

/** RFC 3339 in UTC, all digits of the second kept; undefined when it is no time. */
export function toUtc(text: string): string | undefined {
  const [, date, fraction, zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const time = Date.parse(`${date}${zone}`);
  if (date === undefined || Number.isNaN(time)) return undefined;
  // As Go writes it: without zeros at the end.
  const digits = (fraction ?? '').replace(/\.?0+$/, '');
  return `${new Date(time).toISOString().slice(0, 19)}${digits}Z`;
}

function readTexts(value: unknown): Readonly<Record<string, string>> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  const texts: Record<string, string> = {};
  for (const [name, text] of entries) if (typeof text === 'string') texts[name] = text;
  return texts;
}

/** By the media type of a layer, OCI's or Docker's. */
export function toCompression(mediaType: unknown): LayerCompression {
  if (typeof mediaType !== 'string') return 'uncompressed';
  if (/[+.]zstd$/.test(mediaType)) return 'zstd';
  return /[+.]gzip$/.test(mediaType) ? 'gzip' : 'uncompressed';
}
