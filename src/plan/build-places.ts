import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { BuildInputs } from '../inputs/types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the parts of a build from a local context lie; all paths are absolute. */
export interface BuildPlaces {
  readonly workspace: string;
  readonly context: string;
  readonly dockerfile: string;
  /** Directories of this machine that lie elsewhere on another, with the name that both know. */
  readonly machine: readonly { readonly name: string; readonly directory: string }[];
}

const machineVariables = ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'HOME'] as const;

/** The places by their spelling alone. A relative path starts at `cwd`. */
export function toBuildPlaces(
  { context, file }: Pick<BuildInputs, 'context' | 'file'>,
  cwd: string,
  env: Environment,
): BuildPlaces {
  const directory = path.resolve(cwd, context.kind === 'path' ? context.path : '.');
  return {
    workspace: path.resolve(cwd, env['GITHUB_WORKSPACE'] || '.'),
    context: directory,
    dockerfile: file === undefined ? path.join(directory, 'Dockerfile') : path.resolve(cwd, file),
    machine: machineVariables.flatMap((name) => {
      const value = env[name];
      return value && path.isAbsolute(value) ? [{ name, directory: path.resolve(value) }] : [];
    }),
  };
}

/** The places without links to directories, so that a directory is the same whichever way leads to it. Nothing needs to be there. */
export async function readBuildPlaces(
  inputs: Pick<BuildInputs, 'context' | 'file'>,
  cwd: string,
  env: Environment,
): Promise<BuildPlaces> {
  const { workspace, context, dockerfile, machine } = toBuildPlaces(inputs, cwd, env);
  return {
    workspace: await followLinks(workspace),
    context: await followLinks(context),
    // The Dockerfile itself may be a link, and is named as it is called.
    dockerfile: path.join(await followLinks(path.dirname(dockerfile)), path.basename(dockerfile)),
    machine: await Promise.all(
      machine.map(async ({ name, directory }) => ({ name, directory: await followLinks(directory) })),
    ),
  };
}

/**
 * A place by a name that is the same on every machine: its path in the workspace (`.` for the workspace itself), else its
 * path from the nearest directory that machines have in common.
 */
export function toPlaceName(file: string, { workspace, machine }: BuildPlaces): string {
  const fromWorkspace = path.relative(workspace, file);
  if (isWithin(workspace, file)) return fromWorkspace === '' ? '.' : fromWorkspace;
  const shared = findSharedDirectory(workspace, file);
  const root = path.parse(file).root;
  const [nearest] = machine
    .filter(({ directory }) => directory !== root && isWithin(directory, file))
    .sort((a, b) => b.directory.length - a.directory.length);
  if (nearest !== undefined && nearest.directory.length >= shared.length)
    return path.join(`$${nearest.name}`, path.relative(nearest.directory, file));
  return shared === root ? file : fromWorkspace;
}

/** As far as the path exists; what cannot be looked at stays as it is spelled. */
async function followLinks(file: string): Promise<string> {
  const missing: string[] = [];
  for (let current = file; ; current = path.dirname(current)) {
    try {
      return path.join(await realpath(current), ...missing);
    } catch {
      // Not there, or not for us: then the directory above it tells.
      if (current === path.dirname(current)) return file;
      missing.unshift(path.basename(current));
    }
  }
}

function findSharedDirectory(a: string, b: string): string {
  let current = a;
  while (!isWithin(current, b)) current = path.dirname(current);
  return current;
}

function isWithin(directory: string, file: string): boolean {
  const [first] = path.relative(directory, file).split(path.sep);
  return first !== '..';
}
