import { access } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChildEnvironment } from './command.ts';
import { findOrphans, killOrphans, readMounts, removeCgroups, unmountState } from './daemon-leftovers.ts';
import { selectMountsBelow } from './daemon-mounts.ts';
import { runPrivileged } from './daemon-privilege.ts';
import { type DaemonRecord, isRunning, type ProcessIdentity, readIdentity } from './daemon-record.ts';

export interface StopOptions {
  /** PATH is all that is needed. */
  readonly env: ChildEnvironment;
  /** How long a daemon may take to end after SIGTERM. */
  readonly termTimeoutMs?: number;
  readonly killTimeoutMs?: number;
}

export interface StopReport {
  /** How the daemon ended. */
  readonly ended: 'was-not-running' | 'SIGTERM' | 'SIGKILL';
  /** Build steps and runc processes that outlived it. */
  readonly orphans: readonly number[];
  readonly unmounted: readonly string[];
  /** What could not be removed, one sentence each; empty when nothing is left. */
  readonly leftovers: readonly string[];
}

const pollMs = 50;
/** Between the start of the shell and its first line: see `startScript`. */
const pidTimeoutMs = 2_000;

/**
 * Stops a daemon by its pid (never a recycled one) and removes what is left of it: build steps, mounts, cgroups, socket and
 * state; its log stays. May be called again, and for a daemon whose start was cancelled. Never throws for what is already gone.
 */
export async function stopDaemon(record: DaemonRecord, options: StopOptions): Promise<StopReport> {
  const { env } = options;
  const ended = await endDaemon(record, options);
  const orphans = await killOrphans(record, env);
  const unmounted = await unmountState(record, env);
  const cgroups = await removeCgroups(record, env);
  const leftovers = [
    ...(await findOrphans(record)).map((pid) => `process ${pid} of a build step did not end`),
    ...cgroups.map((directory) => `the cgroup ${directory} could not be removed`),
    ...(await removeState(record, env)),
  ];
  return { ended, orphans, unmounted, leftovers };
}

async function endDaemon(
  record: DaemonRecord,
  { env, termTimeoutMs = 10_000, killTimeoutMs = 10_000 }: StopOptions,
): Promise<StopReport['ended']> {
  const identity = await waitForIdentity(record);
  if (identity === undefined || !(await isRunning(identity))) return 'was-not-running';
  await signalDaemon(record, identity, 'TERM', env);
  if (await waitForEnd(identity, termTimeoutMs)) return 'SIGTERM';
  await signalDaemon(record, identity, 'KILL', env);
  await waitForEnd(identity, killTimeoutMs);
  return 'SIGKILL';
}

/** A start that was cancelled may be about to write the pid: the log is there from just before the start on. */
async function waitForIdentity(record: DaemonRecord): Promise<ProcessIdentity | undefined> {
  const deadline = Date.now() + pidTimeoutMs;
  for (;;) {
    const identity = await readIdentity(record);
    if (identity !== undefined || Date.now() > deadline) return identity;
    if (!(await exists(record.logFile)) || !(await exists(record.stateDirectory))) return undefined;
    await delay(pollMs);
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    // Whatever the reason, there is nothing to wait for.
    return false;
  }
}

async function signalDaemon(
  record: DaemonRecord,
  { pid }: ProcessIdentity,
  signal: 'TERM' | 'KILL',
  env: ChildEnvironment,
): Promise<void> {
  await runPrivileged(record.sudo, ['sh', '-c', 'kill "$@"', 'sh', `-${signal}`, String(pid)], env);
}

async function waitForEnd(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (await isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await delay(pollMs);
  }
  return true;
}

async function removeState(record: DaemonRecord, env: ChildEnvironment): Promise<readonly string[]> {
  const mounts = selectMountsBelow(await readMounts(), record.stateDirectory);
  // Removing would go through a mount into what is mounted there, for example a cache that is not the job's.
  if (mounts.length > 0) return mounts.map((mountPoint) => `${mountPoint} could not be unmounted`);
  const { stateDirectory, socketDirectory } = record;
  const directories = socketDirectory === undefined ? [stateDirectory] : [stateDirectory, socketDirectory];
  const { exitCode, outcome } = await runPrivileged(record.sudo, ['rm', '-rf', '--', ...directories], env);
  if (exitCode === 0) return [];
  return [`${stateDirectory} could not be removed (rm ${outcome})`];
}
