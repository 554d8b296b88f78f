import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InputError } from '../../../src/errors.ts';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import type { MeasuredFacts } from '../../../src/plan/build-commit.ts';
import { planRun, readRunFacts } from '../../../src/plan/plan-run.ts';
import { readTokenRights } from '../../../src/policy/token-rights.ts';
import { commit, createOrigin, git } from '../../helpers/git-repository.ts';

const runtimeToken = mintToken([{ Scope: 'refs/heads/main', Permission: 3 }]);
let root: string;
let payloadFile: string;
let origin: string;
let clone: string;
let first: string;
let second: string;
let side: string;

function mintToken(ac: unknown): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none' })}.${encode({ ac: JSON.stringify(ac) })}.signature`;
}

const toEnv = (changes: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env['PATH'],
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: payloadFile,
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: second,
  GITHUB_REPOSITORY: 'o/r',
  GITHUB_SERVER_URL: 'https://github.com',
  ACTIONS_RUNTIME_TOKEN: runtimeToken,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: runtimeToken,
  ...changes,
});

async function codeOf(
  cwd: string,
  changes: Readonly<Record<string, string>> = {},
  known?: MeasuredFacts,
): Promise<string> {
  const env = toEnv(changes);
  const options = { cwd, defaultPlatform: 'linux/amd64', ...(known === undefined ? {} : { known }) };
  return (await planRun(env, parseInputs(env), { ...options, rights: readTokenRights(env) })).plan.code;
}

/** A further clone, so that no test depends on what another has checked out. */
async function cloneTo(name: string, ...args: readonly string[]): Promise<string> {
  const directory = path.join(root, name);
  await git(root, 'clone', '-q', ...args, origin, directory);
  return directory;
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'hotlayer-context-'));
  payloadFile = path.join(root, 'event.json');
  await writeFile(payloadFile, '{"repository":{"id":1,"default_branch":"main"}}');
  ({ origin, clone, first } = await createOrigin(root));
  second = await commit(clone, 'second');
  await git(clone, 'push', '-q', 'origin', 'main');
  await git(clone, 'checkout', '-q', '-b', 'side', first);
  side = await commit(clone, 'side');
  await git(clone, 'push', '-q', 'origin', 'side');
  await git(clone, 'tag', '-a', '-m', 'v1', 'v1', second);
  await git(clone, 'push', '-q', 'origin', 'v1');
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('a context in a checkout of the run', () => {
  it('at GITHUB_SHA, the tip: exports', async () => {
    const work = await cloneTo('at-tip');
    expect(await codeOf(work)).toBe('own-branch');
    expect(await codeOf(work, { GITHUB_SHA: second.toUpperCase() })).toBe('own-branch');
  });

  it('a plain sub-directory of it counts as the checkout', async () => {
    const work = await cloneTo('sub-directory');
    await mkdir(path.join(work, 'app'));
    expect(await codeOf(work, { INPUT_CONTEXT: 'app' })).toBe('own-branch');
    await git(work, 'checkout', '-q', side);
    expect(await codeOf(work, { INPUT_CONTEXT: 'app' })).toBe('foreign-context');
  });

  it('uncommitted changes do not make it another commit', async () => {
    const work = await cloneTo('dirty');
    await writeFile(path.join(work, 'file.txt'), 'changed');
    expect(await codeOf(work)).toBe('own-branch');
  });

  it('at a commit of another branch: foreign, unless the user vouches for it', async () => {
    const work = await cloneTo('other-branch');
    await git(work, 'checkout', '-q', side);
    expect(await codeOf(work)).toBe('foreign-context');
    expect(await codeOf(work, { 'INPUT_TRUSTED-CONTEXT': 'true' })).toBe('own-branch');
  });

  it('at an ancestor of GITHUB_SHA: on the ref', async () => {
    const work = await cloneTo('ancestor');
    await git(work, 'checkout', '-q', first);
    expect(await codeOf(work)).toBe('own-branch');
  });

  it('at a newer commit of the branch: on the ref, but then the run is old', async () => {
    const work = await cloneTo('newer');
    expect(await codeOf(work, { GITHUB_SHA: first })).toBe('stale-rerun');
    const known = { contextHead: undefined, contextOnRef: undefined, isTip: true };
    expect(await codeOf(work, { GITHUB_SHA: first }, known)).toBe('own-branch');
  });

  it('in a shallow clone nothing is proven, so it stays foreign', async () => {
    const work = await cloneTo('shallow', '--depth=1', '--no-local', '--branch=side');
    const known = { contextHead: undefined, contextOnRef: undefined, isTip: true };
    expect(await codeOf(work, {}, known)).toBe('foreign-context');
  });

  it('a replaced object proves nothing', async () => {
    const work = await cloneTo('replaced');
    await git(work, 'checkout', '-q', side);
    const forged = await git(work, 'commit-tree', `${second}^{tree}`, '-p', side, '-m', 'forged');
    await git(work, 'replace', second, forged);
    expect(await codeOf(work)).toBe('foreign-context');
  });

  it('a branch that is gone from the remote has no tip', async () => {
    const work = await cloneTo('gone');
    await git(clone, 'push', '-q', 'origin', 'side:refs/heads/gone');
    await git(work, 'fetch', '-q');
    await git(work, 'checkout', '-q', 'gone');
    await git(clone, 'push', '-q', 'origin', ':gone');
    const access = mintToken([{ Scope: 'refs/heads/gone', Permission: 3 }]);
    const changes = { GITHUB_REF: 'refs/heads/gone', GITHUB_SHA: side, ACTIONS_RUNTIME_TOKEN: access };
    expect(await codeOf(work, changes)).toBe('stale-rerun');
  });

  it('a branch of the same name in a deeper ref is not the branch', async () => {
    const work = await cloneTo('deeper');
    await git(clone, 'push', '-q', 'origin', 'side:refs/x/refs/heads/main');
    expect(await codeOf(work)).toBe('own-branch');
  });

  it('facts that are given are not measured', async () => {
    const work = await cloneTo('given');
    const given = (changes: Partial<MeasuredFacts>) => ({
      contextHead: undefined,
      contextOnRef: undefined,
      isTip: undefined,
      ...changes,
    });
    expect(await codeOf(work, {}, given({ isTip: false }))).toBe('stale-rerun');
    expect(await codeOf(work, {}, given({ contextHead: '5'.repeat(40) }))).toBe('foreign-context');
    expect(await codeOf(work, {}, given({ contextHead: '5'.repeat(40), contextOnRef: true }))).toBe(
      'own-branch',
    );
    expect(await codeOf(work, {}, given({ contextHead: first }))).toBe('own-branch');
  });

  it('on a machine that is ahead of the remote there is no old run', async () => {
    const work = await cloneTo('ahead');
    const third = await commit(work, 'third');
    expect(await codeOf(work, { GITHUB_SHA: third })).toBe('stale-rerun');
    expect(await codeOf(work, { GITHUB_SHA: third, HOTLAYER_LOCAL: '1' })).toBe('own-branch');
    expect(await codeOf(work, { GITHUB_SHA: third, ACT: 'true' })).toBe('own-branch');
  });
});

