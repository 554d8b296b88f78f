import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { planRun } from '../../../src/plan/plan-run.ts';
import { readTokenRights } from '../../../src/policy/token-rights.ts';
import { commit, createOrigin, git } from '../../helpers/git-repository.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const scopes = JSON.stringify([{ Scope: 'refs/heads/main', Permission: 3 }]);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${encode({ alg: 'none' })}.${encode({ ac: scopes })}.c2ln`;
let root: string;
let event: string;
let origin: string;
let first: string;
let head: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'hotlayer-unknown-'));
  await chmod(root, 0o755);
  event = path.join(root, 'event.json');
  await writeFile(event, '{"repository":{"id":1,"default_branch":"main"}}');
  const created = await createOrigin(root);
  ({ origin, first } = created);
  head = await commit(created.clone, 'second');
  await git(created.clone, 'push', '-q', 'origin', 'main');
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function cloneTo(name: string): Promise<string> {
  const directory = path.join(root, name);
  await git(root, 'clone', '-q', origin, directory);
  return directory;
}

const toEnv = (workspace: string, changes: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env['PATH'],
  GITHUB_WORKSPACE: workspace,
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: event,
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: head,
  GITHUB_REPOSITORY: 'o/r',
  GITHUB_SERVER_URL: 'https://127.0.0.1:1',
  ACTIONS_RUNTIME_TOKEN: token,
  ...changes,
});

async function decide(workspace: string, changes: Readonly<Record<string, string>> = {}) {
  const env = toEnv(workspace, changes);
  // The tip is another question.
  const known = { contextHead: undefined, contextOnRef: undefined, isTip: true };
  const options = { cwd: workspace, defaultPlatform: 'linux/amd64', known };
  const decision = await planRun(env, parseInputs(env), { ...options, rights: readTokenRights(env) });
  return { code: decision.plan.code, warnings: decision.warnings };
}

