import type { CacheClient } from '../cache-client/client.ts';
import type { UploadTicket } from '../cache-client/results.ts';
import { type CommitTarget, ServiceError, type UploadTarget } from '../cache-server/service.ts';
import type { FinishedUpload } from '../cache-server/upload-file.ts';
import type { BuildkitKey } from './buildkit-key.ts';
import type { Statistics } from './statistics.ts';
import { findByteFault } from './verification.ts';

/** Where BuildKit's bytes lie until they are checked and passed on: cache-server's upload area. */
export interface UploadSpool {
  open(id: string): UploadTarget;
  finish(id: string, sizeBytes?: number): Promise<FinishedUpload>;
  drop(id: string): Promise<void>;
}

interface Reservation {
  readonly id: string;
  readonly key: string;
  readonly version: string;
  readonly parsed: BuildkitKey;
  readonly ticket: UploadTicket;
}

/** What BuildKit is writing: reserved at the service, taken onto local disk, checked, then uploaded in large parts. */
export class Uploads {
  readonly #client: CacheClient;
  readonly #spool: UploadSpool;
  readonly #statistics: Statistics;
  readonly #byId = new Map<string, Reservation>();
  #count = 0;

  constructor(client: CacheClient, spool: UploadSpool, statistics: Statistics) {
    this.#client = client;
    this.#spool = spool;
    this.#statistics = statistics;
  }

  /** Reserves at the service at once, so that its refusal reaches BuildKit before any byte is sent. */
  async reserve(parsed: BuildkitKey, key: string, version: string): Promise<string> {
    const result = await this.#client.create({ key, version });
    switch (result.kind) {
      case 'created': {
        this.#count += 1;
        const id = String(this.#count);
        this.#byId.set(id, { id, key, version, parsed, ticket: result.ticket });
        return id;
      }
      case 'exists':
        throw new ServiceError(
          'already_exists',
          'cache entry with the same key, version, and scope already exists',
        );
      case 'denied':
        this.#statistics.failed('export', 'create', `${key}: ${result.message}`);
        throw new ServiceError('write_denied', withPrefix('cache write denied: ', result.message));
      case 'unauthenticated':
        this.#statistics.failed('export', 'create', `${key}: ${result.message}`);
        throw new ServiceError('unauthenticated', result.message);
      case 'failed':
        this.#statistics.failed('export', 'create', `${key}: ${result.message}`);
        // BuildKit waits out a limit for ten minutes, and nothing else.
        throw result.status === 429
          ? new ServiceError('resource_exhausted', result.message, { retryAfterSeconds: 30 })
          : new ServiceError('unavailable', result.message);
    }
  }

  target(id: string): UploadTarget {
    return this.#spool.open(this.#demand(this.#byId.get(id)).id);
  }

  /** Answers when the service has the entry. Throws what BuildKit is to see; the local copy is gone either way. */
  async commit(target: CommitTarget, sizeBytes: number | undefined): Promise<string> {
    const reservation = this.#demand(this.#find(target));
    // From here on nobody else may write to it or commit it.
    this.#byId.delete(reservation.id);
    try {
      const upload = await this.#spool.finish(reservation.id, sizeBytes);
      await this.#check(reservation, upload);
      await this.#passOn(reservation, upload);
      this.#statistics.add(reservation.parsed.kind === 'index' ? 'indexesStored' : 'blobsStored');
      return reservation.id;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#statistics.failed('export', 'commit', `${reservation.key}: ${message}`);
      throw error;
    } finally {
      await this.#spool.drop(reservation.id);
    }
  }

  async #check(reservation: Reservation, upload: FinishedUpload): Promise<void> {
    const fault = await findByteFault(upload.path, reservation.parsed);
    if (fault === undefined) return;
    this.#statistics.add('wrongBytes');
    throw new ServiceError('invalid_argument', `the upload is not what its key says: ${fault}`);
  }

  async #passOn(reservation: Reservation, upload: FinishedUpload): Promise<void> {
    const { ticket } = reservation;
    const uploaded = await this.#client.upload(ticket, upload.path, upload.sizeBytes);
    if (uploaded.kind === 'failed')
      throw new ServiceError('unavailable', `upload failed: ${uploaded.message}`);
    const finalized = await this.#client.finalize(ticket, upload.sizeBytes);
    switch (finalized.kind) {
      case 'finalized':
        return;
      case 'not-found':
        throw new ServiceError('not_found', finalized.message);
      case 'denied':
        throw new ServiceError('permission_denied', finalized.message);
      case 'unauthenticated':
        throw new ServiceError('unauthenticated', finalized.message);
      case 'failed':
        throw new ServiceError('unavailable', `finalize failed: ${finalized.message}`);
    }
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

function withPrefix(prefix: string, message: string): string {
  return message.startsWith(prefix) ? message : `${prefix}${message}`;
}
