import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { buildkitDirectory, root } from '../helpers/runner.ts';

const definition = `group "all" { targets = ["one", "two"] }
target "one" { output = ["type=oci,dest=one.tar"] }
target "two" {
  args = { NAME = NAME }
  output = ["type=cacheonly"]
}
variable "NAME" { default = "" }
`;

describe('hotlayer build', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-local-'));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  async function run(dockerfile: string, command: readonly string[]) {
    await writeContext(path.join(directory, 'context'), {
      dockerfile,
      files: { message: 'hello', 'docker-bake.hcl': definition },
    });
    const report = path.join(directory, 'report.json');
    const [name = '', ...flags] = command;
    const args = [
      ...[path.join(root, 'dist', 'cli', 'index.js'), name],
      ...['--cache-dir', path.join(directory, 'cache'), '--report', report],
      ...['--scope', 'local', '--buildkit-path', buildkitDirectory()],
      ...flags,
    ];
    const env = { PATH: process.env['PATH'], HOME: directory, TMPDIR: directory };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: directory,
      env,
      encoding: 'utf8',
    });
    const { outputs, service } = existsSync(report) ? JSON.parse(await readFile(report, 'utf8')) : {};
    await rm(report, { force: true });
    return { status, stdout, stderr, outputs, service };
  }

  const build = (dockerfile: string, ...flags: readonly string[]) =>
    run(dockerfile, ['build', ...flags, 'context']);

  it('builds cold, then warm, then a pull request from the cache of main', async () => {
    const tar = path.join(directory, 'image.tar');
    const cold = await build(toDockerfile('local'), '--outputs', `type=oci,dest=${tar}`);
    expect({ status: cold.status, log: cold.stdout + cold.stderr }).toMatchObject({ status: 0 });
    expect(cold.outputs['cached-steps']).toBe('0');
    expect(existsSync(tar)).toBe(true);
    const warm = await build(toDockerfile('local'));
    expect(warm.outputs['cached-steps']).toBe(warm.outputs['total-steps']);
    const pr = await build(toDockerfile('local'), '--event', 'pull_request', '--ref', 'refs/pull/3/merge');
    expect(pr.outputs['cached-steps']).toBe(pr.outputs['total-steps']);
    expect(JSON.parse(pr.outputs['cache-plan'])).toMatchObject({ code: 'pr-own-scope' });
    expect(pr.service.totalCalls).toBeGreaterThan(0);
    // No workflow command, and so no mask with a secret in it, on a terminal.
    expect(cold.stdout).not.toMatch(/^::/m);
  });

  it('ends with the failure of the build', async () => {
    const failed = await build('FROM scratch\nCOPY rootfs/ /\nRUN exit 3\n');
    expect(failed.status).toBe(1);
    expect(failed.stdout).toContain('exit code 3');
  });

  it('bakes targets, the other ones from the cache of the first', async () => {
    const flags = ['--workdir', 'context', '--vars', 'NAME=x'];
    const one = await run(toDockerfile('bake'), ['bake', ...flags, 'one']);
    expect({ status: one.status, log: one.stdout + one.stderr }).toMatchObject({ status: 0 });
    expect(existsSync(path.join(directory, 'context', 'one.tar'))).toBe(true);
    expect(Object.keys(JSON.parse(one.outputs['cache-plan']))).toEqual(['one']);
    const all = await run(toDockerfile('bake'), ['bake', ...flags, 'all']);
    expect(Object.keys(JSON.parse(all.outputs['cache-export']))).toEqual(['one', 'two']);
    expect(all.stdout).toMatch(/^one: (\d) of \1 steps from the cache/m);
    expect(all.stdout).not.toMatch(/^::/m);
  });

  it('names a flag that it does not know', async () => {
    const { status, stderr } = await build('FROM scratch\n', '--no-such-flag');
    expect(status).toBe(1);
    expect(stderr).toContain('--no-such-flag');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
