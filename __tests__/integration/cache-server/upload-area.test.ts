import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createUploadArea, type UploadArea } from '../../../src/cache-server/upload-area.ts';

let directory: string;
let area: UploadArea;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-area-'));
  area = await createUploadArea(path.join(directory, 'up'));
});
afterEach(async () => {
  await area.close();
  await rm(directory, { recursive: true, force: true });
});

const body = (text: string): Readable => Readable.from([Buffer.from(text)]);
const finish = async (id: string, sizeBytes?: number): Promise<string> => {
  const finished = await area.finish(id, sizeBytes);
  const text = await readFile(finished.path, 'utf8');
  expect(finished.sizeBytes).toBe(text.length);
  return text;
};

it('removes what a killed process left', async () => {
  await writeFile(path.join(directory, 'up', 'leftover'), 'x');
  await createUploadArea(path.join(directory, 'up'));
  expect(await readdir(path.join(directory, 'up'))).toEqual([]);
});

it('refuses ids that are no file names', () => {
  expect(() => area.open('../x')).toThrow('cannot name an upload');
});

describe('finish', () => {
  it('of chunks in any order', async () => {
    const upload = area.open('1');
    await Promise.all([
      upload.writeAt(6, body('world')),
      upload.writeAt(0, body('hello ')),
      upload.writeAt(6, body('world')),
    ]);
    expect(await finish('1', 11)).toBe('hello world');
  });

  it('says what is wrong and leaves the upload open', async () => {
    const upload = area.open('1');
    await expect(area.finish('1')).rejects.toMatchObject({ code: 'not_found' });
    await upload.writeAt(6, body('world'));
    await expect(area.finish('1')).rejects.toMatchObject({ code: 'invalid_argument' });
    await upload.writeAt(0, body('hello '));
    await expect(area.finish('1', 12)).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(await finish('1')).toBe('hello world');
  });

  it('closes the upload, also to a writer that is in the middle of a body', async () => {
    const upload = area.open('1');
    await upload.writeAt(0, body('hello'));
    const slow = new PassThrough();
    const late = upload.writeAt(0, slow);
    slow.write('HE');
    await new Promise((resolve) => setImmediate(resolve));
    const finished = await area.finish('1', 5);
    const before = await readFile(finished.path, 'utf8');
    slow.end('LLO');
    await expect(late).rejects.toMatchObject({ code: 'not_found' });
    await expect(upload.writeAt(0, body('x'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(upload.putBlock('MDAw', body('x'), 1)).rejects.toMatchObject({ code: 'not_found' });
    expect(await readFile(finished.path, 'utf8')).toBe(before);
  });
});

describe('a chunk', () => {
  it('of another length than announced is refused and does not count', async () => {
    const upload = area.open('1');
    await expect(upload.writeAt(0, body('hello'), { sizeBytes: 4 })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
    await expect(upload.writeAt(0, body('hello'), { sizeBytes: 6 })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
    await expect(area.finish('1')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that breaks off counts as missing until it is sent again, also when it was there before', async () => {
    const upload = area.open('1');
    await upload.writeAt(0, body('hello'), { sizeBytes: 5 });
    const broken = new PassThrough();
    const write = upload.writeAt(0, broken, { sizeBytes: 5 });
    broken.write('HE');
    broken.destroy(new Error('hung up'));
    await expect(write).rejects.toThrow('hung up');
    await expect(area.finish('1', 5)).rejects.toBeDefined();
    await upload.writeAt(0, body('HELLO'), { sizeBytes: 5 });
    expect(await finish('1', 5)).toBe('HELLO');
  });
});

describe('blocks', () => {
  const id = (index: number): string =>
    Buffer.from(`block-${String(index).padStart(4, '0')}..`).toString('base64');

  it('in list order become the file without being copied', async () => {
    const upload = area.open('1');
    for (const index of [0, 1, 2]) await upload.putBlock(id(index), body(`${index}${index}`), 2);
    await upload.putBlockList([id(0), id(1), id(2)]);
    expect(await readdir(path.join(directory, 'up', '1'))).toEqual(['data']);
    expect(await finish('1', 6)).toBe('001122');
  });

  it('that broke off take their old place when they come again', async () => {
    const upload = area.open('1');
    const broken = new PassThrough();
    const first = upload.putBlock(id(0), broken, 3);
    await upload.putBlock(id(1), body('bbb'), 3);
    broken.destroy(new Error('hung up'));
    await expect(first).rejects.toThrow('hung up');
    await expect(upload.putBlockList([id(0), id(1)])).rejects.toMatchObject({ code: 'invalid_block_list' });
    await upload.putBlock(id(0), body('aaa'), 3);
    await upload.putBlockList([id(0), id(1)]);
    expect(await finish('1', 6)).toBe('aaabbb');
  });

  it('may be listed anew after a list', async () => {
    const upload = area.open('1');
    await upload.putBlock(id(0), body('a'), 1);
    await upload.putBlock(id(1), body('b'), 1);
    await upload.putBlockList([id(1), id(0)]);
    await upload.putBlock(id(2), body('c'), 1);
    await upload.putBlockList([id(2), id(0), id(1)]);
    expect(await finish('1', 3)).toBe('cab');
  });

  it('left out of a list are gone', async () => {
    const upload = area.open('1');
    await upload.putBlock(id(0), body('a'), 1);
    await upload.putBlock(id(1), body('b'), 1);
    await upload.putBlockList([id(0)]);
    await expect(upload.putBlockList([id(0), id(1)])).rejects.toMatchObject({ code: 'invalid_block_list' });
    expect(await finish('1', 1)).toBe('a');
  });
});

it('appends one after the other, and a broken one leaves no bytes', async () => {
  const upload = area.open('1');
  await upload.writeAt(0, Readable.from([]), { truncate: true });
  const broken = new PassThrough().on('error', () => undefined);
  const appends = [upload.append(body('one ')), upload.append(broken), upload.append(body('two'))];
  broken.write('xxxxxxxxxxxx');
  broken.destroy(new Error('hung up'));
  expect((await Promise.allSettled(appends)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(await finish('1')).toBe('one two');
});

it('drops an upload with its writers', async () => {
  const upload = area.open('1');
  const slow = new PassThrough();
  const write = upload.writeAt(0, slow);
  slow.write('x');
  await new Promise((resolve) => setImmediate(resolve));
  await area.drop('1');
  slow.end('y');
  await expect(write).rejects.toMatchObject({ code: 'not_found' });
  expect(await readdir(path.join(directory, 'up'))).toEqual([]);
});
