import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** The whole environment of a child process; what is not in it is not inherited. */
export type ChildEnvironment = Readonly<Record<string, string | undefined>>;

export interface CommandOptions {
  readonly env: ChildEnvironment;
  readonly cwd?: string;
  /** The process is killed after that time; it then counts as failed. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Writes its standard input and ends it. Where that fails, the command gets no more; undefined: it gets nothing. */
  readonly feed?: (stdin: Writable) => Promise<void>;
}

export interface CommandResult {
  /** undefined: it could not be started, or a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** One line that says how it ended, with the last line it wrote to stderr; for messages. */
  readonly outcome: string;
}

/** Runs a short command to its end and keeps its output. Never throws: a command that is not there has no exit code. */
export function runCommand(
  file: string,
  args: readonly string[],
  { env, cwd, timeoutMs, signal, feed }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    const child = spawn(file, [...args], {
      env: { ...env },
      stdio: [feed === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      ...(cwd === undefined ? {} : { cwd }),
      ...(signal === undefined ? {} : { signal }),
    });
    // Node's own timeout would stay armed after a program that is not there.
    const timeout = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const settle = (exitCode: number | undefined, ended: string): void => {
      clearTimeout(timeout);
      const lastLine = stderr.trimEnd().split('\n').at(-1)?.trim() ?? '';
      resolve({ exitCode, stdout, stderr, outcome: lastLine === '' ? ended : `${ended}: ${lastLine}` });
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const { stdin } = child;
    if (stdin !== null) feed?.(stdin).catch(() => stdin.destroy());
    child.once('error', (error) => settle(undefined, `could not run (${error.message})`));
    child.once('close', (code, killedBy) => {
      settle(code ?? undefined, code === null ? `was ended by ${killedBy}` : `ended with exit code ${code}`);
    });
  });
}
