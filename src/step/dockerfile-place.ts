import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { isRepositoryOfRun } from '../git/checkout.ts';
import { isCommitted } from '../git/committed.ts';
import { parseGitUrl } from '../git/git-url.ts';
import type { BuildInputs } from '../inputs/types.ts';

/**
 * The Dockerfile's path from the workspace on, where it is a file of this repository. undefined: warnings of this build
 * point to no file. That holds for a Git context of another repository or commit, for a Dockerfile outside the workspace (made by an earlier step in
 * RUNNER_TEMP, for one, or reached through a link), for one that an earlier step has made in the workspace and nobody
 * has committed, and for one in another checkout below the workspace: the same path is another file here, or none.
 */
export async function findAnnotatedDockerfile(
  build: Pick<BuildInputs, 'context' | 'file'> & {
    /** The Git context of the event. */
    readonly defaultContext?: string | undefined;
  },
  workspace: string,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { context, file, defaultContext } = build;
  if (context.kind === 'git') return findInRepository(context.url, file, { env, defaultContext });
  const given = path.resolve(workspace, file ?? path.join(context.path, 'Dockerfile'));
  try {
    const root = await realpath(workspace);
    // The name stays the one that was given, which the frontend knows it by.
    const named = path.join(await realpath(path.dirname(given)), path.basename(given));
    const found = await realpath(named).catch(() => realpath(toLowerCaseName(named)));
    for (const place of [named, found]) {
      if (!isBelow(root, place) || (await isOtherCheckout(root, place))) return undefined;
    }
    const committed = await Promise.all(
      [...new Set([named, found])].map((place) => isCommitted(place, root, env, signal)),
    );
    return committed.every((answer) => answer === false) ? undefined : path.relative(root, named);
  } catch {
    // It is not to be seen from here: BuildKit says what is wrong with it, and a warning does not need its place.
    return undefined;
  }
}

/**
 * The path in the run's own repository, as far as the Git context is the run's own commit or ref: elsewhere the same line
 * says something else.
 */
function findInRepository(
  url: string,
  file: string | undefined,
  run: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly defaultContext: string | undefined;
  },
): string | undefined {
  const { env, defaultContext } = run;
  const { address, ref, subdirectory = '' } = parseGitUrl(url);
  const { GITHUB_SHA: sha, GITHUB_REF: fullRef, GITHUB_REF_NAME: name } = env;
  const ofEvent = defaultContext === undefined ? undefined : parseGitUrl(defaultContext).ref;
  const isOfRun = ref !== undefined && [sha, fullRef, name, ofEvent].includes(ref);
  if (!isOfRun || isRepositoryOfRun(address, env) !== true || path.isAbsolute(file ?? '')) return undefined;
  // BuildKit's paths in a Git context start at the directory of the context, and stay below it.
  const place = path.posix.join('/', subdirectory, path.posix.join('/', file ?? 'Dockerfile')).slice(1);
  return place === '' || place.endsWith('/') ? undefined : place;
}

/** BuildKit takes `dockerfile` for `Dockerfile` too (moby/moby#10858). */
function toLowerCaseName(file: string): string {
  return path.join(path.dirname(file), path.basename(file).toLowerCase());
}

function isBelow(root: string, place: string): boolean {
  const [first] = path.relative(root, place).split(path.sep);
  return first !== '' && first !== '..';
}

/** A submodule, or what actions/checkout put below the workspace. */
async function isOtherCheckout(root: string, place: string): Promise<boolean> {
  for (let parent = path.dirname(place); parent !== root; parent = path.dirname(parent)) {
    const entry = await lstat(path.join(parent, '.git')).catch(() => undefined);
    if (entry !== undefined) return true;
  }
  return false;
}
