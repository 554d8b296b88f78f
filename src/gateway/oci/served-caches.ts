import { createLimiter } from '../../async/limiter.ts';
import { type CacheConfig, listBlobs } from '../config/cache-config.ts';
import { mergeCacheConfigs } from '../config/cache-config-merge.ts';
import { pruneCacheConfig } from '../config/cache-config-prune.ts';
import { findLayerRoles } from '../config/layer-roles.ts';
import type { LayerCompression, LayerCompressions, ScopeDescription } from '../report/scope-description.ts';
import type { ServedIndex } from '../store/cache-scopes.ts';
import type { Store } from '../store/store.ts';
import {
  type CacheManifest,
  configMediaType,
  manifestMediaType,
  maxImportBytes,
  renderCacheManifest,
} from './cache-manifest.ts';
import type { OciDocuments } from './documents.ts';
import { toCompression, toDescriptor } from './layer-descriptor.ts';

interface ServedCachesOptions {
  readonly store: Pick<Store, 'listIndexes' | 'hasBlob' | 'sizeOf'>;
  readonly documents: OciDocuments;
}

interface Rendered {
  readonly indexes: readonly ServedIndex[];
  readonly missing: string;
  readonly manifest: CacheManifest;
  readonly cache: CacheConfig;
}

const parallelLookups = 16;
const nothing: CacheConfig = { layers: [], records: [] };

/** What a cache scope holds, as one manifest over all its indexes that the token may read. */
export class ServedCaches {
  readonly #options: ServedCachesOptions;
  /** By cache scope: BuildKit asks several times for what stays the same. */
  readonly #rendered = new Map<string, Rendered>();
  readonly #limit = createLimiter(parallelLookups);

  constructor(options: ServedCachesOptions) {
    this.#options = options;
  }

  async render(cacheScope: string, mayRead: (refHash: string) => boolean): Promise<CacheManifest> {
    return (await this.#render(cacheScope, mayRead)).manifest;
  }

  async describe(cacheScope: string, mayRead: (refHash: string) => boolean): Promise<ScopeDescription> {
    const { cache, manifest } = await this.#render(cacheScope, mayRead);
    return {
      name: cacheScope,
      fitsOci: Math.max(manifest.manifest.length, manifest.config.length) <= maxImportBytes,
      layers: describeLayers(cache),
    };
  }

  async #render(cacheScope: string, mayRead: (refHash: string) => boolean): Promise<Rendered> {
    const { store, documents } = this.#options;
    const served = await store.listIndexes(cacheScope);
    const indexes = [...served].flatMap(([refHash, index]) => (mayRead(refHash) ? [index] : []));
    const whole = join(indexes.map(({ config }) => config));
    const missing = await this.#findMissing(whole);
    const known = this.#rendered.get(cacheScope);
    const isSame =
      known !== undefined &&
      known.missing === missing.join() &&
      known.indexes.length === indexes.length &&
      indexes.every((index) => known.indexes.includes(index));
    if (isSame) return known;
    const gone = new Set(missing);
    const cache = pruneCacheConfig(whole, (digest) => !gone.has(digest)).config;
    const manifest = renderCacheManifest(cache, (digest) => store.sizeOf(digest));
    documents.add({ mediaType: configMediaType, bytes: manifest.config });
    documents.add({ mediaType: manifestMediaType, bytes: manifest.manifest });
    const rendered = { indexes, missing: missing.join(), manifest, cache };
    this.#rendered.set(cacheScope, rendered);
    return rendered;
  }

  /**
   * What BuildKit could not read. It asks for no blob before it needs it, unlike its gha importer, and then fails the
   * build: so each must be known to be there now.
   */
  async #findMissing(cache: CacheConfig): Promise<readonly string[]> {
    const { store } = this.#options;
    const described = new Set(
      cache.layers.flatMap((layer) =>
        toDescriptor(layer, store.sizeOf(layer.blob)) === undefined ? [] : [layer.blob],
      ),
    );
    const digests = [...listBlobs(cache)];
    const isThere = await Promise.all(
      digests.map((digest) =>
        this.#limit(async () => described.has(digest) && (await store.hasBlob(digest))),
      ),
    );
    return digests.filter((_, index) => isThere[index] !== true);
  }
}

const compressions: readonly LayerCompression[] = ['uncompressed', 'gzip', 'zstd'];

function describeLayers(cache: CacheConfig): LayerCompressions {
  const { own, result } = findLayerRoles(cache);
  const list = (isMeant: (blob: string) => boolean): readonly LayerCompression[] => {
    const meant = cache.layers.filter(({ blob }) => isMeant(blob));
    const found = new Set(meant.map(({ annotations }) => toCompression(annotations?.['mediaType'])));
    return compressions.filter((compression) => found.has(compression));
  };
  return {
    base: list((blob) => !own.has(blob)),
    own: list((blob) => own.has(blob)),
    result: list((blob) => result.has(blob)),
  };
}

function join(configs: readonly CacheConfig[]): CacheConfig {
  const [only, ...others] = configs;
  if (only === undefined) return nothing;
  return others.length === 0 ? only : mergeCacheConfigs(configs);
}
