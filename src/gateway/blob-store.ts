import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CacheClient } from '../cache-client/client.ts';
import type { RetryPolicy } from '../cache-client/retry.ts';
import { BUILDKIT_CACHE_VERSION } from '../cache-protocol/version.ts';
import { toMessage } from '../errors.ts';
import { BlobUnavailableError } from './blob-unavailable.ts';
import { type LocalBytes, toLocalFile } from './local-bytes.ts';
import type { PackReader } from './pack-reader.ts';
import type { WrittenPack } from './pack-writer.ts';
import type { Statistics } from './statistics.ts';
import { findByteFault, maxBlobBytes } from './verification.ts';

/** Where a blob lies in a pack that the service has. */
export interface PackPlace {
  readonly pack: string;
  readonly offset: number;
  readonly length: number;
}

/** A verified blob on local disk: BuildKit's upload, or one that is moved into another pack. */
export interface SpooledBlob {
  readonly digest: string;
  readonly file: string;
  readonly sizeBytes: number;
}

interface Spooled extends SpooledBlob {
  /** The writer has it, or had it and the service has the pack. */
  isQueued: boolean;
  isPacked: boolean;
  readers: number;
}

export interface BlobStoreOptions {
  readonly client: CacheClient;
  readonly reader: Pick<PackReader, 'checkPacks' | 'fetchBlob'>;
  /** For files; exists, and is this object's own. */
  readonly directory: string;
  readonly statistics: Statistics;
  readonly policy: RetryPolicy;
}

/**
 * The blobs of this job, by digest: in packs on the service, on local disk, or under BuildKit's own key when an index
 * of BuildKit's names them. Whether one is there is known from memory, but for the last kind.
 */
export class BlobStore {
  readonly #options: BlobStoreOptions;
  readonly #packSizes = new Map<string, number>();
  /** The first that can be read counts. */
  readonly #places = new Map<string, PackPlace[]>();
  readonly #spooled = new Map<string, Spooled>();
  /** Named by an index of BuildKit's; the URL once it was looked up, undefined when it is not there. */
  readonly #legacy = new Map<string, Promise<string | undefined> | undefined>();

  constructor(options: BlobStoreOptions) {
    this.#options = options;
  }

