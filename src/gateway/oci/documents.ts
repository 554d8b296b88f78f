import { toDigest } from './cache-manifest.ts';

export interface OciDocument {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Kept whatever their size: BuildKit reads a manifest and then the config that it names. */
const keptAlways = 8;
const keptBytes = 64 * 1024 * 1024;

/** The manifests and configs that were served or pushed last, by digest: a scope may change between two requests. */
export class OciDocuments {
  /** Least recently used first. */
  readonly #byDigest = new Map<string, OciDocument>();

  /** Answers its digest. */
  add(document: OciDocument): string {
    const digest = toDigest(document.bytes);
    this.#touch(digest, document);
    let bytes = [...this.#byDigest.values()].reduce((sum, kept) => sum + kept.bytes.length, 0);
    for (const [oldest, kept] of this.#byDigest) {
      if (this.#byDigest.size <= keptAlways || bytes <= keptBytes) break;
      bytes -= kept.bytes.length;
      this.#byDigest.delete(oldest);
    }
    return digest;
  }

  get(digest: string): OciDocument | undefined {
    const document = this.#byDigest.get(digest);
    if (document !== undefined) this.#touch(digest, document);
    return document;
  }

  #touch(digest: string, document: OciDocument): void {
    this.#byDigest.delete(digest);
    this.#byDigest.set(digest, document);
  }
}
