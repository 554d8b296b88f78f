import { createHash } from 'node:crypto';
import { readField, readString } from '../../json.ts';
import type { CacheConfig } from '../config/cache-config.ts';
import { type Descriptor, toDescriptor } from './layer-descriptor.ts';

export const manifestMediaType = 'application/vnd.oci.image.manifest.v1+json';
export const configMediaType = 'application/vnd.buildkit.cacheconfig.v0';
/** BuildKit refuses to read a manifest or a config that is larger (cache/remotecache/import.go). */
export const maxImportBytes = 1024 * 1024;

/** A cache as BuildKit's registry importer reads it. */
export interface CacheManifest {
  readonly manifest: Buffer;
  readonly config: Buffer;
}

/**
 * The same cache as an image: the facts about each layer move from the config into the manifest, each blob once. A cache
 * that holds nothing is a manifest without layers, which BuildKit reads as an empty cache.
 *
 * @param sizeOf what is known of a blob's size; what the config says of it counts elsewhere
 */
export function renderCacheManifest(
  cache: CacheConfig,
  sizeOf: (digest: string) => number | undefined,
): CacheManifest {
  const descriptors = new Map<string, Descriptor>();
  for (const layer of cache.layers) {
    const descriptor = toDescriptor(layer, sizeOf(layer.blob));
    if (descriptor !== undefined && !descriptors.has(layer.blob)) descriptors.set(layer.blob, descriptor);
  }
  const layers = cache.layers.map(({ annotations: _, ...layer }) => layer);
  const config = Buffer.from(JSON.stringify({ ...cache, layers }));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestMediaType,
      config: { mediaType: configMediaType, digest: toDigest(config), size: config.length },
      layers: [...descriptors.values()],
    }),
  );
  return { manifest, config };
}

/** What an exporter pushed. */
export interface PushedManifest {
  readonly configDigest: string;
  /** By digest, as they stand in the manifest. */
  readonly layers: ReadonlyMap<string, unknown>;
}

/** An image manifest or an index with a cache config of BuildKit's; undefined for anything else. */
export function parsePushedManifest(value: unknown): PushedManifest | undefined {
  const images = readField(value, 'manifests');
  const listed = images ?? readField(value, 'layers') ?? [];
  if (!Array.isArray(listed)) return undefined;
  const isConfig = (item: unknown) => readString(item, 'mediaType') === configMediaType;
  const config = images === undefined ? readField(value, 'config') : listed.find(isConfig);
  const configDigest = isConfig(config) ? readString(config, 'digest') : undefined;
  if (configDigest === undefined) return undefined;
  const layers = new Map<string, unknown>();
  for (const item of listed) {
    const digest = readString(item, 'digest');
    if (digest === undefined) return undefined;
    if (!isConfig(item)) layers.set(digest, item);
  }
  return { configDigest, layers };
}

export function toDigest(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
