import type { CacheEntry, CacheWords } from '../buildkit/solve/cache-flags.ts';
import type { CacheCompression } from '../inputs/types.ts';

/** The inputs of an export. */
export interface ExportSettings {
  /** undefined: max. */
  readonly mode: 'min' | 'max' | undefined;
  /** Of zstd, 1 to 22; undefined: BuildKit's default. */
  readonly compressionLevel: number | undefined;
}

/** Otherwise a cache that cannot be exported would fail the build, and cancel a push that runs beside it. */
export const mayFail = { 'ignore-error': 'true' };

export function toGhaImport(scope: string): CacheEntry {
  return { type: 'gha', attrs: { scope } };
}

/** Always gzip (cache/remotecache/gha of BuildKit). */
export function toGhaExport(scope: string, { mode = 'max' }: ExportSettings): CacheEntry {
  return { type: 'gha', attrs: { scope, mode, ...mayFail } };
}

/** @param ref `HOST:PORT/REPOSITORY:TAG` */
export function toRegistryImport(ref: string): CacheEntry {
  return { type: 'registry', attrs: { ref } };
}

/** zstd where nobody asks for gzip; layers that are in the image already keep what they have. */
export function toRegistryExport(
  ref: string,
  {
    mode = 'max',
    compressionLevel,
    compression,
  }: ExportSettings & { readonly compression: CacheCompression },
): CacheEntry {
  return {
    type: 'registry',
    attrs: {
      ...{ ref, mode, compression: compression === 'gzip' ? 'gzip' : 'zstd' },
      ...(compressionLevel === undefined ? {} : { 'compression-level': String(compressionLevel) }),
      ...{ 'oci-mediatypes': 'true', 'image-manifest': 'true' },
      ...mayFail,
    },
  };
}

/** Name of their exporters in cache/remotecache of BuildKit. */
const exporterNames: Readonly<Record<string, readonly string[]>> = {
  // The last two are those of v0.11 and v0.10.
  gha: ['exporting to GitHub Actions Cache', 'exporting to GitHub cache', 'exporting cache'],
  registry: ['exporting cache to registry'],
  local: ['exporting cache to client directory'],
  s3: ['exporting cache to Amazon S3'],
  azblob: ['exporting cache to Azure Blob Storage'],
  inline: ['exporting inline cache', 'preparing layers for inline cache'],
};

/** Seen from BuildKit v0.33.1 behind a cache index that names a blob that is gone, or whose service is out of reach. */
const faults: readonly RegExp[] = [
  /BlobNotFound|ContainerNotFound|AuthenticationFailed/,
  /_apis\/artifactcache|github\.actions\.results\.api/,
  // `type=registry`, that is the gateway: gone in the middle of a build, or without a blob that its manifest named.
  /http:\/\/127\.0\.0\.1:\d+\/v2\/hotlayer(?:-x)?\//,
  /could not fetch content descriptor sha256:[0-9a-f]{64} \(\S+\) from remote: not found/,
];

/**
 * What BuildKit says of the Actions cache. The faults are those of both ways to it: the daemon may still wait for layers
 * that an earlier step of the job imported the other way.
 */
export function toWords(exported: CacheEntry | undefined): CacheWords {
  return { exporters: exported === undefined ? [] : (exporterNames[exported.type] ?? []), faults };
}

/** Names under which BuildKit exports caches: with a manifest that it names (`named`), and without (`timed`). */
export function listExporters() {
  return { named: exporterNames['registry'] ?? [], timed: exporterNames['gha'] ?? [] };
}
