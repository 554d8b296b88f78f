import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { listProcesses } from './leftovers.ts';
import { buildkitDirectory, root } from './runner.ts';

export interface ActRun {
  readonly exitCode: number | null;
  readonly log: string;
}

/** The payload of pull request 7 into main. */
export const pullRequestEvent = {
  action: 'synchronize',
  number: 7,
  repository: { id: 1, full_name: 'o/r', default_branch: 'main' },
  pull_request: {
    number: 7,
    state: 'open',
    merged: false,
    user: { login: 'dev', type: 'User' },
    base: { ref: 'main' },
    head: { ref: 'feature' },
  },
};

/** Where act runs workflows: below `directory`, which is also the home of its jobs, lies the repository. */
export interface ActPlace {
  readonly directory: string;
  readonly repository: string;
  /** Of the repository; a directory means all workflows in it. */
  readonly workflows: string;
}

/** The jobs of both run on this machine. */
const labels = ['ubuntu-latest', 'self-hosted'].flatMap((label) => ['-P', `${label}=-self-hosted`]);

/** Runs the workflows of this event on this machine; nothing of the place may be left running. */
export async function runAct(place: ActPlace, event: string, flags: readonly string[]): Promise<ActRun> {
  const { directory, repository, workflows } = place;
  const child = spawn('act', [event, '-W', workflows, ...labels, ...flags], {
    cwd: repository,
    // The action is a node24 action, and gets its BuildKit from PATH.
    env: {
      ...process.env,
      PATH: [path.join(root, 'node_modules', '.bin'), buildkitDirectory(), process.env['PATH']].join(
        path.delimiter,
      ),
      XDG_CACHE_HOME: path.join(directory, 'cache'),
      HOME: directory,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const leftovers = listProcesses()
    .filter(({ cmdline, environ }) => (cmdline + environ).includes(directory))
    .map(({ cmdline }) => cmdline);
  if (leftovers.length > 0) throw new Error(`act has left ${leftovers.join('\n')}:\n${log}`);
  return { exitCode, log };
}

/** Flags with which jobs get these variables, and act no cache service of its own. */
export function toActFlags(env: Readonly<Record<string, string>>): readonly string[] {
  return [
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    '--cache-server-addr',
    '127.0.0.1',
  ];
}

/** Commits what is in the directory, as o/r on GitHub. */
export function commitAll(repository: string): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
      cwd: repository,
    });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'https://github.com/o/r.git');
  git('add', '--all');
  git('commit', '--quiet', '--message=test');
}

/** Copies files of our work tree as it is, committed or not: what git tracks or would track. */
export async function copySources(to: string, isWanted: (file: string) => boolean): Promise<void> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) {
    // A build takes files away that git still tracks.
    if (!isWanted(file) || !existsSync(path.join(root, file))) continue;
    await mkdir(path.dirname(path.join(to, file)), { recursive: true });
    await cp(path.join(root, file), path.join(to, file));
  }
}
