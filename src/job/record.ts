import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DaemonRecord } from '../buildkit/daemon.ts';
import { hasErrorCode, ToolError, toMessage } from '../errors.ts';
import type { GatewayRecord } from '../gateway/start.ts';

/**
 * What the steps of one job share, on disk in the job's directory: a second step finds the daemon and the gateway
 * here, and post what it must stop. It holds no secret: only who has the runtime token can talk to the gateway.
 */
export interface JobRecord {
  readonly version: 1;
  readonly buildctl?: string;
  readonly daemon?: DaemonRecord;
  readonly gateway?: GatewayRecord;
}

const recordName = 'job.json';

/** The job's directory: RUNNER_TEMP is the runner's own for one job, and emptied before the next. */
export function toJobDirectory(tempDirectory: string): string {
  return path.join(tempDirectory, 'hotlayer');
}

/** The record of an earlier step, or undefined when this step is the first. */
export async function readJob(directory: string): Promise<JobRecord | undefined> {
  let text: string;
  try {
    text = await readFile(path.join(directory, recordName), 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    // Written by this code only, and whole: it was renamed into place.
    const record: JobRecord = JSON.parse(text);
    return record;
  } catch (error) {
    throw new ToolError(
      'job-record',
      `${path.join(directory, recordName)} is damaged: ${toMessage(error)}. Remove ${directory}.`,
      {
        cause: error,
      },
    );
  }
}

/** Replaces the record in one rename, so that a cancelled main never leaves half of it. */
export async function writeJob(directory: string, record: JobRecord): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const temporary = path.join(directory, `${recordName}.${process.pid}`);
  await writeFile(temporary, JSON.stringify(record), { mode: 0o600 });
  await rename(temporary, path.join(directory, recordName));
}

export async function removeJob(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}