describe('a context from elsewhere', () => {
  it("a fork's clone in a sub-path is foreign, although the fork calls its branch main and has the run's commits", async () => {
    const work = await cloneTo('with-fork');
    const fork = path.join(work, 'fork');
    await git(work, 'clone', '-q', origin, fork);
    const evil = await commit(fork, 'evil');
    await git(fork, 'update-ref', 'refs/remotes/origin/main', evil);
    await git(fork, 'remote', 'set-url', 'origin', 'https://github.com/evil/r.git');
    expect(await codeOf(work, { INPUT_CONTEXT: 'fork' })).toBe('foreign-context');
    expect(await codeOf(fork)).toBe('foreign-context');
  });

  it("a fork's clone at a commit that is the run's own is the run's own code", async () => {
    const work = await cloneTo('fork-at-sha');
    await git(work, 'remote', 'set-url', 'origin', 'https://github.com/evil/r.git');
    expect(await codeOf(work)).toBe('own-branch');
    await git(work, 'checkout', '-q', first);
    expect(await codeOf(work)).toBe('own-branch');
  });

  it('an unrelated repository is foreign', async () => {
    const other = path.join(root, 'unrelated');
    await git(root, 'init', '-q', other);
    await commit(other, 'unrelated');
    expect(await codeOf(other)).toBe('foreign-context');
    await git(other, 'remote', 'add', 'origin', origin);
    expect(await codeOf(other)).toBe('foreign-context');
  });

  it('a repository without commits, no repository and no directory say nothing', async () => {
    const empty = path.join(root, 'empty');
    const plain = path.join(root, 'plain');
    await git(root, 'init', '-q', empty);
    await mkdir(plain);
    for (const cwd of [empty, plain, path.join(root, 'absent')]) expect(await codeOf(cwd)).toBe('own-branch');
  });

  it('an origin that does not answer leaves the tip unknown', async () => {
    const work = await cloneTo('no-origin');
    await git(work, 'remote', 'set-url', 'origin', path.join(root, 'server/o/gone.git'));
    expect(await codeOf(work, { GITHUB_SHA: second })).toBe('own-branch');
  });
});

