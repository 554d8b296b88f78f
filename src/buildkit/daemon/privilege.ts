import { ToolError } from '../../errors.ts';
import { type ChildEnvironment, type CommandResult, runCommand } from '../../process/command.ts';

/** buildkitd needs root: this process has it, or gets it by sudo without a password. */
export type Privilege = 'root' | 'sudo';

const sudoTimeoutMs = 10_000;

/** Throws ToolError `needs-root` where neither is there. `uid` is this process's own. */
export async function decidePrivilege(uid: number, env: ChildEnvironment): Promise<Privilege> {
  if (uid === 0) return 'root';
  const { exitCode } = await runCommand('sudo', ['-n', 'true'], { env, timeoutMs: sudoTimeoutMs });
  if (exitCode === 0) return 'sudo';
  throw new ToolError(
    'needs-root',
    `BuildKit needs root, but this process is user ${uid} and cannot use sudo without a password: run it as root, or allow that user passwordless sudo.`,
  );
}

/** The words that a command is run with. */
export function withPrivilege(sudo: boolean, command: readonly [string, ...string[]]): [string, ...string[]] {
  return sudo ? ['sudo', '-n', ...command] : [...command];
}

export async function runPrivileged(
  sudo: boolean,
  command: readonly [string, ...string[]],
  env: ChildEnvironment,
): Promise<CommandResult> {
  const [file, ...args] = withPrivilege(sudo, command);
  return runCommand(file, args, { env, timeoutMs: 120_000 });
}
