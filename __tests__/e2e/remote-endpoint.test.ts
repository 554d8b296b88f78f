import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { Buildkitd } from '../helpers/buildkitd.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers, listProcesses } from '../helpers/leftovers.ts';
import { findFreePort } from '../helpers/registry.ts';
import { Job, type StepResult } from '../helpers/runner.ts';
import { type SshServer, startSshd } from '../helpers/ssh-server.ts';
import { type Authority, createAuthority } from '../helpers/tls-front.ts';

describe('a daemon of somebody else', () => {
  let directory: string;
  let authority: Authority;
  let tcp: string;
  let daemon: Buildkitd;
  let cache: TestCache;
  let job: Job;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-remote-'));
    authority = await createAuthority(directory);
    cache = await TestCache.start();
    tcp = `tcp://127.0.0.1:${await findFreePort()}`;
    const [cert, key] = [path.join(directory, 'cert.pem'), path.join(directory, 'key.pem')];
    const tls = ['--tlscert', cert, '--tlskey', key, '--tlscacert', authority.file];
    daemon = await Buildkitd.start(['--addr', tcp, ...tls]);
  });
  afterAll(async () => {
    await daemon.stop();
    await cache.stop();
    await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    job = await Job.start({ env: await cache.env(rights.main) });
    await writeContext(job.workspace, { dockerfile: toDockerfile('remote'), files: { message: 'hello' } });
  });
  afterEach(() => job.remove());

  async function endJob(): Promise<readonly StepResult[]> {
    const posts = await job.runPosts();
    expect(posts.map(({ exitCode }) => exitCode)).toEqual(posts.map(() => 0));
    expect(findLeftovers(job.directory)).toEqual([]);
    expect(daemon.isRunning).toBe(true);
    return posts;
  }

  const build = async (
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> => {
    const result = await job.runMain(
      { scope: inputs['endpoint']?.slice(0, 4) ?? '', outputs: 'type=cacheonly', ...inputs },
      env,
    );
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
    return result;
  };

  it('on a socket of this machine has the gateway, and nothing is installed, started or stopped for it', async () => {
    const inputs = { endpoint: daemon.address, gateway: 'required' };
    const first = await build(inputs);
    expect(first.log).toContain('gateway at http://127.0.0.1:');
    expect(first.log).not.toContain('the runner’s own cache token');
    expect(first.outputs.get('cache-export')).toBe('pending');
    expect(first.outputs.get('buildkit-host')).toBe(daemon.address);
    expect((await readdir(path.join(job.temp, 'hotlayer'))).filter((name) => /^buildkit/.test(name))).toEqual(
      [],
    );
    const second = await build(inputs);
    expect(second.outputs.get('cached-steps')).toBe(second.outputs.get('total-steps'));
    // Of two steps one owns the job: the other one's post has nothing to do.
    const [last, opener] = await endJob();
    expect(last?.log).toContain('belong to an earlier step');
    expect(opener?.log).toMatch(/cache export of uni\S*: exported/);
  });

  it('with TLS gets the plain way, which is said, and leaves no certificate', async () => {
    const env = {
      BUILDER_NODE_0_AUTH_TLS_CACERT: await readFile(authority.file, 'utf8'),
      BUILDER_NODE_0_AUTH_TLS_CERT: await readFile(path.join(directory, 'cert.pem'), 'utf8'),
      BUILDER_NODE_0_AUTH_TLS_KEY: await readFile(path.join(directory, 'key.pem'), 'utf8'),
    };
    await writeFile(path.join(job.workspace, 'Dockerfile'), `${toDockerfile('tls')}RUN sleep 1\n`);
    const running = await job.startMain({ endpoint: tcp, scope: 'tcp', outputs: 'type=cacheonly' }, env);
    await running.waitFor('sleep 1');
    const holders = listProcesses().filter(
      ({ pid, environ }) => pid !== running.pid && environ.includes('AUTH_TLS_KEY'),
    );
    expect(holders.map(({ cmdline }) => cmdline)).toEqual([]);
    const result = await running.result;
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
    expect(result.log).toMatch(/::notice.*cannot reach the gateway.*the runner's own cache token/);
    expect(result.log).not.toContain('gateway at http');
    expect(result.outputs.get('cache-export')).toBe('exported');
    const key = path.join(job.temp, 'hotlayer', 'endpoint-key.pem');
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    const refused = await job.runMain({ endpoint: tcp, gateway: 'required' }, env);
    expect(refused.log).toMatch(/^::error.*"gateway": "required" cannot be had/m);
    await endJob();
  });

  it('that is reached by ssh', async () => {
    const server = await startSshd(directory);
    try {
      const { endpoint, env } = await toSsh(directory, server);
      const result = await build({ endpoint }, env);
      expect(result.outputs.get('cache-export')).toBe('exported');
      expect(result.outputs.get('total-steps')).toBe('5');
      await endJob();
    } finally {
      await server.stop();
    }
  });

  /** An address, and the variables of a step that reaches it with the key `user_key` of the place. */
  async function toSsh(place: string, { port }: SshServer) {
    // ssh reads its configuration from the home of the user's account, whatever HOME says.
    const program = `#!/bin/sh\nexec /usr/bin/ssh -F ${place}/ssh_config "$@"\n`;
    await writeFile(path.join(place, 'bin', 'ssh'), program, { mode: 0o755 });
    const endpoint = `ssh://${userInfo().username}@127.0.0.1:${port}${daemon.address.replace('unix://', '')}`;
    return { endpoint, env: { PATH: `${place}/bin:${process.env['PATH']}` } };
  }

  it('that is reached by ssh, and lets nobody in with this key, is told of with what ssh says', async () => {
    const place = path.join(directory, 'wrong');
    await mkdir(place);
    const server = await startSshd(place, { authorizedKeys: path.join(place, 'host_key.pub') });
    try {
      const { endpoint, env } = await toSsh(place, server);
      const result = await job.runMain({ endpoint }, env);
      expect(result.exitCode).toBe(1);
      expect(result.log.match(/^::error.*$/gm)).toEqual([
        expect.stringMatching(/No BuildKit answers at ssh:.* \(ssh: .*Permission denied \(publickey/),
      ]);
      await endJob();
    } finally {
      await server.stop();
    }
  });

  it('that does not answer is an error that names the address', async () => {
    const endpoint = `unix://${path.join(directory, 'nobody.sock')}`;
    const result = await job.runMain({ endpoint });
    expect(result.exitCode).toBe(1);
    expect(result.log).toMatch(new RegExp(`^::error.*No BuildKit answers at ${endpoint}`, 'm'));
    await endJob();
  });
});
