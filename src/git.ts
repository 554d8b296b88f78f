import { spawn } from 'node:child_process';
import process from 'node:process';

type Environment = Readonly<Record<string, string | undefined>>;

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: string;
}

export interface GitOptions {
  readonly cwd: string;
  /** The run's environment; git gets only what it needs of it. */
  readonly env: Environment;
  readonly timeoutMs: number;
}

const maxOutputBytes = 1 << 20;

/** What git and its transports need; a list of what to pass, so that no token can slip in. */
const passedVariables = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'XDG_CONFIG_HOME',
  'SSH_AUTH_SOCK',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'CURL_CA_BUNDLE',
  'GIT_EXEC_PATH',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
]);

/**
 * Runs git without a terminal, prompts or the run's tokens. Undefined when git is not there or did not answer in time;
 * a git that refuses answers with its exit code.
 */
export function runGit(
  args: readonly string[],
  { cwd, env, timeoutMs }: GitOptions,
): Promise<GitAnswer | undefined> {
  // spawn throws on these; no ref or path has them.
  if (args.some((arg) => arg.includes('\0'))) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    // A process group of its own: a transport that hangs ends together with git, and ssh finds no terminal to ask on.
    const child = spawn('git', args, {
      cwd,
      env: toGitEnvironment(env),
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const timer = setTimeout(() => end(undefined), timeoutMs);
    const end = (answer: GitAnswer | undefined): void => {
      clearTimeout(timer);
      if (answer === undefined) killGroup(child.pid);
      child.stdout.destroy();
      resolve(answer);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > maxOutputBytes) end(undefined);
      else chunks.push(chunk);
    });
    child.on('error', () => end(undefined));
    child.on('close', (exitCode) => {
      end(
        exitCode === null ? undefined : { exitCode, stdout: Buffer.concat(chunks).toString('utf8').trim() },
      );
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended by itself.
  }
}

function toGitEnvironment(env: Environment): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of passedVariables) {
    const value = env[name];
    if (value !== undefined) passed[name] = value;
  }
  return {
    ...passed,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    // Empty, not absent: absent falls back to core.askPass.
    GIT_ASKPASS: '',
    GIT_OPTIONAL_LOCKS: '0',
    // Replaced objects would forge a proof of ancestry; a partial clone must not start to download.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
  };
}
