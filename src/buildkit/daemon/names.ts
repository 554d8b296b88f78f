import { createHash } from 'node:crypto';
import path from 'node:path';
import type { DaemonRecord } from './record.ts';

/** Twelve hexadecimal digits, new for each daemon of a job. */
const idPattern = /^[0-9a-f]{12}$/;
const stateName = 'buildkit-';

/**
 * What all daemons of a job have in the names of their cgroups and socket directories, and nobody else has: made of the
 * job's directory, so that they are found when every file of the job is gone. `directory` is a real path.
 */
export function toJobPrefix(directory: string): string {
  return `hotlayer-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}-`;
}

/**
 * The bridge of a job's steps. It is made of the job's directory, so that it is found when every file of the job is gone;
 * the kernel takes 15 bytes.
 */
export function toBridgeName(jobDirectory: string): string {
  return `hl${createHash('sha256').update(jobDirectory).digest('hex').slice(0, 12)}`;
}

/** How the path of every daemon's state directory begins; no other process has a reason to name one. */
export function toStatePrefix(jobDirectory: string): string {
  return path.join(jobDirectory, stateName);
}

/** Where a daemon has its things; `socketDirectory` is given where the job's directory is too long for a socket. */
export function toDaemonPlaces(jobDirectory: string, id: string, socketDirectory: string | undefined) {
  const stateDirectory = `${toStatePrefix(jobDirectory)}${id}`;
  return {
    pidFile: path.join(stateDirectory, 'buildkitd.stat'),
    socket: path.join(socketDirectory ?? stateDirectory, 'buildkitd.sock'),
    stateDirectory,
    root: path.join(stateDirectory, 'root'),
    ...(socketDirectory === undefined ? {} : { socketDirectory }),
    cgroupParent: `${toJobPrefix(jobDirectory)}${id}`,
    logFile: path.join(jobDirectory, 'buildkitd.log'),
  } satisfies Partial<DaemonRecord>;
}

/** The id in the path of a state directory that lies directly in the job's directory. */
export function parseStateDirectory(jobDirectory: string, stateDirectory: string): string | undefined {
  const prefix = toStatePrefix(jobDirectory);
  const id = stateDirectory.startsWith(prefix) ? stateDirectory.slice(prefix.length) : '';
  return idPattern.test(id) ? id : undefined;
}
