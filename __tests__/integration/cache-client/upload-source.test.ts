import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinSlices, toBufferSource } from '../../../src/cache-client/upload-source.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-source-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function writeParts(sizes: readonly number[]) {
  const parts = sizes.map((size) => randomBytes(size));
  const slices = await Promise.all(
    parts.map(async (bytes, index) => {
      const file = path.join(directory, `part-${index}`);
      await writeFile(file, bytes);
      return { file, sizeBytes: bytes.length };
    }),
  );
  return { whole: Buffer.concat(parts), slices };
}

describe('files one after another', () => {
  it('are read as if they were one file, any range, again and again', async () => {
    const { whole, slices } = await writeParts([1, 300_000, 7, 1, 600_001, 65_536]);
    const source = joinSlices(slices);
    expect(source.sizeBytes).toBe(whole.length);
    expect((await buffer(source.read(0, whole.length - 1))).equals(whole)).toBe(true);
    const places = fc.integer({ min: 0, max: whole.length - 1 });
    await fc.assert(
      fc.asyncProperty(places, places, async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const read = await buffer(source.read(start, end));
        expect(read.equals(whole.subarray(start, end + 1))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('are an error when one of them has become shorter or is gone', async () => {
    const { slices } = await writeParts([1000, 1000, 1000]);
    await truncate(path.join(directory, 'part-1'), 999);
    await expect(buffer(joinSlices(slices).read(0, 2999))).rejects.toThrow('1 bytes shorter than it was');
    await rm(path.join(directory, 'part-1'));
    await expect(buffer(joinSlices(slices).read(0, 2999))).rejects.toThrow('ENOENT');
    // What is not asked for is not looked at.
    expect(await buffer(joinSlices(slices).read(0, 999))).toHaveLength(1000);
  });
});

it('bytes in memory and a file are sources too', async () => {
  const { whole, slices } = await writeParts([1000]);
  for (const source of [
    toBufferSource(whole),
    joinSlices([{ file: slices[0]?.file ?? '', sizeBytes: 1000 }]),
  ]) {
    expect(source.sizeBytes).toBe(1000);
    expect((await buffer(source.read(10, 19))).equals(whole.subarray(10, 20))).toBe(true);
  }
});
