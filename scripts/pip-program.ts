import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runCommand } from '../src/process/command.ts';
import { findProgram } from './find-program.ts';
import { lastLines } from './program.ts';

/** Programs that PyPI has as wheels, at the versions that the tests know. They need nothing of Python. */
export const pipPrograms = { envd: '1.3.6', zizmor: '1.32.0' } as const;

type PipProgram = keyof typeof pipPrograms;

/** What makes a program print its version; undefined: one on PATH is not asked. */
const versionArguments: Readonly<Record<PipProgram, string | undefined>> = {
  envd: undefined,
  zizmor: '--version',
};

/**
 * The file of that very version: from PATH, from the tool directory, or installed into it with pip. Answers undefined
 * where nothing may be installed yet, and there is no Python with venv. Throws one sentence.
 */
export async function getPipProgram(
  name: PipProgram,
  directory: string,
  log: (line: string) => void,
): Promise<string | undefined> {
  const version = pipPrograms[name];
  const onPath = await findProgram(name);
  if (onPath !== undefined && (await saysVersion(onPath, name))) return onPath;
  // As in ensureTools: before packages are installed, the question is whether one is missing.
  if (directory === '') return (await hasVenv()) ? 'python3' : undefined;
  const target = path.join(directory, name, version);
  const file = path.join(target, name);
  if (existsSync(file)) return file;
  if (!(await hasVenv()))
    throw new Error(
      `${name} ${version}: install Python 3 with venv (Debian and Ubuntu: apt-get install python3-venv).`,
    );
  const temporary = mkdtempSync(path.join(directory, 'tmp-'));
  try {
    log(`Installing ${name} ${version} (pip) …`);
    const started = performance.now();
    const venv = path.join(temporary, 'venv');
    const run = async (program: string, ...args: readonly string[]) => {
      const { exitCode, stderr, outcome } = await runCommand(program, args, { env: process.env });
      if (exitCode !== 0) throw new Error(`${name} ${version}: ${lastLines(stderr, 1) || outcome}`);
    };
    await run('python3', '-m', 'venv', venv);
    const pip = path.join(venv, 'bin', 'pip');
    await run(pip, 'install', '--quiet', '--no-deps', '--only-binary=:all:', `${name}==${version}`);
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target);
    renameSync(path.join(venv, 'bin', name), file);
    log(`  ${name} ${version} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    return file;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function hasVenv(): Promise<boolean> {
  // Debian has the module without what it needs to make one.
  const { exitCode } = await runCommand('python3', ['-c', 'import venv, ensurepip'], { env: process.env });
  return exitCode === 0;
}

async function saysVersion(file: string, name: PipProgram): Promise<boolean> {
  const argument = versionArguments[name];
  if (argument === undefined) return false;
  const { stdout } = await runCommand(file, [argument], { env: process.env, timeoutMs: 30_000 });
  return stdout.trim() === `${name} ${pipPrograms[name]}`;
}
