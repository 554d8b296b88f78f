import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ServiceError } from '../../cache-server/service.ts';
import { isDiskFull } from '../../errors.ts';
import { maxBlobBytes } from '../config/limits.ts';
import { type ReceivedBlob, Upload } from './blob-upload.ts';
import { OciError } from './oci-error.ts';

export interface OciUploadsOptions {
  /** Its own, on the file system of the store; made anew. */
  readonly directory: string;
  /** The disk is full: nothing more can be exported. */
  readonly onDiskFull: () => Promise<void>;
}

/** The blobs on their way in, each bound to the repository where its upload began. */
export class OciUploads {
  readonly #options: OciUploadsOptions;
  readonly #byId = new Map<string, { readonly repository: string; readonly upload: Upload }>();

  private constructor(options: OciUploadsOptions) {
    this.#options = options;
  }

  static async open(options: OciUploadsOptions): Promise<OciUploads> {
    await rm(options.directory, { recursive: true, force: true });
    await mkdir(options.directory, { recursive: true, mode: 0o700 });
    return new OciUploads(options);
  }

  /** Answers the new upload's id. */
  begin(repository: string): string {
    const id = randomBytes(16).toString('hex');
    const file = path.join(this.#options.directory, id);
    this.#byId.set(id, { repository, upload: new Upload(file, maxBlobBytes) });
    return id;
  }

  /** Bytes that have come. Throws OciError `BLOB_UPLOAD_UNKNOWN`. */
  sizeOf(repository: string, id: string): number {
    return this.#demand(repository, id).sizeBytes;
  }

  /** One chunk, which may break off: who asks for its size can go on from there. */
  async append(repository: string, id: string, body: Readable, start: number | undefined): Promise<number> {
    const upload = this.#demand(repository, id);
    await this.#guard(id, () => upload.append(body, { start, restart: false }));
    return upload.sizeBytes;
  }

  /** The last bytes, if any, and the end of it. A body that breaks off is dropped: it will be sent again as a whole. */
  async finish(
    repository: string,
    id: string,
    last: { readonly body: Readable; readonly start: number | undefined; readonly digest: string },
  ): Promise<ReceivedBlob> {
    const upload = this.#demand(repository, id);
    await this.#guard(id, async () => {
      try {
        await upload.append(last.body, { start: last.start, restart: true });
      } catch (error) {
        if (!(error instanceof OciError)) await upload.reset();
        throw error;
      }
    });
    this.#byId.delete(id);
    return await upload.finish(last.digest);
  }

  /** Throws OciError `BLOB_UPLOAD_UNKNOWN`. */
  async cancel(repository: string, id: string): Promise<void> {
    this.#demand(repository, id);
    await this.#drop(id);
  }

  /** What comes after the bytes may find the disk full as well. */
  async guardDisk<T>(work: () => Promise<T>): Promise<T> {
    return await this.#guard('', work);
  }

  async close(): Promise<void> {
    for (const id of this.#byId.keys()) await this.#drop(id);
    await rm(this.#options.directory, { recursive: true, force: true });
  }

  #demand(repository: string, id: string): Upload {
    const found = this.#byId.get(id);
    if (found?.repository === repository) return found.upload;
    throw new OciError('BLOB_UPLOAD_UNKNOWN', 'there is no such upload');
  }

  async #drop(id: string): Promise<void> {
    const found = this.#byId.get(id);
    this.#byId.delete(id);
    await found?.upload.drop();
  }

  async #guard<T>(id: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      await this.#drop(id);
      await this.#options.onDiskFull();
      const message = 'cache write denied: the disk of the runner is full';
      throw new ServiceError('write_denied', message, { cause: error });
    }
  }
}
