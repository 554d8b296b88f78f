import type { Readable } from 'node:stream';
import {
  type CommitTarget,
  ServiceError,
  type UploadTarget,
  type WriteOptions,
} from '../../cache-server/service.ts';
import type { FinishedUpload } from '../../cache-server/upload-file.ts';
import { isDiskFull } from '../../errors.ts';
import type { BuildkitKey } from '../access/buildkit-key.ts';
import type { Statistics } from '../report/statistics.ts';
import { findByteFault } from '../store/byte-check.ts';

/** Where BuildKit's bytes lie until they are checked: cache-server's upload area. */
export interface UploadSpool {
  open(id: string): UploadTarget;
  finish(id: string, sizeBytes?: number): Promise<FinishedUpload>;
  drop(id: string): Promise<void>;
}

export interface UploadsOptions {
  readonly spool: UploadSpool;
  readonly statistics: Statistics;
  /** Takes the bytes of an upload that is complete and what its key says; the file goes when it answers. */
  readonly accept: (key: BuildkitKey, upload: FinishedUpload, beganMs: number) => Promise<void>;
  /** The disk is full. */
  readonly onDiskFull: () => Promise<void>;
}

interface Reservation {
  readonly id: string;
  readonly key: string;
  readonly version: string;
  readonly parsed: BuildkitKey;
  /** False: what is written is dropped when it is complete. */
  readonly isKept: boolean;
  readonly beganMs: number;
}

/** What BuildKit is writing: taken onto local disk and checked, without any call to the service. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #byId = new Map<string, Reservation>();
  #count = 0;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  reserve(
    { key: parsed, isKept }: { readonly key: BuildkitKey; readonly isKept: boolean },
    key: string,
    version: string,
  ): string {
    this.#count += 1;
    const id = String(this.#count);
    this.#byId.set(id, { id, key, version, parsed, isKept, beganMs: Date.now() });
    return id;
  }

  target(id: string): UploadTarget {
    const target = this.#options.spool.open(this.#demand(this.#byId.get(id)).id);
    const guard = (work: Promise<void>) => this.#guard(id, work);
    return {
      writeAt: (offset: number, body: Readable, options?: WriteOptions) =>
        guard(target.writeAt(offset, body, options)),
      putBlock: (blockId: string, body: Readable, sizeBytes?: number) =>
        guard(target.putBlock(blockId, body, sizeBytes)),
      putBlockList: (blockIds: readonly string[]) => guard(target.putBlockList(blockIds)),
      append: (body: Readable) => guard(target.append(body)),
    };
  }

  async #guard<T>(id: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      await this.drop(id);
      await this.#options.onDiskFull();
      throw new ServiceError('write_denied', 'cache write denied: the disk of the runner is full', {
        cause: error,
      });
    }
  }

  /** Answers when the bytes are local and right. Throws what BuildKit is to see; the upload is gone either way. */
  async commit(target: CommitTarget, sizeBytes: number | undefined): Promise<string> {
    const { spool, statistics, accept } = this.#options;
    const reservation = this.#demand(this.#find(target));
    // From here on nobody else may write to it or commit it.
    this.#byId.delete(reservation.id);
    try {
      const upload = await this.#guard(reservation.id, spool.finish(reservation.id, sizeBytes));
      await this.#check(reservation, upload);
      if (reservation.isKept)
        await this.#guard(reservation.id, accept(reservation.parsed, upload, reservation.beganMs));
      return reservation.id;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      statistics.failed('export', 'commit', `${reservation.key}: ${message}`);
      throw error;
    } finally {
      await spool.drop(reservation.id);
    }
  }

  async drop(id: string): Promise<void> {
    this.#byId.delete(id);
    await this.#options.spool.drop(id);
  }

  async #check(reservation: Reservation, upload: FinishedUpload): Promise<void> {
    const fault = await findByteFault(upload.path, reservation.parsed);
    if (fault === undefined) return;
    this.#options.statistics.add('wrongBytes');
    throw new ServiceError('invalid_argument', `the upload is not what its key says: ${fault}`);
  }

  #find(target: CommitTarget): Reservation | undefined {
    if (target.kind === 'id') return this.#byId.get(target.id);
    return [...this.#byId.values()].findLast(
      ({ key, version }) => key === target.key && version === target.version,
    );
  }

  #demand(reservation: Reservation | undefined): Reservation {
    if (!reservation) throw new ServiceError('not_found', 'cache entry not found');
    return reservation;
  }
}
