import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasErrorCode } from '../errors.ts';
import type { ChildEnvironment } from './command.ts';
import { listCgroupDirectories, type Mount, parseMounts, selectMountsBelow } from './daemon-mounts.ts';
import { runPrivileged } from './daemon-privilege.ts';
import { type DaemonRecord, readOr } from './daemon-record.ts';

const rounds = 100;
const roundMs = 50;

/**
 * Kills what a daemon left running: processes in the job's own cgroup (build steps), and those with an argument in its state
 * directory, which no other daemon has (runc, a sudo that was stopped with its child). Answers the pids.
 */
export async function killOrphans(record: DaemonRecord, env: ChildEnvironment): Promise<readonly number[]> {
  const killed = new Set<number>();
  // A process may fork while we look: look again until nothing is left.
  for (let round = 0; round < rounds; round++) {
    let pids = await findOrphans(record);
    if (pids.length === 0) break;
    if (round === 0) {
      // What ends together with the daemon is not an orphan.
      await delay(roundMs);
      pids = await findOrphans(record);
    }
    if (pids.length === 0) break;
    for (const pid of pids) killed.add(pid);
    await runPrivileged(record.sudo, ['sh', '-c', 'kill "$@"', 'sh', '-KILL', ...pids.map(String)], env);
    await delay(roundMs);
  }
  return [...killed];
}

export async function findOrphans({
  cgroupParent,
  stateDirectory,
}: DaemonRecord): Promise<readonly number[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const cgroups = await readProcess(name, 'cgroup');
      const inCgroup = cgroups.split('\n').some((line) => isBelow(line.split(':')[2] ?? '', cgroupParent));
      if (inCgroup) return [Number(name)];
      const args = (await readProcess(name, 'cmdline')).split('\0');
      return args.some((arg) => arg.startsWith(`${stateDirectory}/`)) ? [Number(name)] : [];
    }),
  );
  return found.flat();
}

/** `/hotlayer-1/buildkit/x` is below `hotlayer-1`; inside a container the path may begin with the container's own cgroup. */
function isBelow(cgroup: string, parent: string): boolean {
  return cgroup.split('/').includes(parent);
}

/** Answers the mount points that were unmounted. */
export async function unmountState(record: DaemonRecord, env: ChildEnvironment): Promise<readonly string[]> {
  const done: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const mountPoints = selectMountsBelow(await readMounts(), record.stateDirectory);
    if (mountPoints.length === 0) break;
    if (round > 0) await delay(roundMs);
    // Lazy: a file still open somewhere must not keep the mount in our way.
    await runPrivileged(record.sudo, ['umount', '-l', ...mountPoints], env);
    const left = selectMountsBelow(await readMounts(), record.stateDirectory);
    done.push(...mountPoints.slice(0, mountPoints.length - left.length));
  }
  return done;
}

/** Removes the job's cgroups; answers those that are still there. */
export async function removeCgroups(record: DaemonRecord, env: ChildEnvironment): Promise<readonly string[]> {
  const parents = listCgroupDirectories(await readMounts(), record.cgroupParent);
  let left: readonly string[] = [];
  // A cgroup is busy until the kernel has done with the processes that were killed in it.
  for (let round = 0; round < rounds; round++) {
    left = (await Promise.all(parents.map(listDeepestFirst))).flat();
    const [first, ...others] = left;
    if (first === undefined) break;
    if (round > 0) await delay(roundMs);
    await runPrivileged(record.sudo, ['rmdir', first, ...others], env);
  }
  return left;
}

async function listDeepestFirst(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    const below = await Promise.all(
      entries
        .filter((entry) => entry.isDirectory())
        .map((entry) => listDeepestFirst(path.join(directory, entry.name))),
    );
    return [...below.flat(), directory];
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT') || hasErrorCode(error, 'ENODEV')) return [];
    throw error;
  }
}

export async function readMounts(): Promise<readonly Mount[]> {
  return parseMounts(await readOr('/proc/self/mountinfo', ''));
}

async function readProcess(pid: string, file: string): Promise<string> {
  try {
    return await readOr(path.join('/proc', pid, file), '');
  } catch {
    // Another user's process that we may not read is not one of the job's.
    return '';
  }
}
