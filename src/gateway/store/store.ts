import { Readable } from 'node:stream';
import { ServiceError, type StoredBlob } from '../../cache-server/service.ts';
import type { FinishedUpload } from '../../cache-server/upload-file.ts';
import { type CacheConfig, listBlobs } from '../config/cache-config.ts';
import type { BlobStore } from './blob-store.ts';
import type { CacheScopes, ServedIndex } from './cache-scopes.ts';
import type { ExportClaim, ExportVerdict } from './export-claim.ts';
import type { Exports } from './exports.ts';
import { IndexCandidates } from './index-candidates.ts';
import { LentBlobs } from './lent-blobs.ts';
import { moveUpload } from './spool.ts';

interface StoreOptions {
  readonly blobs: BlobStore;
  readonly scopes: CacheScopes;
  readonly exports: Exports;
}

/** An index as BuildKit gave it, in any dialect. */
interface IndexUpload {
  readonly cacheScope: string;
  readonly refHash: string;
  readonly config: CacheConfig;
  /** undefined: the next one. */
  readonly number?: number;
  /** Of the manifest, where it came as one. */
  readonly digest?: string;
  /** When its upload began, in milliseconds since 1970. */
  readonly beganMs: number;
}

/**
 * What BuildKit reads and writes, whatever dialect it speaks: blobs by digest, and an index for each cache scope and
 * ref. Writing ends on local disk; `exports` brings it to the service, an index only when main has confirmed it.
 */
export class Store {
  readonly #options: StoreOptions;
  readonly #lent: LentBlobs;
  readonly #candidates = new IndexCandidates();

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#lent = new LentBlobs((digest) => options.blobs.open(digest));
  }

  /** Whether it can be read: known from memory once the cache scopes are loaded. */
  async hasBlob(digest: string): Promise<boolean> {
    const { blobs, scopes } = this.#options;
    await scopes.whenLoaded();
    return await blobs.has(digest);
  }

  /** Throws ServiceError `not_found` when its bytes cannot be had. */
  async openBlob(digest: string): Promise<StoredBlob> {
    const blob = await this.#lent.open(digest);
    // Not 503: BuildKit would come back for a quarter of an hour, and a build without cache is quicker.
    if (blob === undefined) throw new ServiceError('not_found', 'The specified blob does not exist.');
    return blob;
  }

  /** The bytes are those of the digest. */
  async putBlob(digest: string, upload: FinishedUpload): Promise<void> {
    const { blobs, exports } = this.#options;
    this.#demandExports();
    const file = blobs.toPath();
    await moveUpload(upload, file);
    await blobs.put({ digest, file, sizeBytes: upload.sizeBytes });
    exports.pack(digest);
  }

  /** Bytes, where it is known without a call. */
  sizeOf(digest: string): number | undefined {
    return this.#options.blobs.sizeOf(digest);
  }

  async findIndex(cacheScope: string, refHash: string): Promise<ServedIndex | undefined> {
    return (await this.listIndexes(cacheScope)).get(refHash);
  }

  /** By ref hash; none of a cache scope that is in no plan. */
  async listIndexes(cacheScope: string): Promise<ReadonlyMap<string, ServedIndex>> {
    return (await this.#options.scopes.get(cacheScope))?.indexes ?? new Map();
  }

  /**
   * Holds it until a build claims it: whoever has sniffed the stub can store one too. Throws ServiceError
   * `invalid_argument` when blobs that it names are not there.
   */
  async putIndex(commit: IndexUpload): Promise<void> {
    const { blobs, scopes } = this.#options;
    const { cacheScope, refHash, config, beganMs, digest, number } = commit;
    this.#demandExports();
    const scope = await scopes.get(cacheScope);
    if (scope === undefined)
      throw new ServiceError('invalid_argument', `cache scope ${cacheScope} is not in the plan`);
    const missing = [...listBlobs(config)].filter((digest) => !blobs.mayHave(digest));
    if (missing.length > 0)
      throw new ServiceError(
        'invalid_argument',
        `the index names ${missing.length} blobs that are not there`,
      );
    this.#candidates.add({ cacheScope, refHash, config, number, digest, beganMs, endedMs: Date.now() });
  }

  /** A build has ended: serves its index from now on, starts to bring it to the service, and drops all others. */
  async confirm(claim: ExportClaim): Promise<ExportVerdict> {
    const { scopes, exports } = this.#options;
    const { found, dropped } = this.#candidates.settle(claim);
    if (typeof found === 'string') return { kind: 'refused', reason: this.exportFault ?? found, dropped };
    const { cacheScope, refHash, config } = found;
    const scope = await scopes.get(cacheScope);
    if (this.exportFault !== undefined || scope === undefined)
      return { kind: 'refused', reason: this.exportFault ?? 'it is in no plan', dropped };
    const number = found.number ?? (scope.indexes.get(refHash)?.number ?? 0) + 1;
    scopes.serve(scope, refHash, config, number);
    exports.start({ scope, refHash, config });
    return { kind: 'confirmed', dropped };
  }

  /** The job ends: indexes that no build has claimed are gone. */
  dropUnconfirmed(): void {
    this.#candidates.drop();
  }

  /** Cache scopes of which an index was dropped so. */
  get unconfirmed(): readonly string[] {
    return this.#candidates.unconfirmed;
  }

  /** Why nothing more can be written in this job; undefined: all is well. */
  get exportFault(): string | undefined {
    return this.#options.exports.givenUp;
  }

  /** Refuses writes once the export was given up, so that BuildKit ends its own soon. */
  #demandExports(): void {
    const reason = this.exportFault;
    if (reason !== undefined) throw new ServiceError('write_denied', `cache write denied: ${reason}`);
  }

  close(): void {
    this.#lent.close();
  }
}

/** An index as a blob URL serves it. */
export function toStoredIndex({ bytes, createdAt, number }: ServedIndex): StoredBlob {
  return toStoredBytes(bytes, `${number}-${createdAt.getTime()}`, createdAt);
}

export function toStoredBytes(bytes: Buffer, etag: string, lastModified: Date): StoredBlob {
  return {
    sizeBytes: bytes.length,
    etag,
    lastModified,
    read: (start, end) => Readable.from([bytes.subarray(start, end + 1)]),
  };
}
