import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { hasErrorCode, ToolError } from '../errors.ts';
import { parseJson, readNumber, readString } from '../json.ts';

const lockName = 'lock';
const attempts = 50;
const abandonedTurnMs = 30_000;

export interface DirectoryLock {
  /** What the lock says; it also releases it, for another process of the holder. */
  readonly claim: string;
  release(): Promise<void>;
}

/**
 * Makes this process, or another one that lives on, the only one that uses the directory. A lock of a process that is gone is taken over: a process is
 * known by its id and, on Linux, its start time, since containers give the same id again and again.
 * Throws ToolError `directory-locked`.
 */
export async function lockDirectory(directory: string, holder = process.pid): Promise<DirectoryLock> {
  const lockPath = path.join(directory, lockName);
  const claimPath = path.join(directory, `lock-${randomUUID()}`);
  const claim = JSON.stringify({
    pid: holder,
    startedAt: await readStartTime(holder),
    nonce: randomUUID(),
  });
  await writeFile(claimPath, claim);
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      // A link appears whole or not at all, and fails when there is one already.
      if (await tryLink(claimPath, lockPath))
        return { claim, release: () => releaseDirectory(directory, claim) };
      const held = await readText(lockPath);
      if (held === undefined) continue;
      const pid = readNumber(parseJson(held), 'pid');
      if (pid !== undefined && (await isHolder(pid, readString(parseJson(held), 'startedAt')))) {
        const message = `${directory} is in use by process ${pid}. Stop that one first or choose another directory.`;
        throw new ToolError('directory-locked', message);
      }
      await removeStale(lockPath, claimPath, held);
    }
    throw new ToolError(
      'directory-locked',
      `${directory}: other processes are trying to lock it at the same time. Try again.`,
    );
  } finally {
    await rm(claimPath, { force: true });
  }
}

/** Only the lock that says so: another one's stays. */
export async function releaseDirectory(directory: string, claim: string): Promise<void> {
  const lockPath = path.join(directory, lockName);
  if ((await readText(lockPath)) === claim) await rm(lockPath, { force: true });
}

/**
 * Removes a stale lock, one process at a time: else a second one, which has read the stale lock as well, would remove the
 * fresh lock of the first.
 */
async function removeStale(lockPath: string, claimPath: string, held: string): Promise<void> {
  const turnPath = `${lockPath}-takeover`;
  if (!(await tryLink(claimPath, turnPath))) {
    // Held for milliseconds, unless its holder was killed in them.
    const ageMs = Date.now() - ((await readChangeTime(turnPath)) ?? Date.now());
    if (ageMs > abandonedTurnMs) await rm(turnPath, { force: true });
    await delay(20);
    return;
  }
  try {
    if ((await readText(lockPath)) === held) await rm(lockPath, { force: true });
  } finally {
    await rm(turnPath, { force: true });
  }
}

/** Of the link, not of the file's text. */
async function readChangeTime(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).ctimeMs;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function isHolder(pid: number, startedAt: string | undefined): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (hasErrorCode(error, 'ESRCH')) return false;
    // EPERM: it is there, and belongs to somebody else.
  }
  const actual = await readStartTime(pid);
  return startedAt === undefined || actual === undefined || actual === startedAt;
}

/** Clock ticks since boot, field 22 of /proc/PID/stat, with the boot's id; undefined where there is no /proc. */
async function readStartTime(pid: number): Promise<string | undefined> {
  const stat = await readText(`/proc/${pid}/stat`);
  const bootId = await readText('/proc/sys/kernel/random/boot_id');
  // The command name, in parentheses, may itself have spaces and parentheses.
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ticks === undefined || bootId === undefined ? undefined : `${bootId.trim()}:${ticks}`;
}

async function tryLink(existing: string, target: string): Promise<boolean> {
  try {
    await link(existing, target);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT') || hasErrorCode(error, 'ESRCH')) return undefined;
    throw error;
  }
}
