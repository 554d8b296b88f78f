import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { toDefaultPlatform, toIdentity } from '../../../src/plan/identity.ts';
import { makeNameScope } from '../../../src/policy/cache-scope.ts';
import { commit, createOrigin, git } from '../../helpers/git-repository.ts';
import { decideByToken } from '../../helpers/run-facts.ts';
import { readScopeCases, type ScopeCase } from '../../helpers/scope-cases.ts';

interface Answer {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const cli = path.join(import.meta.dirname, '../../../dist/cli/index.js');
/** Starts at once: a start is mostly CPU. */
const concurrency = 4;
let root: string;

function runCli(args: readonly string[], env: Readonly<Record<string, string>>, cwd = root): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Its own directory and no other variable: neither this checkout nor this machine may show through.
    const child = spawn(process.execPath, [cli, ...args], {
      cwd,
      env: { PATH: process.env['PATH'], ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** A token as the runner has it; the signature is none, since only the service looks at it. */
function mintToken(ac: ScopeCase['ac']): Readonly<Record<string, string>> {
  if (ac === undefined) return {};
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    ...(ac === null ? {} : { ac: JSON.stringify(ac) }),
  };
  return { ACTIONS_RUNTIME_TOKEN: `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}.ZmFrZQ` };
}

async function planCase(row: ScopeCase): Promise<Answer> {
  const payloadFile = path.join(root, `${row.name}.json`);
  await writeFile(payloadFile, JSON.stringify(row.payload));
  const inputs = Object.entries(row.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const { contextHead, contextOnRef, isTip } = row.facts;
  const flags = [
    ...(contextHead === undefined ? [] : ['--context-head', contextHead]),
    ...(contextOnRef === undefined ? [] : ['--context-on-ref', String(contextOnRef)]),
    ...(isTip === undefined ? [] : ['--is-tip', String(isTip)]),
  ];
  return runCli(['plan', '--json', ...flags], {
    ...row.env,
    ...mintToken(row.ac),
    ...Object.fromEntries(inputs),
    GITHUB_EVENT_PATH: payloadFile,
  });
}

const nameScope = makeNameScope(toIdentity(parseInputs({}), toDefaultPlatform(process.arch)), (text) =>
  createHash('sha256').update(text).digest('hex'),
);

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'hotlayer-plan-'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('hotlayer plan --json, started as a process with the environment of each worked case', () => {
  const cases = readScopeCases();
  const answers = new Map<string, Answer>();

  beforeAll(async () => {
    const queue = [...cases];
    const work = async () => {
      for (let row = queue.shift(); row !== undefined; row = queue.shift())
        answers.set(row.name, await planCase(row));
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  }, 120_000);

  it.each(cases.map((row) => [row.name, row] as const))('%s', (name, row) => {
    const answer = answers.get(name);
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' });
    expect(answer?.stdout).toMatch(/^\{.*\}\n$/);
    const printed: unknown = JSON.parse(answer?.stdout ?? '');
    const { plan } = decideByToken(row.facts, row.policyInputs, nameScope);
    expect(printed).toEqual(plan);
    expect(printed).toMatchObject({ code: row.expected.code, exportRef: row.expected.exportRef });
    expect(Object.keys(plan).sort()).toEqual(['chain', 'code', 'export', 'exportRef', 'imports', 'reason']);
  });
});

describe('hotlayer plan', () => {
  const push = (changes: Readonly<Record<string, string>> = {}) => ({
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: path.join(root, 'push.json'),
    GITHUB_REF: 'refs/heads/feature/a',
    GITHUB_SHA: '1111111111111111111111111111111111111111',
    ...mintToken([
      { Scope: 'refs/heads/feature/a', Permission: 3 },
      { Scope: 'refs/heads/main', Permission: 1 },
    ]),
    ...changes,
  });

  beforeAll(() => writeFile(path.join(root, 'push.json'), '{"repository":{"id":1,"default_branch":"main"}}'));

  it('prints a table', async () => {
    const { exitCode, stdout, stderr } = await runCli(['plan'], push({ INPUT_TAGS: 'ghcr.io/acme/app:1' }));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^import +branch feature\/a +app-linux-\w+\.b-feature-a\.[0-9a-f]{10}$/);
    expect(lines[1]).toMatch(/^ +branch main +app-linux-\w+\.b-main\.[0-9a-f]{10}$/);
    expect(lines[2]).toMatch(/^export +branch feature\/a +app-linux-\w+\.b-feature-a\.[0-9a-f]{10}$/);
    expect(lines[3]).toMatch(/^why .*own-branch/);
    expect(lines).toHaveLength(5);
  });

  it('prints what is missing, and warns, when there is no token', async () => {
    const { stdout, exitCode } = await runCli(['plan'], push({ ACTIONS_RUNTIME_TOKEN: '' }));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^import +nothing\nexport +nothing\nwhy .*no-token.*\nwarning .*ACTIONS_RUNTIME_TOKEN.*\n$/,
    );
  });

  it.each([
    ['registry', { 'INPUT_CACHE-TO-ATTRS': 'ref=ghcr.io/acme/cache' }, 'type=registry at ghcr.io/acme/cache'],
    ['local', { 'INPUT_CACHE-TO-ATTRS': 'dest=/c' }, 'type=local at /c'],
    [
      's3',
      { 'INPUT_CACHE-TO-ATTRS': 'bucket=b,secret_access_key=hunter2', INPUT_GATEWAY: 'false' },
      'type=s3 at b',
    ],
    [
      'azblob',
      { 'INPUT_CACHE-TO-ATTRS': 'account_url=https://a.invalid' },
      'type=azblob at https://a.invalid',
    ],
    ['inline', {}, 'type=inline'],
    ['none', {}, '(cache-none)'],
  ])('plans for the back end %s, which asks for no token', async (backend, inputs, place) => {
    const { stdout, exitCode } = await runCli(
      ['plan'],
      push({ ACTIONS_RUNTIME_TOKEN: '', INPUT_CACHE: backend, ...inputs }),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain(place);
    expect(stdout).not.toMatch(/warning|hunter2/);
    if (backend !== 'none') expect(stdout).toMatch(/^import {2}\S/m);
  });

  it('never prints the token', async () => {
    const env = push();
    const { stdout, stderr } = await runCli(['plan', '--json'], env);
    expect(stdout + stderr).not.toContain('ZmFrZQ');
  });

  it('needs no Dockerfile', async () => {
    const env = push({ INPUT_CONTEXT: './absent', INPUT_FILE: 'absent/Dockerfile' });
    expect(await runCli(['plan', '--json'], env)).toMatchObject({ exitCode: 0 });
  });

  it('lists its flags', async () => {
    const { stdout, exitCode } = await runCli(['plan', '--help'], {});
    expect(exitCode).toBe(0);
    for (const flag of ['--json', '--event', '--ref', '--payload', '--context-head', '--is-tip'])
      expect(stdout).toContain(flag);
  });

  it.each([
    ['an unknown flag', ['--jsno'], {}, /--jsno.*--json/],
    ['a word that is no flag', ['now'], {}, /now/],
    ['a flag without a value', ['--is-tip'], {}, /--is-tip/],
    ['a truth value that is none', ['--is-tip', 'yes'], {}, /--is-tip is "yes": allowed are true and false/],
    ['another truth value that is none', ['--context-on-ref=1'], {}, /--context-on-ref is "1"/],
    ['a commit that is none', ['--context-head', 'main'], {}, /--context-head is "main".*40 or 64/],
    ['a flag given twice', ['--is-tip', 'true', '--is-tip', 'false'], {}, /is-tip/],
    ['a bad input', [], { INPUT_MODE: 'all' }, /"mode".*"all".*max, min/],
    [
      'a payload that is not there',
      [],
      { GITHUB_EVENT_PATH: '/nowhere/event.json' },
      /GITHUB_EVENT_PATH is "\/nowhere\/event\.json"/,
    ],
    ['no payload', [], { GITHUB_EVENT_PATH: '' }, /GITHUB_EVENT_PATH is not set/],
  ] as const)('%s is one clear line and exit code 1', async (_description, flags, changes, message) => {
    const { exitCode, stdout, stderr } = await runCli(['plan', ...flags], push(changes));
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('a payload that is not JSON is one clear line', async () => {
    const directory = path.join(root, 'bad');
    await mkdir(directory);
    await writeFile(path.join(directory, 'event.json'), 'not json');
    const env = push({ GITHUB_EVENT_PATH: path.join(directory, 'event.json') });
    const { exitCode, stderr } = await runCli(['plan', '--json'], env);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^hotlayer: GITHUB_EVENT_PATH is ".*event\.json", which is not JSON: [^\n]*\n$/);
  });
});

describe('hotlayer plan of an event that is played', () => {
  let checkout: string;

  beforeAll(async () => {
    const { clone } = await createOrigin(await mkdtemp(path.join(root, 'git-')));
    checkout = clone;
    await git(checkout, 'remote', 'set-head', 'origin', 'main');
    await git(checkout, 'checkout', '-q', '-b', 'feature/a');
    // On no server: nothing of a machine of one's own is there yet.
    await commit(checkout, 'second');
    await writeFile(path.join(checkout, 'list.json'), '[]');
    await writeFile(
      path.join(checkout, 'closed.json'),
      '{"number":9,"pull_request":{"state":"closed","base":{"ref":"release/1"}}}',
    );
  });

  const pr7 = ['pull request 7', 'branch main'];
  it.each([
    ['nothing said', [], 'push on refs/heads/feature/a', ['branch feature/a', 'branch main'], 'own-branch'],
    ['a branch', ['--ref', 'dev'], 'push on refs/heads/dev', ['branch dev', 'branch main'], 'own-branch'],
    [
      'a pull request’s ref',
      ['--ref', 'refs/pull/7/merge'],
      'pull_request on refs/pull/7/merge',
      pr7,
      'pr-own-scope',
    ],
    [
      'event and ref',
      ['--event', 'pull_request', '--ref', 'refs/pull/7/merge'],
      'pull_request on refs/pull/7/merge',
      pr7,
      'pr-own-scope',
    ],
    [
      'event and payload',
      ['--event', 'pull_request', '--payload', 'closed.json'],
      'pull_request on refs/pull/9/merge',
      ['pull request 9', 'branch release/1', 'branch main'],
      'pr-closed',
    ],
    [
      'a schedule, which runs on the default branch',
      ['--event', 'schedule'],
      'schedule on refs/heads/main',
      ['branch main'],
      'own-branch',
    ],
    ['a tag', ['--ref', 'refs/tags/v1'], 'push on refs/tags/v1', ['branch main'], 'tag-ref'],
  ] as const)('%s', async (_description, flags, title, imports, code) => {
    const { exitCode, stdout, stderr } = await runCli(['plan', ...flags], {}, checkout);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [first, ...table] = stdout.split('\n');
    expect(first).toBe(`event   ${title}, played`);
    expect(
      table.slice(0, imports.length).map((line) => line.replace(/^(?:import)? +(.*?) {2}.*$/, '$1')),
    ).toEqual(imports);
    expect(stdout).toMatch(new RegExp(`^why .*\\(${code}\\)$`, 'm'));
  });

  it('takes the place of the run whose variables are there, token and all', async () => {
    const other = {
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: '/nowhere/event.json',
      GITHUB_REF: 'refs/heads/other',
      GITHUB_SHA: '1'.repeat(40),
      ...mintToken([{ Scope: 'refs/heads/other', Permission: 1 }]),
    };
    const flags = ['plan', '--json', '--ref', 'refs/pull/7/merge'];
    const played = await runCli(flags, other, checkout);
    expect(played).toEqual(await runCli(flags, {}, checkout));
    expect(JSON.parse(played.stdout)).toMatchObject({
      code: 'pr-own-scope',
      exportRef: { kind: 'pr', name: '7' },
    });
  });

  it('needs no checkout', async () => {
    const directory = await mkdtemp(path.join(root, 'empty-'));
    const { exitCode, stdout } = await runCli(['plan'], {}, directory);
    expect({ exitCode, first: stdout.split('\n')[0] }).toEqual({
      exitCode: 0,
      first: 'event   push on refs/heads/main, played',
    });
  });

  it.each([
    [
      'a pull request without a number',
      ['--event', 'pull_request'],
      /--ref is "".*refs\/pull\/NUMBER\/merge/,
    ],
    ['a pull request on a branch', ['--event', 'pull_request', '--ref', 'dev'], /--ref is "dev"/],
    ['a payload that is not there', ['--payload', 'absent.json'], /--payload absent\.json: .*ENOENT/],
    ['a payload that is not JSON', ['--payload', 'file.txt'], /--payload file\.txt is no JSON object/],
    ['a payload that is no object', ['--payload', 'list.json'], /--payload list\.json is no JSON object/],
    ['an event given twice', ['--event', 'push', '--event', 'push'], /--event is given 2 times/],
  ] as const)('%s is one clear line and exit code 1', async (_description, flags, message) => {
    const { exitCode, stdout, stderr } = await runCli(['plan', ...flags], {}, checkout);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
