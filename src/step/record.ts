import { constants } from 'node:fs';
import { access, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDaemonAlive } from '../buildkit/daemon/record.ts';
import { hasErrorCode, toMessage } from '../errors.ts';
import { parseJson } from '../json.ts';
import { openJobDirectory } from './job-directory.ts';
import type { JobRecord } from './job-record.ts';
import { parseJobRecord } from './record-parser.ts';

export interface Job {
  readonly directory: string;
  /** True for the step that takes the job down in its post. */
  readonly isOwner: boolean;
  /** An earlier step's daemon runs, and this step can use it. */
  readonly hasDaemon: boolean;
  /** What of an earlier step's record could not be used, a sentence each. */
  readonly faults: readonly string[];
  readonly record: JobRecord;
  /**
   * Changes the record, in one rename, so that a cancelled main never leaves half of it. Never throws: the build does not
   * need the file, and post finds what runs without it.
   */
  update(change: JobRecord): Promise<void>;
}

const recordName = 'job.json';

/**
 * The job of this runner: the first step opens it, further ones join. RUNNER_TEMP is the runner's own for one job.
 *
 * @param onUnwritten told once when the record cannot be written
 */
export async function openJob(
  tempDirectory: string,
  onUnwritten: (sentence: string) => void = () => undefined,
): Promise<Job> {
  const directory = await openJobDirectory(tempDirectory);
  const { record, faults } = await readJob(directory);
  const hasDaemon = await isUsable(record);
  // With a daemon of somebody else there is none to look for: the step that opened the job ends it all the same.
  const isOwner = record.remote !== true && record.kept === undefined && !hasDaemon;
  return new OpenJob(directory, { isOwner, hasDaemon, faults, record, onUnwritten });
}

/** The same of a directory that outlives jobs, and holds nothing but a daemon. It exists. */
export async function openKept(directory: string): Promise<Job> {
  const { record, faults } = await readJob(directory);
  const hasDaemon = await isUsable(record);
  return new OpenJob(directory, {
    ...{ isOwner: false, hasDaemon, faults, record },
    onUnwritten: () => undefined,
  });
}

class OpenJob implements Job {
  readonly directory: string;
  readonly isOwner: boolean;
  readonly hasDaemon: boolean;
  readonly faults: readonly string[];
  #record: JobRecord;
  /** The last write of the record: one after the other, so that the newest ends on disk. */
  #written: Promise<void> = Promise.resolve();
  #tell: ((sentence: string) => void) | undefined;

  constructor(
    directory: string,
    opened: Pick<Job, 'isOwner' | 'hasDaemon' | 'faults' | 'record'> & {
      readonly onUnwritten: (sentence: string) => void;
    },
  ) {
    this.directory = directory;
    this.isOwner = opened.isOwner;
    this.hasDaemon = opened.hasDaemon;
    this.faults = opened.faults;
    this.#record = opened.record;
    this.#tell = opened.onUnwritten;
  }

  get record(): JobRecord {
    return this.#record;
  }

  async update(change: JobRecord): Promise<void> {
    this.#record = { ...this.#record, ...change };
    this.#written = this.#written.then(() => this.#write());
    await this.#written;
  }

  async #write(): Promise<void> {
    const file = path.join(this.directory, recordName);
    const temporary = `${file}.${process.pid}`;
    try {
      await writeFile(temporary, JSON.stringify(this.#record), { mode: 0o600 });
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true, recursive: true }).catch(() => undefined);
      this.#tell?.(
        `${file} could not be written (${toMessage(error)}): a later step of this job starts a BuildKit of its own, and the steps of this build are not in it.`,
      );
      this.#tell = undefined;
    }
  }
}

/**
 * True where this step can go on with the daemon of an earlier one. One whose files somebody has removed still runs, but
 * nobody can reach it: it is no reason not to start another, which first ends that one.
 */
async function isUsable({ daemon, spec, client }: JobRecord): Promise<boolean> {
  if (daemon === undefined || spec === undefined || client === undefined) return false;
  if (!(await isDaemonAlive(daemon))) return false;
  // Not a file that the daemon removes: it is there as long as nobody has emptied the directory.
  const files = [
    daemon.socket,
    path.join(daemon.root, 'buildkitd.lock'),
    spec.binaries.buildctl,
    client.buildx,
  ];
  return (await Promise.all(files.map(isThere))).every((there) => there);
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    // The root may be closed to us where the daemon runs with sudo: then it is there.
    return hasErrorCode(error, 'EACCES');
  }
}

export interface ReadRecord {
  readonly record: JobRecord;
  /** What is wrong with the file, a sentence each; empty when there is none. */
  readonly faults: readonly string[];
}

/** More than any record has. */
const maxRecordBytes = 1 << 20;

/** The record in a job's directory, as far as it can be used. Never throws. */
export async function readJob(directory: string): Promise<ReadRecord> {
  const file = path.join(directory, recordName);
  let text: string;
  try {
    text = await readRegularFile(file);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return { record: {}, faults: [] };
    return { record: {}, faults: [`${file} cannot be read (${toMessage(error)}), so it is not used.`] };
  }
  const parsed = parseJobRecord(parseJson(text), directory);
  if (parsed === undefined)
    return { record: {}, faults: [`${file} is not a record of this job, so it is not used.`] };
  const { record, refused } = parsed;
  if (refused.length === 0) return { record, faults: [] };
  return {
    record,
    faults: [`${file} says of ${refused.join(', ')} what Hotlayer does not write, so that is not used.`],
  };
}

/** Without waiting for a writer of a pipe, and without following a link. */
async function readRegularFile(file: string): Promise<string> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new Error('it is not a file');
    if (found.size > maxRecordBytes) throw new Error(`it has ${found.size} bytes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