describe('a checkout of which git cannot say the commit exports nothing, and one warning says why', () => {
  it.each<readonly [string, (git: string) => Promise<unknown>, RegExp]>([
    ['HEAD is gone', (at) => rm(path.join(at, 'HEAD')), /HEAD/],
    ['HEAD is empty', (at) => writeFile(path.join(at, 'HEAD'), ''), /HEAD names no commit/],
    ['HEAD is a directory', (at) => replace(path.join(at, 'HEAD'), (file) => mkdir(file)), /HEAD/],
    ['HEAD names no ref', (at) => writeFile(path.join(at, 'HEAD'), 'ref: ../x\n'), /HEAD names no commit/],
    [
      'HEAD names a ref that is not there',
      (at) => writeFile(path.join(at, 'HEAD'), 'ref: refs/heads/x\n'),
      /git/,
    ],
    [
      'HEAD names a commit that is not there',
      (at) => writeFile(path.join(at, 'HEAD'), `${'5'.repeat(40)}\n`),
      /git/,
    ],
    ['the objects are gone', (at) => rm(path.join(at, 'objects'), { recursive: true }), /objects/],
    ['the packs are gone', (at) => emptyDirectory(path.join(at, 'objects')), /git/],
    ['the ref is torn', (at) => writeFile(path.join(at, 'refs/heads/main'), ''), /git/],
    ['the refs are gone', (at) => rm(path.join(at, 'refs'), { recursive: true }), /refs/],
    ['the configuration is torn', (at) => writeFile(path.join(at, 'config'), '[core'), /git says/],
    [
      'the configuration is a directory',
      (at) => replace(path.join(at, 'config'), (file) => mkdir(file)),
      /config/,
    ],
    [
      'an object format that nobody knows',
      (at) => writeFile(path.join(at, 'config'), '[extensions]\nobjectFormat = x\n'),
      /object format/,
    ],
    ['.git is an empty directory', (at) => replace(at, (file) => mkdir(file)), /HEAD/],
    [
      '.git is an empty file',
      (at) => replace(at, (file) => writeFile(file, '')),
      /does not name a git directory/,
    ],
    ['.git leads nowhere', (at) => replace(at, (file) => writeFile(file, 'gitdir: /nowhere/x\n')), /nowhere/],
  ])('%s', async (description, damage, reason) => {
    const workspace = await cloneTo(description.replaceAll(' ', '-'));
    await damage(path.join(workspace, '.git'));
    const { code, warnings } = await decide(workspace);
    expect(code).toBe('context-unknown');
    expect(warnings).toEqual([expect.stringMatching(reason)]);
    expect(await decide(workspace, { 'INPUT_TRUSTED-CONTEXT': 'true' })).toEqual({
      code: 'own-branch',
      warnings: [],
    });
  });

  it('git is not installed', async () => {
    const workspace = await cloneTo('no-git');
    const changes = { PATH: path.join(root, 'nowhere') };
    expect(await decide(workspace, changes)).toEqual({
      code: 'context-unknown',
      warnings: [expect.stringContaining('git is not installed')],
    });
    const env = toEnv(workspace, changes);
    const options = { cwd: workspace, defaultPlatform: 'linux/amd64' };
    for (const known of [{ contextHead: head }, { contextOnRef: true }]) {
      const given = { contextHead: undefined, contextOnRef: undefined, isTip: undefined, ...known };
      expect(
        (await planRun(env, parseInputs(env), { ...options, rights: readTokenRights(env), known: given }))
          .plan.code,
      ).toBe('own-branch');
    }
  });

  it('git fails whatever it is asked, hangs or says too much', async () => {
    const workspace = await cloneTo('bad-git');
    for (const [index, script] of [
      'exit 3',
      'kill -9 $$',
      'yes',
      'echo "fatal: no" >&2; exit 128',
    ].entries()) {
      const directory = path.join(root, `bad-git-${index}`);
      await mkdir(directory);
      await writeFile(path.join(directory, 'git'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      const PATH = `${directory}:${process.env['PATH']}`;
      expect(await decide(workspace, { PATH })).toEqual({
        code: 'context-unknown',
        warnings: [expect.any(String)],
      });
    }
  });

  it('a job that is cancelled meanwhile ends git, leaves nothing and adds no warning', async () => {
    const workspace = await cloneTo('cancelled');
    const directory = path.join(root, 'cancelled-git');
    const temp = path.join(root, 'cancelled-temp');
    for (const made of [directory, temp]) await mkdir(made);
    const pids = path.join(directory, 'pids');
    await writeFile(path.join(directory, 'git'), `#!/bin/sh\necho $$ >> '${pids}'\nexec sleep 60\n`, {
      mode: 0o755,
    });
    const env = toEnv(workspace, { PATH: `${directory}:${process.env['PATH']}`, RUNNER_TEMP: temp });
    const cancelled = new AbortController();
    const planning = planRun(env, parseInputs(env), {
      rights: readTokenRights(env),
      ...{ cwd: workspace, defaultPlatform: 'linux/amd64', signal: cancelled.signal },
    });
    while (!existsSync(pids) || (await readFile(pids, 'utf8')) === '') await setImmediate();
    cancelled.abort('SIGINT');
    expect(await planning).toMatchObject({ plan: { code: 'context-unknown' }, warnings: [] });
    expect(await readdir(temp)).toEqual([]);
    for (const pid of (await readFile(pids, 'utf8')).trim().split('\n'))
      await expect(readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).resolves.not.toContain('sleep');
  });

  it('what a planted file says stays one line', async () => {
    const workspace = await cloneTo('says');
    await replace(path.join(workspace, '.git'), (file) =>
      writeFile(file, `gitdir: ${workspace}/\r##[add-mask]x\u2028::error::y${'z'.repeat(5000)}`),
    );
    const { code, warnings } = await decide(workspace);
    expect(code).toBe('context-unknown');
    expect(warnings[0]).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(warnings[0]?.length).toBeLessThan(700);
  });

  it('a checkout around the context counts as much as one in it', async () => {
    const workspace = await cloneTo('around');
    await mkdir(path.join(workspace, 'app/deep'), { recursive: true });
    await rm(path.join(workspace, '.git/HEAD'));
    expect(await decide(workspace, { INPUT_CONTEXT: 'app/deep' })).toMatchObject({ code: 'context-unknown' });
  });
});

describe('a directory that has no commit to compare', () => {
  it('is no unknown context: without git, without a commit, not there, or above a checkout', async () => {
    const workspace = path.join(root, 'plain');
    await mkdir(path.join(workspace, 'empty'), { recursive: true });
    await git(path.join(workspace, 'empty'), 'init', '-q');
    await cp(path.join(await cloneTo('to-copy')), path.join(workspace, 'inner'), { recursive: true });
    for (const context of ['.', 'empty', 'absent', 'absent/deeper'])
      expect(await decide(workspace, { INPUT_CONTEXT: context })).toEqual({
        code: 'own-branch',
        warnings: [],
      });
    expect(await decide(workspace, { PATH: path.join(root, 'nowhere') })).toMatchObject({
      code: 'own-branch',
    });
  });

  it('is not compared with a checkout above the workspace', async () => {
    const outer = await cloneTo('outer');
    await git(outer, 'checkout', '-q', '--detach', first);
    await mkdir(path.join(outer, 'workspace'));
    expect(await decide(path.join(outer, 'workspace'), { GITHUB_SHA: '5'.repeat(40) })).toMatchObject({
      code: 'own-branch',
    });
  });
});

describe('a checkout that git can read', () => {
  it.each<readonly [string, (workspace: string) => Promise<unknown>]>([
    ['with packed refs', (at) => git(at, 'pack-refs', '--all')],
    ['at a detached HEAD', (at) => git(at, 'checkout', '-q', '--detach')],
    ['shallow', (at) => git(at, 'fetch', '-q', '--depth=1', `file://${origin}`)],
    ['without a configuration', (at) => rm(path.join(at, '.git/config'))],
    ['of format version 1', (at) => git(at, 'config', 'core.repositoryFormatVersion', '1')],
    ['with a work tree elsewhere', (at) => git(at, 'config', 'core.worktree', '/nowhere')],
  ])('%s is known', async (description, change) => {
    const workspace = await cloneTo(`known-${description.replaceAll(' ', '-')}`);
    await change(workspace);
    expect(await decide(workspace)).toEqual({ code: 'own-branch', warnings: [] });
    // By the commit, and not because nothing is known.
    expect(await decide(workspace, { GITHUB_SHA: '5'.repeat(40) })).toMatchObject({
      code: 'foreign-context',
    });
  });

  it('in a sub-path, as actions/checkout with `path` makes it, with or without one around', async () => {
    for (const name of ['nested', 'nested-around']) {
      const workspace = name === 'nested' ? path.join(root, name) : await cloneTo(name);
      await mkdir(workspace, { recursive: true });
      const inner = path.join(workspace, 'app');
      await git(root, 'clone', '-q', origin, inner);
      await git(inner, 'checkout', '-q', '-b', 'other');
      const other = await commit(inner, 'other');
      expect(await decide(workspace, { INPUT_CONTEXT: 'app' })).toMatchObject({ code: 'foreign-context' });
      expect(await decide(workspace, { INPUT_CONTEXT: 'app', GITHUB_SHA: other })).toMatchObject({
        code: 'own-branch',
      });
    }
  });

  it('as a linked worktree and as a submodule', async () => {
    const workspace = await cloneTo('linked');
    await git(workspace, 'worktree', 'add', '-q', '--detach', 'tree', first);
    await git(workspace, 'submodule', '--quiet', 'add', origin, 'sub');
    await git(path.join(workspace, 'sub'), 'checkout', '-q', first);
    for (const context of ['tree', 'sub']) {
      const changes = { INPUT_CONTEXT: context, GITHUB_SHA: first };
      expect(await decide(workspace, changes)).toMatchObject({ code: 'own-branch' });
      expect(await decide(workspace, { ...changes, GITHUB_SHA: '5'.repeat(40) })).toMatchObject({
        code: 'foreign-context',
      });
    }
  });

  it('outside of the workspace', async () => {
    const workspace = path.join(root, 'elsewhere-workspace');
    await mkdir(workspace);
    const outside = await cloneTo('elsewhere');
    const changes = { INPUT_CONTEXT: outside, GITHUB_SHA: '5'.repeat(40) };
    expect(await decide(workspace, changes)).toMatchObject({ code: 'foreign-context' });
  });
});

describe('a Git context of this repository that its server does not name', () => {
  it.each([
    ['another branch', 'https://127.0.0.1:1/o/r.git#side', 'context-unknown'],
    ['a tag', 'https://127.0.0.1:1/o/r.git?tag=v1', 'context-unknown'],
    ['the default branch', 'https://127.0.0.1:1/o/r.git', 'context-unknown'],
    ["the run's own branch", 'https://127.0.0.1:1/o/r.git#main', 'own-branch'],
    ["the run's own ref", 'https://127.0.0.1:1/o/r.git#refs/heads/main', 'own-branch'],
    ['another repository', 'https://127.0.0.1:1/o/other.git#main', 'foreign-context'],
  ])('%s, when the server does not answer', async (_description, context, code) => {
    const workspace = path.join(root, 'remote');
    await mkdir(workspace, { recursive: true });
    const decision = await decide(workspace, { INPUT_CONTEXT: context });
    expect(decision.code).toBe(code);
    expect(decision.warnings).toHaveLength(code === 'context-unknown' ? 1 : 0);
  });

  it('a ref that is not there, and a run that does not say which repository is its own', async () => {
    const workspace = await cloneTo('remote-checkout');
    const server = { GITHUB_SERVER_URL: 'https://github.com' };
    const context = { INPUT_CONTEXT: 'https://github.com/o/r.git#absent' };
    expect(await decide(workspace, { ...server, ...context })).toMatchObject({ code: 'context-unknown' });
    expect(await decide(workspace, { ...server, ...context, GITHUB_REPOSITORY: '' })).toMatchObject({
      code: 'context-unknown',
    });
  });
});

/** `hotlayer plan` as a user to whom nothing here belongs, with an empty home and no `safe.directory`. */
function planAsNobody(workspace: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, '../../../dist/cli/index.js'), 'plan'],
      {
        cwd: '/',
        env: { ...toEnv(workspace), HOME: '/nonexistent' },
        uid: nobody,
        gid: nobody,
      },
    );
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (chunk) => {
        texts[name] += String(chunk);
      });
    child.on('error', reject);
    child.on('close', () => resolve(texts));
  });
}

