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
  ): Promise<StepResult> {
    const job = await Job.start({ ...(event === undefined ? {} : { event }), env: await cache.env(access) });
    jobs.push(job);
    await writeContext(job.workspace, { dockerfile: toDockerfile('main-job'), files: { message: 'hello' } });
    const result = await job.runMain({ ...inputs, 'buildkit-path': buildkitDirectory(), ...more });
    const [post] = await job.runPosts();
    expect(post?.exitCode).toBe(0);
    expect(findLeftovers(job.directory)).toEqual([]);
    return result;
  }

  it('builds cold, then warm on a new daemon, then a pull request from the cache of main', async () => {
    const cold = await build(push, rights.main);
    expect({ log: cold.log, exitCode: cold.exitCode }).toEqual({ log: cold.log, exitCode: 0 });
    expect(cold.outputs.get('cached-steps')).toBe('0');
    expect(cold.outputs.get('cache-export')).toBe('exported');
    expect(cold.outputs.get('digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(cold.outputs.get('imageid')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(Number(cold.outputs.get('cache-written-bytes'))).toBeGreaterThan(300_000);
    expect(cold.summary).toContain('own-branch');

    const warm = await build(push, rights.main);
    expect(warm.exitCode).toBe(0);
    expect(Number(warm.outputs.get('total-steps'))).toBeGreaterThanOrEqual(5);
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));

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

  it('hands the real service to buildctl with gateway: false, warm from what the gateway wrote', async () => {
    const result = await build(push, rights.main, { gateway: 'false' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.get('cache-export')).toBe('exported');
    expect(result.outputs.get('cached-steps')).toBe(result.outputs.get('total-steps'));
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
