import path from 'node:path';
import { type ChildEnvironment, runCommand } from '../../process/command.ts';
import { findOnPath, isExecutable, isFile } from '../../process/search-path.ts';
import { type Program, parseVersionLine } from './version.ts';

/** The programs of one BuildKit, all absolute paths. */
export interface BuildkitBinaries {
  /** Where the other programs of a release lie too (buildkit-runc, buildkit-qemu-*). */
  readonly directory: string;
  readonly buildkitd: string;
  readonly buildctl: string;
  /** As it says itself, for example `v0.33.1`. */
  readonly version: string;
  /** The OCI runtime that runs build steps. */
  readonly runc: string;
}

export type Probe =
  | {
      readonly kind: 'usable';
      readonly binaries: BuildkitBinaries;
      /** What buildctl says of itself. */
      readonly clientVersion: string;
    }
  | { readonly kind: 'unusable'; readonly reason: string };

const probeTimeoutMs = 30_000;

/** Asks the programs in a directory what they are; `buildkitd` and `buildctl` may lie in two directories of PATH. */
export async function probeBuildkit(
  places: { readonly buildkitd: string; readonly buildctl: string },
  env: ChildEnvironment,
): Promise<Probe> {
  const [daemon, client] = await Promise.all([
    probeProgram('buildkitd', places.buildkitd, env),
    probeProgram('buildctl', places.buildctl, env),
  ]);
  if (daemon.reason !== undefined) return { kind: 'unusable', reason: daemon.reason };
  if (client.reason !== undefined) return { kind: 'unusable', reason: client.reason };
  const directory = path.dirname(places.buildkitd);
  const runc = await findRunc(directory, env['PATH'] ?? '');
  if (runc === undefined) {
    return {
      kind: 'unusable',
      reason: `${directory} has no buildkit-runc and PATH has no runc (Debian and Ubuntu: apt-get install runc)`,
    };
  }
  const binaries = { ...places, directory, runc, version: daemon.version };
  return { kind: 'usable', binaries, clientVersion: client.version };
}

type ProgramProbe =
  | { readonly reason: string; readonly version?: undefined }
  | { readonly reason?: undefined; readonly version: string };

async function probeProgram(program: Program, file: string, env: ChildEnvironment): Promise<ProgramProbe> {
  const answer = await askProgram(file, '--version', env);
  if (answer.reason !== undefined) return answer;
  const line = parseVersionLine(answer.text);
  return line?.program === program
    ? { version: line.version }
    : { reason: `${file} is not BuildKit's ${program}` };
}

/** What a program prints when it is asked what it is, or why it cannot be asked. */
export async function askProgram(
  file: string,
  question: string,
  env: ChildEnvironment,
): Promise<
  | { readonly reason: string; readonly text?: undefined }
  | { readonly reason?: undefined; readonly text: string }
> {
  if (!(await isFile(file))) return { reason: `${file} does not exist` };
  if (!(await isExecutable(file))) return { reason: `${file} is not executable` };
  const { stdout, outcome, exitCode } = await runCommand(file, [question], {
    env,
    timeoutMs: probeTimeoutMs,
  });
  return exitCode === 0 ? { text: stdout } : { reason: `${file} ${question} ${outcome}` };
}

async function findRunc(directory: string, searchPath: string): Promise<string | undefined> {
  const bundled = path.join(directory, 'buildkit-runc');
  if (await isExecutable(bundled)) return bundled;
  return (await findOnPath('buildkit-runc', searchPath)) ?? (await findOnPath('runc', searchPath));
}
