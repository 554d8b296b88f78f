import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CacheClient } from '../../cache-client/client.ts';
import type { RetryPolicy } from '../../cache-client/retry.ts';
import { BUILDKIT_CACHE_VERSION } from '../../cache-protocol/version.ts';
import { toMessage } from '../../errors.ts';
import { maxBlobBytes } from '../config/limits.ts';
import { BlobUnavailableError } from '../packs/blob-unavailable.ts';
import { type LocalBytes, toLocalFile } from '../packs/local-bytes.ts';
import type { Manifest } from '../packs/manifest.ts';
import type { PackReader } from '../packs/pack-reader.ts';
import type { WrittenPack } from '../packs/pack-writer.ts';
import type { Statistics } from '../report/statistics.ts';
import { findByteFault } from './byte-check.ts';

/** Where a blob lies in a pack that the service has. */
export interface PackPlace {
  readonly pack: string;
  readonly offset: number;
  readonly length: number;
}

/** A place as manifests name it. */
interface StoredPlace extends PackPlace {
  /** Of its pack, as the manifest says that named it. */
  readonly packBytes: number;
  /** Reading it failed: it is not read again in this job, and stays in the manifest, since it may well be there. */
  isUnread: boolean;
}

/** What is known of the packs of a manifest. */
export interface PackCheck {
  /** Keys of those that the service does not have. */
  readonly missing: readonly string[];
  /** Whether the others are there could not be found out; with the service's words. */
  readonly unknown: ReadonlyMap<string, string>;
}

