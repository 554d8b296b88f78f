import { rm } from 'node:fs/promises';
import { type LocalBytes, toLocalFile } from '../packs/local-bytes.ts';

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

/** Blobs on local disk on their way into packs: each file goes when its pack is written and nobody reads it. */
export class SpooledBlobs {
  readonly #byDigest = new Map<string, Spooled>();

  has(digest: string): boolean {
    return this.#byDigest.has(digest);
  }

  sizeOf(digest: string): number | undefined {
    return this.#byDigest.get(digest)?.sizeBytes;
  }

  /** Takes the file over. `isQueued`: somebody packs it already. */
  add(blob: SpooledBlob, { isQueued }: { readonly isQueued: boolean }): void {
    this.#byDigest.set(blob.digest, { ...blob, isQueued, isPacked: false, readers: 0 });
  }

  /** The copy when it still has to be packed; it counts as queued from now on. */
  takeForPacking(digest: string): SpooledBlob | undefined {
    const spooled = this.#byDigest.get(digest);
    if (spooled === undefined || spooled.isQueued) return undefined;
    spooled.isQueued = true;
    return spooled;
  }

  /** They are in a pack that the service has: the files may go. */
  async onPacked(digests: readonly string[]): Promise<void> {
    const packed = digests.flatMap((digest) => this.#byDigest.get(digest) ?? []);
    for (const spooled of packed) spooled.isPacked = true;
    await Promise.all(packed.map((spooled) => this.#dropIfUnused(spooled)));
  }

  /** Packing failed: what is not on the service may be queued again. */
  unqueue(): void {
    for (const spooled of this.#byDigest.values()) if (!spooled.isPacked) spooled.isQueued = false;
  }

  /** Removes every copy that is on no service: nobody will upload it. */
  async dropAll(): Promise<void> {
    for (const spooled of this.#byDigest.values()) {
      spooled.isPacked = true;
      await this.#dropIfUnused(spooled);
    }
  }

  /** The bytes; undefined: there is no copy. The file stays until they are released. */
  lend(digest: string): LocalBytes | undefined {
    const spooled = this.#byDigest.get(digest);
    if (spooled === undefined) return undefined;
    spooled.readers += 1;
    return toLocalFile(spooled.file, spooled.sizeBytes, () => {
      spooled.readers -= 1;
      void this.#dropIfUnused(spooled);
    });
  }

  async #dropIfUnused(spooled: Spooled): Promise<void> {
    if (!spooled.isPacked || spooled.readers > 0) return;
    if (this.#byDigest.get(spooled.digest) === spooled) this.#byDigest.delete(spooled.digest);
    await rm(spooled.file, { force: true });
  }
}
