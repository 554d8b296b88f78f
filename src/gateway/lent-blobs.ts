import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { StoredBlob } from '../cache-server/service.ts';
import type { LocalBytes } from './pack-reader.ts';

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
    lent.then((held) => {
      if (held === undefined) forget();
    }, forget);
    return lent;
  }

  #read(digest: string, lent: Lent, start: number, end: number): Readable {
    clearTimeout(lent.release);
    lent.readers += 1;
    const { file, offset, length } = lent.bytes;
    const region = { start: offset + start, end: offset + end };
    const stream = createReadStream(file, { ...region, highWaterMark: 256 * 1024 });
    stream.once('close', () => {
      lent.readers -= 1;
      const isServed = stream.bytesRead === end - start + 1 && end === length - 1;
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
