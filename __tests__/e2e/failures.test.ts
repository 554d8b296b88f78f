import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { killGateway } from '../chaos/gateway-process.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

const warnings = (result: StepResult): readonly string[] => result.log.match(/^::warning.*$/gm) ?? [];

describe('when something fails', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function startCache(options: Parameters<typeof TestCache.start>[0] = {}): Promise<TestCache> {
    const cache = await TestCache.start(options);
    cleanUps.push(() => cache.stop());
    return cache;
  }

  async function startJob(cache: TestCache, dockerfile: string): Promise<Job> {
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile, files: { message: 'hello' } });
    return job;
  }

  async function build(
    cache: TestCache,
    dockerfile: string,
  ): Promise<StepResult & { readonly post: StepResult | undefined }> {
    const job = await startJob(cache, dockerfile);
    const outputs = `type=oci,dest=${path.join(job.directory, 'image.tar')}`;
    const result = await job.runMain({ scope: 'app', outputs, 'buildkit-path': buildkitDirectory() });
    const [post] = await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
    return { ...result, post };
  }

  const readRecord = async (job: Job) =>
    JSON.parse(await readFile(path.join(job.temp, 'hotlayer', 'job.json'), 'utf8'));

  it('a failing Dockerfile fails the step with the instruction and its exit code', async () => {
    const cache = await startCache();
    const result = await build(cache, 'FROM scratch\nCOPY rootfs/ /\nRUN echo almost there && exit 7\n');
    expect(result.exitCode).toBe(1);
    const error = /^::error.*$/m.exec(result.log)?.[0] ?? '';
    expect(error).toContain('RUN echo almost there && exit 7');
    expect(error).toContain('exit code 7');
    expect(result.log).toContain('almost there');
    expect(result.log).not.toMatch(/^\s+at .*\.js:\d+/m);
  });

  it('a layer that is gone upstream costs its steps, not the build', async () => {
    const cache = await startCache();
    await build(cache, toDockerfile('gone'));
    expect(await cache.removeEntries((key) => key.startsWith('hotlayer-pack-'))).toBeGreaterThan(0);
    const result = await build(cache, toDockerfile('gone'));
    expect(result.exitCode).toBe(0);
    expect(Number(result.outputs.get('cached-steps'))).toBeLessThan(
      Number(result.outputs.get('total-steps')),
    );
  });

  it('5 % of 503s are absorbed: export and import work', async () => {
    const cache = await startCache({ faults: [{ call: '*', status: 503, probability: 0.05 }] });
    const cold = await build(cache, toDockerfile('flaky'));
    const warm = await build(cache, toDockerfile('flaky'));
    expect([cold.exitCode, warm.exitCode]).toEqual([0, 0]);
    expect(cold.post?.summary).toContain('| exported |');
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));
  });

  it('a storm of 429 costs time, not the build', async () => {
    const cache = await startCache({
      faults: [{ call: '*', status: 429, every: 2, count: 10, retryAfter: 1 }],
    });
    const result = await build(cache, toDockerfile('storm'));
    expect(result.exitCode).toBe(0);
    expect(result.post?.summary).toContain('| exported |');
  });

  it.each([
    { size: 'small', count: 300 },
    { size: 'large', count: 30_000 },
  ])('a pack with wrong bytes of a $size layer costs a second build, with one warning', async ({ count }) => {
    const dockerfile = toDockerfile('wrong').replace('count=300', `count=${count}`);
    const cache = await startCache();
    await build(cache, dockerfile);
    expect(await cache.tamper((key) => key.startsWith('hotlayer-pack-'))).toBeGreaterThan(0);
    const result = await build(cache, dockerfile);
    expect(result.exitCode).toBe(0);
    expect(warnings(result)).toHaveLength(1);
    expect(result.outputs.get('cached-steps')).toBe('0');
    const healed = await build(cache, dockerfile);
    expect(healed.outputs.get('cached-steps')).toBe(healed.outputs.get('total-steps'));
  });

  it('a gateway that is killed while it uploads costs the export, with one warning in post', async () => {
    const cache = await startCache();
    await build(cache, toDockerfile('before'));
    await cache.restart({ faults: [{ call: 'create', delayMs: 5000 }] });
    const job = await startJob(cache, toDockerfile('gateway-killed'));
    const result = await job.runMain({ scope: 'app', 'buildkit-path': buildkitDirectory() });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.get('cache-export')).toBe('pending');
    process.kill((await readRecord(job)).gateway.pid, 'SIGKILL');
    const [post] = await job.runPosts();
    expect(post?.exitCode).toBe(0);
    expect(post?.log.match(/^::warning.*$/gm)).toHaveLength(1);
    expect(findLeftovers(job.directory)).toEqual([]);
    await cache.restart();
    const warm = await build(cache, toDockerfile('before'));
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));
  });

  it.each([
    ['while steps run', 'RUN echo', /The gateway to the cache ended during the build/],
    // BuildKit may be told at once that nobody listens, and gives its export up by itself.
    ['while BuildKit exports the cache', 'exporting cache to registry', /ended during|was not exported/],
  ])('a gateway that is killed %s costs the cache, with one warning in main', async (_when, text, told) => {
    const cache = await startCache();
    const job = await startJob(cache, toDockerfile('gateway-killed'));
    const outputs = `type=oci,dest=${path.join(job.directory, 'image.tar')}`;
    const step = await job.startMain({ scope: 'app', outputs, 'buildkit-path': buildkitDirectory() });
    await step.waitFor(text);
    process.kill((await readRecord(job)).gateway.pid, 'SIGKILL');
    const result = await step.result;
    expect(result.exitCode).toBe(0);
    expect(warnings(result)).toHaveLength(1);
    expect(warnings(result)[0]).toMatch(told);
    expect(result.outputs.get('cache-export')).toBe('failed');
    const [post] = await job.runPosts();
    expect(post?.exitCode).toBe(0);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('a gateway that is killed in a second step costs the cache, and the next daemon is as the first step asked for it', async () => {
    const cache = await startCache();
    const job = await startJob(cache, toDockerfile('first'));
    const first = await job.runMain({
      scope: 'app',
      'buildkit-path': buildkitDirectory(),
      'buildkitd-config-inline': '[registry."mirror.example"]\nmirrors = ["127.0.0.1:9"]',
    });
    const before = await readRecord(job);
    await writeContext(job.workspace, { dockerfile: toDockerfile('second'), files: { message: 'second' } });
    const step = await job.startMain({ scope: 'app' });
    await step.waitFor('RUN echo');
    process.kill(before.gateway.pid, 'SIGKILL');
    const second = await step.result;
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(warnings(second)).toEqual([expect.stringContaining('ended during the build')]);
    const after = await readRecord(job);
    expect(after.daemon.pid).not.toBe(before.daemon.pid);
    expect(after.spec).toEqual(before.spec);
    expect(second.outputs.get('buildkit-host')).toBe(`unix://${after.daemon.socket}`);
    const config = await readFile(path.join(after.daemon.stateDirectory, 'buildkitd.toml'), 'utf8');
    expect(config).toContain('mirror.example');
    const posts = await job.runPosts();
    expect(posts.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('a gateway that is killed while BuildKit reads layers from it costs the cache, not a quarter of an hour', async () => {
    const cache = await startCache();
    await build(cache, toDockerfile('reading'));
    const killed: boolean[] = [];
    const jobs: Job[] = [];
    await cache.restart({
      onCall: (call, key) => {
        if (call !== 'download' || key?.startsWith('hotlayer-pack-') !== true) return;
        for (const { temp } of jobs) killed.push(killGateway(temp));
      },
    });
    const job = await startJob(cache, toDockerfile('reading'));
    jobs.push(job);
    const outputs = `type=oci,dest=${path.join(job.directory, 'image.tar')}`;
    const result = await job.runMain({ scope: 'app', outputs, 'buildkit-path': buildkitDirectory() });
    expect([result.exitCode, killed[0]]).toEqual([0, true]);
    expect(warnings(result)).toHaveLength(1);
    const [post] = await job.runPosts();
    expect(post?.log).toContain('buildkitd: SIGTERM');
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('a daemon that is killed during the build fails the step with the tail of its log', async () => {
    const cache = await startCache();
    const job = await startJob(
      cache,
      'FROM scratch\nCOPY rootfs/ /\nRUN echo step-is-running && sleep 600\n',
    );
    const step = await job.startMain({ scope: 'app', 'buildkit-path': buildkitDirectory() });
    await step.waitFor('step-is-running');
    process.kill((await readRecord(job)).daemon.pid, 'SIGKILL');
    const result = await step.result;
    expect(result.exitCode).toBe(1);
    expect(result.log).toMatch(/^::error.*buildkitd/m);
    expect(result.log).toContain('running server on');
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
  });
});
