import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CacheClient } from '../../cache-client/client.ts';
import type { RetryPolicy } from '../../cache-client/retry.ts';
import { BUILDKIT_CACHE_VERSION } from '../../cache-protocol/version.ts';
import { toMessage } from '../../errors.ts';
import { parseBuildkitKey } from '../access/buildkit-key.ts';
import { type CacheConfig, listBlobs, parseCacheConfig, renderCacheConfig } from '../config/cache-config.ts';
import { mergeCacheConfigs } from '../config/cache-config-merge.ts';
import { pruneCacheConfig } from '../config/cache-config-prune.ts';
import { parseForeignJson } from '../config/foreign-json.ts';
import { maxIndexBytes } from '../config/limits.ts';
import type { Manifest } from '../packs/manifest.ts';
import type { LoadedManifest, ManifestStore } from '../packs/manifest-store.ts';
import type { ImportReport } from '../report/report.ts';
import type { Statistics } from '../report/statistics.ts';
import type { BlobStore } from './blob-store.ts';
import type { PackCheck } from './pack-places.ts';

/** What the gateway knows of a cache scope. */
export interface CacheScope {
  readonly name: string;
  /** Of the newest manifest that is known; 0: there is none. */
  number: number;
  /** False: the service did not say whether there is one. */
  isKnown: boolean;
  /** The newest one; undefined: there is none that can be read. */
  base: Manifest | undefined;
  /** Key of the newest index of BuildKit's own that is in `indexes`. */
  legacyIndex: string | null;
  /** By ref hash: what BuildKit gets for its index. */
  readonly indexes: Map<string, ServedIndex>;
}

export interface ServedIndex {
  readonly config: CacheConfig;
  readonly number: number;
  readonly createdAt: Date;
  readonly bytes: Buffer;
}

interface LegacyIndex {
  readonly key: string;
  readonly refHash: string;
  readonly number: number;
  readonly config: CacheConfig;
}

interface CacheScopesOptions {
  readonly client: CacheClient;
  readonly manifests: ManifestStore;
  readonly blobs: BlobStore;
  /** For downloads; exists. */
  readonly directory: string;
  readonly statistics: Statistics;
  readonly policy: RetryPolicy;
}

/** The cache scopes of the job's plans: loaded once each, all of a plan in parallel, while the daemon still boots. */
export class CacheScopes {
  readonly #options: CacheScopesOptions;
  readonly #scopes = new Map<string, Promise<CacheScope>>();
  /** Those that had something for BuildKit when they were loaded, and who had written it. */
  readonly imports: ImportReport[] = [];

  constructor(options: CacheScopesOptions) {
    this.#options = options;
  }

