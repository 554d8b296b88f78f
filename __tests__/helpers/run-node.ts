import { execFile } from 'node:child_process';
import path from 'node:path';
import { isRecord, type JsonRecord, parseJson } from '../../src/json.ts';
import { root } from './runner.ts';

export interface NodeRun {
  readonly exitCode: number;
  readonly output: string;
  /** The last line, parsed. */
  readonly result: JsonRecord;
}

/** Runs a script of this folder, or a file by its full path, with only the environment given. */
export function runNode(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<NodeRun> {
  const file = path.resolve(root, '__tests__', 'helpers', script);
  const options = { env: { PATH: process.env['PATH'] ?? '', ...env }, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      const last = parseJson(stdout.trim().split('\n').at(-1) ?? '');
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ exitCode, output: stdout + stderr, result: isRecord(last) ? last : {} });
    });
  });
}
