import { readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { Buildkitd } from '../helpers/buildkitd.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry, registryUser } from '../helpers/registry.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

const slow = `FROM scratch
COPY rootfs/ /
RUN echo step-is-running && sleep 600
`;

describe('the Docker config of the user', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function startCache(): Promise<TestCache> {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    return cache;
  }

  async function startJob(cache: TestCache, dockerfile: string): Promise<Job> {
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile });
    return job;
  }

  /** Copies of the config that are on disk. */
  function listCopies(job: Job): readonly string[] {
    const directory = path.join(job.temp, 'hotlayer');
    return readdirSync(directory)
      .filter((name) => name.startsWith('docker-'))
      .map((name) => path.join(directory, name));
  }

  const warnings = ({ log }: StepResult) =>
    log.match(/^::(?:warning|notice) ?[^:]*::(?!No "tags").*$/gm) ?? [];

  /** Writes `.docker/config.json` and a credential helper that notes what it is asked for. */
  async function writeConfig(
    job: Job,
    host: string,
  ): Promise<{ readonly asked: string; readonly env: { readonly PATH: string } }> {
    const bin = path.join(job.directory, 'bin');
    const asked = path.join(job.directory, 'asked');
    await mkdir(bin, { recursive: true });
    await writeFile(asked, '');
    const { username, password } = registryUser;
    const answer = JSON.stringify({ ServerURL: host, Username: username, Secret: password });
    const helper = path.join(bin, 'docker-credential-audit');
    await writeFile(
      helper,
      `#!/bin/sh\nread -r host\necho "$1 $host" >> ${asked}\n[ "$host" = "${host}" ] || { echo "credentials not found in native keychain"; exit 1; }\necho '${answer}'\n`,
    );
    await chmod(helper, 0o755);
    await mkdir(path.join(job.directory, '.docker'));
    await writeFile(
      path.join(job.directory, '.docker', 'config.json'),
      JSON.stringify({ credsStore: 'audit', HttpHeaders: { 'X-Meta': '1' } }),
    );
    return { asked, env: { PATH: `${bin}:${process.env['PATH']}` } };
  }

  it('is used for the user’s registries, with its credential store, and the gateway’s login beside it', async () => {
    const registry = await Registry.start({ login: true });
    cleanUps.push(() => registry.stop());
    const cache = await startCache();
    const job = await startJob(cache, 'FROM scratch\nCOPY rootfs/ /\n');
    const { asked, env } = await writeConfig(job, registry.host);
    const daemon = await Buildkitd.start();
    cleanUps.push(() => daemon.stop());
    const base = `${registry.host}/base:1`;
    const push = ['--output', `type=image,name=${base},push=true`];
    const pushed = await daemon.build(job.workspace, push, { ...env, HOME: job.directory });
    expect({ log: pushed.log, exitCode: pushed.exitCode }).toEqual({ log: pushed.log, exitCode: 0 });

    await writeContext(job.workspace, {
      dockerfile: `FROM ${base}\nRUN echo one > /one\nRUN echo two > /two\n`,
    });
    const inputs = {
      scope: 'app',
      compression: 'zstd',
      tags: `${registry.host}/app:1`,
      push: 'true',
      'buildkit-path': buildkitDirectory(),
    };
    await writeFile(asked, '');
    // Without an attestation, which tells the time of its making, the digest is that of the image alone.
    const plain = { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };
    const result = await job.runMain(inputs, { ...env, ...plain });
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
    expect(result.outputs.get('cache-export')).toBe('pending');
    expect(listCopies(job)).toEqual([]);
    await job.runPosts();
    const hosts = (await readFile(asked, 'utf8')).trim().split('\n');
    expect([...new Set(hosts)]).toEqual([`get ${registry.host}`]);
    // It is the user's: nothing is added to it.
    expect(readFileSync(path.join(job.directory, '.docker', 'config.json'), 'utf8')).not.toContain(
      '127.0.0.1',
    );

    const warm = await startJob(cache, `FROM ${base}\nRUN echo one > /one\nRUN echo two > /two\n`);
    const again = await writeConfig(warm, registry.host);
    const second = await warm.runMain(inputs, { ...again.env, ...plain });
    await warm.runPosts();
    expect(second.outputs.get('cached-steps')).toBe('2');
    expect(second.outputs.get('digest')).toBe(result.outputs.get('digest'));
    expect(findLeftovers(warm.directory)).toEqual([]);
  });

  it('is copied where nobody else can read it, and is gone when a build was cancelled', async () => {
    const job = await startJob(await startCache(), slow);
    const step = await job.startMain({ scope: 'app', 'buildkit-path': buildkitDirectory() });
    await step.waitFor('step-is-running');
    const [copy = ''] = listCopies(job);
    expect(statSync(copy).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(copy, 'config.json')).mode & 0o777).toBe(0o600);
    step.kill('SIGINT');
    expect((await step.result).exitCode).toBe(1);
    expect(listCopies(job)).toEqual([]);
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('leaves no copy behind when main is killed', async () => {
    const job = await startJob(await startCache(), slow);
    const step = await job.startMain({ scope: 'app', 'buildkit-path': buildkitDirectory() });
    await step.waitFor('step-is-running');
    step.kill('SIGKILL');
    await step.result;
    const [copy = ''] = listCopies(job);
    await job.runPosts();
    expect(() => statSync(copy)).toThrow('ENOENT');
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it.each(['{"auths":', '{"auths":{"ghcr.io":{"auth":"***"}}}'])(
    'is left to buildx when it is broken, and the cache is gzip then, with one notice: %s',
    async (config) => {
      const cache = await startCache();
      const job = await startJob(cache, 'FROM scratch\nCOPY rootfs/ /\nRUN echo > /one\n');
      await mkdir(path.join(job.directory, '.docker'));
      await writeFile(path.join(job.directory, '.docker', 'config.json'), config);
      const result = await job.runMain({ scope: 'app', 'buildkit-path': buildkitDirectory() });
      expect(result.exitCode).toBe(0);
      expect(result.log).toContain('exporting to GitHub Actions Cache');
      expect(warnings(result)).toEqual([expect.stringContaining('config.json is not a Docker config')]);
      expect(result.log).not.toContain('***');
      const [post] = await job.runPosts();
      expect(post?.summary).toContain('| exported |');
    },
  );

  it('is found by DOCKER_CONFIG, from the workspace', async () => {
    const job = await startJob(await startCache(), 'FROM scratch\nCOPY rootfs/ /\n');
    await mkdir(path.join(job.workspace, 'docker'));
    await writeFile(path.join(job.workspace, 'docker', 'config.json'), '[]');
    const inputs = { scope: 'app', 'buildkit-path': buildkitDirectory() };
    const result = await job.runMain(inputs, { DOCKER_CONFIG: 'docker' });
    expect(warnings(result)).toEqual([
      expect.stringContaining(`${path.join(job.workspace, 'docker', 'config.json')} is not a Docker config`),
    ]);
    await rm(path.join(job.workspace, 'docker', 'config.json'));
    const without = await job.runMain(inputs, { DOCKER_CONFIG: 'docker' });
    expect(without.log).toContain('exporting cache to registry');
    await job.runPosts();
  });
});
