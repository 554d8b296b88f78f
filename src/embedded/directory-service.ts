import {
  type CacheService,
  type Caller,
  type CommitTarget,
  type Committed,
  type LookupHit,
  type LookupQuery,
  type Reservation,
  type ReserveRequest,
  ServiceError,
  type StoredBlob,
  type UploadTarget,
} from '../cache-server/service.ts';
import type { UploadArea } from '../cache-server/upload-area.ts';
import { demandReadable, demandWritable, findWritable } from './caller-scopes.ts';
import { toExistsMessage, toHit } from './entry-answers.ts';
import type { EntryFiles } from './entry-files.ts';
import { EntryIndex, type UsedEntry } from './entry-index.ts';
import { Reservations, type ReservedKey } from './reservations.ts';
import { readCaller } from './signed-token.ts';

/** v1's life of a reservation that nobody finishes; without one its upload would fill the disk of a service that runs for weeks. */
const reservationLifetimeMs = 24 * 60 * 60 * 1000;

interface DirectoryServiceOptions {
  readonly files: EntryFiles;
  readonly uploads: UploadArea;
  /** Checks tokens; undefined: any well-formed JWT is taken. */
  readonly secret: string | undefined;
  /** undefined: no limit. */
  readonly maxSizeBytes: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface StorageStatistics {
  readonly entries: number;
  readonly bytes: number;
  readonly reservations: number;
  readonly evicted: number;
}

/** A cache service with GitHub's rules (cache-protocol.md, sections 4 and 8) over a directory. */
export class DirectoryService implements CacheService {
  readonly #options: DirectoryServiceOptions;
  readonly #index = new EntryIndex();
  readonly #reservations = new Reservations();
  #lastId = 0;
  #lastCreatedAt = 0;
  #evicted = 0;
  #areAccessTimesSaved = true;
  readonly #committing = new Map<number, Promise<Committed>>();

  constructor(options: DirectoryServiceOptions) {
    this.#options = options;
  }

  /** Reads what is committed. To be called once, before anything else. */
  async load(): Promise<void> {
    for (const { entry, accessedAt } of await this.#options.files.load()) this.#index.add(entry, accessedAt);
    this.#lastId = this.#index.lastId;
    this.#lastCreatedAt = this.#index.lastCreatedAt;
    await this.#evict(undefined);
  }

  authenticate(authorization: string | undefined): Promise<Caller> {
    return readCaller(authorization, this.#options.secret, this.#options.now());
  }

  async lookup(caller: Caller, query: LookupQuery): Promise<LookupHit | undefined> {
    const keys = [query.key, ...query.restoreKeys];
    // Own ref first, whole sequence, then the base's: a prefix match of one's own beats an exact one of the default branch.
    for (const refScope of demandReadable(caller)) {
      const entry = this.#index.find(caller.repository, refScope, query.version, keys, query.protocol);
      if (entry === undefined) continue;
      this.#touch(entry.id);
      return toHit(entry);
    }
    return undefined;
  }

  async list(caller: Caller, prefix: string): Promise<readonly LookupHit[]> {
    const entries = this.#index.list(caller.repository, demandReadable(caller));
    return entries.filter((entry) => entry.key.toLowerCase().startsWith(prefix.toLowerCase())).map(toHit);
  }

  async reserve(caller: Caller, request: ReserveRequest): Promise<Reservation> {
    const refScope = demandWritable(caller);
    const { protocol, key, version, sizeBytes } = request;
    this.#demandRoom(sizeBytes ?? 0);
    await this.#dropAbandoned();
    const where = [caller.repository, refScope, version, key, protocol] as const;
    if (this.#index.has(...where) || this.#reservations.has(...where)) {
      throw new ServiceError('already_exists', toExistsMessage(request, refScope));
    }
    this.#lastId += 1;
    const id = this.#lastId;
    this.#reservations.add({
      id,
      repository: caller.repository,
      refScope,
      key,
      version,
      reservedAt: this.#options.now(),
    });
    return { id: String(id) };
  }

