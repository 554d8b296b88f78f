import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

/** Bytes to upload. */
export interface UploadSource {
  readonly sizeBytes: number;
  /** Bytes `start` to `end`, inclusive, as a new stream: a part that did not get through is read again. */
  read(start: number, end: number): Readable;
}

/** The first bytes of a file. */
interface FileSlice {
  readonly file: string;
  readonly sizeBytes: number;
}

/** So much of each stream is in memory at most, twice over. */
const highWaterMark = 256 * 1024;

/** Files one after another, as if they were one file. */
export function joinSlices(slices: readonly FileSlice[]): UploadSource {
  const placed: { readonly slice: FileSlice; readonly start: number }[] = [];
  let sizeBytes = 0;
  for (const slice of slices) {
    placed.push({ slice, start: sizeBytes });
    sizeBytes += slice.sizeBytes;
  }
  async function* generate(start: number, end: number): AsyncGenerator<Buffer> {
    for (const { slice, start: sliceStart } of placed) {
      const from = Math.max(start, sliceStart) - sliceStart;
      const to = Math.min(end, sliceStart + slice.sizeBytes - 1) - sliceStart;
      if (from > to) continue;
      let left = to - from + 1;
      const range = { start: from, end: to, highWaterMark };
      for await (const chunk of createReadStream(slice.file, range)) {
        left -= chunk.length;
        yield chunk;
      }
      // What follows would be in the wrong place.
      if (left > 0) throw new Error(`${slice.file} is ${left} bytes shorter than it was`);
    }
  }
  return {
    sizeBytes,
    read: (start, end) => Readable.from(generate(start, end), { objectMode: false, highWaterMark }),
  };
}

/** Bytes that are in memory: small ones. */
export function toBufferSource(bytes: Uint8Array): UploadSource {
  return {
    sizeBytes: bytes.length,
    read: (start, end) => Readable.from([bytes.subarray(start, end + 1)], { objectMode: false }),
  };
}
