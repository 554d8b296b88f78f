import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode } from '../errors.ts';

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

/** Who has that pid now; undefined when nobody has. */
export async function readProcess(pid: number): Promise<ProcessIdentity | undefined> {
  return parseStat(await readOr(path.join('/proc', String(pid), 'stat'), ''));
}

/** True while that very process runs; a zombie does not. */
export async function isRunning({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  const now = await readProcess(pid);
  return now !== undefined && now.startTime === startTime && !['Z', 'X'].includes(now.state);
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
