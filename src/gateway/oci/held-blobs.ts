import { readFile, rm } from 'node:fs/promises';
import { maxIndexBytes } from '../config/limits.ts';
import type { ReceivedBlob } from './blob-upload.ts';

const openingBrace = 0x7b;

/** JSON by its first byte: perhaps a cache config, which must not go into a pack; a layer begins so by rare chance only. */
export function mayBeConfig({ firstByte, sizeBytes }: ReceivedBlob): boolean {
  return firstByte === openingBrace && sizeBytes <= maxIndexBytes;
}

/** Blobs of which the manifest that is to come will tell whether they are layers. */
export class HeldBlobs {
  readonly #byDigest = new Map<string, ReceivedBlob>();

  async put(digest: string, blob: ReceivedBlob): Promise<void> {
    if (this.#byDigest.has(digest)) await rm(blob.file, { force: true });
    else this.#byDigest.set(digest, blob);
  }

  has(digest: string): boolean {
    return this.#byDigest.has(digest);
  }

  /** It is the caller's from now on. */
  take(digest: string): ReceivedBlob | undefined {
    const blob = this.#byDigest.get(digest);
    this.#byDigest.delete(digest);
    return blob;
  }

  /** Its bytes, and it is gone; undefined when it is not there. */
  async read(digest: string): Promise<Buffer | undefined> {
    const blob = this.take(digest);
    if (blob === undefined) return undefined;
    const bytes = await readFile(blob.file);
    await rm(blob.file, { force: true });
    return bytes;
  }
}
