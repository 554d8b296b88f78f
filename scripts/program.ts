import { type ChildProcess, spawn } from 'node:child_process';
import type { ChildEnvironment } from '../src/process/command.ts';

export interface EndedProgram {
  /** The signal's name where one ended it, -1 where it could not be started. */
  readonly exitCode: number | string;
  readonly stdout: string;
  /** Both streams, as they came. */
  readonly output: string;
}

export interface StartedProgram {
  readonly child: ChildProcess;
  /** Never rejects. */
  readonly ended: Promise<EndedProgram>;
}

export interface StartOptions {
  readonly env: ChildEnvironment;
  readonly cwd?: string;
  /** Sees each line of both streams as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Starts a program that is watched while it runs; src/process/command.ts is for what is only waited for. */
export function startProgram(
  file: string,
  args: readonly string[],
  { env, cwd, onLine = () => undefined }: StartOptions,
): StartedProgram {
  const child = spawn(file, [...args], { env: { ...env }, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (stream === child.stdout) stdout += text;
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
  }
  const ended = new Promise<EndedProgram>((resolve) => {
    child.once('error', (error) => resolve({ exitCode: -1, stdout, output: `${output}${error.message}` }));
    child.once('close', (code, signal) => resolve({ exitCode: code ?? signal ?? -1, stdout, output }));
  });
  return { child, ended };
}

/** The end of a program's output, for a message. */
export function lastLines(output: string, count = 8): string {
  return output.trim().split('\n').slice(-count).join('\n');
}
