import type { ProtocolVersion } from '../cache-server/service.ts';
import type { Entry } from './entry.ts';
import { findMatch, foldKey } from './look-up.ts';

interface IndexedEntry extends Entry {
  accessedAt: number;
}

/** An entry with the time of its last use. */
export type UsedEntry = Readonly<IndexedEntry>;

/** All committed entries, in memory, with the times of their last use. */
export class EntryIndex {
  readonly #byId = new Map<number, IndexedEntry>();
  /** Newest first, by repository, scope and version. */
  readonly #shelves = new Map<string, IndexedEntry[]>();
  #totalBytes = 0;

  get size(): number {
    return this.#byId.size;
  }

  get totalBytes(): number {
    return this.#totalBytes;
  }

  get lastId(): number {
    return Math.max(0, ...this.#byId.keys());
  }

  get lastCreatedAt(): number {
    return [...this.#byId.values()].reduce((last, entry) => Math.max(last, entry.createdAt), 0);
  }

  add(entry: Entry, accessedAt: number): void {
    const indexed = { ...entry, accessedAt };
    this.#byId.set(entry.id, indexed);
    const shelf = this.#shelf(entry.repository, entry.refScope, entry.version);
    const place = shelf.findIndex((other) => other.createdAt < entry.createdAt);
    shelf.splice(place < 0 ? shelf.length : place, 0, indexed);
    this.#totalBytes += entry.sizeBytes;
  }

  remove(id: number): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) return;
    this.#byId.delete(id);
    const shelf = this.#shelf(entry.repository, entry.refScope, entry.version);
    shelf.splice(shelf.indexOf(entry), 1);
    this.#totalBytes -= entry.sizeBytes;
  }

  get(id: number): Entry | undefined {
    return this.#byId.get(id);
  }

  touch(id: number, now: number): void {
    const entry = this.#byId.get(id);
    if (entry !== undefined) entry.accessedAt = Math.max(entry.accessedAt, now);
  }

  find(
    repository: string,
    refScope: string,
    version: string,
    keys: readonly string[],
    protocol: ProtocolVersion,
  ): Entry | undefined {
    return findMatch(this.#shelf(repository, refScope, version), keys, protocol);
  }

  has(
    repository: string,
    refScope: string,
    version: string,
    key: string,
    protocol: ProtocolVersion,
  ): boolean {
    const wanted = foldKey(key, protocol);
    return this.#shelf(repository, refScope, version).some(
      (entry) => foldKey(entry.key, protocol) === wanted,
    );
  }

  /** Newest first. */
  list(repository: string, refScopes: readonly string[]): readonly Entry[] {
    const visible = [...this.#byId.values()].filter(
      (entry) => entry.repository === repository && refScopes.includes(entry.refScope),
    );
    return visible.sort((a, b) => b.createdAt - a.createdAt);
  }

  /** Of all refs. */
  listAll(repository: string): readonly UsedEntry[] {
    return [...this.#byId.values()].filter((entry) => entry.repository === repository);
  }

  /** The entry that was not used for longest. */
  findOldest(exceptId: number): Entry | undefined {
    let oldest: IndexedEntry | undefined;
    for (const entry of this.#byId.values()) {
      if (entry.id === exceptId) continue;
      if (oldest === undefined || entry.accessedAt < oldest.accessedAt) oldest = entry;
    }
    return oldest;
  }

  accessTimes(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#byId.values()].map((entry) => [String(entry.id), entry.accessedAt]));
  }

  #shelf(repository: string, refScope: string, version: string): IndexedEntry[] {
    const name = JSON.stringify([repository, refScope, version]);
    const known = this.#shelves.get(name);
    if (known !== undefined) return known;
    const shelf: IndexedEntry[] = [];
    this.#shelves.set(name, shelf);
    return shelf;
  }
}
