import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { type ProcessIdentity, readOr, readProcess } from './identity.ts';

export async function listPids(): Promise<readonly number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** Empty for a process that has ended. */
export async function readArguments(pid: number): Promise<readonly string[]> {
  return (await readProcessFile(pid, 'cmdline')).split('\0');
}

export async function readProcessFile(pid: number, file: string): Promise<string> {
  try {
    return await readOr(path.join('/proc', String(pid), file), '');
  } catch {
    // Another user's process that we may not read is not one of the job's.
    return '';
  }
}

/** Processes of which `isMeant` holds. */
export async function listProcesses(
  isMeant: (pid: number) => Promise<boolean>,
): Promise<readonly ProcessIdentity[]> {
  const found = await Promise.all(
    (await listPids()).map(async (pid) => {
      // Who it is comes first: a pid that is given out again meanwhile is then another process.
      const identity = await readProcess(pid);
      return identity !== undefined && (await isMeant(pid)) ? [identity] : [];
    }),
  );
  return found.flat();
}

/** Empty for a process that has ended, and for one of another user. */
export async function readWorkingDirectory(pid: number): Promise<string> {
  try {
    return await readlink(path.join('/proc', String(pid), 'cwd'));
  } catch {
    // It has ended, or belongs to another user: not the job's.
    return '';
  }
}