describe('a Git context', () => {
  const server = () => ({ GITHUB_SERVER_URL: `file://${path.join(root, 'server')}` });

  it.each([
    ['of another repository, by branch', 'https://github.com/evil/r.git#main'],
    ['of another repository, without a ref', 'https://github.com/evil/r.git'],
    ['of another repository, by commit', `https://github.com/evil/r.git#${'5'.repeat(40)}`],
    ['of another server', 'https://evil.example/o/r.git#main'],
    ['of another repository over ssh', 'git@github.com:evil/r.git#main'],
  ])('%s is foreign', async (_description, context) => {
    expect(await codeOf(root, { INPUT_CONTEXT: context })).toBe('foreign-context');
  });

  it('of this repository, at GITHUB_SHA, checked out too: exports', async () => {
    const work = await cloneTo('git-context');
    const context = `https://github.com/o/r.git#${second}`;
    expect(await codeOf(work, { INPUT_CONTEXT: context })).toBe('own-branch');
  });

  it('of this repository, at another commit: the checkout proves or does not', async () => {
    const work = await cloneTo('git-context-commit');
    await git(work, 'remote', 'set-url', 'origin', origin);
    const at = (sha: string) => ({ ...server(), INPUT_CONTEXT: `https://github.com/o/r.git#${sha}` });
    expect(await codeOf(work, { ...at(first), GITHUB_SERVER_URL: 'https://github.com' })).toBe('own-branch');
    expect(await codeOf(work, { ...at(side), GITHUB_SERVER_URL: 'https://github.com' })).toBe(
      'foreign-context',
    );
  });

  it('of this repository, by name: the remote says which commit that is', async () => {
    const work = await cloneTo('git-context-name');
    const by = (suffix: string) => ({ INPUT_CONTEXT: `https://github.com/o/r.git${suffix}` });
    expect(await codeOf(work, by('#main'))).toBe('own-branch');
    expect(await codeOf(work, by(''))).toBe('own-branch');
    expect(await codeOf(work, by('#v1:app'))).toBe('own-branch');
    expect(await codeOf(work, by('#refs/heads/main'))).toBe('own-branch');
    expect(await codeOf(work, by('?branch=side'))).toBe('foreign-context');
    expect(await codeOf(work, by('#side'))).toBe('foreign-context');
  });
});

describe('what git gets and is asked', () => {
  /** A git that writes down its arguments and its environment, then does as the real one. */
  async function installSpy(name: string): Promise<{ readonly PATH: string; readonly log: string }> {
    const directory = path.join(root, name);
    const log = path.join(directory, 'log');
    await mkdir(directory);
    await writeFile(log, '');
    const real = (await git(root, '--exec-path')).trim();
    const script = `#!/bin/sh\n{ echo "args: $*"; tr '\\0' '\\n' < /proc/$$/environ; } >> '${log}'\nexec '${real}/git' "$@"\n`;
    await writeFile(path.join(directory, 'git'), script);
    await chmod(path.join(directory, 'git'), 0o755);
    return { PATH: `${directory}:${process.env['PATH']}`, log };
  }

  it('never the runtime token, under whatever name', async () => {
    const work = await cloneTo('spied');
    const { PATH, log } = await installSpy('spy-token');
    expect(await codeOf(work, { PATH, GIT_ASKPASS: runtimeToken, OTHER: runtimeToken })).toBe('own-branch');
    const text = await readFile(log, 'utf8');
    expect(text).toContain('args: ls-remote');
    expect(text).toContain('GIT_TERMINAL_PROMPT=0');
    expect(text).not.toContain(runtimeToken);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['a pull request', { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/1/merge' }],
    ['a read-only run', { 'INPUT_READ-ONLY': 'true' }],
    ['a low-trust event', { GITHUB_EVENT_NAME: 'issue_comment' }],
    ['a run without a token', { ACTIONS_RUNTIME_TOKEN: '' }],
  ])('nothing at all for %s', async (description, changes) => {
    const work = await cloneTo(`unasked ${description}`);
    const { PATH, log } = await installSpy(`spy ${description}`);
    await codeOf(work, { ...changes, PATH });
    expect(await readFile(log, 'utf8')).toBe('');
  });
});

describe('readRunFacts', () => {
  it('reads the environment and the payload, with or without a byte order mark', async () => {
    const file = path.join(root, 'bom.json');
    await writeFile(file, '\ufeff{"deleted":true}');
    const facts = await readRunFacts(toEnv({ GITHUB_EVENT_PATH: file }));
    expect(facts).toMatchObject({
      eventName: 'push',
      ref: 'refs/heads/main',
      sha: second,
      payload: { deleted: true },
    });
  });

  it.each([
    ['is not set', () => undefined, /GITHUB_EVENT_PATH is not set/],
    ['is empty', () => '', /GITHUB_EVENT_PATH is not set/],
    [
      'names no file',
      () => path.join(root, 'absent.json'),
      /GITHUB_EVENT_PATH is ".*absent\.json", which does not exist/,
    ],
    ['names a directory', () => root, /which cannot be read \(EISDIR/],
    ['is not JSON', () => write('text.json', 'ref: main'), /text\.json", which is not JSON/],
    ['is empty JSON', () => write('empty.json', ''), /which is not JSON/],
    ['is a list', () => write('list.json', '[]'), /which is JSON but not an object/],
  ])('says so when the payload %s', async (_description, toFile, message) => {
    const file = await toFile();
    const { GITHUB_EVENT_PATH: _unset, ...env } = toEnv();
    const failure = readRunFacts(file === undefined ? env : { ...env, GITHUB_EVENT_PATH: file });
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toMatchObject({
      input: 'GITHUB_EVENT_PATH',
      message: expect.stringMatching(message),
    });
  });

  async function write(name: string, text: string): Promise<string> {
    const file = path.join(root, name);
    await writeFile(file, text);
    return file;
  }
});