  /** Asks once for each pack that is new; blobs of those that are gone are not there. */
  async addPacks(
    manifests: readonly {
      readonly packs: readonly { readonly key: string; readonly sizeBytes: number }[];
      readonly blobs: ReadonlyMap<string, PackPlace>;
    }[],
  ): Promise<void> {
    const unknown = new Map(
      manifests.flatMap(({ packs }) =>
        packs.filter(({ key }) => !this.#packSizes.has(key)).map((pack) => [pack.key, pack] as const),
      ),
    );
    const present = await this.#options.reader.checkPacks([...unknown.values()]);
    for (const { key, sizeBytes } of unknown.values()) {
      if (present.has(key)) this.#packSizes.set(key, sizeBytes);
    }
    for (const { blobs } of manifests) {
      for (const [digest, place] of blobs) {
        if (this.#packSizes.has(place.pack)) this.#addPlace(digest, place);
      }
    }
  }

  #addPlace(digest: string, place: PackPlace): void {
    const known = this.#places.get(digest) ?? [];
    if (known.some(({ pack, offset }) => pack === place.pack && offset === place.offset)) return;
    this.#places.set(digest, [...known, place]);
  }

  /** An index of BuildKit's names these: they are looked up under their own keys when they are asked for. */
  addLegacy(digests: Iterable<string>): void {
    for (const digest of digests) if (!this.#legacy.has(digest)) this.#legacy.set(digest, undefined);
  }

  /** Without a call: it can be read, or for one of BuildKit's own, may perhaps be read. */
  mayHave(digest: string): boolean {
    return this.#places.has(digest) || this.#spooled.has(digest) || this.#legacy.has(digest);
  }

  /** It can be read. */
  async has(digest: string): Promise<boolean> {
    if (this.#places.has(digest) || this.#spooled.has(digest)) return true;
    return this.#legacy.has(digest) && (await this.#findLegacy(digest)) !== undefined;
  }

  /** Where a manifest may say that it lies. */
  placeOf(digest: string): PackPlace | undefined {
    return this.#places.get(digest)?.[0];
  }

  isPlaced(digest: string, place: PackPlace | undefined): boolean {
    const places = this.#places.get(digest) ?? [];
    return places.some(({ pack, offset }) => pack === place?.pack && offset === place.offset);
  }

  /** Bytes of it; undefined where only a call could tell. */
  sizeOf(digest: string): number | undefined {
    return this.#spooled.get(digest)?.sizeBytes ?? this.placeOf(digest)?.length;
  }

  isSpooled(digest: string): boolean {
    return this.#spooled.has(digest);
  }

  sizeOfPack(key: string): number | undefined {
    return this.#packSizes.get(key);
  }

  /** Takes a file over whose bytes are checked; one that is there already is dropped. */
  async put(blob: SpooledBlob): Promise<void> {
    if (this.#spooled.has(blob.digest) || this.#places.has(blob.digest)) {
      await rm(blob.file, { force: true });
      return;
    }
    this.#spooled.set(blob.digest, { ...blob, isQueued: false, isPacked: false, readers: 0 });
  }

  /** A copy that is to be packed anew, although the blob lies in a pack already. */
  adoptCopy(blob: SpooledBlob): void {
    this.#spooled.set(blob.digest, { ...blob, isQueued: true, isPacked: false, readers: 0 });
  }

  /** A path where no file is yet, on the file system of the store. */
  toPath(): string {
    return path.join(this.#options.directory, `blob-${randomUUID()}`);
  }

  /** The local copy when it still has to be packed; it counts as queued from now on. */
  takeForPacking(digest: string): SpooledBlob | undefined {
    const spooled = this.#spooled.get(digest);
    if (spooled === undefined || spooled.isQueued) return undefined;
    spooled.isQueued = true;
    return spooled;
  }

  /** The service has this pack now: its blobs lie there, and local copies may go. */
  async onWritten({ key, sizeBytes, blobs }: WrittenPack): Promise<void> {
    this.#packSizes.set(key, sizeBytes);
    const packed: Spooled[] = [];
    for (const { digest, offset, length } of blobs) {
      // A blob that was moved lies in the new pack first of all.
      const place = { pack: key, offset, length };
      this.#places.set(digest, [place, ...(this.#places.get(digest) ?? [])]);
      const spooled = this.#spooled.get(digest);
      if (spooled === undefined) continue;
      spooled.isPacked = true;
      packed.push(spooled);
    }
    // Only now something is waited for: all places count as soon as the pack is written.
    await Promise.all(packed.map((spooled) => this.#dropIfUnused(spooled)));
  }

  /** Packing failed: what is not on the service may be queued again. */
  unqueue(): void {
    for (const spooled of this.#spooled.values()) if (!spooled.isPacked) spooled.isQueued = false;
  }

  /** Removes every local copy that is on no service: nobody will upload it. */
  async dropSpooled(): Promise<void> {
    for (const spooled of this.#spooled.values()) {
      spooled.isPacked = true;
      await this.#dropIfUnused(spooled);
    }
  }

  async #dropIfUnused(spooled: Spooled): Promise<void> {
    if (!spooled.isPacked || spooled.readers > 0) return;
    if (this.#spooled.get(spooled.digest) === spooled) this.#spooled.delete(spooled.digest);
    await rm(spooled.file, { force: true });
  }

  /**
   * The bytes, as far as they are local; undefined when they cannot be had. A place where they are missing or wrong is
   * not one any more for this job, so that BuildKit is not led to it again.
   */
  async open(digest: string): Promise<LocalBytes | undefined> {
    const spooled = this.#spooled.get(digest);
    if (spooled !== undefined) return this.#lend(spooled);
    for (let place = this.placeOf(digest); place !== undefined; place = this.placeOf(digest)) {
      const bytes = await this.#fetchFromPack(digest, place);
      if (bytes !== undefined) return bytes;
    }
    return this.#legacy.has(digest) ? await this.#fetchLegacy(digest) : undefined;
  }

  #lend(spooled: Spooled): LocalBytes {
    spooled.readers += 1;
    return toLocalFile(spooled.file, spooled.sizeBytes, () => {
      spooled.readers -= 1;
      void this.#dropIfUnused(spooled);
    });
  }

  async #fetchFromPack(digest: string, place: PackPlace): Promise<LocalBytes | undefined> {
    const sizeBytes = this.#packSizes.get(place.pack) ?? 0;
    try {
      const bytes = await this.#options.reader.fetchBlob(
        { key: place.pack, sizeBytes },
        { digest, ...place },
      );
      bytes.checked.catch((error) => this.#dropPlace(digest, place, error));
      return bytes;
    } catch (error) {
      this.#dropPlace(digest, place, error);
      return undefined;
    }
  }

  #dropPlace(digest: string, place: PackPlace, error: unknown): void {
    const { statistics } = this.#options;
    const reason = error instanceof BlobUnavailableError ? error.reason : undefined;
    if (reason === 'wrong bytes') statistics.add('wrongBytes');
    // Evicted since the check: with it all that lies in it.
    if (reason === 'missing') this.#dropPack(place.pack);
    statistics.failed('import', 'download', `${digest} in ${place.pack}: ${toMessage(error)}`);
    const others = (this.#places.get(digest) ?? []).filter((other) => other !== place);
    if (others.length === 0) this.#places.delete(digest);
    else this.#places.set(digest, others);
  }

  #dropPack(key: string): void {
    this.#packSizes.delete(key);
    for (const [digest, places] of this.#places) {
      const others = places.filter(({ pack }) => pack !== key);
      if (others.length === 0) this.#places.delete(digest);
      else this.#places.set(digest, others);
    }
  }

  async #findLegacy(digest: string): Promise<string | undefined> {
    const known = this.#legacy.get(digest);
    if (known !== undefined) return await known;
    const url = this.#lookUpLegacy(digest);
    this.#legacy.set(digest, url);
    return await url;
  }

  async #lookUpLegacy(digest: string): Promise<string | undefined> {
    const { client, policy, statistics } = this.#options;
    const key = `buildkit-blob-1-${digest}`;
    const hit = await client.lookup({ key, version: BUILDKIT_CACHE_VERSION }, { policy });
    if (hit.kind === 'hit') return hit.matchedKey.toLowerCase() === key ? hit.url : undefined;
    if (hit.kind !== 'miss') statistics.failed('import', 'lookup', `${key}: ${hit.message}`);
    return undefined;
  }

  async #fetchLegacy(digest: string): Promise<LocalBytes | undefined> {
    const { client, statistics } = this.#options;
    const url = await this.#findLegacy(digest);
    if (url === undefined) return undefined;
    const file = this.toPath();
    const source = { url, renew: () => this.#lookUpLegacy(digest) };
    const result = await client.download(source, file, { maxBytes: maxBlobBytes });
    const sha256 = digest.slice('sha256:'.length);
    const fault =
      result.kind === 'downloaded'
        ? await findByteFault(file, { kind: 'blob', sha256, isSignature: false })
        : result.kind === 'too-large'
          ? 'it is too large'
          : result.message;
    if (fault === undefined) {
      const { size } = await stat(file);
      return toLocalFile(file, size, () => void rm(file, { force: true }));
    }
    if (result.kind === 'downloaded') statistics.add('wrongBytes');
    await rm(file, { force: true });
    this.#legacy.delete(digest);
    statistics.failed('import', 'download', `buildkit-blob-1-${digest}: ${fault}`);
    return undefined;
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
