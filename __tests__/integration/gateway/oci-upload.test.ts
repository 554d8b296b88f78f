import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Upload } from '../../../src/gateway/oci/blob-upload.ts';
import { toDigest } from '../../helpers/oci-client.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-upload-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** A body in pieces, which may break off at its end. */
function toBody(bytes: Buffer, pieceBytes: number, isBroken = false): Readable {
  async function* read(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
    if (isBroken) throw new Error('the connection broke off');
  }
  return Readable.from(read(), { objectMode: false });
}

/** The same bytes for the same length. */
function toBytes(length: number): Buffer {
  return Buffer.alloc(length, Buffer.from(Array.from({ length: 251 }, (_, n) => n)));
}

describe('Upload', () => {
  it('holds the right bytes however they came, as long as each request goes on where the last one ended', async () => {
    const requests = fc.array(
      fc.record({
        length: fc.nat(2_000_000),
        pieceBytes: fc.integer({ min: 10_000, max: 200_000 }),
        isBroken: fc.boolean(),
        isPlaced: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(requests, async (list) => {
        const file = path.join(directory, 'blob');
        const upload = new Upload(file, 1e9);
        const all = toBytes(1 + list.reduce((sum, { length }) => sum + length, 0));
        for (const { length, pieceBytes, isBroken, isPlaced } of list) {
          const at = upload.sizeBytes;
          const start = isPlaced ? at : undefined;
          const sent = upload.append(toBody(all.subarray(at, at + length), pieceBytes, isBroken), {
            start,
            restart: false,
          });
          if (isBroken) await expect(sent).rejects.toThrow('broke off');
          else await sent;
          expect(upload.sizeBytes).toBeLessThanOrEqual(at + length);
          if (!isBroken) expect(upload.sizeBytes).toBe(at + length);
        }
        const at = upload.sizeBytes;
        await upload.append(toBody(all.subarray(at), 65_536), { start: at, restart: true });
        expect(await upload.finish(toDigest(all))).toEqual({
          file,
          sizeBytes: all.length,
          firstByte: all[0],
        });
        expect(toDigest(await readFile(file))).toBe(toDigest(all));
      }),
      { numRuns: 20 },
    );
  });

  it('takes several requests at once in the order in which they came', async () => {
    const upload = new Upload(path.join(directory, 'blob'), 1e9);
    const parts = [toBytes(1_500_000), Buffer.from('middle'), toBytes(10)];
    await Promise.all(
      parts.map((part) => upload.append(toBody(part, 50_000), { start: undefined, restart: false })),
    );
    const whole = Buffer.concat(parts);
    expect(await upload.finish(toDigest(whole))).toMatchObject({ sizeBytes: whole.length });
  });

  it('has a largest size', async () => {
    const upload = new Upload(path.join(directory, 'blob'), 100);
    const sent = upload.append(toBody(toBytes(101), 60), { start: 0, restart: true });
    await expect(sent).rejects.toMatchObject({ code: 'SIZE_INVALID', status: 413 });
  });

  it('can be dropped while bytes come, and takes none afterwards', async () => {
    const upload = new Upload(path.join(directory, 'blob'), 1e9);
    const body = new Readable({ read: () => undefined });
    const sent = upload.append(body, { start: 0, restart: true });
    body.push(toBytes(100));
    const dropped = upload.drop();
    body.push(toBytes(100));
    await expect(sent).rejects.toMatchObject({ code: 'BLOB_UPLOAD_UNKNOWN' });
    await dropped;
    expect(await readdir(directory)).toEqual([]);
    await expect(upload.append(toBody(toBytes(1), 1), { start: 0, restart: true })).rejects.toMatchObject({
      code: 'BLOB_UPLOAD_UNKNOWN',
    });
  });

  it('leaves what is done to its receiver', async () => {
    const upload = new Upload(path.join(directory, 'blob'), 1e9);
    await upload.append(toBody(toBytes(10), 10), { start: 0, restart: true });
    await upload.finish(toDigest(toBytes(10)));
    await upload.drop();
    await upload.reset();
    expect(await readdir(directory)).toEqual(['blob']);
  });

  it('fails as the disk fails, and has nothing to go on from', async () => {
    const file = path.join(directory, 'blob');
    await symlink('/dev/full', file);
    const upload = new Upload(file, 1e9);
    const sent = upload.append(toBody(toBytes(3_000_000), 65_536), { start: 0, restart: true });
    await expect(sent).rejects.toMatchObject({ code: 'ENOSPC' });
    const again = upload.append(toBody(toBytes(1), 1), { start: undefined, restart: false });
    await expect(again).rejects.toMatchObject({ code: 'BLOB_UPLOAD_UNKNOWN' });
  });
});
