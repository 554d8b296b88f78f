import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { writePrograms } from '../helpers/release-host.ts';
import { Job, oldBuildkitDirectory, type StepResult } from '../helpers/runner.ts';

const listWarnings = ({ log }: StepResult): readonly string[] => log.match(/^::warning.*$/gm) ?? [];
const vulnerable = expect.stringMatching(
  /^::warning::BuildKit v0\.10\.6 has known vulnerabilities .* Use v0\.31\.2 or newer\.$/,
);

describe('BuildKit v0.10.6', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function startCache(options: Parameters<typeof TestCache.start>[0] = {}): Promise<TestCache> {
    const cache = await TestCache.start(options);
    cleanUps.push(() => cache.stop());
    return cache;
  }

  /** One job of one step on a fresh daemon; checks that post leaves nothing. */
  async function build(
    env: Readonly<Record<string, string>>,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<StepResult & { readonly post: StepResult | undefined }> {
    const job = await Job.start({ env });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile: toDockerfile('old'), files: { message: 'hello' } });
    const main = await job.runMain({
      ...{ scope: 'app', tags: 'demo/app:1', 'buildkit-path': oldBuildkitDirectory() },
      ...inputs,
    });
    const [post] = await job.runPosts();
    expect(post?.exitCode).toBe(0);
    expect(findLeftovers(job.directory)).toEqual([]);
    return { ...main, post };
  }

  it('exports through the gateway to a service that it cannot speak to, and a new daemon imports all of it', async () => {
    const cache = await startCache();
    const cold = await build(await cache.env(rights.main));
    expect({ log: cold.log, exitCode: cold.exitCode }).toEqual({ log: cold.log, exitCode: 0 });
    expect(cold.log).toContain('buildkitd v0.10.6 from buildkit-path');
    expect(listWarnings(cold)).toEqual([vulnerable]);
    expect(cold.outputs.get('cached-steps')).toBe('0');
    expect(cold.outputs.get('digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(cold.post?.log).toMatch(/^cache export of app\S*: exported, \d+ layers/m);

    const warm = await build(await cache.env(rights.main));
    expect(Number(warm.outputs.get('total-steps'))).toBeGreaterThanOrEqual(5);
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));
    expect(listWarnings(warm)).toEqual([vulnerable]);
  });

  it('fails with its cache export, which the build then does without', async () => {
    const cache = await startCache({ faults: [{ call: 'upload', status: 403 }] });
    const { ACTIONS_RUNTIME_TOKEN = '' } = await cache.env(rights.main);
    // The first version of the service, which this BuildKit speaks itself: the gateway would take what it exports.
    const env = { ACTIONS_CACHE_URL: cache.url, ACTIONS_RUNTIME_TOKEN };
    const built = await build(env, { gateway: 'false' });
    expect({ log: built.log, exitCode: built.exitCode }).toEqual({ log: built.log, exitCode: 0 });
    expect(built.log).toContain(
      'BuildKit v0.10.6 fails with its cache export: the build is run again without it.',
    );
    expect(listWarnings(built)).toEqual([
      vulnerable,
      expect.stringMatching(
        /The cache was not exported, .*: error writing layer blob: fault from the fault file/,
      ),
    ]);
    expect(built.outputs.get('cache-export')).toBe('failed');
    expect(built.outputs.get('digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

it.each(['v0.9.3', 'v0.8.0'])('BuildKit %s is refused before anything is started', async (version) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-old-'));
  const job = await Job.start();
  try {
    const bin = await writePrograms(directory, { found: version });
    await writeContext(job.workspace, { dockerfile: toDockerfile('too-old') });
    const main = await job.runMain({ 'buildkit-path': bin });
    expect(main.exitCode).toBe(1);
    expect(main.log.match(/^::error.*$/gm)).toEqual([
      expect.stringContaining(
        `buildkitd: BuildKit ${version} is older than v0.10.0, the oldest that Hotlayer works with`,
      ),
    ]);
    expect(main.log).not.toContain('vulnerabilities');
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
  } finally {
    await job.remove();
    await rm(directory, { recursive: true, force: true });
  }
});
