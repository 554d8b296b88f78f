import { createLimiter } from '../../async/limiter.ts';
import type { CacheClient } from '../../cache-client/client.ts';
import { joinSlices, type UploadSource } from '../../cache-client/upload-source.ts';
import { PACKS_CACHE_VERSION } from '../../cache-protocol/version.ts';
import { ToolError, toMessage } from '../../errors.ts';
import type { CreateBudget } from './create-budget.ts';

/** A blob on local disk; its bytes are checked, and stay until its pack is written or has failed. */
interface BlobFile {
  readonly digest: string;
  readonly file: string;
  /** At least 1: there are no empty entries. */
  readonly sizeBytes: number;
}

export interface WrittenPack {
  readonly key: string;
  readonly sizeBytes: number;
  readonly blobs: readonly { readonly digest: string; readonly offset: number; readonly length: number }[];
}

export interface FailedPack {
  readonly digests: readonly string[];
  readonly message: string;
}

/** Packs that could not be written; what was written besides stays usable. */
export class PackWriteError extends ToolError {
  readonly failed: readonly FailedPack[];
  readonly written: readonly WrittenPack[];

  constructor(failed: readonly FailedPack[], written: readonly WrittenPack[]) {
    const blobs = failed.reduce((sum, { digests }) => sum + digests.length, 0);
    const reasons = [...new Set(failed.map(({ message }) => message))].slice(0, 3).join('; ');
    super('pack-write', `${blobs} blobs could not be stored at the cache service: ${reasons}`);
    this.name = 'PackWriteError';
    this.failed = failed;
    this.written = written;
  }
}

interface PackWriterOptions {
  readonly client: CacheClient;
  readonly budget: CreateBudget;
  /** The key of the n-th pack, from 1; each is asked for once. */
  readonly keyOf: (number: number) => string;
  /** The service has it, whole. */
  readonly onWritten?: (pack: WrittenPack) => void;
  /** Given up: nobody reads its files any more. */
  readonly onFailed?: (pack: FailedPack) => void;
  /** Ends all uploads; their packs fail. */
  readonly signal?: AbortSignal;
}

/** With packs of 32 MiB and blocks of 16 MiB that is what eight connections carry. */
const parallelPacks = 4;
/** Of one pack, each under a key of its own. */
const maxKeys = 3;

/**
 * Puts blobs together to packs, and uploads each in the background as soon as it is big enough. Packs are not built on
 * disk: what is sent is read from the blobs' own files.
 */
export class PackWriter {
  readonly #options: PackWriterOptions;
  readonly #limit = createLimiter(parallelPacks);
  readonly #uploads = new Set<Promise<void>>();
  readonly #written: WrittenPack[] = [];
  #failed: FailedPack[] = [];
  #open: BlobFile[] = [];
  #openBytes = 0;
  #pendingBytes = 0;
  #packs = 0;
  /** What the service said when it refused to take anything from us. */
  #refusal: string | undefined;

  constructor(options: PackWriterOptions) {
    this.#options = options;
  }

  /** Bytes that were added and neither are on the service nor failed. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Blobs lie in their pack in the order in which they are added. */
  add(blob: BlobFile): void {
    const target = this.#options.budget.packTargetBytes;
    this.#pendingBytes += blob.sizeBytes;
    // A big one is a pack by itself, so that the small ones stay together.
    if (blob.sizeBytes >= target) {
      this.#start([blob]);
      return;
    }
    this.#open.push(blob);
    this.#openBytes += blob.sizeBytes;
    if (this.#openBytes >= target) this.#seal();
  }

  /**
   * Writes the rest, and waits for all of it. Answers every pack that this writer has written. Throws PackWriteError
   * for the packs that failed since the last flush.
   */
  async flush(): Promise<readonly WrittenPack[]> {
    this.#seal();
    await Promise.all(this.#uploads);
    const failed = this.#failed;
    this.#failed = [];
    if (failed.length > 0) throw new PackWriteError(failed, [...this.#written]);
    return [...this.#written];
  }

  #seal(): void {
    const blobs = this.#open;
    this.#open = [];
    this.#openBytes = 0;
    if (blobs.length > 0) this.#start(blobs);
  }

  #start(blobs: readonly BlobFile[]): void {
    // Blobs may come faster than they go up: what waits for its turn counts too.
    this.#options.budget.announce();
    const upload = this.#limit(() => {
      this.#options.budget.retract();
      return this.#write(blobs);
    }).finally(() => this.#uploads.delete(upload));
    this.#uploads.add(upload);
  }

  /** Does not throw: what happened is on record. */
  async #write(blobs: readonly BlobFile[]): Promise<void> {
    const source = joinSlices(blobs);
    const outcome = await this.#store(source).then(
      (key) => ({ key, sizeBytes: source.sizeBytes, blobs: placeBlobs(blobs) }),
      (error: unknown) => ({ digests: blobs.map(({ digest }) => digest), message: toMessage(error) }),
    );
    this.#pendingBytes -= source.sizeBytes;
    if ('key' in outcome) {
      this.#written.push(outcome);
      this.#options.onWritten?.(outcome);
    } else {
      this.#failed.push(outcome);
      this.#options.onFailed?.(outcome);
    }
  }

  /** Answers the key. Throws ToolError. */
  async #store(source: UploadSource): Promise<string> {
    const { client, budget, signal } = this.#options;
    const call = signal === undefined ? {} : { signal };
    const { sizeBytes } = source;
    let reason = '';
    for (let attempt = 1; attempt <= maxKeys; attempt++) {
      if (this.#refusal !== undefined) throw new ToolError('pack-write', this.#refusal);
      await budget.take(signal);
      this.#packs += 1;
      const key = this.#options.keyOf(this.#packs);
      const created = await client.create({ key, version: PACKS_CACHE_VERSION, sizeBytes }, call);
      if (created.kind === 'denied' || created.kind === 'unauthenticated') this.#refusal = created.message;
      if (created.kind === 'exists') {
        // Most likely our own, by a try whose answer was lost: there is no way to take it, so another key.
        reason = created.message;
        continue;
      }
      if (created.kind !== 'created') throw new ToolError('pack-write', `create: ${created.message}`);
      const uploaded = await client.upload(created.ticket, source, call);
      if (uploaded.kind === 'failed') throw new ToolError('pack-write', `upload: ${uploaded.message}`);
      const finalized = await client.finalize(created.ticket, sizeBytes, call);
      if (finalized.kind === 'finalized') return key;
      reason = `finalize: ${finalized.message}`;
      // Forgotten, or not what was sent: with another key it can be had.
      if (finalized.kind !== 'not-found') throw new ToolError('pack-write', reason);
    }
    throw new ToolError('pack-write', reason);
  }
}

function placeBlobs(blobs: readonly BlobFile[]): WrittenPack['blobs'] {
  let end = 0;
  return blobs.map(({ digest, sizeBytes }) => {
    const offset = end;
    end += sizeBytes;
    return { digest, offset, length: sizeBytes };
  });
}
