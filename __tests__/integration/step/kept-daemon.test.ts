import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDirectory } from '../../../src/process/directory-lock.ts';
import { type KeptOwner, noteSeen, openKeptDaemon, releaseKept } from '../../../src/step/kept-daemon.ts';
import { openKept } from '../../../src/step/record.ts';

const owner: KeptOwner = { repository: 'o/r', ref: { kind: 'branch', name: 'main' }, settings: '{}' };
const dayMs = 24 * 3_600_000;

describe('daemons that outlive jobs', () => {
  let tools: string;
  let root: string;
  beforeEach(async () => {
    tools = await mkdtemp(path.join(tmpdir(), 'hotlayer-tools-'));
    root = path.join(tools, 'hotlayer-kept');
  });
  afterEach(async () => {
    await rm(tools, { recursive: true, force: true });
  });

  const open = (over: Partial<KeptOwner> = {}, isShared = false) =>
    openKeptDaemon(tools, { ...owner, ...over }, isShared, process.env);
  const directoryOf = async (opened: ReturnType<typeof open>) => (await opened).job.directory;

  it('belong to one job at a time, and to the next one after it', async () => {
    const first = await open();
    const second = await open();
    expect(second.job.directory).not.toBe(first.job.directory);
    await releaseKept({ directory: first.job.directory, claim: first.lock.claim }, undefined);
    expect(await directoryOf(open())).toBe(first.job.directory);
    // Not by a claim that is not theirs.
    await releaseKept({ directory: second.job.directory, claim: first.lock.claim }, undefined);
    expect(await directoryOf(open())).not.toBe(second.job.directory);
  });

  it('are never those of another repository, ref or settings', async () => {
    const all = [
      await directoryOf(open()),
      await directoryOf(open({ repository: 'o/s' })),
      await directoryOf(open({ ref: { kind: 'branch', name: 'dev' } })),
      await directoryOf(open({ ref: { kind: 'pr', name: 'main' } })),
      await directoryOf(open({ settings: '{"a":1}' })),
    ];
    const keys = all.map((directory) => path.basename(directory).split('-')[0]);
    expect(new Set(keys).size).toBe(all.length);
  });

  it('are one for all where they are shared, started one after the other', async () => {
    const first = await open({}, true);
    const waiting = open({}, true);
    await first.lock.release();
    const second = await waiting;
    expect(second.job.directory).toBe(first.job.directory);
    expect(second.job.directory).not.toBe(await directoryOf(open()));
    await second.lock.release();
  });

  it('keep what they have seen of caches, from all jobs', async () => {
    const { job, lock } = await open();
    await noteSeen(job, { scopes: ['a'], zstd: true });
    await releaseKept({ directory: job.directory, claim: lock.claim }, { scopes: ['b'], zstd: false });
    expect((await openKept(job.directory)).record.seen).toEqual({ scopes: ['a', 'b'], zstd: true });
  });

  describe('that nobody uses', () => {
    async function leave(name: string, days: number): Promise<string> {
      const directory = path.join(root, name);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const at = new Date(Date.now() - days * dayMs);
      await utimes(directory, at, at);
      return directory;
    }

    it('are removed after seven days, and the longest unused ones where there are many', async () => {
      const old = await leave('aaaaaaaaaaaa-1', 8);
      const shared = await leave('bbbbbbbbbbbb', 6);
      const slots = [];
      for (const days of [1, 2, 3, 4]) slots.push(await leave(`cccccccccccc-${days}`, days));
      const own = await directoryOf(open());
      const left = (await readdir(root)).map((name) => path.join(root, name)).sort();
      expect(existsSync(old)).toBe(false);
      // Of a shared one only its age tells.
      expect(left).toEqual([own, shared, ...slots.slice(0, 3)].sort());
    });

    it('stay while a job holds them, whatever their age', async () => {
      const held = await leave('aaaaaaaaaaaa-1', 30);
      const lock = await lockDirectory(held);
      await utimes(held, new Date(0), new Date(0));
      await open();
      expect(existsSync(held)).toBe(true);
      await lock.release();
    });
  });
});
