import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { planRun } from '../../../src/plan/plan-run.ts';
import { readTokenRights } from '../../../src/policy/token-rights.ts';
import { commit, git } from '../../helpers/git-repository.ts';

const scopes = JSON.stringify([{ Scope: 'refs/heads/main', Permission: 3 }]);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${encode({ alg: 'none' })}.${encode({ ac: scopes })}.c2ln`;
const basic = (login: string) => `basic ${Buffer.from(login).toString('base64')}`;
const secret = 'ghs_secret';
const login = basic(`x-access-token:${secret}`);
/** Where the branch is now: an answer of the remote shows as an old run. */
const tip = '7'.repeat(40);

interface Call {
  readonly url: string;
  readonly authorization: string | undefined;
}

let root: string;
let event: string;
let server: Server;
let address: string;
let calls: Call[];
let count = 0;

/** Answers like a web server with the files of a repository, to those who have the login. */
function listen(): Promise<Server> {
  const made = createServer((request: IncomingMessage, response) => {
    const { authorization } = request.headers;
    calls.push({ url: request.url ?? '', authorization });
    if (authorization?.toLowerCase() !== login.toLowerCase()) response.writeHead(401).end();
    else if (request.url?.includes('/info/refs')) response.end(`${tip}\trefs/heads/main\n`);
    else response.writeHead(404).end();
  });
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve(made)));
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'hotlayer-remote-'));
  event = path.join(root, 'event.json');
  await writeFile(event, '{"repository":{"id":1,"default_branch":"main"}}');
  server = await listen();
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
});

beforeEach(() => {
  calls = [];
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(root, { recursive: true, force: true });
});

interface Run {
  readonly workspace: string;
  readonly temp: string;
  readonly bin: string;
  readonly head: string;
  plan(changes?: Readonly<Record<string, string>>): Promise<string>;
}

/** A checkout whose configuration a test completes, and a git and an ssh that write down how they are called. */
async function prepare(origin: string): Promise<Run> {
  count += 1;
  const home = path.join(root, String(count));
  const [workspace, temp, bin] = ['workspace', 'temp', 'bin'].map((name) => path.join(home, name));
  if (workspace === undefined || temp === undefined || bin === undefined) throw new Error('no place');
  for (const directory of [workspace, temp, bin]) await mkdir(directory, { recursive: true });
  await git(workspace, 'init', '-q', '-b', 'main');
  await git(workspace, 'remote', 'add', 'origin', origin);
  const head = await commit(workspace, 'one');
  const real = await git(root, '--exec-path');
  const log = path.join(home, 'log');
  await writeFile(log, '');
  const write = (name: string, end: string) =>
    writeFile(path.join(bin, name), `#!/bin/sh\necho "${name}: $*" >> '${log}'\n${end}\n`, { mode: 0o755 });
  await write('git', `exec '${real}/git' "$@"`);
  await write('ssh', 'exit 1');
  const plan = async (changes: Readonly<Record<string, string>> = {}) => {
    const env = {
      PATH: `${bin}:${process.env['PATH']}`,
      HOME: home,
      RUNNER_TEMP: temp,
      GITHUB_WORKSPACE: workspace,
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: event,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SHA: head,
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SERVER_URL: address,
      ACTIONS_RUNTIME_TOKEN: token,
      ...changes,
    };
    const options = { cwd: workspace, defaultPlatform: 'linux/amd64' };
    return (await planRun(env, parseInputs(env), { ...options, rights: readTokenRights(env) })).plan.code;
  };
  return { workspace, temp, bin, head, plan };
}

const readLog = ({ bin }: Run) => readFile(path.join(path.dirname(bin), 'log'), 'utf8');

async function expectAnswer(run: Run, changes: Readonly<Record<string, string>> = {}): Promise<void> {
  expect(await run.plan(changes)).toBe('stale-rerun');
  const log = await readLog(run);
  expect(log).toContain('ls-remote');
  for (const text of [secret, login.slice('basic '.length)]) expect(log).not.toContain(text);
}

