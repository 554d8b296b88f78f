import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeBuilder } from '../../../src/buildkit/solve/builder.ts';

describe('the builder of a job', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-builder-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const write = (address: string) =>
    writeBuilder({
      configDirectory: path.join(directory, 'job', 'buildx'),
      address,
      scopedLogins: path.join(directory, 'user', 'config'),
    });

  it('is where buildx looks for it, for nobody else to read', async () => {
    const { name, configDirectory } = await write('unix:///job/sock');
    const file = path.join(configDirectory, 'instances', name);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      Name: name,
      Driver: 'remote',
      Nodes: [{ Endpoint: 'unix:///job/sock' }],
    });
    expect((await stat(configDirectory)).mode & 0o777).toBe(0o700);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('names the daemon of the last build, and nothing beside it', async () => {
    await write('unix:///job/first');
    const { name, configDirectory } = await write('unix:///job/second');
    const instances = path.join(configDirectory, 'instances');
    expect(await readdir(instances)).toEqual([name]);
    expect(await readFile(path.join(instances, name), 'utf8')).toContain('unix:///job/second');
  });

  it('keeps logins for single repositories in reach, also those that come later', async () => {
    const { configDirectory } = await write('unix:///job/sock');
    const login = path.join('ghcr.io', 'acme', 'config.json');
    await mkdir(path.dirname(path.join(directory, 'user', 'config', login)), { recursive: true });
    await writeFile(path.join(directory, 'user', 'config', login), '{}');
    expect(await readFile(path.join(configDirectory, 'config', login), 'utf8')).toBe('{}');
  });
});
