import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type JobOptions, type StepResult } from '../helpers/runner.ts';

const push = { name: 'push', ref: 'refs/heads/main' } as const;
const pullRequest = {
  name: 'pull_request',
  ref: 'refs/pull/7/merge',
  payload: {
    number: 7,
    pull_request: { number: 7, state: 'open', base: { ref: 'main' }, user: { login: 'dev', type: 'User' } },
  },
} as const;

const inputs = { tags: 'demo/app:1', scope: 'app', mode: 'max' } as const;

describe('the main job', () => {
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

  /** One job of one step on a fresh daemon; checks that post leaves nothing. */
  async function build(
    event: JobOptions['event'],
    access: (typeof rights)[keyof typeof rights],
    more = {},
  ): Promise<StepResult & { readonly post: StepResult | undefined }> {
    const job = await Job.start({ ...(event === undefined ? {} : { event }), env: await cache.env(access) });
    jobs.push(job);
    await writeContext(job.workspace, { dockerfile: toDockerfile('main-job'), files: { message: 'hello' } });
    const result = await job.runMain({ ...inputs, 'buildkit-path': buildkitDirectory(), ...more });
    const [post] = await job.runPosts();
    expect(post?.exitCode).toBe(0);
    expect(findLeftovers(job.directory)).toEqual([]);
    return { ...result, post };
  }

  it('builds cold, then warm on a new daemon, then a pull request from the cache of main', async () => {
    const cold = await build(push, rights.main);
    expect({ log: cold.log, exitCode: cold.exitCode }).toEqual({ log: cold.log, exitCode: 0 });
    expect(cold.outputs.get('cached-steps')).toBe('0');
    expect(cold.outputs.get('cache-export')).toBe('pending');
    expect(cold.log).toContain('Uploading goes on while later steps run');
    expect(cold.post?.log).toMatch(/^cache export of app\S*: exported, \d+ layers in 1 packs/m);
    expect(cold.post?.summary).toContain('| exported |');
    expect(cold.outputs.get('digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(cold.outputs.get('imageid')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(cold.post?.log).toMatch(/bytes written 1\.\d MiB/);
    expect(cold.summary).toContain('own-branch');
    expect(cold.summary).toContain('No step came from the cache: there is none for this build yet.');
    expect(cold.summary).toMatch(/\n```mermaid\ngantt\n[^`]*\nsection Steps\n\d[^`]*\n```\n/);

    const warm = await build(push, rights.main);
    expect(warm.exitCode).toBe(0);
    expect(Number(warm.outputs.get('total-steps'))).toBeGreaterThanOrEqual(5);
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));

    expect(warm.summary).toMatch(
      /\*\*(\d+) of \1 steps came from the cache\*\* of branch main, written by run \S+ a moment ago\.\n/,
    );
    expect(warm.summary).toMatch(/\nsection From cache\ncached \d+ steps of base :done, /);

    // Nothing had changed, so nothing is written.
    expect(warm.outputs.get('cache-export')).toBe('pending');
    expect(warm.post?.summary).toContain('nothing had changed');

    const pr = await build(pullRequest, rights.pr7);
    expect(pr.exitCode).toBe(0);
    expect(pr.outputs.get('cached-steps')).toBe(pr.outputs.get('total-steps'));
    const [mainPlan, prPlan] = [warm, pr].map((result) =>
      JSON.parse(result.outputs.get('cache-plan') ?? '{}'),
    );
    expect(prPlan.imports).toEqual([prPlan.export, mainPlan.export]);
    expect(prPlan.export).not.toBe(mainPlan.export);
  });

  it('builds with one warning and without an export when the token is read-only', async () => {
    const result = await build(push, rights.mainReadOnly);
    expect(result.exitCode).toBe(0);
    expect(result.outputs.get('cache-export')).toBe('skipped');
    expect(result.log.match(/^::warning/gm)).toHaveLength(1);
    expect(result.outputs.get('cached-steps')).toBe(result.outputs.get('total-steps'));
  });

  it('hands the real service to buildctl with gateway: false, and is warm from that with the gateway', async () => {
    const separate = { scope: 'native', 'no-cache': 'true' };
    // BuildKit's own client cannot read packs, so it begins with a cache of its own.
    const result = await build(push, rights.main, { ...separate, gateway: 'false' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.get('cache-export')).toBe('exported');
    const again = await build(push, rights.main, { scope: 'native', gateway: 'false' });
    expect(again.outputs.get('cached-steps')).toBe(again.outputs.get('total-steps'));
    const switched = await build(push, rights.main, { scope: 'native' });
    expect(switched.outputs.get('cached-steps')).toBe(switched.outputs.get('total-steps'));
    expect(switched.post?.summary).toContain('| exported |');
  });

  it('gives uploads up at the end of the job with drain-timeout: 0, and says so once', async () => {
    await cache.restart({ faults: [{ call: 'upload', delayMs: 20_000 }] });
    const result = await build(push, rights.main, { scope: 'slow', 'drain-timeout': '0' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.get('cache-export')).toBe('pending');
    expect(result.post?.log.match(/^::warning.*$/gm)).toHaveLength(1);
    expect(result.post?.summary).toContain('| failed |');
    await cache.restart();
  });

  it('builds without a cache, with one warning, when there is no token or it is not a JWT', async () => {
    for (const token of ['', 'not-a-jwt']) {
      const job = await Job.start({
        event: push,
        env: { ...(await cache.env(rights.main)), ACTIONS_RUNTIME_TOKEN: token },
      });
      jobs.push(job);
      await writeContext(job.workspace, {
        dockerfile: toDockerfile(`token-${token}`),
        files: { message: 'hello' },
      });
      const result = await job.runMain({ ...inputs, 'buildkit-path': buildkitDirectory() });
      await job.runPosts();
      expect(result.exitCode).toBe(0);
      expect(result.log.match(/^::warning/gm)).toHaveLength(1);
      expect(result.outputs.get('cache-export')).toBe('skipped');
      expect(findLeftovers(job.directory)).toEqual([]);
    }
  });
});
