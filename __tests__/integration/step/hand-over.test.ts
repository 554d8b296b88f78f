import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { handBuilder, handLogin, handPrograms, takeBack } from '../../../src/step/hand-over.ts';
import { type Job, openJob, readJob } from '../../../src/step/record.ts';

const login = { host: '127.0.0.1:4000', username: 'hotlayer', password: 'stub' };

describe('what later steps get outside of the job’s directory', () => {
  let home: string;
  let job: Job;
  let buildx: string;
  let plugin: string;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'hotlayer-hand-'));
    await mkdir(path.join(home, 'temp'));
    job = await openJob(path.join(home, 'temp'));
    buildx = path.join(home, 'programs', 'buildx');
    await mkdir(path.dirname(buildx));
    for (const name of ['buildx', 'docker']) {
      await writeFile(path.join(home, 'programs', name), '#!/bin/sh\n');
      await chmod(path.join(home, 'programs', name), 0o755);
    }
    plugin = path.join(home, '.docker', 'cli-plugins', 'docker-buildx');
    await mkdir(path.dirname(plugin), { recursive: true });
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
  });

  const receiver = () => ({ job, workspace: home, env: { HOME: home, PATH: path.join(home, 'programs') } });
  const give = () => handPrograms(receiver(), { buildx, buildctl: undefined });
  const leave = async () =>
    takeBack((await readJob(job.directory)).record.handed ?? { sinceMs: 0, exports: [] }, buildx);

  it('is on record, and gone afterwards', async () => {
    const directory = await give();
    const name = await handBuilder(receiver(), { address: 'unix:///x.sock', driverOptions: {} });
    await handLogin(receiver(), login);
    expect(await readdir(directory)).toEqual(['buildx', 'docker-buildx']);
    expect(await readlink(plugin)).toBe(buildx);
    const instance = path.join(home, '.docker', 'buildx', 'instances', name);
    expect(await readFile(instance, 'utf8')).toContain('unix:///x.sock');
    await leave();
    expect(await readdir(path.dirname(instance))).toEqual([]);
    expect(await readdir(path.dirname(plugin))).toEqual([]);
    expect(await readdir(path.join(home, '.docker'))).toEqual(['buildx', 'cli-plugins']);
    // A second time there is nothing left to do.
    await leave();
  });

  it('leaves a plug-in that was there, and takes the place of a link that leads nowhere', async () => {
    await writeFile(plugin, 'own');
    await give();
    await leave();
    expect(await readFile(plugin, 'utf8')).toBe('own');
    await rm(plugin);
    await symlink('/nowhere/buildx', plugin);
    await give();
    expect(await readlink(plugin)).toBe(buildx);
    await leave();
    expect(await readdir(path.dirname(plugin))).toEqual([]);
  });

  it('leaves a link that somebody has set since', async () => {
    await give();
    await rm(plugin);
    await symlink('/somewhere/else', plugin);
    await leave();
    expect(await readlink(plugin)).toBe('/somewhere/else');
  });

  it('tells what could not be taken back, and takes back the rest', async () => {
    await give();
    await handLogin(receiver(), login);
    await rm(path.join(home, '.docker', 'config.json'));
    await mkdir(path.join(home, '.docker', 'config.json'));
    await expect(leave()).rejects.toThrow(/not removed: the login to 127\.0\.0\.1:4000/);
    expect(await readdir(path.dirname(plugin))).toEqual([]);
  });
});
