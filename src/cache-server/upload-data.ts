import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { readChunks } from './body.ts';
import { writeFully } from './file-region.ts';
import { ServiceError } from './service.ts';

/**
 * The file under an upload. It can be replaced or closed while somebody writes to it: `#epoch` tells writers so, who check it
 * before each write.
 */
export class UploadData {
  readonly path: string;
  readonly #directory: string;
  #file: Promise<FileHandle> | undefined;
  #epoch = 0;
  #isClosed = false;
  #spoolCount = 0;
  readonly #writes = new Set<Promise<void>>();

  constructor(directory: string) {
    this.#directory = directory;
    this.path = path.join(directory, 'data');
  }

  /** Answers the epoch, for `write`. */
  demandOpen(): number {
    if (this.#isClosed) throw new ServiceError('not_found', 'The specified blob does not exist.');
    return this.#epoch;
  }

  isCurrent(epoch: number): boolean {
    return epoch === this.#epoch;
  }

  open(): Promise<FileHandle> {
    const file =
      this.#file ?? mkdir(this.#directory, { recursive: true }).then(() => openForUpdate(this.path));
    this.#file = file;
    return file;
  }

  /**
   * Answers the number of bytes.
   *
   * @param epoch undefined: a file of the writer's own, which lives as long as the upload
   */
  async write(
    file: FileHandle,
    epoch: number | undefined,
    offset: number,
    body: Readable,
    sizeBytes: number | undefined,
  ): Promise<number> {
    let writtenBytes = 0;
    for await (const chunk of readChunks(body)) {
      if (sizeBytes !== undefined && writtenBytes + chunk.length > sizeBytes) throw toLengthError(sizeBytes);
      this.#demandEpoch(epoch);
      const write = writeFully(file, chunk, offset + writtenBytes);
      this.#writes.add(write);
      await write.finally(() => this.#writes.delete(write));
      writtenBytes += chunk.length;
    }
    if (sizeBytes !== undefined && writtenBytes !== sizeBytes) throw toLengthError(sizeBytes);
    this.#demandEpoch(epoch);
    return writtenBytes;
  }

  /** Puts a body into a file of its own, which is gone after `use` unless that has moved it. */
  async spool(
    body: Readable,
    sizeBytes: number | undefined,
    use: (spool: FileHandle, sizeBytes: number, path: string) => Promise<void>,
  ): Promise<void> {
    const spoolPath = await this.toSpoolPath();
    const spool = await open(spoolPath, 'w+');
    try {
      await use(spool, await this.write(spool, undefined, 0, body, sizeBytes), spoolPath);
    } finally {
      await spool.close();
      await rm(spoolPath, { force: true });
    }
  }

  async toSpoolPath(): Promise<string> {
    await mkdir(this.#directory, { recursive: true });
    this.#spoolCount += 1;
    return path.join(this.#directory, `spool-${this.#spoolCount}`);
  }

  /** The file at `newPath` takes the place of this one. */
  async replace(newPath: string): Promise<void> {
    await this.stopWriters();
    await this.#close();
    await rename(newPath, this.path);
  }

  /** After this nobody writes to the file any more: also not through a handle that is open already. */
  async stopWriters(): Promise<void> {
    this.#epoch += 1;
    await Promise.allSettled(this.#writes);
  }

  /** The last size of the file, which stays where it is. */
  async finish(sizeBytes: number): Promise<void> {
    const file = await this.open();
    await file.truncate(sizeBytes);
    this.#isClosed = true;
    await this.#close();
  }

  /** Nothing is accepted from now on; `remove` does the rest. */
  refuseAll(): void {
    this.#isClosed = true;
  }

  async remove(): Promise<void> {
    await this.stopWriters();
    await this.#close();
    await rm(this.#directory, { recursive: true, force: true });
  }

  #demandEpoch(epoch: number | undefined): void {
    this.demandOpen();
    if (epoch !== undefined && epoch !== this.#epoch) {
      throw new ServiceError('unavailable', 'the blob was replaced while this part of it was sent');
    }
  }

  async #close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    // A file that could not be opened need not be closed; its writer has the error.
    await file?.then(
      (handle) => handle.close(),
      () => undefined,
    );
  }
}

/** Makes the file if need be and never truncates it. */
async function openForUpdate(file: string): Promise<FileHandle> {
  await (await open(file, 'a')).close();
  return open(file, 'r+');
}

function toLengthError(sizeBytes: number): ServiceError {
  return new ServiceError(
    'invalid_argument',
    `the body does not have the ${sizeBytes} bytes that were announced`,
  );
}
