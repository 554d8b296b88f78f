import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasErrorCode } from '../../errors.ts';
import type { ChildEnvironment } from '../../process/command.ts';
import { readOr } from '../../process/identity.ts';
import { listPids, readArguments, readProcessFile } from '../../process/list.ts';
import { listCgroupDirectories, type Mount, parseMounts, selectMountsBelow } from '../../process/mounts.ts';
import { toBridgeName, toJobPrefix, toStatePrefix } from './names.ts';
import { runPrivileged } from './privilege.ts';
import type { DaemonRecord } from './record.ts';

const rounds = 100;
const roundMs = 50;

/** By what the things of one daemon, or of all daemons of a job, are known on this machine; it needs no file of theirs. */
export interface Marks {
  /** How the paths of state directories begin. */
  readonly statePrefix: string;
  /** Mount points at and below it. */
  readonly mountDirectory: string;
  /** The bridge of the steps. */
  readonly bridge: string;
  /** How the names of cgroups begin. */
  readonly cgroupPrefix: string;
  /** Ended and removed by sudo. */
  readonly sudo: boolean;
}

export function toDaemonMarks({ stateDirectory, cgroupParent, sudo }: DaemonRecord): Marks {
  const statePrefix = `${stateDirectory}/`;
  const bridge = toBridgeName(path.dirname(stateDirectory));
  return { statePrefix, mountDirectory: stateDirectory, bridge, cgroupPrefix: cgroupParent, sudo };
}

/** `directory` is a real path: mounts and working directories are named by it. */
export function toJobMarks(directory: string, sudo: boolean): Marks {
  return {
    statePrefix: toStatePrefix(directory),
    mountDirectory: directory,
    bridge: toBridgeName(directory),
    cgroupPrefix: toJobPrefix(directory),
    sudo,
  };
}

/**
 * Kills what a daemon left running: processes in the job's own cgroup (build steps), and those with an argument in its state
 * directory, which no other daemon has (runc, a sudo that was stopped with its child). Answers the pids.
 */
export async function killOrphans(marks: Marks, env: ChildEnvironment): Promise<readonly number[]> {
  const killed = new Set<number>();
  // A process may fork while we look: look again until nothing is left.
  for (let round = 0; round < rounds; round++) {
    let pids = await findOrphans(marks);
    if (pids.length === 0) break;
    if (round === 0) {
      // What ends together with the daemon is not an orphan.
      await delay(roundMs);
      pids = await findOrphans(marks);
    }
    if (pids.length === 0) break;
    for (const pid of pids) killed.add(pid);
    await signalProcesses(marks.sudo, 'KILL', pids, env);
    await delay(roundMs);
  }
  return [...killed];
}

export async function signalProcesses(
  sudo: boolean,
  signal: 'TERM' | 'KILL',
  pids: readonly number[],
  env: ChildEnvironment,
): Promise<void> {
  if (pids.length === 0) return;
  await runPrivileged(sudo, ['sh', '-c', 'kill "$@"', 'sh', `-${signal}`, ...pids.map(String)], env);
}

export async function findOrphans({ cgroupPrefix, statePrefix }: Marks): Promise<readonly number[]> {
  const pids = await listPids();
  const found = await Promise.all(
    pids.map(async (pid) => {
      const cgroups = await readProcessFile(pid, 'cgroup');
      if (cgroups.split('\n').some((line) => isBelow(line.split(':')[2] ?? '', cgroupPrefix))) return [pid];
      return (await readArguments(pid)).some((arg) => arg.startsWith(statePrefix)) ? [pid] : [];
    }),
  );
  return found.flat();
}

/** `/hotlayer-1/buildkit/x` is below `hotlayer-1`; inside a container the path may begin with the container's own cgroup. */
function isBelow(cgroup: string, prefix: string): boolean {
  return cgroup.split('/').some((name) => name.startsWith(prefix));
}

/** Answers the mount points that were unmounted. */
export async function unmountState(marks: Marks, env: ChildEnvironment): Promise<readonly string[]> {
  const done: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const mountPoints = selectMountsBelow(await readMounts(), marks.mountDirectory);
    if (mountPoints.length === 0) break;
    if (round > 0) await delay(roundMs);
    // Lazy: a file still open somewhere must not keep the mount in our way.
    await runPrivileged(marks.sudo, ['umount', '-l', ...mountPoints], env);
    const left = selectMountsBelow(await readMounts(), marks.mountDirectory);
    done.push(...mountPoints.slice(0, mountPoints.length - left.length));
  }
  return done;
}

/** Removes the job's cgroups; answers those that are still there. */
export async function removeCgroups(marks: Marks, env: ChildEnvironment): Promise<readonly string[]> {
  const places = listCgroupDirectories(await readMounts(), marks.cgroupPrefix);
  let left: readonly string[] = [];
  // A cgroup is busy until the kernel has done with the processes that were killed in it.
  for (let round = 0; round < rounds; round++) {
    const parents = (await Promise.all(places.map(listBeginning))).flat();
    left = (await Promise.all(parents.map(listDeepestFirst))).flat();
    const [first, ...others] = left;
    if (first === undefined) break;
    if (round > 0) await delay(roundMs);
    await runPrivileged(marks.sudo, ['rmdir', first, ...others], env);
  }
  return left;
}

/** Directories whose paths begin so. */
async function listBeginning(start: string): Promise<readonly string[]> {
  const { dir, base } = { dir: path.dirname(start), base: path.basename(start) };
  const names = await readEntries(dir);
  return names.filter((name) => name.startsWith(base)).map((name) => path.join(dir, name));
}

async function listDeepestFirst(directory: string): Promise<readonly string[]> {
  const names = await readEntries(directory);
  const below = await Promise.all(names.map((name) => listDeepestFirst(path.join(directory, name))));
  return [...below.flat(), directory];
}

/** Names of the directories in it; a cgroup that is gone by now has none. */
async function readEntries(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (['ENOENT', 'ENODEV', 'EACCES'].some((code) => hasErrorCode(error, code))) return [];
    throw error;
  }
}

export async function readMounts(): Promise<readonly Mount[]> {
  return parseMounts(await readOr('/proc/self/mountinfo', ''));
}
