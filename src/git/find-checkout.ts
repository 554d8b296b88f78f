import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode, toMessage } from '../errors.ts';

/** Where a checkout lies; all paths are absolute and free of links. */
export interface CheckoutPlace {
  /** Holds `.git`. */
  readonly directory: string;
  /** HEAD is there: `.git`, or what it leads to. */
  readonly gitDirectory: string;
  /** Objects, refs and configuration are there; another one only in a linked worktree. */
  readonly commonDirectory: string;
}

export type CheckoutSearch =
  /** The directory is part of no checkout. */
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly place: CheckoutPlace }
  /** It is part of one, or may be, and that is all there is to say. `reason` is part of a sentence. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface SearchArea {
  readonly workspace: string;
  /** True: from a directory in the workspace the search does not go above it. */
  readonly isBounded: boolean;
}

/** A file of git that names something has one line. */
const maxFileBytes = 64 << 10;

/**
 * Walks up to the next `.git`. A bare repository, that is one without a `.git`, is none: it can be committed as plain
 * files. Git never checks out a path with a `.git` in it, so what lies there is git's own.
 */
export async function findCheckout(directory: string, area: SearchArea): Promise<CheckoutSearch> {
  try {
    const start = await toRealPath(directory);
    if (start === undefined) return { kind: 'none' };
    const workspace = (await toRealPath(area.workspace)) ?? path.resolve(area.workspace);
    const top = area.isBounded && isWithin(workspace, start) ? workspace : path.parse(start).root;
    for (let current = start; ; current = path.dirname(current)) {
      if (await hasEntry(path.join(current, '.git')))
        return { kind: 'found', place: await readPlace(current, workspace) };
      if (current === top || current === path.dirname(current)) return { kind: 'none' };
    }
  } catch (error) {
    return { kind: 'unreadable', reason: toMessage(error) };
  }
}

/** Text of a small file of git's, without the line end. Throws what to tell about one that is no such file. */
export async function readGitFile(file: string): Promise<string> {
  // A pipe would be read for ever.
  const found = await stat(file);
  if (!found.isFile() || found.size > maxFileBytes) throw new Error(`${file} is not a file of git's`);
  return (await readFile(file, 'utf8')).replace(/[\r\n]+$/, '');
}

/** True for an entry of whatever kind, a link that leads nowhere as well. */
export async function hasEntry(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT') || hasErrorCode(error, 'ENOTDIR')) return false;
    throw error;
  }
}

async function readPlace(directory: string, workspace: string): Promise<CheckoutPlace> {
  const entry = path.join(directory, '.git');
  const found = await lstat(entry);
  const gitDirectory = found.isDirectory() ? entry : await followLink(entry, directory, workspace);
  const commonFile = path.join(gitDirectory, 'commondir');
  if (!(await hasEntry(commonFile))) return { directory, gitDirectory, commonDirectory: gitDirectory };
  const named = await realpath(path.resolve(gitDirectory, await readGitFile(commonFile)));
  return { directory, gitDirectory, commonDirectory: refusePlanted(named, [directory, workspace]) };
}

/** Where a `.git` that is no directory leads: a symbolic link, or a file `gitdir: …` of a submodule or a worktree. */
async function followLink(entry: string, directory: string, workspace: string): Promise<string> {
  if ((await stat(entry)).isDirectory()) return refusePlanted(await realpath(entry), [directory, workspace]);
  const target = /^gitdir: (.+)$/.exec(await readGitFile(entry))?.[1];
  if (target === undefined) throw new Error(`${entry} does not name a git directory`);
  return refusePlanted(await realpath(path.resolve(directory, target)), [directory, workspace]);
}

/** What lies in the tree outside of every `.git` may be files that somebody committed. */
function refusePlanted(target: string, trees: readonly string[]): string {
  const isPlanted = trees.some(
    (tree) => isWithin(tree, target) && !path.relative(tree, target).split(path.sep).includes('.git'),
  );
  if (isPlanted) throw new Error(`.git leads to ${target}, where a commit can put files`);
  return target;
}

async function toRealPath(file: string): Promise<string | undefined> {
  try {
    return await realpath(file);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT') || hasErrorCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

function isWithin(directory: string, file: string): boolean {
  const relative = path.relative(directory, file);
  return relative === '' || (!path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..');
}
