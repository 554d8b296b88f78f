import { mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startEmbeddedService } from '../../../src/embedded/start.ts';
import { lockDirectory } from '../../../src/process/directory-lock.ts';
import { rights, TestCache } from '../../helpers/cache.ts';
import { Wire } from '../../helpers/wire.ts';

let cache: TestCache | undefined;
afterEach(async () => {
  await cache?.stop();
  cache = undefined;
});

describe('eviction', () => {
  it('removes what was not used for longest, when a commit goes over the limit', async () => {
    let time = 1_800_000_000_000;
    cache = await TestCache.start({ maxSizeBytes: 1000, now: () => time++ });
    const main = await Wire.open(cache.url, rights.main);
    for (const key of ['a', 'b', 'c']) await main.save(key, Buffer.alloc(300, key));
    expect(await main.find('a')).toBe('a');
    await main.save('d', Buffer.alloc(300, 'd'));
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((key) => main.find(key)))).toEqual(['a', '', 'c', 'd']);
    expect(cache.statistics.storage).toMatchObject({ entries: 3, bytes: 900, evicted: 1 });
    expect(await readdir(path.join(cache.directory, 'blobs'))).toHaveLength(3);
    // Freed: the key can be had again.
    await main.save('b', 'again');
  });

  it('removes as many as it takes, never the new one, and refuses what cannot fit', async () => {
    cache = await TestCache.start({ maxSizeBytes: 1000 });
    const main = await Wire.open(cache.url, rights.main);
    for (const key of ['a', 'b', 'c']) await main.save(key, Buffer.alloc(300));
    await main.save('big', Buffer.alloc(1000));
    expect(cache.statistics.storage).toMatchObject({ entries: 1, bytes: 1000, evicted: 3 });
    await expect(main.save('too-big', Buffer.alloc(1001))).rejects.toThrow('400');
    expect(await main.find('big')).toBe('big');
  });

  it('knows after a restart what was used', async () => {
    cache = await TestCache.start();
    const main = await Wire.open(cache.url, rights.main);
    for (const key of ['a', 'b', 'c']) await main.save(key, Buffer.alloc(300));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await main.read('a');
    await cache.restart({ maxSizeBytes: 400 });
    const again = await Wire.open(cache.url, rights.main);
    expect(await Promise.all(['a', 'b', 'c'].map((key) => again.find(key)))).toEqual(['a', '', '']);
  });
});

describe('a restart', () => {
  it('keeps committed entries with their order, forgets reservations and frees their keys', async () => {
    cache = await TestCache.start();
    const main = await Wire.open(cache.url, rights.main);
    for (const key of ['i#9', 'i#10']) await main.save(key, key);
    await main.create('reserved');
    await cache.restart();
    const again = await Wire.open(cache.url, rights.main);
    expect(await again.find('i#')).toBe('i#10');
    expect((await again.read('i#9'))?.toString()).toBe('i#9');
    expect((await again.create('i#9')).status).toBe(409);
    await again.save('reserved', 'now');
    expect(cache.statistics.storage).toMatchObject({ entries: 3, reservations: 0 });
  });

  it('sweeps what a crash can leave: blobs without record, records without whole blob, drafts, uploads', async () => {
    cache = await TestCache.start();
    const main = await Wire.open(cache.url, rights.main);
    for (const key of ['whole', 'short', 'gone']) await main.save(key, key.repeat(10));
    const { directory } = cache;
    const at = (...names: string[]): string => path.join(directory, ...names);
    await truncate(at('blobs', '2'), 3);
    await rm(at('blobs', '3'));
    await writeFile(at('blobs', '77'), 'no record');
    await writeFile(at('entries', '78.draft'), '{"id":');
    await writeFile(at('entries', '79.json'), 'not json');
    await mkdir(at('uploads', '80'), { recursive: true });
    await writeFile(at('uploads', '80', 'data'), 'half');
    await cache.restart();
    const again = await Wire.open(cache.url, rights.main);
    expect(await Promise.all(['whole', 'short', 'gone'].map((key) => again.find(key)))).toEqual([
      'whole',
      '',
      '',
    ]);
    expect(await readdir(at('blobs'))).toEqual(['1']);
    expect(await readdir(at('entries'))).toEqual(['1.json']);
    expect(await readdir(at('uploads'))).toEqual([]);
  });
});

describe('the lock', () => {
  it('keeps a second service out, and lets it in when the first has ended', async () => {
    cache = await TestCache.start();
    const { directory } = cache;
    await expect(startEmbeddedService({ directory })).rejects.toMatchObject({
      code: 'directory-locked',
      message: expect.stringContaining(String(process.pid)),
    });
    await cache.restart();
    expect((await stat(path.join(directory, 'lock'))).isFile()).toBe(true);
  });

  it.each([
    ['a process that is gone', { pid: 4_194_300, startedAt: 'boot:1' }],
    ['our own id from before a restart of the container', { pid: process.pid, startedAt: 'boot:1' }],
    ['nothing that can be read', 'garbage'],
  ])('of %s is taken over', async (_name, content) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-lock-'));
    try {
      await writeFile(path.join(directory, 'lock'), JSON.stringify(content));
      const lock = await lockDirectory(directory);
      await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'directory-locked' });
      await lock.release();
      expect(await readdir(directory)).toEqual([]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('that is stale goes to exactly one of many', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-lock-'));
    try {
      await writeFile(path.join(directory, 'lock'), JSON.stringify({ pid: 4_194_300 }));
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
