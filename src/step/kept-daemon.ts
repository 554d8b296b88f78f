import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, realpath, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { removeDirectories } from '../buildkit/daemon/stop.ts';
import type { SeenCaches } from '../cache/cache-record.ts';
import { ToolError } from '../errors.ts';
import * as log from '../log.ts';
import type { ChainLink } from '../policy/types.ts';
import { type DirectoryLock, lockDirectory, releaseDirectory } from '../process/directory-lock.ts';
import { clearJob } from './clear-job.ts';
import { keptRootName } from './job-record.ts';
import { type Job, openKept } from './record.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Jobs that run at once on one runner each have one of their own. */
const slots = 16;
const keptAtMost = 4;
const unusedMs = 7 * 24 * 3_600_000;
const shareTurnMs = 200;
const shareTries = 300;

/** Whose daemon it is: nobody else's job may find in it what this one's steps have left there. */
export interface KeptOwner {
  readonly repository: string;
  /** The ref whose runs trust each other. */
  readonly ref: Pick<ChainLink, 'kind' | 'name'>;
  /** What the job asks of the daemon, as JSON. */
  readonly settings: string;
}

export interface KeptDaemon {
  /** Its directory with the record of it. */
  readonly job: Job;
  /** Of the job or, where the daemon is shared, of its start. */
  readonly lock: DirectoryLock;
}

/**
 * The directory of a daemon that outlives this job: one that an earlier job has left and nobody uses, or a new one.
 * Daemons that nobody has used for long are ended.
 */
export async function openKeptDaemon(
  toolCacheDirectory: string,
  owner: KeptOwner,
  isShared: boolean,
  env: Environment,
): Promise<KeptDaemon> {
  const given = path.join(path.resolve(toolCacheDirectory), keptRootName);
  await mkdir(given, { recursive: true, mode: 0o700 });
  // The kernel names mounts by the real path.
  const root = await realpath(given);
  const key = createHash('sha256')
    .update(JSON.stringify([owner.repository, owner.ref.kind, owner.ref.name, owner.settings, isShared]))
    .digest('hex')
    .slice(0, 12);
  const found = isShared ? await share(root, key) : await takeSlot(root, key);
  const now = new Date();
  await utimes(found.job.directory, now, now);
  await endUnused(root, found.job.directory, env);
  return found;
}

/** The lock is for the time in which the daemon is started: two jobs that begin at once start one. */
async function share(root: string, key: string): Promise<KeptDaemon> {
  const directory = await makeDirectory(path.join(root, key));
  for (let tries = shareTries; ; tries--) {
    const lock = await tryLock(directory, process.pid);
    if (lock !== undefined) return { job: await openKept(directory), lock };
    if (tries === 0)
      throw new ToolError(
        'keep',
        `another job has been starting the shared daemon in ${directory} for a minute`,
      );
    await delay(shareTurnMs);
  }
}

async function takeSlot(root: string, key: string): Promise<KeptDaemon> {
  for (let slot = 1; slot <= slots; slot++) {
    const directory = await makeDirectory(path.join(root, `${key}-${slot}`));
    // Main ends long before the job does, and the runner's process with it.
    const lock = await tryLock(directory, process.ppid);
    if (lock !== undefined) return { job: await openKept(directory), lock };
  }
  throw new ToolError(
    'keep',
    `${slots} jobs on this runner use kept daemons of these settings at the same time`,
  );
}

async function makeDirectory(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  return directory;
}

/** The longest unused go first. One that a job holds stays, whatever its age. */
async function endUnused(root: string, own: string, env: Environment): Promise<void> {
  const names = await readdir(root);
  const others = names.map((name) => path.join(root, name)).filter((directory) => directory !== own);
  const ages = await Promise.all(
    others.map(async (directory) => ({
      directory,
      ageMs: Date.now() - ((await stat(directory).catch(() => undefined))?.mtimeMs ?? 0),
    })),
  );
  const byAge = ages.toSorted((a, b) => a.ageMs - b.ageMs);
  const surplus = byAge.filter(
    // Of a shared one nobody knows who uses it: only its age tells.
    ({ directory, ageMs }, index) => ageMs > unusedMs || (index >= keptAtMost - 1 && isSlot(directory)),
  );
  for (const { directory } of surplus) {
    if ((await tryLock(directory, process.pid)) === undefined) continue;
    const sudo = process.getuid?.() !== 0;
    await clearJob(directory, sudo, env);
    const left = await removeDirectories([directory], sudo, env);
    log.info(
      left.length === 0
        ? `ended a kept daemon that nobody used (${path.basename(directory)})`
        : `a kept daemon that nobody uses could not be removed: ${left.join(', ')}`,
    );
  }
}

function isSlot(directory: string): boolean {
  return /-\d+$/.test(directory);
}

/** undefined: somebody else has it. */
async function tryLock(directory: string, holder: number): Promise<DirectoryLock | undefined> {
  try {
    return await lockDirectory(directory, holder);
  } catch (error) {
    if (error instanceof ToolError && error.code === 'directory-locked') return undefined;
    throw error;
  }
}

/** Leaves the daemon to the next job, with what it has seen of caches. */
export async function releaseKept(
  kept: { readonly directory: string; readonly claim?: string | undefined },
  seen: SeenCaches | undefined,
): Promise<void> {
  if (seen !== undefined) await noteSeen(await openKept(kept.directory), seen);
  if (kept.claim !== undefined) await releaseDirectory(kept.directory, kept.claim);
}

/** A daemon's layers outlive the job, and how they are compressed is of matter to each later one. */
export async function noteSeen(kept: Job, { scopes, zstd }: SeenCaches): Promise<void> {
  const { seen } = kept.record;
  await kept.update({
    seen: { scopes: [...new Set([...(seen?.scopes ?? []), ...scopes])], zstd: zstd || seen?.zstd === true },
  });
}
