import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError, quote } from '../errors.ts';
import { leadsOut } from './links.ts';
import type { BuildInputs } from './types.ts';

/**
 * Looks whether the local context and its Dockerfile are there, before anything is started. A Git context is BuildKit's
 * to fetch. Relative paths start at the workspace, as in docker/build-push-action. Throws InputError.
 */
export async function checkFiles(
  { context, file }: Pick<BuildInputs, 'context' | 'file'>,
  workspace: string,
): Promise<void> {
  if (context.kind === 'git') return;
  const directory = path.resolve(workspace, context.path);
  const found = await statOrUndefined(directory);
  if (found === undefined || !found.isDirectory()) {
    const fault = found === undefined ? 'does not exist' : 'is not a directory';
    throw new InputError(
      'context',
      `input "context": ${quote(context.path)} ${fault} (${directory}); allowed is a directory, or a Git URL. Did actions/checkout run before this step?`,
    );
  }
  await checkDockerfile(file, directory, workspace);
}

/** Throws InputError when the variable names a policy that buildx could not read. */
export async function checkSourcePolicy(
  env: Readonly<Record<string, string | undefined>>,
  workspace: string,
): Promise<void> {
  const name = 'EXPERIMENTAL_BUILDKIT_SOURCE_POLICY';
  const file = env[name];
  if (file === undefined || file === '') return;
  if ((await statOrUndefined(path.resolve(workspace, file)))?.isFile() === true) return;
  throw new InputError(
    name,
    `${name} is ${quote(file)}, which is not a file: it must be the path of a source policy in JSON, from the workspace or absolute.`,
  );
}

async function checkDockerfile(file: string | undefined, context: string, workspace: string): Promise<void> {
  const dockerfile = file === undefined ? path.join(context, 'Dockerfile') : path.resolve(workspace, file);
  // BuildKit takes `dockerfile` for `Dockerfile` too (moby/moby#10858).
  const lowerCase = path.join(path.dirname(dockerfile), 'dockerfile');
  const exact = await statOrUndefined(dockerfile);
  const found =
    exact ?? (path.basename(dockerfile) === 'Dockerfile' ? await statOrUndefined(lowerCase) : undefined);
  if (found?.isFile() === true) {
    await checkLink(file, exact === undefined ? lowerCase : dockerfile);
    return;
  }
  const fault = found === undefined ? 'does not exist' : 'is not a file';
  throw new InputError(
    'file',
    `input "file": ${quote(file ?? 'Dockerfile')} ${fault} (${dockerfile}); allowed is the path of a Dockerfile, from the workspace, by default Dockerfile in the context`,
  );
}

async function checkLink(file: string | undefined, dockerfile: string): Promise<void> {
  if (!(await leadsOut(dockerfile))) return;
  const target = await realpath(dockerfile);
  throw new InputError(
    'file',
    `input "file": ${quote(file ?? path.basename(dockerfile))} is a link out of its directory (to ${target}), which BuildKit does not follow; allowed is the file itself, here "file: ${target}"`,
  );
}

/** One sentence on a list of ignored files that BuildKit will not find; undefined: there is none. */
export async function describeLostIgnoreFile(
  { context, file }: Pick<BuildInputs, 'context' | 'file'>,
  workspace: string,
): Promise<string | undefined> {
  if (context.kind === 'git') return undefined;
  const directory = path.resolve(workspace, context.path);
  const dockerfile = file === undefined ? path.join(directory, 'Dockerfile') : path.resolve(workspace, file);
  for (const ignored of [`${dockerfile}.dockerignore`, path.join(directory, '.dockerignore')]) {
    if (await leadsOut(ignored)) {
      return `${ignored} has no effect: it is a link out of its directory, which BuildKit does not follow. Put the file itself there.`;
    }
  }
  return undefined;
}

async function statOrUndefined(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch {
    // Not there or not to be seen: the message is the same for both.
    return undefined;
  }
}