describe('a private repository over http is asked with the credential', () => {
  it('that actions/checkout left in .git/config', async () => {
    const run = await prepare(`${address}/o/r`);
    await git(run.workspace, 'config', `http.${address}/.extraheader`, `AUTHORIZATION: ${login}`);
    await expectAnswer(run);
  });

  it.each(['includeIf.gitdir:%.path', 'includeIf.gitdir:%/worktrees/*.path', 'include.path'])(
    'that actions/checkout (v6) left in RUNNER_TEMP: %s',
    async (key) => {
      const run = await prepare(`${address}/o/r`);
      const file = path.join(run.temp, 'git-credentials-11111111-2222-4333-8444-555555555555.config');
      await writeFile(file, `[http "${address}/"]\n\textraheader = AUTHORIZATION: ${login}\n`);
      await git(run.workspace, 'config', key.replace('%', path.join(run.workspace, '.git')), file);
      await expectAnswer(run);
    },
  );

  it('in the address, which no argument shows', async () => {
    await expectAnswer(await prepare(`${address.replace('://', `://x-access-token:${secret}@`)}/o/r.git`));
  });

  it('of the input github-token, on the server of the run', async () => {
    await expectAnswer(await prepare(`${address}/o/r.git`), { 'INPUT_GITHUB-TOKEN': secret });
  });

  it('also for a Git context without any checkout', async () => {
    const run = await prepare(`${address}/o/r.git`);
    await rm(path.join(run.workspace, '.git'), { recursive: true });
    const context = { INPUT_CONTEXT: `${address}/o/r.git#main`, 'INPUT_GITHUB-TOKEN': secret };
    await expectAnswer(run, context);
    // The context is at the tip then, so that it is the run which is old.
    expect(calls.every(({ authorization }) => authorization !== undefined)).toBe(true);
  });
});

describe('a credential stays where it belongs', () => {
  it.each<readonly [string, (run: Run) => Promise<unknown>]>([
    [
      'one for another server',
      ({ workspace }) =>
        git(workspace, 'config', 'http.https://github.com/.extraheader', `AUTHORIZATION: ${login}`),
    ],
    [
      'one in a file that is not of actions/checkout',
      async ({ workspace, temp }) => {
        await writeFile(path.join(temp, 'other.config'), `[http]\n\textraheader = AUTHORIZATION: ${login}\n`);
        await git(workspace, 'config', 'include.path', path.join(temp, 'other.config'));
      },
    ],
    [
      'one in a file outside of RUNNER_TEMP',
      async ({ workspace }) => {
        const file = path.join(workspace, 'git-credentials-1.config');
        await writeFile(file, `[http]\n\textraheader = AUTHORIZATION: ${login}\n`);
        await git(workspace, 'config', 'include.path', file);
      },
    ],
  ])('%s is not sent', async (_description, change) => {
    const run = await prepare(`${address}/o/r`);
    await change(run);
    expect(await run.plan()).toBe('own-branch');
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.map(({ authorization }) => authorization)).toEqual(calls.map(() => undefined));
  });

  it('the token of the run goes to no other server, and to none that another repository names', async () => {
    const run = await prepare(`${address}/o/r`);
    await run.plan({ GITHUB_SERVER_URL: 'https://127.0.0.1:1', 'INPUT_GITHUB-TOKEN': secret });
    await run.plan({ GITHUB_REPOSITORY: 'o/other', 'INPUT_GITHUB-TOKEN': secret });
    expect(calls.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  });
});

it("the user's proxy is used, and nothing else of the user's configuration", async () => {
  const run = await prepare('http://server.invalid/o/r.git');
  const config = path.join(run.temp, 'gitconfig');
  await writeFile(
    config,
    `[http]\n\tproxy = ${address}\n\textraheader = X-Planted: 1\n[url "http://elsewhere.invalid/"]\n\tinsteadOf = http://server.invalid/\n[credential]\n\thelper = !touch ${run.temp}/helper\n`,
  );
  const server = { GITHUB_SERVER_URL: 'http://server.invalid', 'INPUT_GITHUB-TOKEN': secret };
  expect(await run.plan({ ...server, GIT_CONFIG_GLOBAL: config })).toBe('stale-rerun');
  expect(calls.map(({ url }) => new URL(url).host)).toEqual(calls.map(() => 'server.invalid'));
  await expect(readFile(path.join(run.temp, 'helper'))).rejects.toThrow('ENOENT');
});

describe('a repository over ssh', () => {
  const key = '11111111-2222-4333-8444-555555555555';
  const command = `"/usr/bin/ssh" -i "$RUNNER_TEMP/${key}" -o StrictHostKeyChecking=yes -o CheckHostIP=no -o "UserKnownHostsFile=$RUNNER_TEMP/${key}_known_hosts"`;
  const sshLine = async (configured: string | undefined, changes: Readonly<Record<string, string>> = {}) => {
    const run = await prepare('git@github.com:o/r.git');
    if (configured !== undefined) await git(run.workspace, 'config', 'core.sshCommand', configured);
    expect(await run.plan({ GITHUB_SERVER_URL: 'https://github.com', ...changes })).toBe('own-branch');
    const lines = (await readLog(run)).split('\n').filter((line) => line.startsWith('ssh: '));
    return { line: lines.at(-1) ?? '', temp: run.temp };
  };

  it("is asked with actions/checkout's key, by a command of our own", async () => {
    const { line, temp } = await sshLine(command);
    expect(line).toContain(`-i ${temp}/${key} -o UserKnownHostsFile=${temp}/${key}_known_hosts`);
    expect(line).toContain('-o BatchMode=yes -o StrictHostKeyChecking=yes');
  });

  it.each([
    undefined,
    'ssh -o ProxyCommand=evil',
    `${command} -o ProxyCommand=evil`,
    command.replace('$RUNNER_TEMP', '$GITHUB_WORKSPACE'),
    command.replace('/usr/bin/ssh', '$(evil)'),
    `evil; ${command}`,
  ])('with a core.sshCommand %p: plainly', async (configured) => {
    const { line } = await sshLine(configured);
    expect(line).toMatch(/^ssh: -o BatchMode=yes /);
    expect(line).not.toMatch(/evil|-i /);
  });

  it("with the user's own GIT_SSH_COMMAND", async () => {
    const { line } = await sshLine(command, { GIT_SSH_COMMAND: 'ssh -o Mine=yes' });
    expect(line).toContain('-o Mine=yes');
  });
});
