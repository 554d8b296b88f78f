import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CacheClient } from '../../cache-client/client.ts';
import type { RetryPolicy } from '../../cache-client/retry.ts';
import { toMessage } from '../../errors.ts';
import { BlobUnavailableError } from '../packs/blob-unavailable.ts';
import type { LocalBytes } from '../packs/local-bytes.ts';
import type { PackReader } from '../packs/pack-reader.ts';
import type { WrittenPack } from '../packs/pack-writer.ts';
import type { Statistics } from '../report/statistics.ts';
import { LegacyBlobs } from './legacy-blobs.ts';
import {
  type ManifestFacts,
  type PackCheck,
  type PackPlace,
  PackPlaces,
  type StoredPlace,
} from './pack-places.ts';
import { type SpooledBlob, SpooledBlobs } from './spooled-blobs.ts';

interface BlobStoreOptions {
  readonly client: CacheClient;
  readonly reader: Pick<PackReader, 'lookUpPacks' | 'fetchBlob'>;
  /** For files; exists, and is this object's own. */
  readonly directory: string;
  readonly statistics: Statistics;
  readonly policy: RetryPolicy;
}

/** In a pack, with the size of that. */
type PlaceInPack = PackPlace & { readonly packBytes: number };

/**
 * The blobs of this job, by digest: in packs on the service, on local disk, or under BuildKit's own key when an index
 * of BuildKit's names them. Whether one is there is known from memory, but for the last kind.
 */
export class BlobStore {
  readonly #options: BlobStoreOptions;
  readonly #places: PackPlaces;
  readonly #spooled = new SpooledBlobs();
  readonly #legacy: LegacyBlobs;

  constructor(options: BlobStoreOptions) {
    this.#options = options;
    this.#places = new PackPlaces(options.reader);
    this.#legacy = new LegacyBlobs({ ...options, toPath: () => this.toPath() });
  }

  /** Asks once for each pack that is new; blobs of those that are gone are not there. */
  async addPacks(manifests: readonly ManifestFacts[]): Promise<PackCheck> {
    return await this.#places.addPacks(manifests);
  }

  /** Asks again for those packs of a manifest of which nothing is known. */
  async recheckPacks(manifest: ManifestFacts): Promise<void> {
    await this.#places.recheckPacks(manifest);
  }

  /** An index of BuildKit's names these: they are looked up under their own keys when they are asked for. */
  addLegacy(digests: Iterable<string>): void {
    this.#legacy.add(digests);
  }

  /** Without a call: it can be read, or may perhaps be read. */
  mayHave(digest: string): boolean {
    return this.#places.has(digest) || this.#spooled.has(digest) || this.#legacy.mayHave(digest);
  }

