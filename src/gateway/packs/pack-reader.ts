import path from 'node:path';
import { createLimiter } from '../../async/limiter.ts';
import type { CacheClient } from '../../cache-client/client.ts';
import type { RetryPolicy } from '../../cache-client/retry.ts';
import { toMessage } from '../../errors.ts';
import { BlobUnavailableError } from './blob-unavailable.ts';
import { type LocalBytes, pieceBytes } from './local-bytes.ts';
import { PackCopy, type PackSlice } from './pack-copy.ts';
import { PackEntry, type Presence } from './pack-entry.ts';

interface PackReference {
  readonly key: string;
  readonly sizeBytes: number;
}

export interface PackReaderOptions {
  readonly client: CacheClient;
  /** For files; exists, and is this object's own. */
  readonly directory: string;
  /** Of look-ups; the client's own by default. */
  readonly policy?: RetryPolicy;
  /** Packs are fetched in pieces of that size; 8 MiB by default. */
  readonly windowBytes?: number;
  /** Packs up to that size are fetched whole at the first touch; 32 MiB by default. */
  readonly wholeBytes?: number;
  /** So many bytes stay on disk that nobody reads just now; 256 MiB by default. */
  readonly keptBytes?: number;
}

const mebibyte = 1024 * 1024;
/** Eight ranges at once were measured to be twice as fast as one stream, and more of them no faster. */
const parallelWindows = 8;
const parallelChecks = 16;

/** Blobs out of packs, by way of local disk. */
export class PackReader {
  readonly #options: PackReaderOptions;
  readonly #entries = new Map<string, PackEntry>();
  /** By pack and size, least recently used first. */
  readonly #copies = new Map<string, PackCopy>();
  /** Blobs that were unavailable stay so, also after their copy is gone. */
  readonly #faults = new Map<string, BlobUnavailableError>();
  readonly #limitWindows = createLimiter(parallelWindows);
  readonly #limitChecks = createLimiter(parallelChecks);
  readonly #closing = new AbortController();
  readonly #removals = new Set<Promise<void>>();
  #files = 0;

  constructor(options: PackReaderOptions) {
    this.#options = options;
  }

  /** The keys of those that are there: one call for each that is not known to be there. */
  async checkPacks(packs: readonly PackReference[]): Promise<ReadonlySet<string>> {
    const found = await this.lookUpPacks(packs.map(({ key }) => key));
    return new Set([...found].flatMap(([key, { kind }]) => (kind === 'present' ? [key] : [])));
  }

  /** By key; with the same calls. */
  async lookUpPacks(keys: readonly string[], policy?: RetryPolicy): Promise<ReadonlyMap<string, Presence>> {
    const found = new Map<string, Presence>();
    await Promise.all(
      [...new Set(keys)].map((key) =>
        this.#limitChecks(async () => {
          found.set(key, await this.#entryOf(key).checkAgain(policy));
        }),
      ),
    );
    return found;
  }

  /** Answers with the first bytes of a large blob, and with all of a small one. Throws BlobUnavailableError. */
  async fetchBlob(pack: PackReference, place: PackSlice): Promise<LocalBytes> {
    const name = `${toCopyName(pack)} ${place.digest} ${place.offset} ${place.length}`;
    const fault = this.#faults.get(name);
    if (fault) throw fault;
    const copy = this.#copyOf(pack);
    copy.users += 1;
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      copy.users -= 1;
      this.#trim();
    };
    const checked = copy.check(place).catch((error) => {
      const found =
        error instanceof BlobUnavailableError
          ? error
          : new BlobUnavailableError('failed', `${pack.key}: ${toMessage(error)}`);
      this.#faults.set(name, found);
      throw found;
    });
    // Who reads hears of it; nobody has to read to the end.
    checked.catch(() => undefined);
    const { offset, length } = place;
    const whenThere = (end: number) => copy.whenThere(offset, offset + end);
    try {
      const firstBytes = Math.min(length, pieceBytes);
      await (firstBytes === length ? checked : whenThere(firstBytes - 1));
      return { file: copy.file, offset, length, whenThere, checked, release };
    } catch (error) {
      release();
      // The fault of the whole is the one that is known by name.
      throw await checked.then(
        () => error,
        (found) => found,
      );
    }
  }

  #entryOf(key: string): PackEntry {
    const known = this.#entries.get(key);
    if (known) return known;
    const { client, policy } = this.#options;
    const signal = this.#closing.signal;
    const entry = new PackEntry(client, key, policy === undefined ? { signal } : { signal, policy });
    this.#entries.set(key, entry);
    return entry;
  }

  #copyOf(pack: PackReference): PackCopy {
    const name = toCopyName(pack);
    const known = this.#copies.get(name);
    // Put at the end of the line.
    if (known) this.#copies.delete(name);
    const copy = known ?? this.#createCopy(pack.key, pack.sizeBytes);
    this.#copies.set(name, copy);
    return copy;
  }

  #createCopy(key: string, sizeBytes: number): PackCopy {
    const { client, directory, windowBytes = 8 * mebibyte, wholeBytes = 32 * mebibyte } = this.#options;
    this.#files += 1;
    return new PackCopy({
      client,
      entry: this.#entryOf(key),
      sizeBytes,
      file: path.join(directory, `pack-${this.#files}`),
      windowBytes,
      wholeBytes,
      limit: this.#limitWindows,
      signal: this.#closing.signal,
      onIdle: () => this.#trim(),
    });
  }

  /** Frees the disk of what nobody reads, the longest unused first. */
  #trim(): void {
    const idle = [...this.#copies].filter(([, copy]) => copy.users === 0);
    let surplus = idle.reduce((sum, [, copy]) => sum + copy.localBytes, 0);
    surplus -= this.#options.keptBytes ?? 256 * mebibyte;
    for (const [key, copy] of idle) {
      if (surplus <= 0) return;
      surplus -= copy.localBytes;
      this.#remove(key, copy);
    }
  }

  #remove(key: string, copy: PackCopy): void {
    this.#copies.delete(key);
    const removal = copy
      .remove()
      // A file that cannot be removed goes with its directory.
      .catch(() => undefined)
      .finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  /** Ends all fetches and removes all files. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the gateway ends'));
    for (const [key, copy] of this.#copies) this.#remove(key, copy);
    await Promise.all(this.#removals);
  }
}

/** Manifests may disagree about the size of a pack: what one of them says must not spoil it for the other. */
function toCopyName({ key, sizeBytes }: PackReference): string {
  return `${key} ${sizeBytes}`;
}
