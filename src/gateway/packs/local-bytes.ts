import { createReadStream } from 'node:fs';

/** A blob on local disk, or on its way there. The file stays until `release` at least; a second release is nothing. */
export interface LocalBytes {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  /** Resolves when the blob's bytes up to that one are in the file; rejects as `checked` does. */
  readonly whenThere: (end: number) => Promise<void>;
  /** Resolves when all is there and hashes to the digest; rejects with BlobUnavailableError. */
  readonly checked: Promise<void>;
  readonly release: () => void;
}

/** A file that is nothing but the blob, complete and checked. */
export function toLocalFile(file: string, sizeBytes: number, release: () => void): LocalBytes {
  const there = Promise.resolve();
  return { file, offset: 0, length: sizeBytes, whenThere: () => there, checked: there, release };
}

/** How far a reader may run ahead of the check: in a blob of this size or less there is nothing to gain. */
export const pieceBytes = 4 * 1024 * 1024;

/**
 * Bytes `start` to `end`. Who reads a blob whole gets it while it comes in, but for its last piece, which waits until the
 * whole is checked: wrong bytes are never served to their end. A part tells nothing of the rest, so it waits for all.
 */
export async function* readLocalBytes(
  { file, offset, length, whenThere, checked }: LocalBytes,
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  const isWhole = start === 0 && end === length - 1;
  if (!isWhole) await checked;
  for (let position = start; position <= end; position += pieceBytes) {
    const stop = Math.min(position + pieceBytes - 1, end);
    await (stop === length - 1 ? checked : whenThere(stop));
    yield* createReadStream(file, {
      start: offset + position,
      end: offset + stop,
      highWaterMark: 256 * 1024,
    });
  }
}
