import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../async/clock.ts';
import type { CacheClient } from '../../cache-client/client.ts';
import type { RetryPolicy } from '../../cache-client/retry.ts';
import { toBufferSource } from '../../cache-client/upload-source.ts';
import { PACKS_CACHE_VERSION } from '../../cache-protocol/version.ts';
import { ToolError } from '../../errors.ts';
import { parseManifestNumber, toManifestKey, toManifestPrefix } from './entry-key.ts';
import { type Manifest, parseManifest, renderManifest } from './manifest.ts';

/** What the service has as the newest manifest of a cache scope. */
export type LoadedManifest =
  | { readonly kind: 'manifest'; readonly number: number; readonly manifest: Manifest }
  | { readonly kind: 'none' }
  /** It is there, and nothing can be read from it: of a newer format, broken, or gone since the look-up. */
  | { readonly kind: 'unusable'; readonly number: number; readonly reason: string }
  /** The service did not say. */
  | { readonly kind: 'failed'; readonly reason: string };

interface BrokenManifest {
  readonly kind: 'broken';
  readonly number: number;
  readonly reason: string;
}

interface ManifestStoreOptions {
  readonly client: CacheClient;
  /** For downloads; exists. */
  readonly directory: string;
  readonly clock: Clock;
  /** Waits until one entry may be created. */
  readonly mayCreate: () => Promise<void>;
  /** For what a build waits for. */
  readonly policy: RetryPolicy;
}

const maxManifestBytes = 64 * 1024 * 1024;
/** Another job's manifest, or an abandoned reservation: after that long it counts as abandoned. */
const contest = { rounds: 8, pollMs: 2000, patienceMs: 10_000 };
/** Who takes longer from create to finalize may have been taken for dead, and been overtaken. */
const suspiciousMs = 8000;

/** The manifests of the cache scopes on the service; a number is taken once, and that is the compare-and-swap. */
export class ManifestStore {
  readonly #options: ManifestStoreOptions;

  constructor(options: ManifestStoreOptions) {
    this.#options = options;
  }

  /** The newest one: one call, and one more for its bytes. Never throws for what the service may answer. */
  async load(cacheScope: string): Promise<LoadedManifest> {
    const { client, policy } = this.#options;
    const key = toManifestPrefix(cacheScope);
    const hit = await client.lookup({ key, version: PACKS_CACHE_VERSION }, { policy });
    if (hit.kind === 'miss') return { kind: 'none' };
    if (hit.kind !== 'hit') return { kind: 'failed', reason: hit.message };
    const number = parseManifestNumber(cacheScope, hit.matchedKey);
    if (number === undefined) return { kind: 'none' };
    return await this.#fetch(cacheScope, number, hit.url);
  }

  /** One call. Where the service does not say, nobody has written a newer one. */
  async isNewest(cacheScope: string, number: number): Promise<boolean> {
    const key = toManifestPrefix(cacheScope);
    const hit = await this.#options.client.lookup({ key, version: PACKS_CACHE_VERSION });
    const newest = hit.kind === 'hit' ? parseManifestNumber(cacheScope, hit.matchedKey) : undefined;
    return newest === undefined || newest <= number;
  }

  /** Twice when its bytes are wrong: one transfer may have gone wrong, and what it names is lost with it. */
  async #fetch(cacheScope: string, number: number, url: string): Promise<LoadedManifest> {
    const first = await this.#fetchOnce(cacheScope, number, url);
    return first.kind === 'broken' ? toUnusable(await this.#fetchOnce(cacheScope, number, url)) : first;
  }

