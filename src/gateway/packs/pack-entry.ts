import type { CacheClient } from '../../cache-client/client.ts';
import type { DownloadSource } from '../../cache-client/download-requests.ts';
import type { RetryPolicy } from '../../cache-client/retry.ts';
import type { CallOptions } from '../../cache-client/session.ts';
import { PACKS_CACHE_VERSION } from '../../cache-protocol/version.ts';
import { BlobUnavailableError } from './blob-unavailable.ts';

/** What is known of a pack: a look-up that failed tells nothing. */
export type Presence =
  | { readonly kind: 'present'; readonly url: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly message: string };

/** A pack as the service has it: looked up once, and again when its download URL has expired. */
export class PackEntry {
  readonly key: string;
  readonly #client: CacheClient;
  readonly #options: CallOptions;
  #presence: Promise<Presence> | undefined;
  #isForgotten = false;

  constructor(client: CacheClient, key: string, options: CallOptions) {
    this.key = key;
    this.#client = client;
    this.#options = options;
  }

  /** What is known, or one call. Never throws for what the service may answer. */
  check(): Promise<Presence> {
    this.#presence ??= this.#lookUp();
    return this.#presence;
  }

  /** One call unless it is known to be there, or to be gone: look-ups may lag behind, and faults pass. */
  async checkAgain(policy?: RetryPolicy): Promise<Presence> {
    const known = this.#presence;
    const presence = await this.check();
    if (known === undefined || presence.kind === 'present' || this.#isForgotten) return presence;
    if (this.#presence === known) this.#presence = this.#lookUp(policy);
    return await this.check();
  }

  /** Throws BlobUnavailableError. */
  async open(): Promise<DownloadSource> {
    const presence = await this.check();
    switch (presence.kind) {
      case 'present':
        return { url: presence.url, renew: (refusedUrl) => this.#renew(refusedUrl) };
      case 'missing':
        throw new BlobUnavailableError('missing', `${this.key} is not at the cache service any more`, {
          isWholePack: true,
        });
      case 'failed':
        throw new BlobUnavailableError('failed', `${this.key}: ${presence.message}`);
      default:
        return presence satisfies never;
    }
  }

  /** Nobody is to ask for it again in this job. */
  forget(): void {
    this.#isForgotten = true;
    this.#presence = Promise.resolve({ kind: 'missing' });
  }

  /** Many requests may find the same URL refused: one of them asks for a fresh one. */
  async #renew(refusedUrl: string): Promise<string | undefined> {
    const known = this.#presence;
    const presence = await this.check();
    if (presence.kind === 'present' && presence.url !== refusedUrl) return presence.url;
    if (this.#presence === known) this.#presence = this.#lookUp();
    const fresh = await this.check();
    return fresh.kind === 'present' ? fresh.url : undefined;
  }

  async #lookUp(policy = this.#options.policy): Promise<Presence> {
    const options = policy === undefined ? this.#options : { ...this.#options, policy };
    const hit = await this.#client.lookup({ key: this.key, version: PACKS_CACHE_VERSION }, options);
    // A look-up matches prefixes too: the pack `…-1` may be answered with `…-12`.
    if (hit.kind === 'hit') {
      return hit.matchedKey.toLowerCase() === this.key.toLowerCase()
        ? { kind: 'present', url: hit.url }
        : { kind: 'missing' };
    }
    return hit.kind === 'miss' ? { kind: 'missing' } : { kind: 'failed', message: hit.message };
  }
}
