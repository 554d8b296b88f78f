import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode } from '../errors.ts';

/**
 * All that is needed to stop a daemon and to remove what it leaves; plain JSON. It is written before the daemon is
 * started, so that a cancelled main leaves nothing that post cannot find.
 */
export interface DaemonRecord {
  /** buildkitd's own, not that of sudo; not there before the daemon has said it, then `pidFile` may know it. */
  readonly pid?: number;
  /** Clock ticks after boot: with it a recycled pid is told from ours. */
  readonly pidStartTime?: number;
  /** Holds the line of /proc/PID/stat that the daemon's process wrote of itself. */
  readonly pidFile: string;
  /** Absolute path of the unix socket; `unix://` and this is the daemon's address. */
  readonly socket: string;
  /** Configuration, socket and state; removed as a whole. */
  readonly stateDirectory: string;
  /** buildkitd's root, below the state directory. */
  readonly root: string;
  /** Where the socket is, when the job's directory is too long for it; removed too. */
  readonly socketDirectory?: string;
  readonly cgroupParent: string;
  readonly logFile: string;
  /** Started by sudo: so it must be stopped. */
  readonly sudo: boolean;
}

export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: number;
  /** One letter of /proc/PID/stat, `Z` for a zombie. */
  readonly state: string;
}

/** A line of /proc/PID/stat (proc_pid_stat(5)): the name in brackets may hold anything, brackets too. */
export function parseStat(line: string): ProcessIdentity | undefined {
  const pid = Number.parseInt(line, 10);
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? '';
  const startTime = Number(fields[19]);
  return Number.isInteger(pid) && pid > 1 && Number.isInteger(startTime) && startTime > 0
    ? { pid, startTime, state }
    : undefined;
}

/** Who the daemon is, from the record or from what its process wrote of itself. */
export async function readIdentity(record: DaemonRecord): Promise<ProcessIdentity | undefined> {
  if (record.pid !== undefined && record.pidStartTime !== undefined) {
    return { pid: record.pid, startTime: record.pidStartTime, state: '' };
  }
  return parseStat(await readOr(record.pidFile, ''));
}

/** Who has that pid now; undefined when nobody has. */
export async function readProcess(pid: number): Promise<ProcessIdentity | undefined> {
  return parseStat(await readOr(path.join('/proc', String(pid), 'stat'), ''));
}

/** True while that very process runs; a zombie does not. */
export async function isRunning({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  const now = await readProcess(pid);
  return now !== undefined && now.startTime === startTime && !['Z', 'X'].includes(now.state);
}

export async function isDaemonAlive(record: DaemonRecord): Promise<boolean> {
  const identity = await readIdentity(record);
  return identity !== undefined && (await isRunning(identity));
}

/** The last lines of the daemon's log; empty when there is none. */
export async function readDaemonLog(record: DaemonRecord, lines = 50): Promise<readonly string[]> {
  const text = (await readOr(record.logFile, '')).trimEnd();
  return text === '' ? [] : text.split('\n').slice(-lines);
}

/** A file's text; `missing` when it is not there, or its process has ended in the meantime. */
export async function readOr(file: string, missing: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'ENOTDIR'].some((code) => hasErrorCode(error, code))) return missing;
    throw error;
  }
}
