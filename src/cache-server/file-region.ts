import type { FileHandle } from 'node:fs/promises';

/** A piece of a file. */
export interface Region {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Writes all of the bytes: a single write may take fewer. */
export async function writeFully(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

export async function copyRegion(
  source: FileHandle,
  region: Region,
  target: FileHandle,
  offset: number,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(region.sizeBytes, 1024 * 1024)));
  let done = 0;
  while (done < region.sizeBytes) {
    const wanted = Math.min(buffer.length, region.sizeBytes - done);
    const { bytesRead } = await source.read(buffer, 0, wanted, region.offset + done);
    if (bytesRead === 0) throw new Error(`the file ends at ${region.offset + done}, inside a block`);
    await writeFully(target, buffer.subarray(0, bytesRead), offset + done);
    done += bytesRead;
  }
}