  async commit(caller: Caller, target: CommitTarget, sizeBytes: number | undefined): Promise<Committed> {
    const reservation = this.#reservations.find(caller, demandWritable(caller), target);
    // Two commits of one reservation must not both move its file.
    if (reservation === undefined || this.#committing.has(reservation.id)) {
      throw new ServiceError('not_found', 'cache entry not found');
    }
    const committed = this.#commitReservation(reservation, sizeBytes);
    this.#committing.set(reservation.id, committed);
    return committed.finally(() => this.#committing.delete(reservation.id));
  }

  async upload(reservationId: string, caller?: Caller): Promise<UploadTarget> {
    const reservation = this.#reservations.get(Number(reservationId));
    const isOwner =
      caller === undefined ||
      (reservation?.repository === caller.repository && reservation.refScope === findWritable(caller));
    if (reservation === undefined || !isOwner) {
      throw new ServiceError('not_found', 'The specified blob does not exist.');
    }
    return this.#options.uploads.open(String(reservation.id));
  }

  async openBlob(entryId: string): Promise<StoredBlob> {
    const entry = this.#index.get(Number(entryId));
    if (entry === undefined) throw new ServiceError('not_found', 'The specified blob does not exist.');
    this.#touch(entry.id);
    return {
      sizeBytes: entry.sizeBytes,
      etag: `0x${entry.id.toString(16).toUpperCase().padStart(15, '0')}`,
      lastModified: new Date(entry.createdAt),
      read: (start, end) => this.#options.files.read(entry.id, start, end),
    };
  }

  /** The key of an entry or a reservation; undefined when there is none of that id. */
  findKey(id: string): string | undefined {
    return (this.#index.get(Number(id)) ?? this.#reservations.get(Number(id)))?.key;
  }

  /** Removes an entry, as eviction does; one that is not there is no fault. */
  async evict(id: string): Promise<void> {
    const entry = this.#index.get(Number(id));
    if (entry !== undefined) await this.#remove(entry.id);
  }

  listAll(repository: string): readonly UsedEntry[] {
    return this.#index.listAll(repository);
  }

  /** Removes an entry because somebody wants it; false: the repository has none of that id. */
  async delete(repository: string, id: number): Promise<boolean> {
    if (this.#index.get(id)?.repository !== repository) return false;
    this.#index.remove(id);
    await this.#options.files.remove(id);
    return true;
  }

  statistics(): StorageStatistics {
    return {
      entries: this.#index.size,
      bytes: this.#index.totalBytes,
      reservations: this.#reservations.size,
      evicted: this.#evicted,
    };
  }

  /** Waits for commits that were cut off from their clients. */
  async whenIdle(): Promise<void> {
    await Promise.allSettled(this.#committing.values());
  }

  /** Writes access times that are not on disk yet. */
  async saveAccessTimes(): Promise<void> {
    if (this.#areAccessTimesSaved) return;
    this.#areAccessTimesSaved = true;
    await this.#options.files.saveAccessTimes(this.#index.accessTimes());
  }

  async #commitReservation(reservation: ReservedKey, sizeBytes: number | undefined): Promise<Committed> {
    const { files, uploads, now } = this.#options;
    const { id, repository, refScope, key, version } = reservation;
    this.#demandRoom(sizeBytes ?? 0);
    const finished = await uploads.finish(String(id), sizeBytes);
    // "Newest" means committed last: the clock may stand still or go back, this does not.
    this.#lastCreatedAt = Math.max(now(), this.#lastCreatedAt + 1);
    const entry = {
      id,
      repository,
      refScope,
      key,
      version,
      sizeBytes: finished.sizeBytes,
      createdAt: this.#lastCreatedAt,
    };
    try {
      await files.commit(entry, finished.path);
      this.#index.add(entry, now());
    } finally {
      this.#reservations.remove(id);
      await uploads.drop(String(id));
    }
    await this.#evict(id);
    return { entryId: String(id) };
  }

  async #evict(newId: number | undefined): Promise<void> {
    const { maxSizeBytes = Number.POSITIVE_INFINITY } = this.#options;
    while (this.#index.totalBytes > maxSizeBytes) {
      const oldest = this.#index.findOldest(newId ?? 0);
      if (oldest === undefined) return;
      await this.#remove(oldest.id);
    }
  }

  async #remove(id: number): Promise<void> {
    this.#index.remove(id);
    this.#evicted += 1;
    await this.#options.files.remove(id);
  }

  async #dropAbandoned(): Promise<void> {
    for (const { id } of this.#reservations.listOlder(this.#options.now() - reservationLifetimeMs)) {
      if (this.#committing.has(id)) continue;
      this.#reservations.remove(id);
      await this.#options.uploads.drop(String(id));
    }
  }

  #demandRoom(sizeBytes: number): void {
    const { maxSizeBytes } = this.#options;
    if (maxSizeBytes === undefined || sizeBytes <= maxSizeBytes) return;
    throw new ServiceError(
      'invalid_argument',
      `cache size of ${sizeBytes} bytes is over the limit of ${maxSizeBytes} bytes`,
    );
  }

  #touch(id: number): void {
    this.#index.touch(id, this.#options.now());
    this.#areAccessTimesSaved = false;
  }
}
