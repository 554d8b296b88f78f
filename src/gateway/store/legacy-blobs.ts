import { rm, stat } from 'node:fs/promises';
import type { CacheClient } from '../../cache-client/client.ts';
import type { RetryPolicy } from '../../cache-client/retry.ts';
import { BUILDKIT_CACHE_VERSION } from '../../cache-protocol/version.ts';
import { maxBlobBytes } from '../config/limits.ts';
import { type LocalBytes, toLocalFile } from '../packs/local-bytes.ts';
import type { Statistics } from '../report/statistics.ts';
import { findByteFault } from './byte-check.ts';

interface LegacyBlobsOptions {
  readonly client: CacheClient;
  readonly statistics: Statistics;
  readonly policy: RetryPolicy;
  /** A path where no file is yet. */
  readonly toPath: () => string;
}

/** Blobs that an index of BuildKit's own names: each lies under BuildKit's own key, where it is looked up when it is wanted. */
export class LegacyBlobs {
  readonly #options: LegacyBlobsOptions;
  /** The URL once it was looked up, undefined when it is not there. */
  readonly #urls = new Map<string, Promise<string | undefined> | undefined>();
  #hasUnknown = false;

  constructor(options: LegacyBlobsOptions) {
    this.#options = options;
  }

  add(digests: Iterable<string>): void {
    for (const digest of digests) if (!this.#urls.has(digest)) this.#urls.set(digest, undefined);
  }

  /** Without a call: some index names it, and nobody has found out that it is not there. */
  mayHave(digest: string): boolean {
    return this.#urls.has(digest);
  }

  /** One call for each digest. */
  async has(digest: string): Promise<boolean> {
    return this.#urls.has(digest) && (await this.#find(digest)) !== undefined;
  }

  /** One of them may be there, and could not be had. */
  get hasUnknown(): boolean {
    return this.#hasUnknown;
  }

  /** The bytes in a file that goes with their release; undefined when they cannot be had. */
  async fetch(digest: string): Promise<LocalBytes | undefined> {
    if (!this.#urls.has(digest)) return undefined;
    const { client, statistics } = this.#options;
    const url = await this.#find(digest);
    if (url === undefined) return undefined;
    const file = this.#options.toPath();
    const source = { url, renew: () => this.#lookUp(digest) };
    const result = await client.download(source, file, { maxBytes: maxBlobBytes });
    const sha256 = digest.slice('sha256:'.length);
    const fault =
      result.kind === 'downloaded'
        ? await findByteFault(file, { kind: 'blob', sha256, isSignature: false })
        : result.kind === 'too-large'
          ? 'it is too large'
          : result.message;
    if (fault === undefined) {
      const { size } = await stat(file);
      return toLocalFile(file, size, () => void rm(file, { force: true }));
    }
    if (result.kind === 'downloaded') statistics.add('wrongBytes');
    if (result.kind === 'failed') this.#hasUnknown = true;
    await rm(file, { force: true });
    this.#urls.delete(digest);
    statistics.failed('import', 'download', `buildkit-blob-1-${digest}: ${fault}`);
    return undefined;
  }

  async #find(digest: string): Promise<string | undefined> {
    const known = this.#urls.get(digest);
    if (known !== undefined) return await known;
    const url = this.#lookUp(digest);
    this.#urls.set(digest, url);
    return await url;
  }

  async #lookUp(digest: string): Promise<string | undefined> {
    const { client, policy, statistics } = this.#options;
    const key = `buildkit-blob-1-${digest}`;
    const hit = await client.lookup({ key, version: BUILDKIT_CACHE_VERSION }, { policy });
    if (hit.kind === 'hit') return hit.matchedKey.toLowerCase() === key ? hit.url : undefined;
    if (hit.kind === 'miss') return undefined;
    this.#hasUnknown = true;
    statistics.failed('import', 'lookup', `${key}: ${hit.message}`);
    return undefined;
  }
}
