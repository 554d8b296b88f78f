import { Readable } from 'node:stream';
import { ConnectionBreak } from '../../cache-server/message.ts';
import { ServiceError, type StoredBlob } from '../../cache-server/service.ts';
import { BlobUnavailableError } from '../packs/blob-unavailable.ts';
import { type LocalBytes, readLocalBytes } from '../packs/local-bytes.ts';

interface Lent {
  readonly bytes: LocalBytes;
  readonly since: Date;
  readers: number;
  release: NodeJS.Timeout | undefined;
}

/** How long local bytes are held: BuildKit reads a blob once and whole, unless its connection breaks. */
const heldMs = { served: 10_000, idle: 60_000 };

/** Blobs that BuildKit reads: their local bytes are held from the first request until nobody asks any more. */
export class LentBlobs {
  readonly #open: (digest: string) => Promise<LocalBytes | undefined>;
  readonly #byDigest = new Map<string, Promise<Lent | undefined>>();

  constructor(open: (digest: string) => Promise<LocalBytes | undefined>) {
    this.#open = open;
  }

  /** undefined: its bytes cannot be had. One fetch for all who ask. */
  async open(digest: string): Promise<StoredBlob | undefined> {
    const lent = await (this.#byDigest.get(digest) ?? this.#borrow(digest));
    if (lent === undefined) return undefined;
    this.#keep(digest, lent, heldMs.idle);
    return {
      sizeBytes: lent.bytes.length,
      etag: digest,
      lastModified: lent.since,
      read: (start, end) => this.#read(digest, lent, start, end),
    };
  }

  close(): void {
    for (const lent of this.#byDigest.values()) {
      void lent.then(
        (held) => clearTimeout(held?.release),
        () => undefined,
      );
    }
  }

  #borrow(digest: string): Promise<Lent | undefined> {
    const lent = this.#open(digest).then((bytes) =>
      bytes === undefined ? undefined : { bytes, since: new Date(), readers: 0, release: undefined },
    );
    this.#byDigest.set(digest, lent);
    const forget = () => {
      if (this.#byDigest.get(digest) === lent) this.#byDigest.delete(digest);
    };
    // What turns out wrong while it is read is not lent again.
    lent.then((held) => (held === undefined ? forget() : held.bytes.checked.catch(forget)), forget);
    return lent;
  }

  #read(digest: string, lent: Lent, start: number, end: number): Readable {
    clearTimeout(lent.release);
    lent.readers += 1;
    const stream = Readable.from(readOrBreak(lent.bytes, start, end), { objectMode: false });
    stream.once('close', () => {
      lent.readers -= 1;
      const isServed = stream.readableEnded && end === lent.bytes.length - 1;
      this.#keep(digest, lent, isServed ? heldMs.served : heldMs.idle);
    });
    return stream;
  }

  /** Puts off the release of bytes that nobody reads. */
  #keep(digest: string, lent: Lent, ms: number): void {
    clearTimeout(lent.release);
    if (lent.readers > 0) return;
    lent.release = setTimeout(() => {
      this.#byDigest.delete(digest);
      lent.bytes.release();
    }, ms);
    lent.release.unref();
  }
}

/** What turns out missing or wrong before its first byte went out is a 404 still; after that the answer breaks off. */
async function* readOrBreak(bytes: LocalBytes, start: number, end: number): AsyncGenerator<Buffer> {
  let hasBegun = false;
  try {
    for await (const chunk of readLocalBytes(bytes, start, end)) {
      hasBegun = true;
      yield chunk;
    }
  } catch (error) {
    if (!(error instanceof BlobUnavailableError)) throw error;
    if (hasBegun) throw new ConnectionBreak(error.message, 'reset', { cause: error });
    throw new ServiceError('not_found', 'The specified blob does not exist.', { cause: error });
  }
}
