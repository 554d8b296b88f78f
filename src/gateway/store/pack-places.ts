import type { RetryPolicy } from '../../cache-client/retry.ts';
import type { Manifest } from '../packs/manifest.ts';
import type { PackReader } from '../packs/pack-reader.ts';
import type { WrittenPack } from '../packs/pack-writer.ts';

/** Where a blob lies in a pack that the service has. */
export interface PackPlace {
  readonly pack: string;
  readonly offset: number;
  readonly length: number;
}

/** A place as manifests name it. */
export interface StoredPlace extends PackPlace {
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

export type ManifestFacts = Pick<Manifest, 'packs' | 'blobs'>;

/** What reading a blob at a place has shown. */
interface PlaceFault {
  /** It is not there, or its bytes are wrong; else nobody can say, and the place stays in the manifest. */
  readonly isLost: boolean;
  /** Evicted since the check: with it all that lies in it. */
  readonly isWholePack: boolean;
}

/** Which packs the service has, and where in them blobs lie. Asks the service only for packs. */
export class PackPlaces {
  readonly #reader: Pick<PackReader, 'lookUpPacks'>;
  /** Packs that are there, or may be; those that are gone are not in it. */
  readonly #packs = new Map<string, 'present' | 'unknown'>();
  /** By digest; the first that can be read counts. */
  readonly #places = new Map<string, StoredPlace[]>();
  readonly #uncertain = new Set<string>();
  readonly #rechecks = new Map<string, Promise<void>>();

  constructor(reader: Pick<PackReader, 'lookUpPacks'>) {
    this.#reader = reader;
  }

  /** Asks once for each pack that is new; blobs of those that are gone are not there. */
  async addPacks(manifests: readonly ManifestFacts[]): Promise<PackCheck> {
    const keys = manifests.flatMap(({ packs }) => packs.map(({ key }) => key));
    const check = await this.#lookUp(keys.filter((key) => this.#packs.get(key) !== 'present'));
    for (const { packs, blobs } of manifests) {
      const sizes = new Map(packs.map(({ key, sizeBytes }) => [key, sizeBytes]));
      for (const [digest, { pack, offset, length }] of blobs) {
        if (!this.#packs.has(pack)) continue;
        this.#add(digest, { pack, packBytes: sizes.get(pack) ?? 0, offset, length, isUnread: false });
      }
    }
    return check;
  }

  /** Asks again for those packs of a manifest of which nothing is known. */
  async recheckPacks({ packs }: ManifestFacts): Promise<void> {
    await this.#lookUp(packs.map(({ key }) => key).filter((key) => this.#packs.get(key) === 'unknown'));
  }

  /** Once for each pack of a blob of which nothing is known, and not for long: BuildKit waits. */
  async recheckBlob(digest: string): Promise<void> {
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

  /** It lies in a pack that is there, or may be. */
  has(digest: string): boolean {
    return this.#places.has(digest);
  }

  /** Where it can be read. */
  findReadable(digest: string): StoredPlace | undefined {
    const places = this.#places.get(digest) ?? [];
    return places.find(({ pack, isUnread }) => !isUnread && this.#packs.get(pack) === 'present');
  }

  /** Where a manifest may say that it lies: where it can be read, or else where it may lie for all that is known. */
  findKept(digest: string): StoredPlace | undefined {
    return this.findReadable(digest) ?? this.#places.get(digest)?.[0];
  }

  isPlaced(digest: string, place: PackPlace | undefined): boolean {
    return place !== undefined && (this.#places.get(digest) ?? []).some((other) => isSamePlace(other, place));
  }

  /** At some time in this job nobody could say whether it is there, or it could not be read: BuildKit may not have seen it. */
  wasUncertain(pack: string): boolean {
    return this.#uncertain.has(pack);
  }

  /** The service has this pack now; a blob that was moved lies in it first of all. */
  addWritten({ key, sizeBytes, blobs }: WrittenPack): void {
    this.#packs.set(key, 'present');
    for (const { digest, offset, length } of blobs) {
      const place = { pack: key, packBytes: sizeBytes, offset, length, isUnread: false };
      this.#places.set(digest, [place, ...(this.#places.get(digest) ?? [])]);
    }
  }

  /** Reading it there did not work: BuildKit is not led to it again in this job. */
  drop(digest: string, place: StoredPlace, { isLost, isWholePack }: PlaceFault): void {
    if (isWholePack) this.#dropPack(place.pack);
    place.isUnread = true;
    if (isLost) this.#keep(digest, (other) => other !== place);
    else this.#uncertain.add(place.pack);
  }

  async #lookUp(keys: readonly string[], policy?: RetryPolicy): Promise<PackCheck> {
    const missing: string[] = [];
    const unknown = new Map<string, string>();
    for (const [key, presence] of await this.#reader.lookUpPacks(keys, policy)) {
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

  #add(digest: string, place: StoredPlace): void {
    const known = this.#places.get(digest) ?? [];
    if (known.some((other) => isSamePlace(other, place) && other.packBytes === place.packBytes)) return;
    this.#places.set(digest, [...known, place]);
  }

  #dropPack(key: string): void {
    this.#packs.delete(key);
    for (const digest of [...this.#places.keys()]) this.#keep(digest, ({ pack }) => pack !== key);
  }

  #keep(digest: string, isKept: (place: StoredPlace) => boolean): void {
    const places = (this.#places.get(digest) ?? []).filter(isKept);
    if (places.length === 0) this.#places.delete(digest);
    else this.#places.set(digest, places);
  }
}

/** For a question that was asked before, and failed. */
const quickPolicy: RetryPolicy = { attempts: 1, firstDelayMs: 0, maxDelayMs: 0, deadlineMs: 5000 };

function isSamePlace(a: PackPlace, b: PackPlace): boolean {
  return a.pack === b.pack && a.offset === b.offset;
}
