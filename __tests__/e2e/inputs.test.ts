import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { findFreePort, Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

describe('inputs of the action on a real BuildKit', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function startJob(): Promise<Job> {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    return job;
  }

  it('pushes every tag to a registry, and the digest is the registry’s', async () => {
    const registry = await Registry.start();
    cleanUps.push(() => registry.stop());
    const job = await startJob();
    await writeContext(job.workspace, { dockerfile: toDockerfile('push'), files: { message: 'hello' } });
    const result = await job.runMain({
      tags: `${registry.host}/acme/app:1\n${registry.host}/acme/app:latest`,
      push: 'true',
      labels: 'org.example.purpose=test',
      'buildkit-path': buildkitDirectory(),
      'buildkitd-config-inline': `[registry."${registry.host}"]\n  http = true\n`,
    });
    const [post] = await job.runPosts();
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
    const digest = result.outputs.get('digest');
    expect(digest).toMatch(/^sha256:/);
    expect(await registry.findDigest('acme/app', '1')).toBe(digest);
    expect(await registry.findDigest('acme/app', 'latest')).toBe(digest);
    expect(result.outputs.get('cache-export')).toBe('pending');
    expect(post?.summary).toContain('| exported |');
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('names the tag and what to check when a push fails, and still reports the plan', async () => {
    const job = await startJob();
    await writeContext(job.workspace, {
      dockerfile: toDockerfile('push-fails'),
      files: { message: 'hello' },
    });
    const tags = `127.0.0.1:${await findFreePort()}/acme/app:1`;
    const result = await job.runMain({ tags, push: 'true', 'buildkit-path': buildkitDirectory() });
    await job.runPosts();
    expect(result.exitCode).toBe(1);
    expect(/^::error.*$/m.exec(result.log)?.[0]).toContain(tags);
    expect(result.outputs.get('cache-plan')).toContain('own-branch');
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('builds a Git URL without a checkout; code of another repository is not exported', async () => {
    const job = await startJob();
    const base = await mkdtemp(path.join(tmpdir(), 'hotlayer-git-'));
    cleanUps.push(() => rm(base, { recursive: true, force: true }));
    const source = path.join(base, 'app');
    await mkdir(source, { recursive: true });
    await writeContext(path.join(source, 'image'), {
      dockerfile: toDockerfile('git'),
      files: { message: 'hello' },
    });
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
        cwd: source,
      });
    git('init', '--quiet', '--initial-branch=main');
    git('add', '--all');
    git('commit', '--quiet', '--message=test');
    const port = await findFreePort();
    const daemon = spawn(
      'git',
      ['daemon', '--export-all', '--listen=127.0.0.1', `--port=${port}`, `--base-path=${base}`],
      { stdio: 'ignore', detached: true },
    );
    const ended = new Promise((resolve) => daemon.once('close', resolve));
    cleanUps.push(async () => {
      if (daemon.pid !== undefined) process.kill(-daemon.pid, 'SIGKILL');
      await ended;
    });
    const url = `git://127.0.0.1:${port}/app/.git`;
    for (let tries = 0; ; tries++) {
      try {
        execFileSync('git', ['ls-remote', url], { stdio: 'ignore' });
        break;
      } catch (error) {
        if (tries === 100) throw error;
        await delay(50);
      }
    }

    const context = `${url}#main:image`;
    const outputs = `type=oci,dest=${path.join(job.directory, 'image.tar')}`;
    const result = await job.runMain({ context, outputs, 'buildkit-path': buildkitDirectory() });
    await job.runPosts();
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
    expect(result.outputs.get('digest')).toMatch(/^sha256:/);
    expect(result.outputs.get('cache-plan')).toContain('foreign-context');
    expect(result.outputs.get('cache-export')).toBe('skipped');
    expect(findLeftovers(job.directory)).toEqual([]);
  });
});
