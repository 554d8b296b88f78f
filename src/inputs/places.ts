import { mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode, InputError, quote, toMessage } from '../errors.ts';
import { isDirectory as isDirectoryContext } from './named-context.ts';
import { isFalse } from './output-entry.ts';
import type { BuildInputs, ImageInputs } from './types.ts';
import type { BuildOutput } from './values.ts';

/** Where one output is written. */
interface Destination {
  /** As given. */
  readonly dest: string;
  /** Absolute, with all links followed. */
  readonly place: string;
  /** A tree of files is written there, otherwise one file. */
  readonly isDirectory: boolean;
}

type OutputInputs = Pick<ImageInputs, 'outputs'>;

interface PlacedInputs {
  readonly build: Pick<BuildInputs, 'context' | 'buildContexts'>;
  readonly image: OutputInputs;
}

/**
 * Keeps the build away from the job's own directory, where the daemon's state lies: a context would copy it into the
 * image, and an output could replace it. Throws InputError.
 */
export async function checkPlaces(
  inputs: PlacedInputs,
  workspace: string,
  jobDirectory: string,
): Promise<void> {
  const own = await toPlace(jobDirectory);
  for (const { input, directory } of listDirectories(inputs.build)) {
    const context = await toPlace(path.resolve(workspace, directory));
    if (holds(context, own) || holds(own, context)) {
      throw new InputError(
        input,
        `input "${input}": ${quote(directory)} ${holds(own, context) ? 'lies in' : 'holds'} ${own}, where Hotlayer keeps the state of BuildKit, which would become a part of the build; allowed is a directory beside it, for example one of its own below RUNNER_TEMP`,
      );
    }
  }
  for (const { dest, place, isDirectory } of await listDestinations(inputs.image, workspace)) {
    if (holds(own, place) || (isDirectory && holds(place, own))) {
      throw new InputError(
        'outputs',
        `input "outputs": dest=${dest} ${holds(own, place) ? 'lies in' : 'holds'} ${own}, where Hotlayer keeps the state of BuildKit, which the output could replace; allowed is a place beside it, for example a directory of its own below RUNNER_TEMP`,
      );
    }
  }
}

/** The directories of this machine that the build reads. */
function listDirectories({ context, buildContexts }: PlacedInputs['build']) {
  const named = buildContexts
    .filter(({ value }) => isDirectoryContext(value))
    .map(({ value }) => ({ input: 'build-contexts', directory: value }));
  return context.kind === 'path' ? [{ input: 'context', directory: context.path }, ...named] : named;
}

/** Makes the directories that the outputs are written to. Throws InputError where nothing can be written. */
export async function prepareDestinations(inputs: OutputInputs, workspace: string): Promise<void> {
  const seen = new Set<string>();
  for (const { dest, place, isDirectory } of await listDestinations(inputs, workspace)) {
    if (seen.has(place)) refuse(dest, 'is given twice, and one output would replace the other');
    seen.add(place);
    try {
      await makeDirectory(isDirectory ? place : path.dirname(place));
    } catch (error) {
      const isFile = ['EEXIST', 'ENOTDIR'].some((code) => hasErrorCode(error, code));
      refuse(
        dest,
        isFile
          ? 'leads to or through a file, where a directory is needed'
          : `cannot be made (${toMessage(error)})`,
        error,
      );
    }
    if (!isDirectory && (await isDirectoryThere(place)))
      refuse(dest, 'is a directory, where a file is needed');
  }
}

async function listDestinations(inputs: OutputInputs, workspace: string): Promise<readonly Destination[]> {
  const found: Destination[] = [];
  for (const output of inputs.outputs) {
    const { dest } = output.attrs;
    if (dest === undefined) continue;
    const place = await toPlace(path.resolve(workspace, dest));
    found.push({ dest, place, isDirectory: isTree(output) });
  }
  return found;
}

function isTree({ type, attrs }: BuildOutput): boolean {
  return type === 'local' || ((type === 'oci' || type === 'docker') && isFalse(attrs['tar']));
}

/** The real path of what is there, and the rest as given: two ways to write one place must not look like two places. */
async function toPlace(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    const parent = path.dirname(file);
    if (parent === file || !['ENOENT', 'ENOTDIR'].some((code) => hasErrorCode(error, code))) return file;
    return path.join(await toPlace(parent), path.basename(file));
  }
}

/** True when the second is the first, or lies below it. */
function holds(directory: string, file: string): boolean {
  const relative = path.relative(directory, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`));
}

/** Not Node's own recursion, which never ends where a file system says ENOENT to a new directory (/proc). */
async function makeDirectory(directory: string): Promise<void> {
  if (await isDirectoryThere(directory)) return;
  const parent = path.dirname(directory);
  if (parent !== directory) await makeDirectory(parent);
  try {
    await mkdir(directory);
  } catch (error) {
    // Somebody else may have made it just now.
    if (!(await isDirectoryThere(directory))) throw error;
  }
}

async function isDirectoryThere(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    // Not there yet.
    return false;
  }
}

function refuse(dest: string, why: string, cause?: unknown): never {
  throw new InputError(
    'outputs',
    `input "outputs": dest=${quote(dest)} ${why}; allowed is a path of its own, from the workspace or absolute; missing directories are made`,
    cause === undefined ? {} : { cause },
  );
}
