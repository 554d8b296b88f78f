import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mintToken } from '../../src/embedded/signed-token.ts';
import { findClosedPort, MuteListener } from '../helpers/away.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';
import { ServeProcess } from '../helpers/serve.ts';

/** Against a hang only: how long it may take is counted by the clock of the unit tests. */
const guardMs = 60_000;

const warnings = (...results: readonly (StepResult | undefined)[]): readonly string[] =>
  results.flatMap((result) => result?.log.match(/^::warning.*$/gm) ?? []);

describe('a cache service that is away', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function startJob(
    url: string,
    salt: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Job> {
    const job = await Job.start({
      env: {
        ACTIONS_CACHE_SERVICE_V2: 'True',
        ACTIONS_RESULTS_URL: url,
        ACTIONS_RUNTIME_TOKEN: await mintToken({ scopes: rights.main, repository: 'o/r' }),
        ...env,
      },
    });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile: toDockerfile(salt), files: { message: 'hello' } });
    return job;
  }

  async function makeStore(): Promise<{ readonly directory: string; readonly port: number }> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-away-'));
    cleanUps.push(() => rm(directory, { recursive: true, force: true }));
    return { directory, port: await findClosedPort() };
  }

  async function serve(directory: string, port: number): Promise<ServeProcess> {
    const service = await ServeProcess.start(['--dir', directory, '--port', String(port)]);
    cleanUps.push(() => service.kill());
    return service;
  }

  const inputs = { scope: 'app', 'buildkit-path': buildkitDirectory() };

  async function expectWarm(url: string, salt: string): Promise<void> {
    const job = await startJob(url, salt);
    const warm = await job.runMain(inputs);
    await job.runPosts();
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));
  }

  it.each([
    ['refuses', async () => `http://127.0.0.1:${await findClosedPort()}/`, {}],
    ['has no address', async () => 'http://cache.invalid/', {}],
    [
      'refuses, with BuildKit as its client',
      async () => `http://127.0.0.1:${await findClosedPort()}/`,
      { gateway: 'false' },
    ],
  ])('%s: three steps and their posts give one warning in all', async (_name, toUrl, more) => {
    const job = await startJob(await toUrl(), 'away');
    const started = performance.now();
    const steps = [await job.runMain({ ...inputs, ...more }), await job.runMain({ ...inputs, ...more })];
    steps.push(await job.runMain({ ...inputs, ...more, scope: 'other' }));
    const posts = await job.runPosts();
    expect(steps.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(posts.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(warnings(...steps, ...posts)).toHaveLength(1);
    expect(warnings(...steps)[0]).toContain('The cache service does not answer');
    expect(performance.now() - started).toBeLessThan(guardMs);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it.each([
    ['through the gateway', {}, 7],
    ['with BuildKit as its client', { gateway: 'false' }, 2],
  ])('takes connections and never answers, %s: it is not waited for twice', async (_name, more, most) => {
    const mute = await MuteListener.start();
    cleanUps.push(() => mute.stop());
    const job = await startJob(mute.url, 'mute');
    const started = performance.now();
    const steps = [await job.runMain({ ...inputs, ...more }), await job.runMain({ ...inputs, ...more })];
    const posts = await job.runPosts();
    expect(steps.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(warnings(...steps, ...posts)).toHaveLength(1);
    // Those that were sent at the same moment, and one question after a while or at the end of the job.
    expect(mute.connections).toBeLessThanOrEqual(most);
    expect(performance.now() - started).toBeLessThan(guardMs);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('is back between main and post: the export arrives, and the next job is warm', async () => {
    const { directory, port } = await makeStore();
    const url = `http://127.0.0.1:${port}/`;
    const job = await startJob(url, 'back-in-post');
    const main = await job.runMain(inputs);
    await serve(directory, port);
    const posts = await job.runPosts();
    expect([main.exitCode, posts[0]?.exitCode]).toEqual([0, 0]);
    expect(warnings(main, ...posts)).toHaveLength(1);
    expect(posts[0]?.log).toMatch(/^cache export of app\S*: exported/m);
    await expectWarm(url, 'back-in-post');
  });

  it('is back in the middle of the build: the export arrives, and the next job is warm', async () => {
    const { directory, port } = await makeStore();
    const url = `http://127.0.0.1:${port}/`;
    const job = await startJob(url, 'back-in-build');
    const step = await job.startMain(inputs);
    await step.waitFor('RUN echo');
    await serve(directory, port);
    const main = await step.result;
    const posts = await job.runPosts();
    expect(warnings(main, ...posts)).toHaveLength(1);
    expect(posts[0]?.log).toMatch(/^cache export of app\S*: exported/m);
    await expectWarm(url, 'back-in-build');
  });

  it('goes only after main: that is said by post, once', async () => {
    const { directory, port } = await makeStore();
    const url = `http://127.0.0.1:${port}/`;
    const service = await serve(directory, port);
    const job = await startJob(url, 'gone-in-build');
    const step = await job.startMain(inputs);
    await step.waitFor('RUN echo');
    await service.kill();
    const main = await step.result;
    const posts = await job.runPosts();
    expect(warnings(main)).toHaveLength(0);
    expect(warnings(...posts)).toHaveLength(1);
    expect(posts[0]?.exitCode).toBe(0);
  });
});
