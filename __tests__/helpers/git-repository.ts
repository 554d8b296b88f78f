import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** Runs git as a person would, apart from this machine's configuration; answers what it prints. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'dev',
    GIT_AUTHOR_EMAIL: 'dev@example.com',
    GIT_COMMITTER_NAME: 'dev',
    GIT_COMMITTER_EMAIL: 'dev@example.com',
  };
  const settings = [
    '-c',
    'init.defaultBranch=main',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'protocol.file.allow=always',
  ];
  const { stdout } = await promisify(execFile)('git', [...settings, ...args], { cwd, env });
  return stdout.trim();
}

/** Commits a change to one file; answers the commit. */
export async function commit(directory: string, content: string): Promise<string> {
  await writeFile(path.join(directory, 'file.txt'), `${content}\n`);
  await git(directory, 'add', '-A');
  await git(directory, 'commit', '-qm', content);
  return git(directory, 'rev-parse', 'HEAD');
}

/** A bare repository, and a clone of it with one commit on main that is pushed. */
export async function createOrigin(
  root: string,
  name = 'o/r',
): Promise<{ readonly origin: string; readonly clone: string; readonly first: string }> {
  const origin = path.join(root, 'server', `${name}.git`);
  const clone = path.join(root, 'clone', name);
  await git(root, 'init', '-q', '--bare', origin);
  await git(root, 'clone', '-q', origin, clone);
  await git(clone, 'checkout', '-q', '-B', 'main');
  const first = await commit(clone, 'first');
  await git(clone, 'push', '-q', 'origin', 'main');
  return { origin, clone, first };
}
