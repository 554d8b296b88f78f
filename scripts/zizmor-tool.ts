import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runCommand } from '../src/process/command.ts';
import { findProgram } from './find-program.ts';
import { lastLines } from './program.ts';

/** Of PyPI, which has it as a program. */
export const zizmorVersion = '1.32.0';

/**
 * The file of that very version: from PATH, from the tool directory, or installed into it with pip. Answers undefined
 * where nothing may be installed yet, and there is no Python with venv. Throws one sentence.
 */
export async function getZizmor(directory: string, log: (line: string) => void): Promise<string | undefined> {
  const onPath = await findProgram('zizmor');
  if (onPath !== undefined && (await saysVersion(onPath))) return onPath;
  // As in ensureTools: before packages are installed, the question is whether one is missing.
  if (directory === '') return (await hasVenv()) ? 'python3' : undefined;
  const target = path.join(directory, 'zizmor', zizmorVersion);
  const file = path.join(target, 'zizmor');
  if (existsSync(file)) return file;
  if (!(await hasVenv()))
    throw new Error(
      `zizmor ${zizmorVersion}: install Python 3 with venv (Debian and Ubuntu: apt-get install python3-venv).`,
    );
  const temporary = mkdtempSync(path.join(directory, 'tmp-'));
  try {
    log(`Installing zizmor ${zizmorVersion} (pip) …`);
    const started = performance.now();
    const venv = path.join(temporary, 'venv');
    await run('python3', '-m', 'venv', venv);
    await run(
      path.join(venv, 'bin', 'pip'),
      'install',
      '--quiet',
      '--no-deps',
      '--only-binary=:all:',
      `zizmor==${zizmorVersion}`,
    );
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target);
    // A program of its own, which needs nothing of Python.
    renameSync(path.join(venv, 'bin', 'zizmor'), file);
    log(`  zizmor ${zizmorVersion} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    return file;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** What zizmor looks at, and what is a finding: all workflows and actions of this repository, from medium severity on. */
export function listAuditFlags(root: string): readonly string[] {
  const list = (folder: string, wanted: RegExp) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => wanted.test(name))
      .map((name) => path.join(folder, name))
      .toSorted();
  return [
    ...['--min-severity=medium', '--config=.github/zizmor.yml', '.github', 'action.yml'],
    ...readdirSync(root).flatMap((name) =>
      existsSync(path.join(root, name, 'action.yml')) ? [`${name}/action.yml`] : [],
    ),
    ...list('workflow', /(?:^|\/)action\.yml$/),
    ...list('examples', /^workflows\/[^/]+\.yml$|\.github\/workflows\/[^/]+\.yml$/),
  ];
}

async function hasVenv(): Promise<boolean> {
  // Debian has the module without what it needs to make one.
  const { exitCode } = await runCommand('python3', ['-c', 'import venv, ensurepip'], { env: process.env });
  return exitCode === 0;
}

async function saysVersion(file: string): Promise<boolean> {
  const { stdout } = await runCommand(file, ['--version'], { env: process.env, timeoutMs: 30_000 });
  return stdout.trim() === `zizmor ${zizmorVersion}`;
}

async function run(file: string, ...args: readonly string[]): Promise<void> {
  const { exitCode, stderr, outcome } = await runCommand(file, args, { env: process.env });
  if (exitCode !== 0) throw new Error(`zizmor ${zizmorVersion}: ${lastLines(stderr, 1) || outcome}`);
}
