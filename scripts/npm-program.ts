import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runCommand } from '../src/process/command.ts';
import { findProgram } from './find-program.ts';
import { lastLines } from './program.ts';

/** Programs of npm that are too large for the dependencies of this package, and need a newer Node than it. */
export const npmPrograms = { azurite: { version: '3.36.0', entry: 'dist/src/blob/main.js' } } as const;

/** The script of that very version: from the tool directory, or from npm into it. Throws one sentence. */
export async function getNpmProgram(
  name: keyof typeof npmPrograms,
  directory: string,
  log: (line: string) => void,
): Promise<string> {
  const { version, entry } = npmPrograms[name];
  const target = path.join(directory, name, version);
  const file = path.join(target, 'node_modules', name, entry);
  if (existsSync(file)) return file;
  const npm = await findProgram('npm');
  if (npm === undefined) throw new Error(`${name} ${version}: install npm, then run this again.`);
  const temporary = mkdtempSync(path.join(directory, 'tmp-'));
  try {
    log(`Getting ${name} ${version} from npm …`);
    const { exitCode, stderr, outcome } = await runCommand(
      npm,
      // Nothing of it is compiled, and nothing may run while it is installed.
      ['install', '--prefix', temporary, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
      { env: process.env },
    );
    if (exitCode !== 0)
      throw new Error(`${name} ${version}: npm install failed: ${lastLines(stderr, 1) || outcome}`);
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
    return file;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
