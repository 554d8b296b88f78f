import path from 'node:path';
import { InputError, ToolError } from '../../errors.ts';
import { type ChildEnvironment, runCommand } from '../../process/command.ts';
import { readOr } from '../../process/identity.ts';
import { findOnPath } from '../../process/search-path.ts';

/** The programs that a daemon without root needs, and the packages of Debian and Ubuntu that have them. */
const programs: readonly (readonly [program: string, packageName: string])[] = [
  ['rootlesskit', 'rootlesskit'],
  ['newuidmap', 'uidmap'],
  ['newgidmap', 'uidmap'],
];
const removeTimeoutMs = 120_000;

export interface RootlessUser {
  readonly uid: number;
  /** undefined: the user has no name. */
  readonly name: string | undefined;
}

/** Throws where a daemon cannot run without root, with what is missing: rootlesskit would say it in a log. */
export async function checkRootless({ uid, name }: RootlessUser, env: ChildEnvironment): Promise<void> {
  if (uid === 0) {
    throw new InputError(
      'rootless',
      'input "rootless": "true" is for a user other than root, and this process is root; allowed is "false"',
    );
  }
  const missing: string[] = [];
  for (const [program, packageName] of programs) {
    if ((await findOnPath(program, env['PATH'] ?? '')) === undefined)
      missing.push(`${program} is not on PATH (Debian and Ubuntu: apt-get install ${packageName})`);
  }
  for (const file of ['/etc/subuid', '/etc/subgid']) {
    if (!hasRange(await readOr(file, ''), { uid, name }))
      missing.push(
        `${file} gives user ${name ?? uid} no range of ids (as root: usermod --add-${path.basename(file)}s 100000-165535 ${name ?? uid})`,
      );
  }
  if (missing.length === 0) return;
  throw new ToolError('rootless', `BuildKit cannot run without root here: ${missing.join('; ')}.`);
}

/** Lines of subuid(5): `NAME:START:COUNT`. Pure. */
export function hasRange(text: string, { uid, name }: RootlessUser): boolean {
  return text.split('\n').some((line) => {
    const [owner = '', , count = ''] = line.trim().split(':');
    return (owner === name || owner === String(uid)) && Number(count) >= 1;
  });
}

/**
 * The words before buildkitd. The network is the runner's own: the gateway listens on its loopback. All of the daemon's
 * processes are in a pid namespace, which ends with its first one.
 */
export function toRootlessCommand(stateDirectory: string): readonly [string, ...string[]] {
  return ['rootlesskit', '--net=host', '--pidns', `--state-dir=${path.join(stateDirectory, 'rootlesskit')}`];
}

/** Removes what belongs to ids that only the user's namespace has. False: it is still there, or nothing of that kind. */
export async function removeInNamespace(
  directory: string,
  mayBeRootless: boolean,
  env: ChildEnvironment,
): Promise<boolean> {
  if (!mayBeRootless || (await findOnPath('rootlesskit', env['PATH'] ?? '')) === undefined) return false;
  const { exitCode } = await runCommand('rootlesskit', ['rm', '-rf', '--', directory], {
    env: { PATH: env['PATH'], HOME: env['HOME'] },
    timeoutMs: removeTimeoutMs,
  });
  return exitCode === 0;
}
