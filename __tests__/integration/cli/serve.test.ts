import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runNode } from '../../helpers/run-node.ts';
import { cliPath, ServeProcess } from '../../helpers/serve.ts';
import { send } from '../../helpers/wire.ts';

let directory: string;
let serving: ServeProcess | undefined;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-serve-'));
});
afterEach(async () => {
  await serving?.kill();
  await rm(directory, { recursive: true, force: true });
});

const mint = async (...args: readonly string[]): Promise<string> =>
  (await runNode(cliPath, ['token', ...args])).output.trim();
const lookUp = (url: string, token: string) =>
  send(`${url}/_apis/artifactcache/cache?keys=k&version=v`, {
    headers: { Authorization: `Bearer ${token}` },
  });

describe('hotlayer serve', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'serves until %s, then prints statistics and exits 0',
    async (signal) => {
      serving = await ServeProcess.start([
        '--dir',
        path.join(directory, 'new', 'cache'),
        '--max-size-mb',
        '10',
      ]);
      expect(serving.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect((await lookUp(serving.url, await mint('--scope', 'refs/heads/main:r'))).status).toBe(204);
      const { exitCode, statistics } = await serving.stop(signal);
      expect(exitCode).toBe(0);
      expect(statistics).toMatchObject({
        totalCalls: 1,
        calls: { lookup: { count: 1, failed: 0 } },
        storage: { entries: 0 },
      });
    },
  );

  it('takes tokens of its secret only', async () => {
    serving = await ServeProcess.start(['--dir', directory, '--secret', 'right']);
    expect(
      (await lookUp(serving.url, await mint('--scope', 'refs/heads/main:r', '--secret', 'right'))).status,
    ).toBe(204);
    expect(
      (await lookUp(serving.url, await mint('--scope', 'refs/heads/main:r', '--secret', 'wrong'))).status,
    ).toBe(401);
    expect((await lookUp(serving.url, await mint('--scope', 'refs/heads/main:r'))).status).toBe(401);
  });

  it('refuses a directory that another process serves, and says which', async () => {
    serving = await ServeProcess.start(['--dir', directory]);
    const second = await runNode(cliPath, ['serve', '--dir', directory]);
    expect(second.exitCode).toBe(1);
    expect(second.output).toMatch(/is in use by process \d+/);
    await serving.kill();
    serving = await ServeProcess.start(['--dir', directory]);
  });

  it('does what the fault file says', async () => {
    const faults = path.join(directory, 'faults.json');
    await writeFile(faults, '[{"call": "lookup", "status": 503, "count": 1}]');
    serving = await ServeProcess.start([
      '--dir',
      path.join(directory, 'd'),
      '--faults',
      faults,
      '--latency-ms',
      '1',
      '--total-mbps',
      '0.5',
    ]);
    const token = await mint('--scope', 'refs/heads/main:r');
    expect([(await lookUp(serving.url, token)).status, (await lookUp(serving.url, token)).status]).toEqual([
      503, 204,
    ]);
    expect((await serving.stop()).statistics).toMatchObject({ faults: [1] });
  });

  it.each([
    [[], /--dir is missing/],
    [['--dir', 'd', '--port', '70000'], /--port "70000" is not a whole number from 0 to 65535/],
    [['--dir', 'd', '--latency-ms', '-5'], /latency-ms/],
    [['--dir', 'd', '--latency-ms=soon'], /--latency-ms "soon"/],
    [['--dir', 'd', '--stream-mbps', '0'], /--stream-mbps "0"/],
    [['--dir', 'd', '--dir', 'e'], /--dir is given 2 times/],
    [['--dir', 'd', '--colour'], /--colour.*Known flags: --dir/s],
    [['--dir', 'd', 'extra'], /extra/],
    [['--dir', 'd', '--secret', ''], /--secret is empty/],
    [['--dir', 'd', '--faults', '/none.json'], /--faults \/none\.json.*ENOENT/],
  ])('%j is refused in one line, before anything is made', async (args, message) => {
    const { exitCode, output } = await runNode(cliPath, ['serve', ...args]);
    expect(exitCode).toBe(1);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/^\s+at /m);
  });
});

describe('hotlayer token', () => {
  it('prints a JWT with the scopes in their order', async () => {
    const token = await mint('--scope', 'refs/heads/dev:rw', '--scope', 'refs/heads/main:r', '--scope', ':w');
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(JSON.parse(claims.ac)).toEqual([
      { Scope: 'refs/heads/dev', Permission: 3 },
      { Scope: 'refs/heads/main', Permission: 1 },
      { Scope: '', Permission: 2 },
    ]);
  });

  it('prints one with permissions of the REST, under the names that GitHub has for them', async () => {
    const token = await mint(
      '--permission',
      'actions=write',
      '--permission',
      'pull-requests=read',
      '--repository',
      'o/r',
    );
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({
      repository: 'o/r',
      permissions: { actions: 'write', pull_requests: 'read' },
    });
  });

  it.each([
    [['--permission', 'actions'], /--permission "actions" is not NAME=LEVEL/],
    [['--permission', 'actions=admin'], /with the level read or write/],
    [[], /--scope is missing/],
    [['--scope', 'refs/heads/main'], /--scope "refs\/heads\/main" is not REF:RIGHTS/],
    [['--scope', 'refs/heads/main:x'], /r, w or rw/],
    [['--scope', 'a:r', '--secret', ''], /--secret is empty/],
  ])('%j is refused', async (args, message) => {
    const { exitCode, output } = await runNode(cliPath, ['token', ...args]);
    expect(exitCode).toBe(1);
    expect(output).toMatch(message);
  });
});
