import path from 'node:path';
import { findCheckout } from '../git/find-checkout.ts';
import { parseSource } from '../inputs/bake-entries.ts';
import type { BakeStepInputs } from '../inputs/types.ts';
import { fill, hasTemplate, isThere, toDefaultContext } from './default-context.ts';
import { readRunFacts } from './plan-run.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a bake runs, and where its definition is. */
export interface SettledSource {
  /** Absolute: paths of the definition start there. */
  readonly cwd: string;
  /** The Git URL of the definition; undefined: it is in `cwd`. */
  readonly remote: string | undefined;
  /** The Git context of the event; undefined: nobody needed it, or the runner does not say. */
  readonly defaultContext: string | undefined;
  /** What a user may not expect of it; undefined: nothing. */
  readonly sentence: string | undefined;
}

/** What buildx looks for where no file is given (bake/bake.go, defaultFilenames). */
const defaultFiles = [
  ...['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'],
  ...['docker-bake.json', 'docker-bake.hcl', 'docker-bake.override.json', 'docker-bake.override.hcl'],
];

/**
 * As in docker/bake-action a source that was not given is the Git context of the event; but only where nothing is checked
 * out, as with `context` of the main action. Throws InputError.
 */
export async function settleSource(
  { bake, daemon }: BakeStepInputs,
  env: Environment,
): Promise<SettledSource> {
  const workspace = path.resolve(env['GITHUB_WORKSPACE'] || '.');
  const workdir = path.resolve(workspace, bake.workdir);
  const { source } = bake;
  const defaultContext = toDefaultContext(await readRunFacts(env), env, daemon.buildxVersion);
  if (source.kind === 'git') {
    const filled = hasTemplate(source.url)
      ? parseSource('source', fill(source.url, defaultContext) || '.')
      : source;
    return filled.kind === 'git'
      ? { cwd: workdir, remote: filled.url, defaultContext, sentence: undefined }
      : { cwd: path.resolve(workdir, filled.path), remote: undefined, defaultContext, sentence: undefined };
  }
  const cwd = path.resolve(workdir, source.path);
  const isHere =
    source.isDefault !== true ||
    defaultContext === undefined ||
    (await holdsDefinition(bake.files, { cwd, workspace, env }));
  if (isHere) return { cwd, remote: undefined, defaultContext, sentence: undefined };
  return {
    cwd,
    remote: defaultContext,
    defaultContext,
    sentence: `Nothing is checked out in the workspace, so the bake definition is that of the commit of the event: ${defaultContext}.`,
  };
}

async function holdsDefinition(
  files: readonly string[],
  { cwd, workspace, env }: { readonly cwd: string; readonly workspace: string; readonly env: Environment },
): Promise<boolean> {
  if (env['HOTLAYER_LOCAL'] === '1' || env['BUILDX_BAKE_FILE']) return true;
  const found = await findCheckout(workspace, { workspace, isBounded: true });
  if (found.kind !== 'none') return true;
  const names = files.length === 0 ? defaultFiles : files;
  const there = await Promise.all(names.map((name) => isThere(path.resolve(cwd, name))));
  return there.includes(true);
}
