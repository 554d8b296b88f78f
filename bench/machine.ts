import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseJson, readString } from '../src/json.ts';
import { runCommand } from '../src/process/command.ts';
import type { Machine, Versions } from './results.ts';
import { summarize } from './statistics.ts';

const root = path.join(import.meta.dirname, '..');

/** What the numbers depend on, as far as a reader can use it: no host name and no path of this machine. `scratch` is the directory of all runs. */
export function describeMachine(scratch: string): Machine {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    kernel: `${os.type()} ${os.release()}`,
    system: readSystem(),
    // By its name for coreutils, such as `ext2/ext3` or `tmpfs`.
    scratch: execFileSync('stat', ['--file-system', '--format=%T', scratch], { encoding: 'utf8' }).trim(),
  };
}

/** Versions of what is compared, and whether the sources are those of the commit. */
export async function describeVersions(tools: {
  readonly node: string;
  readonly buildkit: string;
  readonly buildx: string;
}): Promise<Versions> {
  const ask = async (file: string, ...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout } = await runCommand(file, args, { env: process.env, cwd: root });
    // A copy without git, for example: the rest is still worth printing.
    return exitCode === 0 ? stdout.trim() : 'unknown';
  };
  const packageFile = parseJson(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return {
    hotlayer: readString(packageFile, 'version') ?? 'unknown',
    commit: await ask('git', 'rev-parse', '--short=12', 'HEAD'),
    isModified: (await ask('git', 'status', '--porcelain', '--', 'dist')) !== '',
    node: await ask(tools.node, '--version'),
    buildkit: toNameAndVersion(await ask(path.join(tools.buildkit, 'buildkitd'), '--version'), 3),
    buildx: toNameAndVersion(await ask(tools.buildx, 'version'), 2),
  };
}

/** Without the commit. */
function toNameAndVersion(line: string, words: number): string {
  return line.split(' ').slice(0, words).join(' ');
}

/** Seconds that bare node takes to start and end, the median of five. */
export function measureBareNode(node: string): number {
  const seconds = Array.from({ length: 5 }, () => {
    const started = performance.now();
    execFileSync(node, ['-e', '0']);
    return (performance.now() - started) / 1000;
  });
  return summarize(seconds)?.median ?? 0;
}

function readSystem(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  } catch {
    // A system without the file is still a Linux.
    return 'Linux';
  }
}
