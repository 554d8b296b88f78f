import { isRunning, type ProcessIdentity, parseStat, readOr } from '../../process/identity.ts';

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

/** Who the daemon is, from the record or from what its process wrote of itself. */
export async function readIdentity(record: DaemonRecord): Promise<ProcessIdentity | undefined> {
  if (record.pid !== undefined && record.pidStartTime !== undefined) {
    return { pid: record.pid, startTime: record.pidStartTime, state: '' };
  }
  return parseStat(await readOr(record.pidFile, ''));
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
