import type { Writable } from 'node:stream';
import { ToolError } from '../../errors.ts';
import { type ChildEnvironment, type CommandResult, runCommand } from '../../process/command.ts';

/**
 * buildkitd needs root: this process has it, or gets it by sudo without a password; or it is root in a user namespace only
 * (rootless.ts).
 */
export type Privilege = 'root' | 'sudo' | 'rootless';

const sudoTimeoutMs = 10_000;

/** Throws ToolError `needs-root` where neither is there. `uid` is this process's own. */
export async function decidePrivilege(uid: number, env: ChildEnvironment): Promise<Privilege> {
  if (uid === 0) return 'root';
  const { exitCode } = await runCommand('sudo', ['-n', 'true'], { env, timeoutMs: sudoTimeoutMs });
  if (exitCode === 0) return 'sudo';
  throw new ToolError(
    'needs-root',
    `BuildKit needs root, but this process is user ${uid} and cannot use sudo without a password: run it as root, allow that user passwordless sudo, or give "rootless: true".`,
  );
}

/** The words that a command is run with. */
export function withPrivilege(sudo: boolean, command: readonly [string, ...string[]]): [string, ...string[]] {
  return sudo ? ['sudo', '-n', ...command] : [...command];
}

/** @param input of its standard input; by default it has none */
export async function runPrivileged(
  sudo: boolean,
  command: readonly [string, ...string[]],
  env: ChildEnvironment,
  input?: string,
): Promise<CommandResult> {
  const feed = input === undefined ? {} : { feed: async (stdin: Writable) => void stdin.end(input) };
  const run = ([file, ...args]: readonly [string, ...string[]]) =>
    runCommand(file, args, { env, timeoutMs: 120_000, ...feed });
  const result = await run(withPrivilege(sudo, command));
  if (!sudo || result.exitCode === 0) return result;
  // What runs without root ("rootless") is this user's own, and its runner may have no sudo.
  const plain = await run(command);
  return plain.exitCode === 0 ? plain : result;
}
