import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { planRun } from '../../../src/plan/plan-run.ts';
import { readTokenRights } from '../../../src/policy/token-rights.ts';

const scopes = JSON.stringify([{ Scope: 'refs/heads/main', Permission: 3 }]);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${encode({ alg: 'none' })}.${encode({ ac: scopes })}.c2ln`;
let root: string;
let event: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'hotlayer-places-'));
  event = path.join(root, 'event.json');
  await writeFile(event, '{"repository":{"id":1,"default_branch":"main"}}');
  for (const machine of ['one/work/r/r', 'two/deeper/_work/r/r'])
    for (const directory of ['app', 'web', '../../_temp/gen', '../other'])
      await mkdir(path.join(root, machine, directory), { recursive: true });
  await symlink('app', path.join(root, 'one/work/r/r/link'));
  await symlink(path.join(root, 'one/work/r/r'), path.join(root, 'linked-workspace'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function scopeOf(
  workspace: string,
  context: string,
  { file = '', isWorkspaceGiven = true }: { file?: string; isWorkspaceGiven?: boolean } = {},
): Promise<string | null> {
  const cwd = path.join(root, workspace);
  const env = {
    PATH: process.env['PATH'],
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: '1'.repeat(40),
    ACTIONS_RUNTIME_TOKEN: token,
    RUNNER_TEMP: path.resolve(cwd, '../../_temp'),
    INPUT_CONTEXT: context,
    INPUT_FILE: file,
    ...(isWorkspaceGiven ? { GITHUB_WORKSPACE: cwd } : {}),
  };
  return (
    await planRun(env, parseInputs(env), {
      cwd,
      defaultPlatform: 'linux/amd64',
      rights: readTokenRights(env),
    })
  ).plan.export;
}

describe('the cache scope of a directory', () => {
  it('is one for every spelling, on every machine, and for a link to it', async () => {
    const one = path.join(root, 'one/work/r/r');
    const expected = await scopeOf('one/work/r/r', 'app');
    expect(expected).toMatch(/^app-linux-amd64\.b-main\./);
    for (const spelling of [
      './app',
      'app/',
      './/app/.',
      'web/../app',
      `${one}/app`,
      `${one}/app/`,
      'link',
      'link/',
    ]) {
      expect(await scopeOf('one/work/r/r', spelling)).toBe(expected);
      expect(await scopeOf('one/work/r/r', spelling, { isWorkspaceGiven: false })).toBe(expected);
    }
    for (const file of ['app/Dockerfile', './app/Dockerfile', 'link/Dockerfile', `${one}/app/Dockerfile`])
      expect(await scopeOf('one/work/r/r', 'app', { file })).toBe(expected);
    expect(await scopeOf('two/deeper/_work/r/r', 'app')).toBe(expected);
    expect(await scopeOf('linked-workspace', 'app')).toBe(expected);
    expect(await scopeOf('linked-workspace', `${one}/app`)).toBe(expected);
    expect(await scopeOf('one/work/r/r', `${root}/linked-workspace/app`)).toBe(expected);
  });

  it('is one on two machines for what lies outside of the workspace, there or not', async () => {
    for (const context of ['../other', '../../_temp/gen', '../absent', '../../_temp/absent']) {
      const expected = await scopeOf('one/work/r/r', context);
      expect(await scopeOf('two/deeper/_work/r/r', context)).toBe(expected);
      const absolute = path.resolve(root, 'two/deeper/_work/r/r', context);
      expect(await scopeOf('two/deeper/_work/r/r', absolute)).toBe(expected);
    }
  });

  it('is another for another directory or Dockerfile', async () => {
    const names = await Promise.all([
      ...['.', 'app', 'web', '../other', '../../_temp/gen'].map((context) =>
        scopeOf('one/work/r/r', context),
      ),
      scopeOf('one/work/r/r', 'app', { file: 'Dockerfile' }),
      scopeOf('one/work/r/r', 'app', { file: 'app/Dockerfile.dev' }),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });
});
