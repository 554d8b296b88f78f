import { createHash } from 'node:crypto';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

const quoteEntry = (id: string, value: string): string => `"${id}=${value.replaceAll('"', '""')}"`;
const listNotices = (log: string): readonly string[] =>
  log.split('\n').filter((line) => line.startsWith('::notice'));

describe('nothing is silent', () => {
  let cache: TestCache;
  let job: Job;
  beforeEach(async () => {
    cache = await TestCache.start();
    job = await Job.start({ env: await cache.env(rights.main) });
  });
  afterEach(async () => {
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
    await job.remove();
    await cache.stop();
  });

  const run = (inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) =>
    job.runMain({ 'buildkit-path': buildkitDirectory(), ...inputs }, env);
  const write = (dockerfile: string, files: Readonly<Record<string, string>> = {}) =>
    writeContext(job.workspace, { dockerfile, files });

  it('a build step sees each secret to the byte', async () => {
    const values = [
      '  blanks  ',
      '\ttab\t',
      'line end\n',
      '\n\n  first and last\n\n',
      'dos\r\nlines\r\n',
      'cr\r',
      '"quoted"',
      '{\n  "key": "va""lue",\n  "n": [1, 2]\n}\n',
      'a=b,c=d',
      'ünïcödé 🔑 \u2028',
      "$HOME `id` $(id) ' \\n %0A %25",
      'x'.repeat(65_536),
      `${'line of a key\n'.repeat(5000)}`,
      ' ',
    ];
    const mounts = values.map((_, index) => `--mount=type=secret,id=S${index}`).join(' ');
    await write(`FROM scratch\nCOPY rootfs/ /\nRUN ${mounts} busybox sha256sum /run/secrets/*\n`);
    const seen = new Map<string, string>();
    // In two steps: together they are more than one string of an environment can be.
    for (const [from, to] of [
      [0, 12],
      [12, values.length],
    ] as const) {
      const entries = values.slice(from, to).map((value, index) => quoteEntry(`S${from + index}`, value));
      const result = await run({ secrets: entries.join('\n'), 'no-cache': 'true' });
      expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
      for (const [, sum = '', id = ''] of result.log.matchAll(/([0-9a-f]{64})\s+\/run\/secrets\/S(\d+)/g))
        seen.set(id, sum);
      // The runner takes the masks off standard output; nothing else may hold a value.
      const printed = result.log.split('\n').filter((line) => !line.startsWith('::add-mask::'));
      for (const word of ['blanks', 'first and last', 'va""lue', 'line of a key'])
        expect(printed.join('\n')).not.toContain(word);
      expect(result.log).not.toMatch(/^::add-mask::[{}[\]]$/m);
    }
    expect(Object.fromEntries(seen)).toEqual(
      Object.fromEntries(
        values.map((value, index) => [String(index), createHash('sha256').update(value).digest('hex')]),
      ),
    );
  });

  it('a second step that asks for another daemon is refused, and one that asks for the same is not', async () => {
    await write(toDockerfile('second'), { message: 'hello' });
    const config = '[registry."docker.io"]\nmirrors = ["127.0.0.1:9"]\n';
    const first = await run(
      { 'buildkitd-config-inline': config },
      { HTTP_PROXY: 'http://user:hunter2@127.0.0.1:9' },
    );
    expect(first.exitCode).toBe(0);
    const record = await readFile(path.join(job.temp, 'hotlayer', 'job.json'), 'utf8');
    expect(record).not.toContain('hunter2');
    for (const [name, value] of [
      ['buildkit-version', 'v0.30.0'],
      ['buildkit-path', '/usr/bin'],
      ['buildkit-sha256', 'a'.repeat(64)],
      ['buildkitd-config-inline', '[registry."docker.io"]\nmirrors = ["127.0.0.1:10"]\n'],
    ] as const) {
      const inputs = name === 'buildkit-path' ? {} : { 'buildkit-path': '' };
      const other = await run({ ...inputs, [name]: value });
      expect(other.exitCode).toBe(1);
      expect(other.log).toMatch(new RegExp(`^::error::input "${name}".*earlier step of this job`, 'm'));
    }
    const same = await run({
      'buildkitd-config-inline': '# the same\nregistry."docker.io".mirrors = [ "127.0.0.1:9" ]\n',
    });
    expect({ log: same.log, exitCode: same.exitCode }).toEqual({ log: same.log, exitCode: 0 });
    expect(same.log).toContain('these variables of this step do not reach it: HTTP_PROXY.');
    const silent = await run({ 'buildkit-path': '' }, { HTTP_PROXY: 'http://user:hunter2@127.0.0.1:9' });
    expect(silent.exitCode).toBe(0);
    expect(silent.log).not.toContain('do not reach it');
  });

  it('a second step has a gateway, a summary and a drain-timeout of its own, or is told', async () => {
    await write(toDockerfile('own'), { message: 'hello' });
    const first = await run({});
    expect(first.log).toContain('gateway at http://127.0.0.1');
    expect(first.summary).toContain('### Hotlayer');
    const second = await run({ gateway: 'false', summary: 'false', scope: 'other' });
    expect(second.exitCode).toBe(0);
    expect(second.log).not.toContain('gateway at http://127.0.0.1');
    expect(second.summary).toBe('');
    const third = await run({ 'drain-timeout': '1h' });
    expect(listNotices(third.log).join('\n')).toContain('"drain-timeout"');
  });

  it('variables, files and inputs without effect are told once in a job, by name', async () => {
    await write(toDockerfile('told'), { message: 'hello' });
    const env = { BUILDX_BUILDER: 'mine', DOCKER_CONTEXT: 'remote' };
    const inputs = { tag: 'x', 'cache-from': 'type=gha', load: 'false', provenance: 'false' };
    const first = listNotices((await run(inputs, env)).log).join('\n');
    for (const name of ['BUILDX_BUILDER', 'DOCKER_CONTEXT', '"tag" (did you mean "tags"?)', '"cache-from"'])
      expect(first).toContain(name);
    expect(first).not.toMatch(/"load"|"provenance"/);
    const second = listNotices((await run(inputs, { ...env, BUILDKIT_HOST: 'tcp://x' })).log).join('\n');
    expect(second).toContain('BUILDKIT_HOST');
    expect(second).not.toMatch(/"tag"/);
  });

  it('what works here as with buildx works: proxies of the Docker config, a policy', async () => {
    await write('FROM scratch\nCOPY rootfs/ /\nRUN echo "by $HTTP_PROXY"\n', {
      'docker/config.json': '{"proxies":{"default":{"httpProxy":"http://proxy.example:1"}}}',
    });
    const plain = await run({}, { DOCKER_CONFIG: path.join(job.workspace, 'docker') });
    expect({ log: plain.log, exitCode: plain.exitCode }).toEqual({ log: plain.log, exitCode: 0 });
    expect(plain.log).toContain('by http://proxy.example:1');
    await write('FROM scratch\nCOPY message /\n', {
      message: 'hello',
      'Dockerfile.rego': 'package docker\ndefault allow := false\ndecision := {"allow": allow}\n',
    });
    const denied = await run({});
    expect({ log: denied.log, exitCode: denied.exitCode }).toEqual({ log: denied.log, exitCode: 1 });
    expect(denied.log).toMatch(/::error.*polic/i);
  });

  it('what works here as with buildx works: SOURCE_DATE_EPOCH and a source policy', async () => {
    await write('FROM scratch\nCOPY message /\n', {
      message: 'hello',
      'policy.json': '{"rules":[{"action":"DENY","selector":{"identifier":"docker-image://*"}}]}',
    });
    const outputs = 'type=oci,tar=false,dest=made/here/image';
    const dated = await run({ outputs }, { SOURCE_DATE_EPOCH: '86400' });
    expect({ log: dated.log, exitCode: dated.exitCode }).toEqual({ log: dated.log, exitCode: 0 });
    const digest = dated.outputs.get('imageid') ?? '';
    const blob = path.join(job.workspace, 'made/here/image/blobs', digest.replace(':', '/'));
    expect(JSON.parse(await readFile(blob, 'utf8')).created).toBe('1970-01-02T00:00:00Z');

    await write('FROM 127.0.0.1:9/denied\n');
    const denied = await run({}, { EXPERIMENTAL_BUILDKIT_SOURCE_POLICY: 'policy.json' });
    expect(denied.exitCode).toBe(1);
    expect(denied.log).toMatch(/denied by policy/);
  });

  it('a .dockerignore that BuildKit does not find is told, because what it leaves out goes into the build', async () => {
    const app = path.join(job.workspace, 'app');
    await mkdir(app);
    await writeFile(path.join(app, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
    await writeFile(path.join(app, 'key'), 'k');
    await writeFile(path.join(job.workspace, 'ignored'), 'key\n');
    await symlink('../ignored', path.join(app, '.dockerignore'));
    const outputs = 'type=local,dest=deep/in/here\ntype=tar,dest=other/image.tar';
    const { log, exitCode } = await run({ context: 'app', outputs });
    expect({ log, exitCode }).toEqual({ log, exitCode: 0 });
    expect(await readFile(path.join(job.workspace, 'deep/in/here/key'), 'utf8')).toBe('k');
    expect(listNotices(log).join('\n')).toContain('.dockerignore has no effect');
  });
});

describe('the notice about an image that nobody keeps', () => {
  it.each([
    ['push', 'refs/heads/main', {}, /no image is kept/],
    ['push', 'refs/heads/main', { tags: 'app:1' }, /neither pushed nor written/],
    ['workflow_dispatch', 'refs/heads/dev', {}, /no image is kept/],
    ['push', 'refs/heads/main', { outputs: 'type=cacheonly' }, undefined],
    ['push', 'refs/heads/main', { outputs: 'type=cacheonly', tags: 'app:1' }, undefined],
    ['push', 'refs/heads/dev', { tags: 'app:1', push: 'false' }, undefined],
    ['pull_request', 'refs/pull/1/merge', {}, undefined],
    ['pull_request', 'refs/pull/1/merge', { tags: 'app:1', push: 'false' }, undefined],
  ])('%s on %s with %j', async (name, ref, inputs, expected) => {
    const job = await Job.start({ event: { name, ref } });
    try {
      await writeContext(job.workspace, {
        dockerfile: 'FROM scratch\nCOPY message /\n',
        files: { message: 'x' },
      });
      const { log, exitCode } = await job.runMain({ 'buildkit-path': buildkitDirectory(), ...inputs });
      expect({ log, exitCode }).toEqual({ log, exitCode: 0 });
      const told = listNotices(log).filter((line) => /image/.test(line));
      expect(told).toEqual(expected === undefined ? [] : [expect.stringMatching(expected)]);
      await job.runPosts();
    } finally {
      await job.remove();
    }
  });
});
