import { spawn } from 'node:child_process';
import { killGroup } from '../process/end.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Setting = readonly [key: string, value: string];

export type GitAnswer =
  /** git ran to its end, whatever it says. */
  | {
      readonly kind: 'answer';
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  /** There is no answer; `reason` is part of a sentence for people. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface GitCall {
  readonly args: readonly string[];
  /** A git directory that we made ourselves (repository-view.ts): never one that somebody else filled. */
  readonly gitDirectory: string;
  /** Where git is searched (PATH), and nothing else of it: what a call needs more stands in `variables`. */
  readonly env: Environment;
  /** undefined takes one of the fixed variables away. */
  readonly variables?: Environment;
  /** Configuration for this call. It goes into the environment, because other users can read arguments. */
  readonly settings?: readonly Setting[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

const maxOutputBytes = 1 << 20;

/** For every call. The git directory has no configuration of its own; this closes what git does without being told to. */
const fixedSettings: readonly Setting[] = [
  ['safe.bareRepository', 'explicit'],
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.askPass', ''],
  ['credential.helper', ''],
  ['http.followRedirects', 'false'],
];

const fixedVariables: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  // Neither the machine's configuration nor the user's: what of it is needed is handed over as data (remote-settings.ts).
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  // Empty, not absent: absent falls back to core.askPass.
  GIT_ASKPASS: '',
  SSH_ASKPASS_REQUIRE: 'never',
  GIT_PAGER: 'cat',
  GIT_OPTIONAL_LOCKS: '0',
  // No ext::, no fd::, no git://, whatever a configuration allows.
  GIT_ALLOW_PROTOCOL: 'file:http:https:ssh',
  // Replaced objects would forge a proof of ancestry; a partial clone must not start to download.
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
};

/**
 * The one place that starts git. It works in a git directory of our own, so that no configuration, hook or discovery of
 * a repository has a part in it, and sees no variable of the job but PATH and what the caller names. Never throws.
 */
export function runGit(call: GitCall): Promise<GitAnswer> {
  const { args, gitDirectory, timeoutMs, signal } = call;
  // spawn throws on these; no ref or path has them.
  if (args.some((arg) => arg.includes('\0'))) return Promise.resolve(toFailure('git was asked for a NUL'));
  if (signal?.aborted) return Promise.resolve(toFailure('the job was cancelled'));
  return new Promise((resolve) => {
    // A process group of its own: a transport that hangs ends together with git, and ssh finds no terminal to ask on.
    const child = spawn('git', args, {
      // Not the context: a PATH with a relative directory must find no program there.
      cwd: gitDirectory,
      env: { ...toGitEnvironment(call) },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let sizeBytes = 0;
    const timer = setTimeout(
      () => end(toFailure(`git did not answer within ${timeoutMs / 1000} seconds`)),
      timeoutMs,
    );
    const cancel = (): void => end(toFailure('the job was cancelled'));
    signal?.addEventListener('abort', cancel);
    const end = (answer: GitAnswer): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      if (answer.kind === 'failed') killGroup(child.pid);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(answer);
    };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length;
        if (sizeBytes > maxOutputBytes) end(toFailure('git said more than 1 MiB'));
        else chunks[name].push(chunk);
      });
    }
    child.on('error', (error) => end(toFailure(toStartFailure(error))));
    child.on('close', (exitCode) => {
      const [stdout, stderr] = [toText(chunks.stdout), toText(chunks.stderr)];
      end(
        exitCode === null
          ? toFailure('git was killed')
          : { kind: 'answer', exitCode, stdout, stderr: stderr.trim() },
      );
    });
  });
}

/** Why there is no answer; for one with an exit code other than 0, the first line that git says. */
export function toReason(answer: GitAnswer): string {
  if (answer.kind === 'failed') return answer.reason;
  const [line = ''] = answer.stderr.split('\n');
  const text = line.replace(/^(?:fatal|error|warning): /, '');
  return text === '' ? `git ended with exit code ${answer.exitCode}` : `git says: ${text.slice(0, 300)}`;
}

function toStartFailure(error: Error): string {
  return 'code' in error && error.code === 'ENOENT'
    ? 'git is not installed'
    : `git cannot be started (${error.message})`;
}

function toFailure(reason: string): GitAnswer {
  return { kind: 'failed', reason };
}

function toText(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function toGitEnvironment({ gitDirectory, env, variables, settings = [] }: GitCall): Environment {
  const all = [...fixedSettings, ...settings];
  const numbered = all.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return {
    ...(env['PATH'] === undefined ? {} : { PATH: env['PATH'] }),
    // Not the user's: versions of git before 2.32 know no GIT_CONFIG_GLOBAL.
    HOME: gitDirectory,
    ...fixedVariables,
    ...variables,
    GIT_DIR: gitDirectory,
    GIT_CONFIG_COUNT: String(all.length),
    ...Object.fromEntries(numbered),
  };
}