  async #fetchOnce(
    cacheScope: string,
    number: number,
    url: string,
  ): Promise<LoadedManifest | BrokenManifest> {
    const { client, directory, policy } = this.#options;
    const file = path.join(directory, `manifest-${randomUUID()}`);
    const key = toManifestKey(cacheScope, number);
    const renew = async () => {
      const again = await client.lookup({ key, version: PACKS_CACHE_VERSION }, { policy });
      return again.kind === 'hit' && again.matchedKey.toLowerCase() === key ? again.url : undefined;
    };
    try {
      const result = await client.download({ url, renew }, file, { maxBytes: maxManifestBytes }, { policy });
      if (result.kind === 'failed') return { kind: 'failed', reason: `${key}: ${result.message}` };
      if (result.kind === 'missing') return { kind: 'unusable', number, reason: `${key}: ${result.message}` };
      if (result.kind === 'too-large')
        return { kind: 'unusable', number, reason: `${key} is too large to be a manifest` };
      const parsed = parseManifest(await readFile(file));
      switch (parsed.kind) {
        case 'manifest':
          return { kind: 'manifest', number, manifest: parsed.manifest };
        case 'newer': {
          const reason = `${key} is of format ${parsed.formatVersion}, which only a newer Hotlayer reads`;
          return { kind: 'unusable', number, reason };
        }
        case 'broken':
          return { kind: 'broken', number, reason: `${key} cannot be read: ${parsed.reason}` };
        default:
          return parsed satisfies never;
      }
    } finally {
      await rm(file, { force: true });
    }
  }

  /**
   * Writes the manifest that follows number `known`. When somebody else has written one since, `compose` gets it and
   * answers the union. Answers the number written. Throws ToolError `manifest-write`.
   */
  async write(
    cacheScope: string,
    known: number,
    compose: (newer: Manifest | undefined) => Promise<Manifest>,
  ): Promise<{ readonly number: number; readonly manifest: Manifest; readonly merges: number }> {
    let newest = known;
    let next = known + 1;
    let merges = 0;
    let manifest = await compose(undefined);
    const adopt = async (newer: { readonly number: number; readonly manifest: Manifest | undefined }) => {
      newest = newer.number;
      next = Math.max(next, newer.number) + 1;
      if (newer.manifest === undefined) return;
      merges += 1;
      manifest = await compose(newer.manifest);
    };
    for (let round = 1; round <= contest.rounds; round++) {
      const outcome = await this.#put(cacheScope, next, manifest);
      if (outcome === 'written') return { number: next, manifest, merges };
      const newer =
        outcome === 'overtaken'
          ? await this.#findExactly(cacheScope, next + 1)
          : await this.#waitForNewer(cacheScope, newest);
      if (newer !== undefined) await adopt(newer);
      else if (outcome === 'overtaken') return { number: next, manifest, merges };
      else next += 1;
    }
    throw new ToolError(
      'manifest-write',
      `the manifest of ${cacheScope} could not be written in ${contest.rounds} rounds: other jobs write it all the time`,
    );
  }

  async #put(
    cacheScope: string,
    number: number,
    manifest: Manifest,
  ): Promise<'written' | 'taken' | 'overtaken'> {
    const { client, clock } = this.#options;
    const key = toManifestKey(cacheScope, number);
    const bytes = renderManifest(manifest);
    await this.#options.mayCreate();
    const started = clock.now();
    const created = await client.create({ key, version: PACKS_CACHE_VERSION, sizeBytes: bytes.length });
    if (created.kind === 'exists') return 'taken';
    if (created.kind !== 'created') throw toWriteError(key, 'could not be created', created.message);
    const uploaded = await client.upload(created.ticket, toBufferSource(bytes));
    if (uploaded.kind !== 'uploaded') throw toWriteError(key, 'could not be uploaded', uploaded.message);
    const finalized = await client.finalize(created.ticket, bytes.length);
    if (finalized.kind === 'exists') return 'taken';
    if (finalized.kind !== 'finalized') throw toWriteError(key, 'could not be finalized', finalized.message);
    return clock.now() - started > suspiciousMs ? 'overtaken' : 'written';
  }

  /** The one that took the number, or undefined when its writer seems to be dead. */
  async #waitForNewer(
    cacheScope: string,
    newest: number,
  ): Promise<{ readonly number: number; readonly manifest: Manifest | undefined } | undefined> {
    const { clock } = this.#options;
    const deadline = clock.now() + contest.patienceMs;
    for (;;) {
      const loaded = await this.load(cacheScope);
      if (loaded.kind === 'manifest' && loaded.number > newest) return loaded;
      if (loaded.kind === 'unusable' && loaded.number > newest) {
        return { number: loaded.number, manifest: undefined };
      }
      if (loaded.kind === 'failed') throw toWriteError(cacheScope, 'could not be looked up', loaded.reason);
      if (clock.now() >= deadline) return undefined;
      await clock.sleep(contest.pollMs, undefined);
    }
  }

  async #findExactly(
    cacheScope: string,
    number: number,
  ): Promise<{ readonly number: number; readonly manifest: Manifest | undefined } | undefined> {
    const { client } = this.#options;
    const key = toManifestKey(cacheScope, number);
    const hit = await client.lookup({ key, version: PACKS_CACHE_VERSION });
    if (hit.kind !== 'hit' && hit.kind !== 'miss')
      throw toWriteError(cacheScope, 'may have been replaced by another job', hit.message);
    if (hit.kind === 'miss' || hit.matchedKey.toLowerCase() !== key) return undefined;
    const loaded = await this.#fetch(cacheScope, number, hit.url);
    if (loaded.kind === 'failed')
      throw toWriteError(
        cacheScope,
        'was replaced by another job, whose manifest could not be read',
        loaded.reason,
      );
    return loaded.kind === 'manifest' ? loaded : { number, manifest: undefined };
  }
}

function toUnusable(found: LoadedManifest | BrokenManifest): LoadedManifest {
  return found.kind === 'broken' ? { ...found, kind: 'unusable' } : found;
}

function toWriteError(key: string, what: string, message: string): ToolError {
  return new ToolError('manifest-write', `the manifest ${key} ${what}: ${message}`);
}
