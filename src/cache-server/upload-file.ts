import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { addRange, type Coverage, removeRange, toContiguousSize } from './coverage.ts';
import { copyRegion, type Region } from './file-region.ts';
import { ServiceError, type UploadTarget, type WriteOptions } from './service.ts';
import { UploadData } from './upload-data.ts';

export interface FinishedUpload {
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * One blob being uploaded, in any of the ways that clients have. Chunks (v1) go where they belong; blocks go into the
 * file in the order in which they begin, which is nearly always list order, so that joining them costs nothing.
 */
export class UploadFile implements UploadTarget {
  readonly #data: UploadData;
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
    this.#data = new UploadData(directory);
  }

  async writeAt(offset: number, body: Readable, options: WriteOptions = {}): Promise<void> {
    const { sizeBytes } = options;
    if (options.truncate === true) {
      await this.#replaceWith(body, sizeBytes);
      return;
    }
    const epoch = this.#data.demandOpen();
    const file = await this.#data.open();
    // Until its last byte is there a chunk that is sent again counts as missing.
    if (sizeBytes !== undefined) this.#chunks = removeRange(this.#chunks, offset, offset + sizeBytes);
    const written = await this.#data.write(file, epoch, offset, body, sizeBytes);
    this.#chunks = addRange(this.#chunks, offset, offset + written);
  }

  async putBlock(blockId: string, body: Readable, sizeBytes?: number): Promise<void> {
    const epoch = this.#data.demandOpen();
    for (const other of this.#blocks.keys()) {
      if (other.length !== blockId.length)
        throw new ServiceError('invalid_block', 'The block ids of a blob must be of one length.');
      break;
    }
    if (sizeBytes === undefined) {
      await this.#data.spool(body, undefined, async (spool, spooledBytes) => {
        await this.putBlock(blockId, spool.createReadStream({ start: 0, autoClose: false }), spooledBytes);
      });
      return;
    }
    const file = await this.#data.open();
    const region = this.#placeBlock(blockId, sizeBytes);
    try {
      await this.#data.write(file, epoch, region.offset, body, sizeBytes);
    } catch (error) {
      if (this.#data.isCurrent(epoch)) this.#vacant.set(blockId, region);
      throw error;
    }
    this.#blocks.set(blockId, region);
  }

  putBlockList(blockIds: readonly string[]): Promise<void> {
    return this.#exclusively(async () => {
      this.#data.demandOpen();
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
      const epoch = this.#data.demandOpen();
      const offset = this.#committedBytes;
      if (offset === undefined) throw new ServiceError('not_found', 'The specified blob does not exist.');
      const written = await this.#data.write(await this.#data.open(), epoch, offset, body, undefined);
      this.#committedBytes = offset + written;
    });
    this.#appends = appended.catch(() => undefined);
    return appended;
  }

  finish(sizeBytes?: number): Promise<FinishedUpload> {
    return this.#exclusively(async () => {
      this.#data.demandOpen();
      await this.#data.stopWriters();
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
      await this.#data.finish(found);
      return { path: this.#data.path, sizeBytes: found };
    });
  }

  drop(): Promise<void> {
    this.#data.refuseAll();
    return this.#exclusively(() => this.#data.remove());
  }

  /** Put Blob: nothing of it shows until all of it is there. */
  async #replaceWith(body: Readable, sizeBytes: number | undefined): Promise<void> {
    this.#data.demandOpen();
    await this.#data.spool(body, sizeBytes, (_spool, spooledBytes, spoolPath) =>
      this.#exclusively(async () => {
        this.#data.demandOpen();
        await this.#data.replace(spoolPath);
        this.#vacant.clear();
        this.#chunks = [];
        this.#blocks = new Map();
        this.#nextBlockAt = spooledBytes;
        this.#committedBytes = spooledBytes;
      }),
    );
  }

  /** Copies blocks that did not arrive in list order into a new file. */
  async #join(parts: readonly Region[]): Promise<void> {
    const source = await this.#data.open();
    const joinedPath = await this.#data.toSpoolPath();
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
    await this.#data.replace(joinedPath);
    this.#vacant.clear();
    this.#nextBlockAt = offset;
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

  #exclusively<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#exclusive.then(act);
    this.#exclusive = result.catch(() => undefined);
    return result;
  }
}
