import { readFile, realpath, statfs } from 'node:fs/promises';
import path from 'node:path';
import { readString } from '../json.ts';
import { renderSize } from '../report/format.ts';
import { type Mount, parseMounts } from './mounts.ts';

/** The same as half a sentence, for who knows that the disk of this directory is full. Never throws. */
export async function describeFullDisk(directory: string): Promise<string> {
  return `the disk of the runner is full. ${await describeDisk(undefined, [directory])}`.replace(/\.$/, '');
}

interface FileSystem {
  readonly mount: Mount;
  readonly sizeBytes: number;
  readonly freeBytes: number;
  readonly freeFiles: number;
  /** 0: it does not count them. */
  readonly files: number;
}

/**
 * Which file system is full, how large it is, and what to do: the one of the error's own path, else those of the candidates
 * that are full now, else the first candidate's, since what failed has given its space back.
 */
export async function describeDisk(
  error: unknown,
  candidates: readonly (string | undefined)[],
): Promise<string> {
  const files = [readString(error, 'path'), ...candidates].filter(
    (file) => file !== undefined && file !== '',
  );
  const mounts = parseMounts(await readFile('/proc/self/mountinfo', 'utf8').catch(() => ''));
  const found = new Map<string, FileSystem>();
  for (const file of files) {
    const fileSystem = await findFileSystem(file ?? '', mounts);
    if (fileSystem !== undefined) found.set(fileSystem.mount.mountPoint, fileSystem);
  }
  const all = [...found.values()];
  const full = all.filter(isFull);
  const told = full.length > 0 ? full : all.slice(0, 1);
  const remedy =
    'Free space there before this step, for example remove what the job does not need, or use a runner with a larger disk.';
  return [...told.map(render), remedy].join(' ');
}

function isFull({ sizeBytes, freeBytes, files, freeFiles }: FileSystem): boolean {
  return freeBytes < Math.max(1 << 20, sizeBytes / 50) || (files > 0 && freeFiles < files / 50);
}

function render(fileSystem: FileSystem): string {
  const { mount, sizeBytes, freeBytes, files, freeFiles } = fileSystem;
  const state = isFull(fileSystem) ? 'is full' : 'was full';
  const inodes = files > 0 ? ` and ${freeFiles} of ${files} inodes` : '';
  return `The file system at ${mount.mountPoint} (${mount.fileSystem}, ${renderSize(sizeBytes)}) ${state}: ${renderSize(freeBytes)}${inodes} are free now.`;
}

async function findFileSystem(file: string, mounts: readonly Mount[]): Promise<FileSystem | undefined> {
  const directory = await findExisting(path.resolve(file));
  // What was mounted last lies on top.
  const mount = mounts
    .filter(({ mountPoint }) => isAtOrBelow(directory, mountPoint))
    .reduce<Mount | undefined>(
      (best, next) => (next.mountPoint.length >= (best?.mountPoint.length ?? 0) ? next : best),
      undefined,
    );
  if (mount === undefined) return undefined;
  try {
    const { bsize, blocks, bavail, ffree, files } = await statfs(directory);
    return { mount, sizeBytes: bsize * blocks, freeBytes: bsize * bavail, freeFiles: ffree, files };
  } catch {
    // It went away meanwhile: it is not what is full.
    return undefined;
  }
}

function isAtOrBelow(file: string, directory: string): boolean {
  return file === directory || file.startsWith(directory === '/' ? '/' : `${directory}/`);
}

/** The nearest directory above a file that is there, without links. */
async function findExisting(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    // Not there (yet): it would lie on the file system of its parent.
    const parent = path.dirname(file);
    return parent === file ? file : findExisting(parent);
  }
}
