import { mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type DaemonRecord, isDaemonAlive, type ProcessIdentity } from '../buildkit/daemon-record.ts';
import { hasErrorCode, ToolError, toMessage } from '../errors.ts';
import type { GatewayRecord } from '../gateway/start.ts';
import type { DaemonSettings } from './daemon-settings.ts';

/**
 * What the steps of one job share, on disk in the job's directory: a second step finds the daemon and the gateway
 * here, and post what it must stop. It holds no secret: only who has the runtime token can talk to the gateway.
 */
export interface JobRecord {
  readonly buildkit?: { readonly buildctl: string; readonly version: string };
  readonly daemon?: DaemonRecord;
  /** What the step that started the daemon asked for. */
  readonly settings?: DaemonSettings;
  /** What a step of this job has told already, whole sentences. */
  readonly told?: readonly string[];
  readonly gateway?: GatewayRecord;
  /** What the daemon has seen of the cache, and so may hold layers of. */
  readonly seen?: SeenCaches;
  /** buildctl of the build that runs: a killed main leaves it behind, and the daemon waits for it when it ends. */
  readonly client?: ProcessIdentity;
}

export interface SeenCaches {
  /** Cache scopes that were imported or exported. */
  readonly scopes: readonly string[];
  /** It was told to compress layers with zstd. */
  readonly zstd: boolean;
}

export interface Job {
  readonly directory: string;
  /** True for the step that takes the job down in its post. */
  readonly isOwner: boolean;
  record: JobRecord;
  /** The last write of the record: one after the other, so that the newest ends on disk. */
  written: Promise<void>;
}

const recordName = 'job.json';

/** Below RUNNER_TEMP. */
export const jobDirectoryName = 'hotlayer';

/** The job of this runner: the first step opens it, further ones join. RUNNER_TEMP is the runner's own for one job. */
export async function openJob(tempDirectory: string): Promise<Job> {
  // The real path: the kernel names mounts and working directories by it, and by these post finds what to stop.
  const directory = path.join(await realpath(tempDirectory), jobDirectoryName);
  const record = await readJob(directory);
  const written = Promise.resolve();
  const isRunning = record?.daemon !== undefined && (await isDaemonAlive(record.daemon));
  if (record !== undefined && isRunning) return { directory, isOwner: false, record, written };
  // A record without a daemon is what a crashed job left: whoever starts a new one takes it down, with the remains.
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return { directory, isOwner: true, record: record ?? {}, written };
}

/** Changes the record, in one rename, so that a cancelled main never leaves half of it. */
export async function updateJob(job: Job, change: JobRecord): Promise<void> {
  job.record = { ...job.record, ...change };
  job.written = job.written.catch(() => undefined).then(() => writeRecord(job));
  await job.written;
}

async function writeRecord(job: Job): Promise<void> {
  const temporary = path.join(job.directory, `${recordName}.${process.pid}`);
  await writeFile(temporary, JSON.stringify(job.record), { mode: 0o600 });
  await rename(temporary, path.join(job.directory, recordName));
}

/** The record in a job's directory; undefined when there is none. */
export async function readJob(directory: string): Promise<JobRecord | undefined> {
  try {
    // Written by this code only, and whole: it was renamed into place.
    const record: JobRecord = JSON.parse(await readFile(path.join(directory, recordName), 'utf8'));
    return record;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    const file = path.join(directory, recordName);
    throw new ToolError('job-record', `${file} cannot be read (${toMessage(error)}): remove ${directory}.`, {
      cause: error,
    });
  }
}

export async function removeJob(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}
