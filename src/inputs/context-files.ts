import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError, quote } from '../errors.ts';
import { isDirectory } from './named-context.ts';
import type { BuildInputs } from './types.ts';

type ContextInputs = Pick<BuildInputs, 'context' | 'file' | 'buildContexts'>;

/** Looks whether the directories among the named contexts are there. Throws InputError. */
export async function checkNamedContexts(
  { buildContexts }: Pick<BuildInputs, 'buildContexts'>,
  workspace: string,
): Promise<void> {
  for (const { name, value } of buildContexts) {
    const layout = /^oci-layout:\/\/([^@]*)/.exec(value)?.[1]?.replace(/:[^/:]*$/, '');
    if (layout === undefined && !isDirectory(value)) continue;
    const directory = path.resolve(workspace, layout ?? value);
    if (await isDirectoryThere(directory)) continue;
    throw new InputError(
      'build-contexts',
      `input "build-contexts": ${quote(`${name}=${value}`)} is not a directory (${directory}); allowed is name=<directory|Git URL|docker-image://…|oci-layout://…>, a directory from the workspace or absolute`,
    );
  }
}

/**
 * One sentence on stages that begin with a directory: BuildKit knows such a base by the daemon that read it, so what is
 * built on it is never found again on another one. undefined: there is none, or the Dockerfile is not to be seen here.
 */
export async function describeLocalBases(
  { context, file, buildContexts }: ContextInputs,
  workspace: string,
): Promise<string | undefined> {
  const directories = buildContexts.filter(({ value }) => isDirectory(value));
  if (directories.length === 0 || context.kind === 'git') return undefined;
  const dockerfile = path.resolve(workspace, file ?? path.join(context.path, 'Dockerfile'));
  const text = await readFile(dockerfile, 'utf8').catch(() => '');
  const bases = new Set(listBases(text));
  const [local] = directories.filter(({ name }) => bases.has(toPlainName(name)));
  return local === undefined
    ? undefined
    : `What is built on "FROM ${local.name}" is never found in the cache by another run: it is a directory ("build-contexts"), which BuildKit knows by this daemon alone. Begin with "FROM scratch" and "COPY --from=${local.name} / /", or give the context as docker-image:// or oci-layout://.`;
}

/** What the stages of a Dockerfile begin with, by the names of named contexts. Pure. */
export function listBases(dockerfile: string): readonly string[] {
  return [...dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/gim)].map(([, base = '']) =>
    toPlainName(base),
  );
}

/** As buildx normalizes both (distribution/reference). */
function toPlainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:index\.)?docker\.io\//, '')
    .replace(/^library\//, '')
    .replace(/:latest$/, '');
}

async function isDirectoryThere(directory: string): Promise<boolean> {
  try {
    return (await stat(directory)).isDirectory();
  } catch {
    // Not there or not to be seen: the message is the same for both.
    return false;
  }
}
