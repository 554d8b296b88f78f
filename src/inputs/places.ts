import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode, InputError, quote, toMessage } from '../errors.ts';
import { toCacheAttributes } from './cache-entry.ts';
import { checkTouched, type Guarded, type Touched, toPlace } from './guarded-places.ts';
import { isDirectory as isDirectoryContext } from './named-context.ts';
import { isFalse } from './output-entry.ts';
import type { BuildInputs, CacheInputs, ImageInputs } from './types.ts';
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
  readonly cache: Pick<CacheInputs, 'cacheTo' | 'cacheToAttrs' | 'cacheFromAttrs'>;
}

/** Throws InputError where a build of these inputs comes too near to what must stay as it is (guarded-places.ts). */
export async function checkPlaces(inputs: PlacedInputs, workspace: string, guarded: Guarded): Promise<void> {
  const { build, image, cache } = inputs;
  await checkTouched(
    [
      ...listContexts(build),
      ...listWritten(image.outputs, cache.cacheTo.map(toCacheAttributes)),
      ...listCacheDirectories(cache),
    ],
    workspace,
    guarded,
  );
}

/** The directories of this machine that the build reads. */
function listContexts({ context, buildContexts }: PlacedInputs['build']): readonly Touched[] {
  const named = buildContexts
    .filter(({ value }) => isDirectoryContext(value))
    .map(({ value }) => ({ input: 'build-contexts', directory: value }));
  const all = context.kind === 'path' ? [{ input: 'context', directory: context.path }, ...named] : named;
  return all.map(({ input, directory }) => ({
    ...{ input, subject: `input "${input}": ${quote(directory)}` },
    ...{ path: directory, kind: 'read' },
  }));
}

function listWritten(outputs: readonly BuildOutput[], caches: readonly BuildOutput[]): readonly Touched[] {
  return [
    ...listOutputPlaces(outputs).map((place) => ({ ...place, input: 'outputs' })),
    ...listCachePlaces(caches).map((place) => ({ ...place, input: 'cache-to' })),
  ].map(({ input, dest, kind }) => ({
    ...{ input, subject: `input "${input}": dest=${dest}`, path: dest, kind },
  }));
}

/** Of `cache: local`; the other back ends have no such attributes. */
export function listCacheDirectories({
  cacheToAttrs,
  cacheFromAttrs,
}: PlacedInputs['cache']): readonly Touched[] {
  const given = [
    { input: 'cache-to-attrs', name: 'dest', path: cacheToAttrs.attrs['dest'] },
    { input: 'cache-from-attrs', name: 'src', path: cacheFromAttrs.attrs['src'] },
  ];
  return given.flatMap(({ input, name, path: place }) =>
    place === undefined
      ? []
      : [{ input, subject: `input "${input}": ${name}=${place}`, path: place, kind: 'tree' as const }],
  );
}

/** Where outputs are written, as given. */
export function listOutputPlaces(outputs: readonly BuildOutput[]): readonly Written[] {
  return outputs.flatMap((output): readonly Written[] => {
    const { dest } = output.attrs;
    return dest === undefined ? [] : [{ dest, kind: isTree(output) ? 'tree' : 'file' }];
  });
}

/** Where caches are written, as given. */
export function listCachePlaces(caches: readonly BuildOutput[]): readonly Written[] {
  return caches.flatMap(({ type, attrs }): readonly Written[] =>
    type === 'local' && attrs['dest'] !== undefined ? [{ dest: attrs['dest'], kind: 'tree' }] : [],
  );
}

interface Written {
  readonly dest: string;
  readonly kind: 'file' | 'tree';
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
