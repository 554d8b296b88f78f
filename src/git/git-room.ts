import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type GitAnswer, type GitCall, runGit } from './run-git.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is handed to every question to git. */
export interface GitRoom {
  /** A repository of our own without anything in it, for questions that are about none. */
  readonly emptyRepository: string;
  /** A further directory of our own; gone when the room is closed. */
  makeDirectory(): Promise<string>;
  ask(call: Omit<GitCall, 'env' | 'signal'>): Promise<GitAnswer>;
  readonly env: Environment;
}

/** Runs `work` with a scratch directory for git, which is removed afterwards. Throws when there is no room for one. */
export async function withGit<T>(
  env: Environment,
  signal: AbortSignal | undefined,
  work: (git: GitRoom) => Promise<T>,
): Promise<T> {
  const scratch = await makeScratch(env['RUNNER_TEMP'] || tmpdir());
  try {
    const makeDirectory = () => mkdtemp(path.join(scratch, 'view-'));
    const emptyRepository = await makeDirectory();
    for (const name of ['objects', 'refs']) await mkdir(path.join(emptyRepository, name));
    await writeFile(path.join(emptyRepository, 'HEAD'), 'ref: refs/heads/none\n');
    await writeFile(
      path.join(emptyRepository, 'config'),
      '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
    );
    return await work({
      emptyRepository,
      makeDirectory,
      ask: (call) => runGit({ ...call, env, signal }),
      env,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function makeScratch(parent: string): Promise<string> {
  const prefix = 'hotlayer-git-';
  try {
    return await mkdtemp(path.join(parent, prefix));
  } catch (error) {
    if (parent === tmpdir()) throw error;
    // `hotlayer plan` may see the RUNNER_TEMP of another machine.
    return mkdtemp(path.join(tmpdir(), prefix));
  }
}
