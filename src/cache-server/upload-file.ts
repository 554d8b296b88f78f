import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { readChunks } from './body.ts';
import { addRange, type Coverage, removeRange, toContiguousSize } from './coverage.ts';
import { copyRegion, type Region, writeFully } from './file-region.ts';
import { ServiceError, type UploadTarget, type WriteOptions } from './service.ts';

export interface FinishedUpload {
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * One blob being uploaded, in any of the ways that clients have. Chunks (v1) go where they belong; blocks go into the
 * file in the order in which they begin, which is nearly always list order, so that joining them costs nothing.
 *
 * `#epoch` tells writers that the file under them was replaced or closed: they check it before each write.
 */
export class UploadFile implements UploadTarget {
  readonly #directory: string;
  readonly #dataPath: string;
  #file: Promise<FileHandle> | undefined;
  #epoch = 0;
  #isClosed = false;
  #spoolCount = 0;
  readonly #writes = new Set<Promise<void>>();
  #exclusive: Promise<unknown> = Promise.resolve();
  #appends: Promise<unknown> = Promise.resolve();
  #chunks: Coverage = [];
  #blocks = new Map<string, Region>();
  /** Places of blocks that broke off: the client sends them again. */
  readonly #vacant = new Map<string, Region>();
  #nextBlockAt = 0;
  /** Size after Put Blob, Put Block List or an append; undefined: nothing committed. */
  #committedBytes: number | undefined;

  constructor(directory: string) {
    this.#directory = directory;
    this.#dataPath = path.join(directory, 'data');
  }

  async writeAt(offset: number, body: Readable, options: WriteOptions = {}): Promise<void> {
    const { sizeBytes } = options;
    if (options.truncate === true) {
      await this.#replaceWith(body, sizeBytes);
      return;
    }
    const epoch = this.#demandOpen();
    const file = await this.#openData();
    // Until its last byte is there a chunk that is sent again counts as missing.
    if (sizeBytes !== undefined) this.#chunks = removeRange(this.#chunks, offset, offset + sizeBytes);
    const written = await this.#write(file, epoch, offset, body, sizeBytes);
    this.#chunks = addRange(this.#chunks, offset, offset + written);
  }

  async putBlock(blockId: string, body: Readable, sizeBytes?: number): Promise<void> {
    const epoch = this.#demandOpen();
    for (const other of this.#blocks.keys()) {
      if (other.length !== blockId.length)
        throw new ServiceError('invalid_block', 'The block ids of a blob must be of one length.');
      break;
    }
    if (sizeBytes === undefined) {
      await this.#spool(body, undefined, async (spool, spooledBytes) => {
        await this.putBlock(blockId, spool.createReadStream({ start: 0, autoClose: false }), spooledBytes);
      });
      return;
    }
    const file = await this.#openData();
    const region = this.#placeBlock(blockId, sizeBytes);
    try {
      await this.#write(file, epoch, region.offset, body, sizeBytes);
    } catch (error) {
      if (this.#epoch === epoch) this.#vacant.set(blockId, region);
      throw error;
    }
    this.#blocks.set(blockId, region);
  }

