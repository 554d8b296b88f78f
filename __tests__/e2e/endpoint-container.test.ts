import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { DockerEngine } from '../helpers/docker-engine.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';
import { copyProgram } from '../helpers/ssh-agent.ts';

const name = 'hotlayer-test-buildkitd';
/** Longer than any of the errors takes; buildx itself would try for 20 seconds. */
const patienceMs = 9000;

let directory: string;
let engine: DockerEngine;
let cache: TestCache;
let job: Job | undefined;

const docker = (...args: readonly string[]) =>
  execFileSync('docker', args, {
    env: { PATH: process.env['PATH'], HOME: directory, DOCKER_HOST: engine.host },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

/** A root directory with buildkitd, its client and runc. */
async function writeRoot(root: string): Promise<void> {
  await writeContext(root, { dockerfile: '' });
  const bin = path.join(root, 'rootfs', 'bin');
  for (const program of ['buildkitd', 'buildctl'])
    await cp(path.join(buildkitDirectory(), program), path.join(bin, program));
  await copyProgram('runc', path.join(root, 'rootfs'));
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-container-'));
  [engine, cache] = await Promise.all([DockerEngine.start(), TestCache.start()]);
  await writeRoot(directory);
  const tar = path.join(directory, 'root.tar');
  execFileSync('tar', ['--create', '--file', tar, '--directory', path.join(directory, 'rootfs'), '.']);
  docker('import', '--change', 'ENV PATH=/bin', tar, 'buildkit:test');
  // Not --privileged: the machine of the tests may have fewer rights to give than that asks for.
  const rightsToBuild = [
    ...['SYS_ADMIN', 'NET_ADMIN', 'SYS_CHROOT'].flatMap((right) => ['--cap-add', right]),
    ...['seccomp=unconfined', 'apparmor=unconfined'].flatMap((option) => ['--security-opt', option]),
    ...['--volume', '/sys/fs/cgroup:/sys/fs/cgroup', '--volume', '/var/lib/buildkit', '--network', 'host'],
  ];
  const words = ['buildkit:test', 'buildkitd', '--oci-worker-net=host'];
  docker('run', '--detach', '--name', name, ...rightsToBuild, ...words);
  docker('create', '--name', `${name}-stopped`, '--network', 'none', 'buildkit:test', 'buildkitd');
  job = await Job.start({ env: { ...(await cache.env(rights.main)), DOCKER_HOST: engine.host } });
  await writeContext(job.workspace, {
    dockerfile: toDockerfile('container'),
    files: { message: 'hello' },
  });
});

const runMain = async (inputs: Readonly<Record<string, string>>) => {
  if (job === undefined) throw new Error('the job has not begun');
  return job.runMain(inputs);
};

afterAll(async () => {
  await job?.runPosts();
  const left = job === undefined ? [] : findLeftovers(job.directory);
  await job?.remove();
  docker('rm', '--force', '--volumes', ...['', '-stopped'].map((suffix) => `${name}${suffix}`));
  await engine.stop();
  await cache.stop();
  await rm(directory, { recursive: true, force: true });
  expect(left).toEqual([]);
});

describe('a daemon in a container', () => {
  it('builds, with the cache the plain way, and stays', async () => {
    const inputs = {
      endpoint: `docker-container://${name}`,
      outputs: 'type=local,dest=out',
      scope: 'container',
    };
    const result = await runMain(inputs);
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
    expect(result.log).toMatch(/::notice.*cannot reach the gateway/);
    expect(result.outputs.get('cache-export')).toBe('exported');
    expect(result.outputs.get('buildkit-host')).toBe(inputs.endpoint);
    expect(docker('exec', name, 'buildctl', 'debug', 'histories')).not.toBe('');
    expect(docker('inspect', '--format', '{{.State.Running}}', name)).toBe('true');
  });

  it.each([
    ['that is not there', 'docker-container://nowhere', /No such container: nowhere/],
    ['that does not run', `docker-container://${name}-stopped`, /is not running/],
    ['of another context', `docker-container://${name}?context=none`, /context/],
  ])('%s is told of with the reason', async (_, endpoint, reason) => {
    const startedMs = Date.now();
    const result = await runMain({ endpoint, cache: 'none', outputs: 'type=cacheonly' });
    expect(result.exitCode).toBe(1);
    expect(result.log.match(/^::error.*$/gm)).toEqual([expect.stringMatching(reason)]);
    expect(result.log).toContain(`No BuildKit answers at ${endpoint} (docker: `);
    expect(Date.now() - startedMs).toBeLessThan(patienceMs);
  });
});