// Only root can be somebody else.
(isRoot ? describe : describe.skip)('a workspace of another user, as in a container job', () => {
  it("is read: the run's commit exports, another does not", async () => {
    const workspace = await cloneTo('of-root');
    expect((await planAsNobody(workspace)).stdout).toContain('own-branch');
    await git(workspace, 'checkout', '-q', '-b', 'other');
    await commit(workspace, 'other');
    expect((await planAsNobody(workspace)).stdout).toContain('foreign-context');
  });

  it('of a third user is read as well', async () => {
    const workspace = await cloneTo('of-third');
    for (const file of ['', ...(await readdir(workspace, { recursive: true }))])
      await chown(path.join(workspace, file), 12_345, 12_345);
    expect((await planAsNobody(workspace)).stdout).toContain('own-branch');
  });

  it.each(['.git', '.git/objects', '.git/refs', '.git/refs/heads', '.git/config', '.git/HEAD'])(
    'with a %s that may not be read is unknown',
    async (name) => {
      const workspace = await cloneTo(`closed-${name.replaceAll('/', '-')}`);
      await chmod(path.join(workspace, name), 0o600);
      const { stdout } = await planAsNobody(workspace);
      expect(stdout).toMatch(/context-unknown/);
      expect(stdout.match(/^warning /gm)).toHaveLength(1);
    },
  );
});

async function replace(file: string, make: (file: string) => Promise<unknown>): Promise<void> {
  await rm(file, { recursive: true });
  await make(file);
}

async function emptyDirectory(directory: string): Promise<void> {
  await replace(directory, (file) => mkdir(file));
}
