import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runCommand } from '../src/process/command.ts';
import { findProgram } from './find-program.ts';
import { lastLines } from './program.ts';

/** A program that Go compiles from its module. */
export interface GoProgram {
  readonly module: string;
  readonly version: string;
  /** Where it keeps its version: it does not know it unless the linker tells it. */
  readonly versionVariable?: string;
  /** The argument with which it prints its version; `--version` where it is left out. */
  readonly versionCommand?: string;
}

/** The file of that very version: from PATH, from the tool directory, or compiled into it. Throws one sentence. */
export async function getGoProgram(
  name: string,
  program: GoProgram,
  directory: string,
  log: (line: string) => void,
): Promise<string> {
  const { version } = program;
  const onPath = await findProgram(name);
  if (onPath !== undefined && (await saysVersion(onPath, program))) return onPath;
  const target = path.join(directory, name, version);
  const file = path.join(target, name);
  if (existsSync(file)) return file;
  if ((await findProgram('go')) === undefined)
    throw new Error(
      `${name} ${version}: install Go 1.26 or newer, then run this again (or put ${name} ${version.slice(1)} on PATH).`,
    );
  const temporary = mkdtempSync(path.join(directory, 'tmp-'));
  try {
    log(`Compiling ${name} ${version} from its Go module …`);
    const started = performance.now();
    await compile(name, program, temporary);
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
    log(`  ${name} ${version} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    return file;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function compile(name: string, program: GoProgram, binDirectory: string): Promise<void> {
  const { module, version, versionVariable } = program;
  const flags = versionVariable === undefined ? [] : ['-ldflags', `-s -w -X ${versionVariable}=${version}`];
  const { exitCode, stderr } = await runCommand('go', ['install', ...flags, `${module}@${version}`], {
    env: {
      ...process.env,
      GOBIN: binDirectory,
      GOWORK: 'off',
      GOFLAGS: '-trimpath -buildvcs=false',
      CGO_ENABLED: '0',
    },
  });
  if (exitCode !== 0) throw new Error(`${name} ${version}: ${explainGo(stderr)}`);
}

function explainGo(stderr: string): string {
  const required = /requires go >= ([\d.]+)/.exec(stderr)?.[1];
  return required === undefined
    ? `go install failed: ${lastLines(stderr, 1)}`
    : `it needs Go ${required} or newer, and this Go may not fetch it (GOTOOLCHAIN=local, or it is older than 1.21): install a newer Go.`;
}

async function saysVersion(file: string, program: GoProgram): Promise<boolean> {
  const { version, versionCommand = '--version' } = program;
  const { stdout } = await runCommand(file, [versionCommand], { env: process.env, timeoutMs: 30_000 });
  return new RegExp(`(^|[\\sv])${version.slice(1).replaceAll('.', '\\.')}(\\s|$)`).test(stdout);
}
