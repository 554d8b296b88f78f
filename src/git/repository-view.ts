import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CheckoutPlace } from './find-checkout.ts';
import { hasEntry, readGitFile } from './find-checkout.ts';
import type { GitRoom } from './git-room.ts';
import { toReason } from './run-git.ts';

/** A repository as git may see it: its HEAD, refs and objects in a git directory of our own. */
export interface RepositoryView {
  readonly gitDirectory: string;
  /** HEAD names a branch, and there is no ref at all: nothing was ever committed or fetched. */
  readonly isEmpty: boolean;
  /** The repository's configuration file; it need not be there. */
  readonly configFile: string;
  /** Values of the repository's configuration as data, by key (section and name in lower case). */
  readonly config: ReadonlyMap<string, readonly string[]>;
}

/** What is read of a configuration. Nothing of it is in force in the view, but for the two formats. */
const readKeys =
  '^(remote\\.origin\\.url|extensions\\.(objectformat|refstorage)|core\\.sshcommand|include\\.path|includeif\\..*\\.path)$';

const localTimeoutMs = 10_000;

/**
 * The view has none of the repository's configuration, hooks, attributes, grafts and replaced objects: whatever these
 * would run or forge, git does not know of them. As the view is ours, git does not ask whose the repository is either.
 * Throws what to tell when the repository cannot be read.
 */
export async function openView(git: GitRoom, place: CheckoutPlace): Promise<RepositoryView> {
  const { commonDirectory, gitDirectory } = place;
  const head = await readGitFile(path.join(gitDirectory, 'HEAD'));
  if (!/^(?:ref: refs\/[^\s\p{Cc}]+|[0-9a-f]{40}|[0-9a-f]{64})$/u.test(head))
    throw new Error(`${path.join(gitDirectory, 'HEAD')} names no commit`);
  const config = await readRepositoryConfig(git, commonDirectory);
  const refStorage = config.get('extensions.refstorage')?.at(-1)?.toLowerCase() ?? 'files';
  if (refStorage !== 'files' && gitDirectory !== commonDirectory)
    throw new Error('it is a linked worktree whose refs are not files');

  const view = await git.makeDirectory();
  await writeFile(path.join(view, 'HEAD'), `${head}\n`);
  await writeFile(path.join(view, 'config'), renderConfig(config, refStorage));
  for (const name of ['objects', 'refs']) {
    if (!(await stat(path.join(commonDirectory, name))).isDirectory())
      throw new Error(`${path.join(commonDirectory, name)} is not a directory`);
  }
  for (const name of ['objects', 'refs', 'packed-refs', 'shallow', 'reftable']) {
    if (await hasEntry(path.join(commonDirectory, name)))
      await symlink(path.join(commonDirectory, name), path.join(view, name));
  }
  const isEmpty = refStorage === 'files' && head.startsWith('ref: ') && !(await hasRefs(commonDirectory));
  return { gitDirectory: view, isEmpty, configFile: path.join(commonDirectory, 'config'), config };
}

export function askView(git: GitRoom, view: RepositoryView, ...args: readonly string[]) {
  return git.ask({ args, gitDirectory: view.gitDirectory, timeoutMs: localTimeoutMs });
}

/** The values of a configuration file whose keys match, read as data: nothing is included, and nothing is in force. */
async function readConfigFile(
  git: GitRoom,
  file: string,
  pattern: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const answer = await git.ask({
    args: ['config', '--file', file, '--no-includes', '--null', '--get-regexp', pattern],
    gitDirectory: git.emptyRepository,
    timeoutMs: localTimeoutMs,
  });
  // 1: no such key.
  if (answer.kind === 'failed' || answer.exitCode > 1) throw new Error(toReason(answer));
  return parseConfigList(answer.stdout);
}

/** Keys and values as `git config --null` prints them. */
export function parseConfigList(text: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const entry of text.split('\0')) {
    const end = entry.indexOf('\n');
    // A key without a value means true to git; no key that is read here has such a value.
    if (end === -1) continue;
    const key = entry.slice(0, end);
    values.set(key, [...(values.get(key) ?? []), entry.slice(end + 1)]);
  }
  return values;
}

async function readRepositoryConfig(
  git: GitRoom,
  directory: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const file = path.join(directory, 'config');
  if (!(await hasEntry(file))) return new Map();
  if (!(await stat(file)).isFile()) throw new Error(`${file} is not a file`);
  // git takes a file that it may not read for one without the key.
  await readFile(file);
  return readConfigFile(git, file, readKeys);
}

function renderConfig(config: ReadonlyMap<string, readonly string[]>, refStorage: string): string {
  const objectFormat = config.get('extensions.objectformat')?.at(-1)?.toLowerCase() ?? 'sha1';
  if (!['sha1', 'sha256'].includes(objectFormat)) throw new Error(`its object format is ${objectFormat}`);
  if (!['files', 'reftable'].includes(refStorage)) throw new Error(`its refs are stored as ${refStorage}`);
  // Only what is not the default: an old git refuses the words of a newer one.
  const extensions = [
    ...(objectFormat === 'sha1' ? [] : [`objectformat = ${objectFormat}`]),
    ...(refStorage === 'files' ? [] : [`refstorage = ${refStorage}`]),
  ];
  const version = extensions.length === 0 ? 0 : 1;
  return `[core]\nrepositoryformatversion = ${version}\nbare = true\n[extensions]\n${extensions.join('\n')}\n`;
}

async function hasRefs(directory: string): Promise<boolean> {
  const packed = path.join(directory, 'packed-refs');
  if (await hasEntry(packed)) {
    const lines = (await readFile(packed, 'utf8')).split('\n');
    if (lines.some((line) => line !== '' && !line.startsWith('#'))) return true;
  }
  const entries = await readdir(path.join(directory, 'refs'), { recursive: true, withFileTypes: true });
  return entries.some((entry) => !entry.isDirectory());
}
