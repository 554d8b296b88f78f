import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { CacheClient } from '../cache-client/client.ts';
import { ServiceError, type StoredBlob } from '../cache-server/service.ts';
import type { BuildkitKey } from './buildkit-key.ts';
import type { Statistics } from './statistics.ts';
import { findByteFault, toMaxBytes } from './verification.ts';

/** An entry of the service that a look-up found. */
export interface FoundEntry {
  /** As BuildKit saved it. */
  readonly key: string;
  readonly parsed: BuildkitKey;
  readonly url: string;
  /** A fresh download URL; undefined when the entry is gone. */
  readonly renew: () => Promise<string | undefined>;
}

interface KnownEntry {
  readonly id: string;
  found: FoundEntry;
  /** The verified local copy, or its fetch under way; undefined when there is none. */
  copy: Promise<LocalCopy> | undefined;
}

interface LocalCopy {
  readonly file: string;
  readonly sizeBytes: number;
  readonly fetchedAt: Date;
  readers: number;
  removal: NodeJS.Timeout | undefined;
}

/** How long a copy stays: BuildKit reads a blob once and whole, unless its connection breaks. */
const keptMs = { served: 5_000, idle: 60_000 };

/**
 * Entries that BuildKit may download: fetched whole to local disk at the first read, checked, and only then served.
 * An entry that was gone or wrong once is bad for the rest of the job, so that BuildKit is not led to it again.
 */
export class Entries {
  readonly #client: CacheClient;
  readonly #directory: string;
  readonly #statistics: Statistics;
  readonly #byKey = new Map<string, KnownEntry>();
  readonly #byId = new Map<string, KnownEntry>();
  readonly #badKeys = new Set<string>();

  /** @param directory exists, and is this object's own */
  constructor(client: CacheClient, directory: string, statistics: Statistics) {
    this.#client = client;
    this.#directory = directory;
    this.#statistics = statistics;
  }

  isBad(key: string): boolean {
    return this.#badKeys.has(key);
  }

  /** The entry's id, the same for each look-up of one key. */
  register(found: FoundEntry): string {
    const known = this.#byKey.get(found.key);
    if (known) {
      known.found = found;
      return known.id;
    }
    const entry: KnownEntry = { id: `e${this.#byId.size + 1}`, found, copy: undefined };
    this.#byKey.set(found.key, entry);
    this.#byId.set(entry.id, entry);
    return entry.id;
  }

  /** The bytes, once they are local and right. Throws ServiceError `not_found` when they cannot be had. */
  async open(id: string): Promise<StoredBlob> {
    const entry = this.#byId.get(id);
    if (!entry || this.isBad(entry.found.key))
      throw new ServiceError('not_found', 'The specified blob does not exist.');
    const copy = await this.#fetchOnce(entry);
    this.#keep(entry, copy, keptMs.idle);
    return {
      sizeBytes: copy.sizeBytes,
      etag:
        entry.found.parsed.kind === 'blob' ? entry.found.parsed.sha256 : `${id}-${copy.fetchedAt.getTime()}`,
      lastModified: copy.fetchedAt,
      read: (start, end) => this.#read(entry, copy, start, end),
    };
  }

  close(): void {
    for (const entry of this.#byId.values()) {
      void entry.copy?.then(
        (copy) => clearTimeout(copy.removal),
        () => undefined,
      );
    }
  }

  #fetchOnce(entry: KnownEntry): Promise<LocalCopy> {
    if (entry.copy) return entry.copy;
    const copy = this.#fetch(entry);
    entry.copy = copy;
    copy.catch(() => {
      if (entry.copy === copy) entry.copy = undefined;
    });
    return copy;
  }

  async #fetch(entry: KnownEntry): Promise<LocalCopy> {
    const { key, parsed, url, renew } = entry.found;
    const file = path.join(this.#directory, `${entry.id}-${Date.now()}`);
    const result = await this.#client.download({ url, renew }, file, { maxBytes: toMaxBytes(parsed) });
    const fault =
      result.kind === 'downloaded'
        ? await findByteFault(file, parsed)
        : result.kind === 'too-large'
          ? 'it is too large'
          : result.message;
    if (fault === undefined) {
      const { size } = await stat(file);
      return { file, sizeBytes: size, fetchedAt: new Date(), readers: 0, removal: undefined };
    }
    await rm(file, { force: true });
    if (result.kind === 'downloaded') this.#statistics.add('wrongBytes');
    this.#badKeys.add(key);
    this.#statistics.failed('import', 'download', `${key}: ${fault}`);
    // Not 503: BuildKit would come back for a quarter of an hour, and a build without cache is quicker.
    throw new ServiceError('not_found', 'The specified blob does not exist.');
  }

  #read(entry: KnownEntry, copy: LocalCopy, start: number, end: number): Readable {
    clearTimeout(copy.removal);
    copy.readers += 1;
    const stream = createReadStream(copy.file, { start, end, highWaterMark: 256 * 1024 });
    stream.once('close', () => {
      copy.readers -= 1;
      const isServed = stream.bytesRead === end - start + 1 && end === copy.sizeBytes - 1;
      if (copy.readers === 0) this.#keep(entry, copy, isServed ? keptMs.served : keptMs.idle);
    });
    return stream;
  }

  /** Puts off the removal of a copy that nobody reads. */
  #keep(entry: KnownEntry, copy: LocalCopy, ms: number): void {
    clearTimeout(copy.removal);
    if (copy.readers > 0) return;
    copy.removal = setTimeout(() => {
      entry.copy = undefined;
      void rm(copy.file, { force: true });
    }, ms);
    copy.removal.unref();
  }
}
