import type { Stats } from 'node:fs';
import { chmod, lstat, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { hasErrorCode, ToolError, toMessage } from '../errors.ts';

const directoryName = 'hotlayer';

export type FoundJobDirectory =
  | { readonly kind: 'there'; readonly directory: string }
  | { readonly kind: 'absent'; readonly directory: string }
  /** `reason` is a clause: what is wrong with it. */
  | { readonly kind: 'refused'; readonly directory: string; readonly reason: string };

/**
 * The one directory of this runner's job: `hotlayer`, directly in the real RUNNER_TEMP. The real path, because the kernel
 * names mounts and working directories by it, and by these post finds what to stop.
 */
export async function toJobDirectory(tempDirectory: string): Promise<string> {
  return path.join(await realpath(tempDirectory), directoryName);
}

/** Looks whether the job's directory is one that may be used and removed: a real directory of this user, that no other writes. */
export async function findJobDirectory(tempDirectory: string): Promise<FoundJobDirectory> {
  const directory = await toJobDirectory(tempDirectory);
  let found: Stats;
  try {
    found = await lstat(directory);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return { kind: 'absent', directory };
    return { kind: 'refused', directory, reason: `it cannot be looked at (${toMessage(error)})` };
  }
  const reason = findFault(found);
  return reason === undefined ? { kind: 'there', directory } : { kind: 'refused', directory, reason };
}

function findFault(found: Stats): string | undefined {
  if (found.isSymbolicLink()) return 'it is a symbolic link';
  if (!found.isDirectory()) return 'it is not a directory';
  if (found.uid !== process.getuid?.()) return `it belongs to another user (${found.uid})`;
  return (found.mode & 0o002) === 0 ? undefined : 'every user may write to it';
}

/** Makes the job's directory, or takes the one that is there. Throws ToolError `job-directory` for one that is not ours. */
export async function openJobDirectory(tempDirectory: string): Promise<string> {
  const found = await findJobDirectory(tempDirectory);
  const { directory } = found;
  if (found.kind === 'refused') {
    throw new ToolError(
      'job-directory',
      `${directory} cannot be used: ${found.reason}. Remove it; Hotlayer makes a directory of its own there.`,
    );
  }
  if (found.kind === 'absent') await mkdir(directory, { recursive: true, mode: 0o700 });
  // Whoever made it: the daemon's socket and logins lie there.
  else await chmod(directory, 0o700);
  return directory;
}

/**
 * What the saved state asks for and post does not do, a sentence each.
 *
 * @param saved the directory that the state names; undefined: it names none
 */
export async function listRefusals(
  saved: string | undefined,
  found: FoundJobDirectory,
): Promise<readonly string[]> {
  const { directory } = found;
  // RUNNER_TEMP may be named by a link.
  const named = saved === undefined ? directory : await toJobDirectory(path.dirname(saved)).catch(() => '');
  const isSame = named === directory && path.basename(saved ?? directory) === path.basename(directory);
  return [
    ...(isSame
      ? []
      : [
          `the saved state names ${saved}, which is not the directory of this job (${directory}), so it is left alone.`,
        ]),
    ...(found.kind === 'refused' ? [`${directory} is left alone: ${found.reason}.`] : []),
  ];
}
