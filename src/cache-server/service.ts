import type { Readable } from 'node:stream';
import type { RefScope } from '../policy/types.ts';

/**
 * What a cache service does, apart from how it is spoken to. The handlers of this room serve it as v1, v2 and blob
 * URLs; `embedded/` implements it over a directory, `gateway/` over an upstream client.
 */
export interface CacheService {
  /** Decides who is calling. Throws ServiceError `unauthenticated`. */
  authenticate(authorization: string | undefined): Caller | Promise<Caller>;

  /** The newest visible entry for `key`, then for each restore key; undefined is a miss. Throws ServiceError `read_denied`. */
  lookup(caller: Caller, query: LookupQuery): Promise<LookupHit | undefined>;

  /** Reserves a key. Throws ServiceError `already_exists`, `write_denied`, `resource_exhausted`. */
  reserve(caller: Caller, request: ReserveRequest): Promise<Reservation>;

  /** Commits what was uploaded. `target` is the key and version (v2) or the reservation's id (v1). */
  commit(caller: Caller, target: CommitTarget, sizeBytes: number | undefined): Promise<Committed>;

  /**
   * The bytes being uploaded under a reservation. `caller` is the bearer of a v1 request, who must own the reservation;
   * undefined: a signed URL has proven the right already. Throws ServiceError `not_found`.
   */
  upload(reservationId: string, caller?: Caller): Promise<UploadTarget>;

  /** A committed entry's bytes. Throws ServiceError `not_found`. */
  openBlob(entryId: string): Promise<StoredBlob>;

  /** Committed entries whose key begins with `prefix`, for v1's diagnostic list. Without it the list is empty. */
  list?(caller: Caller, prefix: string): Promise<readonly LookupHit[]>;
}

export interface Caller {
  readonly repository: string;
  /** In token order: own ref, base, default. */
  readonly scopes: readonly RefScope[];
}

/** v1 folds the case of keys, v2 does not. */
export type ProtocolVersion = 1 | 2;

export interface LookupQuery {
  readonly protocol: ProtocolVersion;
  readonly key: string;
  readonly restoreKeys: readonly string[];
  readonly version: string;
}

export interface LookupHit {
  readonly entryId: string;
  /** The key exactly as it was saved. */
  readonly key: string;
  readonly refScope: string;
  readonly version: string;
  readonly createdAt: Date;
}

export interface ReserveRequest {
  readonly protocol: ProtocolVersion;
  readonly key: string;
  readonly version: string;
  /** Only some v1 clients say it. */
  readonly sizeBytes: number | undefined;
}

export interface Reservation {
  /** A positive decimal integer below 2^53: v1 clients read it as a JSON number. */
  readonly id: string;
}

export type CommitTarget =
  | { readonly kind: 'key'; readonly key: string; readonly version: string }
  | { readonly kind: 'id'; readonly id: string };

export interface Committed {
  readonly entryId: string;
}

/** Where an upload's bytes go; every write is idempotent, so that a client may send a piece again. */
export interface UploadTarget {
  /** v1 chunk, or Put Blob with offset 0 and `truncate`. */
  writeAt(offset: number, body: Readable, options?: WriteOptions): Promise<void>;
  /** `sizeBytes`: the announced length; knowing it lets an upload area place the block without copying it later. */
  putBlock(blockId: string, body: Readable, sizeBytes?: number): Promise<void>;
  /** Joins blocks in list order; blocks left out are dropped. Throws ServiceError `invalid_block_list`. */
  putBlockList(blockIds: readonly string[]): Promise<void>;
  /** Appends to an append blob, which `writeAt(0, nothing, {truncate: true})` makes. */
  append(body: Readable): Promise<void>;
}

export interface WriteOptions {
  /** Replaces the whole blob, at once, when the last byte has come (Put Blob). */
  readonly truncate?: boolean;
  /** The announced length; a body of another length is refused. */
  readonly sizeBytes?: number;
}

export interface StoredBlob {
  readonly sizeBytes: number;
  /** Without quotes. */
  readonly etag: string;
  readonly lastModified: Date;
  /** Bytes `start` to `end`, both inclusive. */
  read(start: number, end: number): Readable;
}

export type ServiceErrorCode =
  | 'invalid_argument'
  | 'unauthenticated'
  | 'read_denied'
  | 'write_denied'
  | 'permission_denied'
  | 'not_found'
  | 'already_exists'
  | 'resource_exhausted'
  | 'unavailable'
  | 'invalid_block_list'
  | 'invalid_block';

/** A refusal with the service's own meaning; the handlers give it the shape of v1, Twirp or Azure. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  /** Seconds, for `resource_exhausted` and `unavailable`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ServiceErrorCode,
    message: string,
    options?: ErrorOptions & { readonly retryAfterSeconds?: number },
  ) {
    super(message, options);
    this.name = 'ServiceError';
    this.code = code;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}
