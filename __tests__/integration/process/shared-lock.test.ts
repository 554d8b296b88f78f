import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lockFile } from '../../../src/process/shared-lock.ts';

describe('a lock on a file', () => {
  let file: string;
  beforeAll(async () => {
    file = path.join(await mkdtemp(path.join(tmpdir(), 'hotlayer-lock-')), 'cache.lock');
  });
  afterAll(() => rm(path.dirname(file), { recursive: true, force: true }));

  it('is shared by builds, and had alone by none beside them', async () => {
    const [one, other] = await Promise.all([lockFile(file, 'shared'), lockFile(file, 'shared')]);
    expect(one).toBeDefined();
    expect(other).toBeDefined();
    expect(await lockFile(file, 'alone')).toBeUndefined();
    await one?.release();
    expect(await lockFile(file, 'alone')).toBeUndefined();
    await other?.release();
    const alone = await lockFile(file, 'alone');
    expect(alone).toBeDefined();
    expect(await lockFile(file, 'alone')).toBeUndefined();
    await alone?.release();
  });

  it('cannot be had in a directory that is not there', async () => {
    expect(await lockFile(path.join(file, 'x', 'y'), 'shared')).toBeUndefined();
  });
});
