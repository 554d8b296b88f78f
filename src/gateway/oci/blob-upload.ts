import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { readChunks } from '../../cache-server/body.ts';
import { OciError } from './oci-error.ts';

/** The bytes of a blob, complete and right, in a file that is the receiver's now. */
export interface ReceivedBlob {
  readonly file: string;
  readonly sizeBytes: number;
  /** undefined: there is none. */
  readonly firstByte: number | undefined;
}

/** So much is gathered before it is written: a write for each 64 KiB costs twice the time. */
const gatherBytes = 1024 * 1024;

/**
 * One blob on its way in. Its bytes come in order, go to disk and through SHA-256 as they come, and are never read
 * again; nothing is synced, since a job that dies takes them with it anyway.
 */
export class Upload {
  readonly #file: string;
  readonly #maxBytes: number;
  #hash: Hash = createHash('sha256');
  #sizeBytes = 0;
  #firstByte: number | undefined;
  #isClosed = false;
  #hasFailed = false;
  /** The file is somebody else's now. */
  #isHandedOver = false;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param file where no file is yet */
  constructor(file: string, maxBytes: number) {
    this.#file = file;
    this.#maxBytes = maxBytes;
  }

  /** What has come. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /**
   * Appends a body, which must begin where the last one ended. At 0 the upload begins anew with `restart`: a client
   * that sends its whole blob again, since it does not know how much has come.
   */
  append(
    body: Readable,
    place: { readonly start: number | undefined; readonly restart: boolean },
  ): Promise<void> {
    return this.#exclusively(async () => {
      const { start, restart } = place;
      if (restart && start === 0 && this.#sizeBytes > 0) await this.#reset();
      if (start !== undefined && start !== this.#sizeBytes) throw toRangeError(this.#sizeBytes);
      const file = await open(this.#file, this.#sizeBytes === 0 ? 'w' : 'r+', 0o600);
      try {
        await this.#write(file, body);
      } finally {
        await file.close();
      }
    });
  }

  /** Throws OciError `DIGEST_INVALID` when the bytes are others; the upload is over in any case. */
  finish(digest: string): Promise<ReceivedBlob> {
    return this.#exclusively(async () => {
      this.#isClosed = true;
      const found = `sha256:${this.#hash.digest('hex')}`;
      const sizeBytes = this.#sizeBytes;
      if (found === digest && sizeBytes > 0) {
        this.#isHandedOver = true;
        return { file: this.#file, sizeBytes, firstByte: this.#firstByte };
      }
      await rm(this.#file, { force: true });
      throw new OciError('DIGEST_INVALID', `the upload is not ${digest}: its bytes hash to ${found}`);
    });
  }

  /** Drops what has come; the upload begins anew, unless it is over. */
  reset(): Promise<void> {
    const reset = this.#queue.then(() => (this.#isClosed ? undefined : this.#reset()));
    this.#queue = reset.catch(() => undefined);
    return reset;
  }

  /** Ends it and removes what has come. */
  async drop(): Promise<void> {
    this.#isClosed = true;
    await this.#queue;
    if (!this.#isHandedOver) await rm(this.#file, { force: true });
  }

  async #reset(): Promise<void> {
    this.#hash = createHash('sha256');
    this.#sizeBytes = 0;
    this.#firstByte = undefined;
    this.#hasFailed = false;
    await rm(this.#file, { force: true });
  }

  async #write(file: FileHandle, body: Readable): Promise<void> {
    let gathered: Buffer[] = [];
    let gatheredBytes = 0;
    let writing: Promise<void> = Promise.resolve();
    const flush = async () => {
      const chunks = gathered;
      const position = this.#sizeBytes;
      this.#sizeBytes += gatheredBytes;
      gathered = [];
      gatheredBytes = 0;
      await writing;
      writing = writeAll(file, chunks, position);
      // The next one awaits it. What was hashed is not there then: nobody can go on from it.
      writing.catch(() => {
        this.#hasFailed = true;
      });
    };
    try {
      for await (const chunk of readChunks(body)) {
        if (this.#isClosed) throw toGoneError();
        if (this.#hasFailed) break;
        if (this.#sizeBytes + gatheredBytes + chunk.length > this.#maxBytes)
          throw new OciError('SIZE_INVALID', `a blob has at most ${this.#maxBytes} bytes`, { status: 413 });
        this.#firstByte ??= chunk[0];
        this.#hash.update(chunk);
        gathered.push(chunk);
        gatheredBytes += chunk.length;
        if (gatheredBytes >= gatherBytes) await flush();
      }
    } finally {
      // Also when the client hung up: what was hashed must be there for who goes on from it.
      await flush();
      await writing;
    }
  }

  #exclusively<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(() => {
      if (this.#isClosed || this.#hasFailed) throw toGoneError();
      return act();
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

async function writeAll(file: FileHandle, chunks: readonly Buffer[], position: number): Promise<void> {
  let left: readonly Buffer[] = chunks;
  let offset = position;
  while (left.length > 0) {
    const { bytesWritten } = await file.writev([...left], offset);
    offset += bytesWritten;
    left = dropBytes(left, bytesWritten);
  }
}

/** A single write may take fewer bytes. */
function dropBytes(chunks: readonly Buffer[], count: number): readonly Buffer[] {
  let toDrop = count;
  return chunks.flatMap((chunk) => {
    const dropped = Math.min(toDrop, chunk.length);
    toDrop -= dropped;
    return dropped === chunk.length ? [] : [chunk.subarray(dropped)];
  });
}

function toRangeError(sizeBytes: number): OciError {
  return new OciError('BLOB_UPLOAD_INVALID', `the upload goes on at byte ${sizeBytes}`, {
    status: 416,
    headers: { Range: toReceivedRange(sizeBytes) },
  });
}

/** `0-99`: what has come, the end inclusive; of nothing it is `0-0`, as registries have it. */
export function toReceivedRange(sizeBytes: number): string {
  return `0-${Math.max(0, sizeBytes - 1)}`;
}

function toGoneError(): OciError {
  return new OciError('BLOB_UPLOAD_UNKNOWN', 'the upload is over');
}
