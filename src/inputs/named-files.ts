import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError, quote } from '../errors.ts';
import type { BuildInputs } from './types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Of BuildKit (session/secrets). */
export const maxSecretBytes = 500 * 1024;

/** Looks for all that the inputs name beside context and Dockerfile, before anything is started. Throws InputError. */
export async function checkNamedFiles(
  inputs: Pick<BuildInputs, 'secretFiles' | 'ssh'>,
  env: Environment,
  workspace: string,
): Promise<void> {
  for (const { id, file } of inputs.secretFiles) await checkSecretFile(id, path.resolve(workspace, file));
  for (const entry of inputs.ssh) await checkAgent(entry, env, workspace);
}

/** The path is not shown: a value may stand where it belongs. */
async function checkSecretFile(id: string, file: string): Promise<void> {
  const found = await statOrUndefined(file);
  if (found?.isFile() !== true && found?.isFIFO() !== true) {
    const fault = found === undefined ? 'does not exist' : 'is not a file';
    throw new InputError(
      'secret-files',
      `input "secret-files": the file of ${quote(id)} ${fault}; allowed is id=path with the path of a file, from the workspace or absolute`,
    );
  }
  if (found.size > maxSecretBytes) {
    throw new InputError(
      'secret-files',
      `input "secret-files": the file of ${quote(id)} has ${found.size} bytes; allowed are ${maxSecretBytes}`,
    );
  }
}

/** `id`, or `id=path,path`: without a path it is the agent of the step. */
async function checkAgent(entry: string, env: Environment, workspace: string): Promise<void> {
  const [id = '', ...rest] = entry.split('=');
  const paths = rest.join('=').split(',');
  if (paths[0] === '') {
    if (env['SSH_AUTH_SOCK']) return;
    throw new InputError(
      'ssh',
      `input "ssh": ${quote(id || 'default')} is the SSH agent of the step, but SSH_AUTH_SOCK is not set; allowed is a step with an agent, or ${id || 'default'}=path of a key or a socket`,
    );
  }
  for (const file of paths) {
    if ((await statOrUndefined(path.resolve(workspace, file))) !== undefined) continue;
    throw new InputError(
      'ssh',
      `input "ssh": ${quote(file)} of ${quote(entry)} does not exist; allowed is id=path of a key or of an agent's socket, from the workspace or absolute`,
    );
  }
}

async function statOrUndefined(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch {
    // Not there or not to be seen: the message is the same for both.
    return undefined;
  }
}
