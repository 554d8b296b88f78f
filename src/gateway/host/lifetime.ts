import { readFileSync, statSync } from 'node:fs';
import { hasErrorCode } from '../../errors.ts';

/** What the gateway lives for. */
interface LifetimeOptions {
  readonly jobDirectory: string;
  /** The runner's process; undefined: not watched. */
  readonly runnerPid: number | undefined;
  /** For a job whose end nothing else tells: longer than jobs of GitHub may last, which is five days on a runner of one's own. */
  readonly maxMs: number;
  readonly pollMs: number;
}

/** Calls `end` once, with the reason, when the job is over. The answer stops the watch. */
export function watchLifetime(options: LifetimeOptions, end: (reason: string) => void): () => void {
  const { jobDirectory, runnerPid, maxMs, pollMs } = options;
  const started = Date.now();
  const runner =
    runnerPid === undefined ? undefined : { pid: runnerPid, startTime: readStartTime(runnerPid) };
  const timer = setInterval(() => {
    const reason = findEnd();
    if (reason === undefined) return;
    clearInterval(timer);
    end(reason);
  }, pollMs);
  timer.unref();

  const findEnd = (): string | undefined => {
    if (isGone(jobDirectory)) return 'the directory of the job is gone';
    if (runner && !isSameProcess(runner.pid, runner.startTime)) return 'the runner is gone';
    if (Date.now() - started > maxMs) return `the job is older than ${Math.round(maxMs / 3_600_000)} hours`;
    return undefined;
  };
  return () => clearInterval(timer);
}

/** Only what is known to be gone ends the gateway: with no free file descriptor nothing can be looked at. */
function isGone(directory: string): boolean {
  try {
    statSync(directory);
    return false;
  } catch (error) {
    return hasErrorCode(error, 'ENOENT') || hasErrorCode(error, 'ENOTDIR');
  }
}

function isSameProcess(pid: number, startTime: string | undefined): boolean {
  if (!isAlive(pid)) return false;
  // A pid is given out again after a while; the start time tells the one from the other.
  const found = readStartTime(pid);
  return found === startTime || found === 'unknown' || startTime === 'unknown';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasErrorCode(error, 'EPERM');
  }
}

/** Field 22 of /proc/PID/stat; undefined for a process that has ended and where there is no such file, else `unknown`. */
function readStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces and brackets: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch (error) {
    // Gone, or a system without /proc: then the pid alone must do.
    return hasErrorCode(error, 'ENOENT') || hasErrorCode(error, 'ESRCH') ? undefined : 'unknown';
  }
}