  /** It can be read. */
  async has(digest: string): Promise<boolean> {
    if (this.placeOf(digest) !== undefined || this.#spooled.has(digest)) return true;
    await this.#places.recheckBlob(digest);
    if (this.placeOf(digest) !== undefined) return true;
    return await this.#legacy.has(digest);
  }

  /** Where it can be read. */
  placeOf(digest: string): PlaceInPack | undefined {
    return this.#places.findReadable(digest);
  }

  /** Where a manifest may say that it lies: where it can be read, or else where it may lie for all that is known. */
  keptPlaceOf(digest: string): PlaceInPack | undefined {
    return this.#places.findKept(digest);
  }

  /** At some time in this job nobody could say whether it is there, or it could not be read: BuildKit may not have seen it. */
  wasUncertain(pack: string): boolean {
    return this.#places.wasUncertain(pack);
  }

  isPlaced(digest: string, place: PackPlace | undefined): boolean {
    return this.#places.isPlaced(digest, place);
  }

  /** Bytes of it; undefined where only a call could tell. */
  sizeOf(digest: string): number | undefined {
    return this.#spooled.sizeOf(digest) ?? this.keptPlaceOf(digest)?.length;
  }

  isSpooled(digest: string): boolean {
    return this.#spooled.has(digest);
  }

  /** A layer of BuildKit's own cache may be there, and could not be had. */
  get hasUnknownLegacy(): boolean {
    return this.#legacy.hasUnknown;
  }

  /** Takes a file over whose bytes are checked; one that is there already is dropped. */
  async put(blob: SpooledBlob): Promise<void> {
    if (this.#spooled.has(blob.digest) || this.placeOf(blob.digest) !== undefined)
      await rm(blob.file, { force: true });
    else this.#spooled.add(blob, { isQueued: false });
  }

  /** A copy that is to be packed anew, although the blob lies in a pack already. */
  adoptCopy(blob: SpooledBlob): void {
    this.#spooled.add(blob, { isQueued: true });
  }

  /** A path where no file is yet, on the file system of the store. */
  toPath(): string {
    return path.join(this.#options.directory, `blob-${randomUUID()}`);
  }

  /** The local copy when it still has to be packed; it counts as queued from now on. */
  takeForPacking(digest: string): SpooledBlob | undefined {
    return this.#spooled.takeForPacking(digest);
  }

  /** The service has this pack now: its blobs lie there, and local copies may go. */
  async onWritten(pack: WrittenPack): Promise<void> {
    // Only then something is waited for: all places count as soon as the pack is written.
    this.#places.addWritten(pack);
    await this.#spooled.onPacked(pack.blobs.map(({ digest }) => digest));
  }

  /** Packing failed: what is not on the service may be queued again. */
  unqueue(): void {
    this.#spooled.unqueue();
  }

  /** Removes every local copy that is on no service: nobody will upload it. */
  async dropSpooled(): Promise<void> {
    await this.#spooled.dropAll();
  }

  /**
   * The bytes, as far as they are local; undefined when they cannot be had. A place where they are missing or wrong is
   * not one any more for this job, so that BuildKit is not led to it again.
   */
  async open(digest: string): Promise<LocalBytes | undefined> {
    const spooled = this.#spooled.lend(digest);
    if (spooled !== undefined) return spooled;
    const find = () => this.#places.findReadable(digest);
    for (let place = find(); place !== undefined; place = find()) {
      const bytes = await this.#fetchFromPack(digest, place);
      if (bytes !== undefined) return bytes;
    }
    return await this.#legacy.fetch(digest);
  }

  async #fetchFromPack(digest: string, place: StoredPlace): Promise<LocalBytes | undefined> {
    try {
      const bytes = await this.#options.reader.fetchBlob(
        { key: place.pack, sizeBytes: place.packBytes },
        { digest, offset: place.offset, length: place.length },
      );
      bytes.checked.catch((error) => this.#dropPlace(digest, place, error));
      return bytes;
    } catch (error) {
      this.#dropPlace(digest, place, error);
      return undefined;
    }
  }

  #dropPlace(digest: string, place: StoredPlace, error: unknown): void {
    const { statistics } = this.#options;
    const { reason, isWholePack } =
      error instanceof BlobUnavailableError ? error : { reason: 'failed', isWholePack: false };
    if (reason === 'wrong bytes') statistics.add('wrongBytes');
    statistics.failed('import', 'download', `${digest} in ${place.pack}: ${toMessage(error)}`);
    this.#places.drop(digest, place, { isLost: reason !== 'failed', isWholePack });
  }

  /** A copy in a file of its own, ready to be packed anew; undefined when its bytes cannot be had. */
  async copyToFile(digest: string): Promise<SpooledBlob | undefined> {
    const bytes = await this.open(digest);
    if (bytes === undefined) return undefined;
    const file = this.toPath();
    try {
      await bytes.checked;
      const { offset, length } = bytes;
      const source = createReadStream(bytes.file, { start: offset, end: offset + length - 1 });
      await pipeline(source, createWriteStream(file, { mode: 0o600 }));
      return { digest, file, sizeBytes: length };
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      bytes.release();
    }
  }
}
