import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { recordClient } from '../../src/job/build.ts';
import { openJob, readJob, updateJob } from '../../src/job/record.ts';

let temp: string;
beforeEach(async () => {
  temp = await mkdtemp(path.join(tmpdir(), 'hotlayer-record-'));
});
afterEach(() => rm(temp, { recursive: true, force: true }));

it('buildctl that could not be recorded costs the build nothing, and stands in the next record', async () => {
  const client = spawn('sleep', ['1000'], { stdio: 'ignore' });
  try {
    const job = await openJob(temp);
    await rm(job.directory, { recursive: true });
    await recordClient(job, client.pid ?? -1);
    expect(await readJob(job.directory)).toBeUndefined();
    await mkdir(job.directory);
    await updateJob(job, { seen: { scopes: [], zstd: false } });
    expect(await readJob(job.directory)).toMatchObject({ client: { pid: client.pid } });
  } finally {
    const exited = once(client, 'exit');
    client.kill('SIGKILL');
    await exited;
  }
});
