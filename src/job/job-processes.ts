import { readlink } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { listPids, readArguments } from '../buildkit/daemon-leftovers.ts';
import { isRunning, type ProcessIdentity, readProcess } from '../buildkit/daemon-record.ts';
import { hasErrorCode } from '../errors.ts';

/** How the path of the file begins that buildctl writes its answer to. */
export function toMetadataPrefix(jobDirectory: string): string {
  return path.join(jobDirectory, 'metadata-');
}

/** buildctl of this job: only a main that was killed leaves one. It is found by its arguments, not by a pid on record. */
export function listClients(jobDirectory: string): Promise<readonly ProcessIdentity[]> {
  const prefix = toMetadataPrefix(jobDirectory);
  return listProcesses(async (pid) => {
    const words = await readArguments(pid);
    return words.some((word, index) => word.startsWith(prefix) && words[index - 1] === '--metadata-file');
  });
}

/** Gateways of this job, also where the directory that they work in is gone. */
export function listGateways(jobDirectory: string): Promise<readonly ProcessIdentity[]> {
  // The kernel marks a working directory that was removed; one of that name that was made since is another.
  const places = [jobDirectory, `${jobDirectory} (deleted)`];
  const script = path.join('/gateway', 'index.js');
  return listProcesses(async (pid) => {
    if (!places.includes(await readWorkingDirectory(pid))) return false;
    return (await readArguments(pid)).some((word) => word.endsWith(script));
  });
}

async function listProcesses(
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

async function readWorkingDirectory(pid: number): Promise<string> {
  try {
    return await readlink(path.join('/proc', String(pid), 'cwd'));
  } catch {
    // It has ended, or belongs to another user: not the job's.
    return '';
  }
}

const pollMs = 20;

/** Ends processes: each signal, and how long they may take after it. Answers the pids that still run. */
export async function endProcesses(
  processes: readonly ProcessIdentity[],
  signals: readonly (readonly [signal: 'SIGTERM' | 'SIGKILL', patienceMs: number])[],
): Promise<readonly number[]> {
  let left = processes;
  for (const [signal, patienceMs] of signals) {
    const deadline = performance.now() + patienceMs;
    left = await selectRunning(left);
    for (const { pid } of left) signalProcess(pid, signal);
    while (left.length > 0 && performance.now() < deadline) {
      await delay(pollMs);
      left = await selectRunning(left);
    }
  }
  return left.map(({ pid }) => pid);
}

async function selectRunning(processes: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const running = await Promise.all(processes.map((one) => isRunning(one)));
  return processes.filter((_, index) => running[index]);
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended in this moment.
    if (!hasErrorCode(error, 'ESRCH')) throw error;
  }
}
