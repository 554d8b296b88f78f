import { access } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toMessage } from '../../errors.ts';
import type { ChildEnvironment } from '../../process/command.ts';
import { isRunning, type ProcessIdentity, readProcess } from '../../process/identity.ts';
import { listPids, readArguments } from '../../process/list.ts';
import { selectMountsBelow } from '../../process/mounts.ts';
import { hasBridge, removeBridge } from './bridge-removal.ts';
import {
  findOrphans,
  killOrphans,
  type Marks,
  readMounts,
  removeCgroups,
  signalProcesses,
  toDaemonMarks,
  unmountState,
} from './leftovers.ts';
import { runPrivileged } from './privilege.ts';
import { type DaemonRecord, readIdentity } from './record.ts';
import { removeInNamespace } from './rootless.ts';

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
  const marks = toDaemonMarks(record);
  const failures: string[] = [];
  const attempt = async <T>(what: string, work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      // What comes next is done all the same: a daemon that cannot be stopped is no reason to leave its mounts.
      failures.push(`${what}: ${toMessage(error)}`);
      return otherwise;
    }
  };
  const wasBridged = await hasBridge(marks.bridge);
  const ended = await attempt('buildkitd', () => endDaemon(record, options), 'was-not-running');
  const orphans = await attempt('processes of build steps', () => killOrphans(marks, env), []);
  const unmounted = await attempt('mounts', () => unmountState(marks, env), []);
  const cgroups = await attempt('cgroups', () => removeCgroups(marks, env), []);
  const network = await attempt('network', () => removeBridge(marks.bridge, wasBridged, marks.sudo, env), []);
  const running = await attempt('processes of build steps', () => findOrphans(marks), []);
  const { stateDirectory, socketDirectory } = record;
  const state = [stateDirectory, ...(socketDirectory === undefined ? [] : [socketDirectory])];
  const leftovers = [
    ...running.map((pid) => `process ${pid} of a build step did not end`),
    ...network,
    ...cgroups.map((directory) => `the cgroup ${directory} could not be removed`),
    ...(await attempt('state', () => removeDirectories(state, record.sudo, env), [])),
    ...failures,
  ];
  return { ended, orphans, unmounted, leftovers };
}

async function endDaemon(
  record: DaemonRecord,
  { env, termTimeoutMs = 10_000, killTimeoutMs = 10_000 }: StopOptions,
): Promise<StopReport['ended']> {
  const identity = await waitForIdentity(record);
  if (identity === undefined || !(await isRunning(identity))) return 'was-not-running';
  const { statePrefix } = toDaemonMarks(record);
  // A record may have been planted: only a process that has the daemon's own files in its arguments is the daemon.
  if (!(await readArguments(identity.pid)).some((arg) => arg.startsWith(statePrefix)))
    return 'was-not-running';
  await signalProcesses(record.sudo, 'TERM', [identity.pid], env);
  if (await waitForEnd(identity, termTimeoutMs)) return 'SIGTERM';
  await signalProcesses(record.sudo, 'KILL', [identity.pid], env);
  await waitForEnd(identity, killTimeoutMs);
  return 'SIGKILL';
}

/**
 * Stops every daemon of a job, found by the files that its arguments name: it needs no record. Not sudo above it, which
 * ends with its child, nor anything else that has such an argument (runc): see `killOrphans`.
 */
export async function endDaemons(
  marks: Marks,
  { env, termTimeoutMs = 10_000, killTimeoutMs = 10_000 }: StopOptions,
): Promise<StopReport['ended']> {
  const daemons = await listDaemons(marks);
  if (daemons.length === 0) return 'was-not-running';
  const pids = daemons.map(({ pid }) => pid);
  await signalProcesses(marks.sudo, 'TERM', pids, env);
  if (await waitForEnds(daemons, termTimeoutMs)) return 'SIGTERM';
  await signalProcesses(marks.sudo, 'KILL', pids, env);
  await waitForEnds(daemons, killTimeoutMs);
  return 'SIGKILL';
}

async function listDaemons({ statePrefix }: Marks): Promise<readonly ProcessIdentity[]> {
  const found = await Promise.all(
    (await listPids()).map(async (pid) => {
      const identity = await readProcess(pid);
      const [program = '', ...words] = await readArguments(pid);
      const file = words[words.indexOf('--config') + 1] ?? '';
      const isDaemon = file.startsWith(statePrefix) && path.basename(program) !== 'sudo';
      return identity !== undefined && isDaemon ? [identity] : [];
    }),
  );
  return found.flat();
}

async function waitForEnds(daemons: readonly ProcessIdentity[], timeoutMs: number): Promise<boolean> {
  const ended = await Promise.all(daemons.map((daemon) => waitForEnd(daemon, timeoutMs)));
  return ended.every((hasEnded) => hasEnded);
}

/** A start that was cancelled may be about to write the pid: the log is there from just before the start on. */
async function waitForIdentity(record: DaemonRecord): Promise<ProcessIdentity | undefined> {
  const deadlineAtMs = Date.now() + pidTimeoutMs;
  for (;;) {
    const identity = await readIdentity(record);
    if (identity !== undefined || Date.now() > deadlineAtMs) return identity;
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

async function waitForEnd(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadlineAtMs = Date.now() + timeoutMs;
  while (await isRunning(identity)) {
    if (Date.now() > deadlineAtMs) return false;
    await delay(pollMs);
  }
  return true;
}

/**
 * Removes directories, with sudo where the daemon ran with it; answers what could not be removed, one sentence each.
 * Never through a mount: what is mounted there, for example a cache, may be somebody else's.
 */
export async function removeDirectories(
  directories: readonly string[],
  sudo: boolean,
  env: ChildEnvironment,
): Promise<readonly string[]> {
  const mounts = await readMounts();
  const left: string[] = [];
  for (const directory of directories) {
    const below = selectMountsBelow(mounts, directory);
    left.push(...below.map((mountPoint) => `${mountPoint} could not be unmounted`));
    if (below.length > 0) continue;
    const { exitCode, outcome } = await runPrivileged(sudo, ['rm', '-rf', '--', directory], env);
    if (exitCode !== 0 && !(await removeInNamespace(directory, sudo, env)))
      left.push(`${directory} could not be removed (rm ${outcome})`);
  }
  return left;
}
