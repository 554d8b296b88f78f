import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../errors.ts';
import type { Inputs } from '../inputs.ts';
import { quote } from './reader.ts';

/**
 * Looks whether the local context and its Dockerfile are there, before anything is started. A Git context is BuildKit's
 * to fetch. Relative paths start at the workspace, as in docker/build-push-action. Throws InputError.
 */
export async function checkFiles({ context, file }: Inputs, workspace: string): Promise<void> {
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

async function checkDockerfile(file: string | undefined, context: string, workspace: string): Promise<void> {
  const dockerfile = file === undefined ? path.join(context, 'Dockerfile') : path.resolve(workspace, file);
  // BuildKit takes `dockerfile` for `Dockerfile` too (moby/moby#10858).
  const lowerCase = path.join(path.dirname(dockerfile), 'dockerfile');
  const found =
    (await statOrUndefined(dockerfile)) ??
    (path.basename(dockerfile) === 'Dockerfile' ? await statOrUndefined(lowerCase) : undefined);
  if (found?.isFile() === true) return;
  const fault = found === undefined ? 'does not exist' : 'is not a file';
  throw new InputError(
    'file',
    `input "file": ${quote(file ?? 'Dockerfile')} ${fault} (${dockerfile}); allowed is the path of a Dockerfile, from the workspace, by default Dockerfile in the context`,
  );
}

async function statOrUndefined(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch {
    // Not there or not to be seen: the message is the same for both.
    return undefined;
  }
}
