import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isRecord, parseJson, readString } from '../../src/json.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

const dockerfile = `FROM scratch
COPY rootfs/ /
ARG WHO=a
RUN echo "$WHO" > /who
COPY message /message
`;

describe('the action setup', () => {
  let cache: TestCache;
  const jobs: Job[] = [];

  beforeAll(async () => {
    cache = await TestCache.start();
  });
  afterEach(async () => {
    for (const job of jobs.splice(0)) await job.remove();
  });
  afterAll(async () => {
    await cache.stop();
  });

  async function startJob(): Promise<Job> {
    const job = await Job.start({ env: await cache.env(rights.main) });
    jobs.push(job);
    await writeContext(job.workspace, { dockerfile, files: { message: 'hello' } });
    return job;
  }

  it('works', async () => {
    const job = await startJob();
    const step = await job.runSetup({ 'buildkit-path': buildkitDirectory(), scopes: 'web\nworker' });
    console.log(step.log, Object.fromEntries(step.outputs), step.summary);
    const built = await job.runShell(`env | grep -v HOME; buildx build ${step.outputs.get('build-flags')} . ; buildctl build --frontend dockerfile.v0 --local context=. --local dockerfile=. --opt build-arg:WHO=ctl --export-cache '${step.outputs.get('cache-to-gha')?.replace(/web/, 'web')}'`);
    console.log(built.log);
    const posts = await job.runPosts();
    console.log(posts[0]?.log, posts[0]?.summary);
  });
});
