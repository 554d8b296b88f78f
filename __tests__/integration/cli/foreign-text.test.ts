import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hostileLines, hostileName, mark } from '../../helpers/hostile-lines.ts';
import { findCommands, findTerminalTricks } from '../../helpers/runner-commands.ts';
import { cliPath } from '../../helpers/serve.ts';

/** A workflow may run the command line: then the runner reads both of its streams. */
describe('the command line gives the runner no command', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-cli-'));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  function run(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly stdout: string; readonly all: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [cliPath, ...args], {
        cwd: directory,
        env: { PATH: process.env['PATH'], HOME: directory, ...env },
      });
      const [stdout, stderr]: [string[], string[]] = [[], []];
      child.stdout.on('data', (chunk) => stdout.push(String(chunk)));
      child.stderr.on('data', (chunk) => stderr.push(String(chunk)));
      child.on('error', reject);
      child.on('close', () =>
        resolve({ stdout: stdout.join(''), all: [...stdout, '\n', ...stderr].join('') }),
      );
    });
  }

  const expectHarmless = (text: string): void => {
    expect(text).toContain(mark);
    expect(findCommands(text)).toEqual([]);
    expect(findTerminalTricks(text)).toEqual([]);
  };

  async function toEvent(ref: string): Promise<Readonly<Record<string, string>>> {
    const file = path.join(directory, 'event.json');
    const repository = { id: 1, full_name: 'o/r', default_branch: ref.replace('refs/heads/', '') };
    await writeFile(file, JSON.stringify({ ref, repository }));
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { ac: JSON.stringify([{ Scope: ref, Permission: 3 }]) };
    return {
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: file,
      GITHUB_REF: ref,
      GITHUB_SHA: '1'.repeat(40),
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_WORKSPACE: directory,
      ACTIONS_RUNTIME_TOKEN: `${encode({ alg: 'none' })}.${encode(claims)}.ZmFrZQ`,
    };
  }

  it('from the name of a branch, in a plan as text and as JSON', async () => {
    for (const line of hostileLines) {
      const ref = `refs/heads/${line}`;
      const env = await toEvent(ref);
      const text = await run(['plan'], env);
      expectHarmless(text.all);
      const json = await run(['plan', '--json'], env);
      expect(findCommands(json.all)).toEqual([]);
      expect(findTerminalTricks(json.all)).toEqual([]);
      expect(() => JSON.parse(json.stdout)).not.toThrow();
    }
  }, 120_000);

  it.each([
    ['an unknown command', [hostileName]],
    ['an unknown flag', ['plan', `--${hostileName}`]],
    ['a wrong flag', ['plan', '--is-tip', hostileName]],
    ['a context too many', ['build', '.', hostileName]],
    ['a payload that is not there', ['build', '--payload', hostileName, '.']],
    ['a fault file that is not there', ['serve', '--dir', 'd', '--faults', hostileName]],
    ['a scope of a token', ['token', '--scope', hostileName]],
  ])('from %s', async (_what, args) => {
    expectHarmless((await run(args)).all);
    expectHarmless((await run(args, { HOTLAYER_DEBUG: '1' })).all);
  });
});