type ManifestFacts = Pick<Manifest, 'packs' | 'blobs'>;

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
  readonly reader: Pick<PackReader, 'lookUpPacks' | 'fetchBlob'>;
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
  /** Packs that are there, or may be; those that are gone are not in it. */
  readonly #packs = new Map<string, 'present' | 'unknown'>();
  /** The first that can be read counts. */
  readonly #places = new Map<string, StoredPlace[]>();
  readonly #spooled = new Map<string, Spooled>();
  /** Named by an index of BuildKit's; the URL once it was looked up, undefined when it is not there. */
  readonly #legacy = new Map<string, Promise<string | undefined> | undefined>();
  #hasUnknownLegacy = false;
  readonly #uncertain = new Set<string>();
  readonly #rechecks = new Map<string, Promise<void>>();

  constructor(options: BlobStoreOptions) {
    this.#options = options;
  }

  /** Asks once for each pack that is new; blobs of those that are gone are not there. */
  async addPacks(manifests: readonly ManifestFacts[]): Promise<PackCheck> {
    const keys = manifests.flatMap(({ packs }) => packs.map(({ key }) => key));
    const asked = keys.filter((key) => this.#packs.get(key) !== 'present');
    const check = await this.#lookUp(asked);
    for (const { packs, blobs } of manifests) {
      const sizes = new Map(packs.map(({ key, sizeBytes }) => [key, sizeBytes]));
      for (const [digest, { pack, offset, length }] of blobs) {
        if (!this.#packs.has(pack)) continue;
        this.#addPlace(digest, { pack, packBytes: sizes.get(pack) ?? 0, offset, length, isUnread: false });
      }
    }
    return check;
  }

  /** Asks again for those packs of a manifest of which nothing is known. */
  async recheckPacks({ packs }: ManifestFacts): Promise<void> {
    await this.#lookUp(packs.map(({ key }) => key).filter((key) => this.#packs.get(key) === 'unknown'));
  }

  async #lookUp(keys: readonly string[], policy?: RetryPolicy): Promise<PackCheck> {
    const missing: string[] = [];
    const unknown = new Map<string, string>();
    for (const [key, presence] of await this.#options.reader.lookUpPacks(keys, policy)) {
      if (presence.kind === 'present') this.#packs.set(key, 'present');
      if (presence.kind === 'missing') {
        missing.push(key);
        this.#dropPack(key);
      }
      if (presence.kind !== 'failed') continue;
      unknown.set(key, presence.message);
      this.#uncertain.add(key);
      this.#packs.set(key, 'unknown');
    }
    return { missing, unknown };
  }

  #addPlace(digest: string, place: StoredPlace): void {
    const known = this.#places.get(digest) ?? [];
    if (known.some((other) => isSamePlace(other, place) && other.packBytes === place.packBytes)) return;
    this.#places.set(digest, [...known, place]);
  }

  /** An index of BuildKit's names these: they are looked up under their own keys when they are asked for. */
  addLegacy(digests: Iterable<string>): void {
    for (const digest of digests) if (!this.#legacy.has(digest)) this.#legacy.set(digest, undefined);
  }

  /** Without a call: it can be read, or may perhaps be read. */
  mayHave(digest: string): boolean {
    return this.#places.has(digest) || this.#spooled.has(digest) || this.#legacy.has(digest);
  }

  /** It can be read. */
  async has(digest: string): Promise<boolean> {
    if (this.placeOf(digest) !== undefined || this.#spooled.has(digest)) return true;
    await this.#recheck(digest);
    if (this.placeOf(digest) !== undefined) return true;
    return this.#legacy.has(digest) && (await this.#findLegacy(digest)) !== undefined;
  }

  /** Once for each pack of which nothing is known, and not for long: BuildKit waits. */
  async #recheck(digest: string): Promise<void> {
    const places = (this.#places.get(digest) ?? []).filter(({ isUnread }) => !isUnread);
    await Promise.all(
      places.map(async ({ pack }) => {
        if (this.#packs.get(pack) !== 'unknown') return;
        const recheck = this.#rechecks.get(pack) ?? this.#lookUp([pack], quickPolicy).then(() => undefined);
        this.#rechecks.set(pack, recheck);
        await recheck;
      }),
    );
  }

  /** Where it can be read. */
  placeOf(digest: string): (PackPlace & { readonly packBytes: number }) | undefined {
    return this.#findReadable(digest);
  }

  /** Where a manifest may say that it lies: where it can be read, or else where it may lie for all that is known. */
  keptPlaceOf(digest: string): (PackPlace & { readonly packBytes: number }) | undefined {
    return this.#findReadable(digest) ?? this.#places.get(digest)?.[0];
  }

  #findReadable(digest: string): StoredPlace | undefined {
    const places = this.#places.get(digest) ?? [];
    return places.find(({ pack, isUnread }) => !isUnread && this.#packs.get(pack) === 'present');
  }

  /** At some time in this job nobody could say whether it is there, or it could not be read: BuildKit may not have seen it. */
  wasUncertain(pack: string): boolean {
    return this.#uncertain.has(pack);
  }

  isPlaced(digest: string, place: PackPlace | undefined): boolean {
    return place !== undefined && (this.#places.get(digest) ?? []).some((other) => isSamePlace(other, place));
  }

  /** Bytes of it; undefined where only a call could tell. */
  sizeOf(digest: string): number | undefined {
    return this.#spooled.get(digest)?.sizeBytes ?? this.keptPlaceOf(digest)?.length;
  }

  isSpooled(digest: string): boolean {
    return this.#spooled.has(digest);
  }

  /** A layer of BuildKit's own cache may be there, and could not be had. */
  get hasUnknownLegacy(): boolean {
    return this.#hasUnknownLegacy;
  }

  /** Takes a file over whose bytes are checked; one that is there already is dropped. */
  async put(blob: SpooledBlob): Promise<void> {
    if (this.#spooled.has(blob.digest) || this.placeOf(blob.digest) !== undefined) {
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
    this.#packs.set(key, 'present');
    const packed: Spooled[] = [];
    for (const { digest, offset, length } of blobs) {
      // A blob that was moved lies in the new pack first of all.
      const place = { pack: key, packBytes: sizeBytes, offset, length, isUnread: false };
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
    for (let place = this.#findReadable(digest); place !== undefined; place = this.#findReadable(digest)) {
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
    const reason = error instanceof BlobUnavailableError ? error.reason : 'failed';
    if (reason === 'wrong bytes') statistics.add('wrongBytes');
    // Evicted since the check: with it all that lies in it.
    if (error instanceof BlobUnavailableError && error.isWholePack) this.#dropPack(place.pack);
    statistics.failed('import', 'download', `${digest} in ${place.pack}: ${toMessage(error)}`);
    place.isUnread = true;
    if (reason === 'failed') this.#uncertain.add(place.pack);
    else this.#keepPlaces(digest, (other) => other !== place);
  }

  #dropPack(key: string): void {
    this.#packs.delete(key);
    for (const digest of [...this.#places.keys()]) this.#keepPlaces(digest, ({ pack }) => pack !== key);
  }

  #keepPlaces(digest: string, isKept: (place: StoredPlace) => boolean): void {
    const places = (this.#places.get(digest) ?? []).filter(isKept);
    if (places.length === 0) this.#places.delete(digest);
    else this.#places.set(digest, places);
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
    if (hit.kind === 'miss') return undefined;
    this.#hasUnknownLegacy = true;
    statistics.failed('import', 'lookup', `${key}: ${hit.message}`);
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
    if (result.kind === 'failed') this.#hasUnknownLegacy = true;
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

/** For a question that was asked before, and failed. */
const quickPolicy: RetryPolicy = { attempts: 1, firstDelayMs: 0, maxDelayMs: 0, deadlineMs: 5000 };

function isSamePlace(a: PackPlace, b: PackPlace): boolean {
  return a.pack === b.pack && a.offset === b.offset;
}
