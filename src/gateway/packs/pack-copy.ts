import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { cutParts } from '../../cache-client/block-upload.ts';
import type { CacheClient } from '../../cache-client/client.ts';
import type { ByteRange } from '../../cache-protocol/range.ts';
import { toMessage } from '../../errors.ts';
import { BlobUnavailableError } from './blob-unavailable.ts';
import type { PackEntry } from './pack-entry.ts';

/** Where in a pack a blob lies. */
export interface PackSlice {
  readonly digest: string;
  readonly offset: number;
  readonly length: number;
}

interface PackCopyOptions {
  readonly client: CacheClient;
  readonly entry: PackEntry;
  readonly sizeBytes: number;
  /** Made at the first byte; every byte lies where it lies in the pack, what was not fetched is a hole. */
  readonly file: string;
  /** Packs are fetched in pieces of that size, so that small blobs come with their neighbours. */
  readonly windowBytes: number;
  /** Packs up to that size are fetched whole at the first touch. */
  readonly wholeBytes: number;
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
  /** A fetch has ended. */
  readonly onIdle: () => void;
}

interface PackWindow extends ByteRange {
  fetched: Promise<void> | undefined;
}

/** What of one pack is on local disk. Each piece is fetched once, each blob checked once. */
export class PackCopy {
  readonly #options: PackCopyOptions;
  readonly #windows: readonly PackWindow[];
  readonly #checked = new Map<string, Promise<void>>();
  #handle: Promise<FileHandle> | undefined;
  /** Of services that know no ranges: all of it in one stream. */
  #whole: Promise<void> | undefined;
  #fault: BlobUnavailableError | undefined;
  #localBytes = 0;
  /** Who reads or fetches; the file may go when there is nobody. */
  users = 0;

  constructor(options: PackCopyOptions) {
    this.#options = options;
    this.#windows = cutParts(options.sizeBytes, options.windowBytes).map(({ start, end }) => ({
      start,
      end,
      fetched: undefined,
    }));
  }

  get file(): string {
    return this.#options.file;
  }

  get localBytes(): number {
    return this.#localBytes;
  }

  /** Resolves when the bytes of the pack from `start` to `end` are in the file, right or not; somebody fetches them. */
  async whenThere(start: number, end: number): Promise<void> {
    for (const window of this.#listWindows(start, end)) await window.fetched;
  }

  #listWindows(start: number, end: number): readonly PackWindow[] {
    return this.#windows.filter((window) => window.start <= end && window.end >= start);
  }

  /** Fetches the blob; resolves when its bytes are in the file, and right. Throws BlobUnavailableError. */
  check(place: PackSlice): Promise<void> {
    const name = `${place.digest} ${place.offset} ${place.length}`;
    let checked = this.#checked.get(name);
    if (checked === undefined) {
      checked = this.#check(place);
      this.#checked.set(name, checked);
    }
    return checked;
  }

  async #check({ digest, offset, length }: PackSlice): Promise<void> {
    const { entry, sizeBytes, wholeBytes } = this.#options;
    const end = offset + length - 1;
    if (offset < 0 || length < 1 || end >= sizeBytes)
      throw new BlobUnavailableError('wrong bytes', `${entry.key} has no bytes ${offset} to ${end}`);
    const own = this.#listWindows(offset, end);
    for (const window of own) this.#start(window);
    // What BuildKit asks for next lies beside it most of the time.
    if (sizeBytes <= wholeBytes) for (const window of this.#windows) this.#start(window);
    const hash = createHash('sha256');
    for (const window of own) {
      await window.fetched;
      await this.#hash(hash, Math.max(offset, window.start), Math.min(end, window.end));
    }
    const found = `sha256:${hash.digest('hex')}`;
    if (found === digest) return;
    throw new BlobUnavailableError('wrong bytes', `what ${entry.key} has as ${digest} hashes to ${found}`);
  }

  async #hash(hash: Hash, start: number, end: number): Promise<void> {
    const stream = createReadStream(this.file, { start, end, highWaterMark: 1024 * 1024 });
    for await (const chunk of stream) hash.update(chunk);
  }

  #start(window: PackWindow): void {
    if (window.fetched !== undefined) return;
    this.users += 1;
    window.fetched = this.#options
      .limit(() => this.#fetch(window))
      .finally(() => {
        this.users -= 1;
        this.#options.onIdle();
      });
    // Read-ahead may fail without anybody waiting for it.
    window.fetched.catch(() => undefined);
  }

  async #fetch(window: PackWindow): Promise<void> {
    // One piece that cannot be had after all its tries is enough: a build without cache is quicker than more of them.
    if (this.#fault) throw this.#fault;
    try {
      if (this.#whole === undefined && (await this.#download(window)) === 'no-ranges') {
        this.#whole ??= this.#downloadWhole();
      }
      await this.#whole;
    } catch (error) {
      this.#fault ??=
        error instanceof BlobUnavailableError
          ? error
          : new BlobUnavailableError('failed', `${this.#options.entry.key}: ${toMessage(error)}`);
      throw this.#fault;
    }
  }

  async #downloadWhole(): Promise<void> {
    await this.#download({ start: 0, end: this.#options.sizeBytes - 1 });
  }

  async #download(range: ByteRange): Promise<'downloaded' | 'no-ranges'> {
    const { client, entry, signal } = this.#options;
    this.#handle ??= open(this.file, 'w', 0o600);
    const region = { handle: await this.#handle, offset: range.start };
    const result = await client.downloadRange(await entry.open(), range, region, { signal });
    switch (result.kind) {
      case 'downloaded':
        this.#localBytes += result.sizeBytes;
        return 'downloaded';
      case 'no-ranges':
        return 'no-ranges';
      case 'missing': {
        // The pack ends before that: whoever said that it is larger was wrong, and its other blobs are none the worse.
        const isTooShort = result.message.startsWith('416');
        if (!isTooShort) entry.forget();
        throw new BlobUnavailableError('missing', `${entry.key}: ${result.message}`, {
          isWholePack: !isTooShort,
        });
      }
      case 'too-large':
        throw new BlobUnavailableError('failed', `${entry.key} is too large`);
      case 'failed':
        throw new BlobUnavailableError('failed', `${entry.key}: ${result.message}`);
      default:
        return result satisfies never;
    }
  }

  /** Nobody may use it any more. */
  async remove(): Promise<void> {
    await Promise.allSettled(this.#windows.map(({ fetched }) => fetched));
    const handle = await this.#handle?.catch(() => undefined);
    await handle?.close();
    await rm(this.file, { force: true });
  }
}
