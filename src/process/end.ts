import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { hasErrorCode } from '../errors.ts';
import { isRunning, type ProcessIdentity } from './identity.ts';

const pollMs = 20;

/** Ends processes: each signal, and how long they may take after it. Answers the pids that still run. */
export async function endProcesses(
  processes: readonly ProcessIdentity[],
  signals: readonly (readonly [signal: 'SIGTERM' | 'SIGKILL', patienceMs: number])[],
): Promise<readonly number[]> {
  let left = processes;
  for (const [signal, patienceMs] of signals) {
    const deadlineAtMs = performance.now() + patienceMs;
    left = await selectRunning(left);
    for (const { pid } of left) signalProcess(pid, signal);
    while (left.length > 0 && performance.now() < deadlineAtMs) {
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

/** Kills a process group, if any of it is left. Never throws. @param pid of the process that leads it */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
