import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode } from '../errors.ts';

/** Also where it is the cause of another error. */
export function isDiskFull(error: unknown): boolean {
  if (hasErrorCode(error, 'ENOSPC') || hasErrorCode(error, 'EDQUOT')) return true;
  return error instanceof Error && error.cause !== undefined && isDiskFull(error.cause);
}

const mebibyte = 1024 * 1024;

/** Which file system is full, how much it holds, and what to do; half a sentence. Never throws. */
export async function describeFullDisk(directory: string): Promise<string> {
  const what = 'the disk of the runner is full';
  try {
    const [mount, { bavail, blocks, bsize }] = await Promise.all([findMount(directory), statfs(directory)]);
    const [free, all] = [bavail * bsize, blocks * bsize].map(
      (bytes) => `${Math.round(bytes / mebibyte)} MiB`,
    );
    return `${what}: ${free} of ${all} are free on the file system mounted at ${mount}; remove what the job does not need there, or use a runner whose RUNNER_TEMP is larger`;
  } catch {
    // The directory is gone, or the system does not tell: the fact itself is known.
    return what;
  }
}

/** The uppermost directory on the same device. */
async function findMount(directory: string): Promise<string> {
  const { dev } = await stat(directory);
  let mount = path.resolve(directory);
  for (let above = path.dirname(mount); above !== mount; above = path.dirname(mount)) {
    if ((await stat(above)).dev !== dev) break;
    mount = above;
  }
  return mount;
}
