import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

describe('two steps of one job', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  it('share one daemon and one gateway, and each exports to its own cache scope', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    await writeContext(path.join(job.workspace, 'one'), {
      dockerfile: toDockerfile('one'),
      files: { message: 'one' },
    });
    await writeContext(path.join(job.workspace, 'two'), {
      dockerfile: toDockerfile('two'),
      files: { message: 'two' },
    });
    const readRecord = async () =>
      JSON.parse(await readFile(path.join(job.temp, 'hotlayer', 'job.json'), 'utf8'));

    const first = await job.runMain({ context: 'one', scope: 'one', 'buildkit-path': buildkitDirectory() });
    const before = await readRecord();
    const second = await job.runMain({ context: 'two', scope: 'two', 'buildkit-path': buildkitDirectory() });
    const after = await readRecord();

    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(after.daemon.pid).toBe(before.daemon.pid);
    expect(after.gateway.pid).toBe(before.gateway.pid);
    expect(first.outputs.get('cache-export')).toBe('pending');
    expect(second.outputs.get('cache-export')).toBe('pending');
    expect(first.outputs.get('buildkit-host')).toBe(second.outputs.get('buildkit-host'));

    const posts = await job.runPosts();
    expect(posts.map((post) => post.exitCode)).toEqual([0, 0]);
    // The step that opened the job tells how both ended.
    expect(posts.at(-1)?.log.match(/^cache export of (one|two)\S*: exported/gm)).toHaveLength(2);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('read in gzip what the first imported in zstd and left at the gateway', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const startJob = async () => {
      const job = await Job.start({ env: await cache.env(rights.main) });
      cleanUps.push(() => job.remove());
      await writeContext(job.workspace, { dockerfile: toDockerfile('lazy'), files: { message: 'lazy' } });
      return job;
    };
    const inputs = { scope: 'lazy', 'buildkit-path': buildkitDirectory() };
    const cold = await startJob();
    await cold.runMain({ ...inputs, compression: 'zstd' });
    await cold.runPosts();

    const job = await startJob();
    const first = await job.runMain({ ...inputs, compression: 'zstd' });
    const outputs = `type=oci,dest=${path.join(job.directory, 'image.tar')}`;
    const second = await job.runMain({ ...inputs, compression: 'gzip', outputs });
    for (const { log, outputs } of [first, second]) {
      expect(outputs.get('cached-steps')).toBe(outputs.get('total-steps'));
      expect(log).not.toContain('::warning::');
    }
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('leaves nothing after a main that was killed in the middle of a step', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, {
      dockerfile: 'FROM scratch\nCOPY rootfs/ /\nRUN echo step-is-running && sleep 600\n',
    });
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const step = await job.startMain({ scope: 'kill', 'buildkit-path': buildkitDirectory() });
      await step.waitFor('step-is-running');
      step.kill(signal);
      const { exitCode } = await step.result;
      expect(exitCode).not.toBe(0);
      await job.runPosts();
      expect(findLeftovers(job.directory)).toEqual([]);
    }
  });

  it('leaves nothing where RUNNER_TEMP is a symbolic link', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const links = await mkdtemp(path.join(tmpdir(), 'hotlayer-link-'));
    cleanUps.push(() => rm(links, { recursive: true, force: true }));
    const link = path.join(links, 'temp');
    const job = await Job.start({ env: { ...(await cache.env(rights.main)), RUNNER_TEMP: link } });
    cleanUps.push(() => job.remove());
    await symlink(job.temp, link);
    await writeContext(job.workspace, { dockerfile: toDockerfile('link'), files: { message: 'link' } });
    const { exitCode } = await job.runMain({ scope: 'link', 'buildkit-path': buildkitDirectory() });
    expect(exitCode).toBe(0);
    const [post] = await job.runPosts();
    expect(post?.log).toContain('buildkitd: SIGTERM');
    expect(post?.log).not.toContain('had ended already');
    expect(cache.statistics.calls.finalize.count).toBeGreaterThanOrEqual(2);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('keep both exports where each step has a token of its own, as under act', async () => {
    const cache = await TestCache.start({ latencyMs: 100 });
    cleanUps.push(() => cache.stop());
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    for (const name of ['one', 'two']) {
      const files = { message: name };
      await writeContext(path.join(job.workspace, name), { dockerfile: toDockerfile(name), files });
      const inputs = { context: name, scope: name, 'buildkit-path': buildkitDirectory() };
      const result = await job.runMain(inputs, await cache.env(rights.main));
      expect([result.exitCode, result.outputs.get('cache-export')]).toEqual([0, 'pending']);
    }
    await job.runPosts();
    const keys = await cache.listKeys();
    for (const name of ['one', 'two']) {
      expect(keys.filter((key) => key.startsWith(`hotlayer-manifest-1-${name}-`))).toHaveLength(1);
    }
    expect(findLeftovers(job.directory)).toEqual([]);
  });
});