  putBlockList(blockIds: readonly string[]): Promise<void> {
    return this.#exclusively(async () => {
      this.#demandOpen();
      const regions = blockIds.map((id) => this.#blocks.get(id));
      let totalBytes = 0;
      let isInOrder = true;
      const parts: Region[] = [];
      for (const region of regions) {
        if (region === undefined)
          throw new ServiceError('invalid_block_list', 'The specified block list is invalid.');
        isInOrder &&= region.offset === totalBytes;
        totalBytes += region.sizeBytes;
        parts.push(region);
      }
      if (!isInOrder) await this.#join(parts);
      let offset = 0;
      // Blocks that the list leaves out are dropped.
      this.#blocks = new Map();
      blockIds.forEach((id, index) => {
        const sizeBytes = parts[index]?.sizeBytes ?? 0;
        this.#blocks.set(id, { offset, sizeBytes });
        offset += sizeBytes;
      });
      this.#committedBytes = totalBytes;
    });
  }

  append(body: Readable): Promise<void> {
    const appended = this.#appends.then(async () => {
      const epoch = this.#demandOpen();
      const offset = this.#committedBytes;
      if (offset === undefined) throw new ServiceError('not_found', 'The specified blob does not exist.');
      const written = await this.#write(await this.#openData(), epoch, offset, body, undefined);
      this.#committedBytes = offset + written;
    });
    this.#appends = appended.catch(() => undefined);
    return appended;
  }

  finish(sizeBytes?: number): Promise<FinishedUpload> {
    return this.#exclusively(async () => {
      this.#demandOpen();
      await this.#stopWriters();
      const found = this.#measure();
      if (found === undefined || (found === 0 && sizeBytes !== 0)) {
        if (this.#chunks.length > 0)
          throw new ServiceError('invalid_argument', 'the chunks leave gaps in the entry');
        throw new ServiceError('not_found', 'cache entry not found');
      }
      if (sizeBytes !== undefined && found !== sizeBytes) {
        const message = `the entry has ${found} bytes, the commit says ${sizeBytes}`;
        if (this.#chunks.length > 0) throw new ServiceError('invalid_argument', message);
        throw new ServiceError('not_found', `cache entry not found: ${message}`);
      }
      const file = await this.#openData();
      await file.truncate(found);
      this.#isClosed = true;
      await this.#closeData();
      return { path: this.#dataPath, sizeBytes: found };
    });
  }

  drop(): Promise<void> {
    this.#isClosed = true;
    return this.#exclusively(async () => {
      await this.#stopWriters();
      await this.#closeData();
      await rm(this.#directory, { recursive: true, force: true });
    });
  }

  /** Put Blob: nothing of it shows until all of it is there. */
  async #replaceWith(body: Readable, sizeBytes: number | undefined): Promise<void> {
    this.#demandOpen();
    await this.#spool(body, sizeBytes, (_spool, spooledBytes, spoolPath) =>
      this.#exclusively(async () => {
        this.#demandOpen();
        await this.#moveIn(spoolPath);
        this.#chunks = [];
        this.#blocks = new Map();
        this.#nextBlockAt = spooledBytes;
        this.#committedBytes = spooledBytes;
      }),
    );
  }

  /** Copies blocks that did not arrive in list order into a new file. */
  async #join(parts: readonly Region[]): Promise<void> {
    const source = await this.#openData();
    const joinedPath = await this.#toSpoolPath();
    const joined = await open(joinedPath, 'w');
    let offset = 0;
    try {
      for (const part of parts) {
        await copyRegion(source, part, joined, offset);
        offset += part.sizeBytes;
      }
    } finally {
      await joined.close();
    }
    await this.#moveIn(joinedPath);
    this.#nextBlockAt = offset;
  }

  async #moveIn(newPath: string): Promise<void> {
    await this.#stopWriters();
    await this.#closeData();
    await rename(newPath, this.#dataPath);
    this.#vacant.clear();
  }

  async #spool(
    body: Readable,
    sizeBytes: number | undefined,
    use: (spool: FileHandle, sizeBytes: number, path: string) => Promise<void>,
  ): Promise<void> {
    const spoolPath = await this.#toSpoolPath();
    const spool = await open(spoolPath, 'w+');
    try {
      await use(spool, await this.#write(spool, undefined, 0, body, sizeBytes), spoolPath);
    } finally {
      await spool.close();
      await rm(spoolPath, { force: true });
    }
  }

  /** @param epoch undefined: a file of the writer's own, which lives as long as the upload */
  async #write(
    file: FileHandle,
    epoch: number | undefined,
    offset: number,
    body: Readable,
    sizeBytes: number | undefined,
  ): Promise<number> {
    let written = 0;
    for await (const chunk of readChunks(body)) {
      if (sizeBytes !== undefined && written + chunk.length > sizeBytes) throw toLengthError(sizeBytes);
      this.#demandEpoch(epoch);
      const write = writeFully(file, chunk, offset + written);
      this.#writes.add(write);
      await write.finally(() => this.#writes.delete(write));
      written += chunk.length;
    }
    if (sizeBytes !== undefined && written !== sizeBytes) throw toLengthError(sizeBytes);
    this.#demandEpoch(epoch);
    return written;
  }

  #placeBlock(blockId: string, sizeBytes: number): Region {
    const vacant = this.#vacant.get(blockId);
    this.#vacant.delete(blockId);
    if (vacant?.sizeBytes === sizeBytes) return vacant;
    const region = { offset: this.#nextBlockAt, sizeBytes };
    this.#nextBlockAt += sizeBytes;
    return region;
  }

  #measure(): number | undefined {
    return this.#committedBytes ?? (this.#nextBlockAt > 0 ? undefined : toContiguousSize(this.#chunks));
  }

  #demandOpen(): number {
    if (this.#isClosed) throw new ServiceError('not_found', 'The specified blob does not exist.');
    return this.#epoch;
  }

  #demandEpoch(epoch: number | undefined): void {
    if (this.#isClosed) throw new ServiceError('not_found', 'The specified blob does not exist.');
    if (epoch !== undefined && epoch !== this.#epoch) {
      throw new ServiceError('unavailable', 'the blob was replaced while this part of it was sent');
    }
  }

  /** After this nobody writes to the data file any more: also not through a handle that is open already. */
  async #stopWriters(): Promise<void> {
    this.#epoch += 1;
    await Promise.allSettled(this.#writes);
  }

  #exclusively<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#exclusive.then(act);
    this.#exclusive = result.catch(() => undefined);
    return result;
  }

  #openData(): Promise<FileHandle> {
    const file =
      this.#file ?? mkdir(this.#directory, { recursive: true }).then(() => openForUpdate(this.#dataPath));
    this.#file = file;
    return file;
  }

  async #closeData(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    // A file that could not be opened need not be closed; its writer has the error.
    await file?.then(
      (handle) => handle.close(),
      () => undefined,
    );
  }

  async #toSpoolPath(): Promise<string> {
    await mkdir(this.#directory, { recursive: true });
    this.#spoolCount += 1;
    return path.join(this.#directory, `spool-${this.#spoolCount}`);
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