  /** Starts to load those that are not loaded yet. */
  load(names: Iterable<string>): void {
    const added = [...new Set(names)].filter((name) => !this.#scopes.has(name));
    if (added.length === 0) return;
    const loading = this.#loadAll(added).catch((error) => {
      // A full disk, for example: the build runs cold.
      this.#options.statistics.failed('import', 'load', `${added.join(', ')}: ${toMessage(error)}`);
      return added.map((name) => this.#toScope(name, { kind: 'failed', reason: '' }, undefined));
    });
    for (const name of added)
      this.#scopes.set(
        name,
        loading.then((scopes) => find(scopes, name)),
      );
  }

  /** undefined: it is in no plan. */
  async get(name: string): Promise<CacheScope | undefined> {
    return await this.#scopes.get(name);
  }

  /** Resolves when all that is known of is loaded: which blobs are there depends on every scope. */
  async whenLoaded(): Promise<void> {
    await Promise.all(this.#scopes.values());
  }

  /** What BuildKit gets from now on. */
  serve(scope: CacheScope, refHash: string, config: CacheConfig, number: number): void {
    const bytes = Buffer.from(JSON.stringify(renderCacheConfig(config)));
    scope.indexes.set(refHash, { config, number, createdAt: new Date(), bytes });
  }

  async #loadAll(names: readonly string[]): Promise<readonly CacheScope[]> {
    const { statistics, blobs } = this.#options;
    const startedMs = performance.now();
    const loaded = await Promise.all(
      names.map(async (name) => {
        const [found, legacyHit] = await Promise.all([this.#loadManifest(name), this.#findLegacy(name)]);
        const manifest = found.kind === 'manifest' ? found.manifest : undefined;
        const isKnown = legacyHit === undefined || legacyHit.key === manifest?.legacyIndex;
        const legacy = isKnown ? undefined : await this.#fetchLegacy(legacyHit).catch(() => undefined);
        return { name, found, legacy };
      }),
    );
    const manifests = loaded.flatMap(({ found }) => (found.kind === 'manifest' ? [found.manifest] : []));
    this.#reportUnknown(loaded, await blobs.addPacks(manifests));
    for (const { legacy } of loaded) if (legacy !== undefined) blobs.addLegacy(listBlobs(legacy.config));
    const scopes = loaded.map(({ name, found, legacy }) => {
      try {
        return this.#toScope(name, found, legacy);
      } catch (error) {
        return this.#toCold(name, error);
      }
    });
    statistics.addTime('load', performance.now() - startedMs);
    return scopes;
  }

  /** Once for each cache scope: its steps may run again, and are not forgotten. */
  #reportUnknown(
    loaded: readonly { readonly name: string; readonly found: LoadedManifest }[],
    { unknown }: PackCheck,
  ): void {
    for (const { name, found } of loaded) {
      if (found.kind !== 'manifest') continue;
      const { packs } = found.manifest;
      const words = packs.flatMap(({ key }) => unknown.get(key) ?? []);
      if (words.length === 0) continue;
      this.#options.statistics.failed(
        'import',
        'load',
        `${name}: ${words.length} of ${packs.length} packs could not be checked (${words[0]}); steps whose layers lie there may run again, and stay in the cache`,
      );
    }
  }

  async #loadManifest(name: string): Promise<LoadedManifest> {
    const found = await this.#options.manifests
      .load(name)
      .catch((error): LoadedManifest => ({ kind: 'failed', reason: toMessage(error) }));
    if (found.kind === 'failed' || found.kind === 'unusable')
      this.#options.statistics.failed('import', 'load', `${name}: ${found.reason}`);
    return found;
  }

  /** What one cache scope holds may be of any kind: the others are none the worse. */
  #toCold(name: string, error: unknown): CacheScope {
    this.#options.statistics.failed('import', 'load', `${name}: ${toMessage(error)}`);
    return this.#toScope(name, { kind: 'none' }, undefined);
  }

  #toScope(name: string, found: LoadedManifest, legacy: LegacyIndex | undefined): CacheScope {
    const { statistics, blobs } = this.#options;
    const base = found.kind === 'manifest' ? found.manifest : undefined;
    const number = found.kind === 'manifest' || found.kind === 'unusable' ? found.number : 0;
    const scope: CacheScope = {
      name,
      number,
      isKnown: found.kind !== 'failed',
      base,
      legacyIndex: legacy?.key ?? base?.legacyIndex ?? null,
      indexes: new Map(),
    };
    const sources = [
      ...(base === undefined ? [] : [{ refHash: base.refHash, config: base.config, number }]),
      ...(legacy === undefined ? [] : [legacy]),
    ];
    for (const refHash of new Set(sources.map((source) => source.refHash))) {
      const own = sources.filter((source) => source.refHash === refHash);
      const [only] = own;
      const merged =
        own.length === 1 && only !== undefined
          ? only.config
          : mergeCacheConfigs(own.map(({ config }) => config));
      const pruned = pruneCacheConfig(merged, (digest) => blobs.mayHave(digest));
      statistics.add('droppedRecords', pruned.droppedRecords);
      statistics.add('droppedResults', pruned.droppedResults);
      if (pruned.config.records.length === 0) continue;
      this.serve(scope, refHash, pruned.config, Math.max(1, ...own.map((source) => source.number)));
    }
    if (scope.indexes.size > 0)
      this.imports.push({ cacheScope: name, runId: base?.writer.runId, writtenMs: base?.writer.atMs });
    return scope;
  }

  /** The newest index that BuildKit's own client wrote to the scope. */
  async #findLegacy(
    name: string,
  ): Promise<
    | { readonly key: string; readonly url: string; readonly refHash: string; readonly number: number }
    | undefined
  > {
    const { client, policy, statistics } = this.#options;
    const hit = await client.lookup({ key: `index-${name}-1-`, version: BUILDKIT_CACHE_VERSION }, { policy });
    if (hit.kind === 'miss') return undefined;
    if (hit.kind !== 'hit') {
      statistics.failed('import', 'load', `index of ${name}: ${hit.message}`);
      return undefined;
    }
    const key = parseBuildkitKey(hit.matchedKey);
    if (key?.kind !== 'index' || key.number === undefined || key.isSigned) return undefined;
    if (key.cacheScope.toLowerCase() !== name.toLowerCase()) return undefined;
    return { key: hit.matchedKey, url: hit.url, refHash: key.refHash, number: Number(key.number) };
  }

  async #fetchLegacy(hit: {
    readonly key: string;
    readonly url: string;
    readonly refHash: string;
    readonly number: number;
  }): Promise<LegacyIndex | undefined> {
    const { client, directory, policy, statistics } = this.#options;
    const { key, url, refHash, number } = hit;
    const file = path.join(directory, `index-${randomUUID()}`);
    const renew = async () => {
      const again = await client.lookup({ key, version: BUILDKIT_CACHE_VERSION }, { policy });
      return again.kind === 'hit' && again.matchedKey === key ? again.url : undefined;
    };
    try {
      const result = await client.download({ url, renew }, file, { maxBytes: maxIndexBytes }, { policy });
      const config =
        result.kind === 'downloaded' ? parseCacheConfig(parseForeignJson(await readFile(file))) : undefined;
      if (config !== undefined) return { key, refHash, number, config };
      const why = 'message' in result ? result.message : 'it is no cache config of BuildKit';
      statistics.failed('import', 'load', `${key}: ${why}`);
      return undefined;
    } finally {
      await rm(file, { force: true });
    }
  }
}

function find(scopes: readonly CacheScope[], name: string): CacheScope {
  const found = scopes.find((scope) => scope.name === name);
  if (found === undefined) throw new Error(`cache scope ${name} was not loaded`);
  return found;
}
