import { stat } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import { findCheckout } from '../git/find-checkout.ts';
import { isTrue } from '../inputs/output-entry.ts';
import { parseContext } from '../inputs/single-values.ts';
import type { Inputs } from '../inputs/types.ts';
import type { BuildContext } from '../inputs/values.ts';
import { readString } from '../json.ts';
import type { RunFacts } from '../policy/types.ts';
import { readRunFacts } from './plan-run.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** buildx asks for the commit of a Git URL with a query itself from here on. */
const firstWithQueries = 'v0.29.0';

export interface SettledContexts {
  readonly inputs: Inputs;
  /** What a user may not expect of it; undefined: nothing. */
  readonly sentence: string | undefined;
}

/**
 * The inputs with the contexts that they mean: `{{defaultContext}}` is the Git context of the event, and so is a context
 * that was not given where nothing is checked out, as in docker/build-push-action. Throws InputError for a context that
 * is none, or for a payload that is missing.
 */
export async function settleContexts(inputs: Inputs, env: Environment): Promise<SettledContexts> {
  const { context, buildContexts } = inputs.build;
  const isNamed = buildContexts.some(({ value }) => hasTemplate(value));
  const isUnsettled = context.kind === 'git' ? hasTemplate(context.url) : context.isDefault === true;
  if (!isNamed && !isUnsettled) return { inputs, sentence: undefined };
  const workspace = path.resolve(env['GITHUB_WORKSPACE'] || '.');
  const isHere = context.kind === 'path' && (await holdsSources(inputs, workspace, env));
  const defaultContext =
    isHere && !isNamed
      ? undefined
      : toDefaultContext(await readRunFacts(env), env, inputs.daemon.buildxVersion);
  const settled = settleContext(context, isHere, defaultContext);
  const named = buildContexts.map(({ name, value }) => ({ name, value: fill(value, defaultContext) }));
  const isTold = context.kind === 'path' && settled.kind === 'git';
  return {
    inputs: { ...inputs, build: { ...inputs.build, context: settled, buildContexts: named } },
    sentence: isTold
      ? `Nothing is checked out in the workspace, so the context is the commit of the event: ${settled.url}.`
      : undefined,
  };
}

/**
 * The Git context of the event: the commit in a fragment, or in a query where buildx is told to resolve queries itself.
 * undefined: the runner does not say which repository that is.
 *
 * @param buildxVersion that is asked for
 */
export function toDefaultContext(
  { ref, sha, payload }: Pick<RunFacts, 'ref' | 'sha' | 'payload'>,
  env: Environment,
  buildxVersion: string,
): string | undefined {
  const [server = '', repository = ''] = [env['GITHUB_SERVER_URL'], env['GITHUB_REPOSITORY']];
  if (server === '' || repository === '') return undefined;
  const address = `${server.replace(/\/+$/, '')}/${repository}.git`;
  const fullRef = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
  const isPullRequest = fullRef.startsWith('refs/pull/');
  const head = isPullRequest ? readString(payload, 'pull_request', 'head', 'sha') : undefined;
  const isHeadAsked = env['DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF'] === 'true';
  const commit = (isHeadAsked ? head : undefined) ?? sha;
  const isQuery =
    isTrue(env['BUILDX_SEND_GIT_QUERY_AS_INPUT']) && semver.gte(buildxVersion, firstWithQueries);
  if (!isQuery) return `${address}#${commit || fullRef}`;
  if (commit === '') return `${address}?ref=${fullRef}`;
  return isPullRequest ? `${address}?ref=${commit}` : `${address}?ref=${fullRef}&checksum=${commit}`;
}

function settleContext(
  context: BuildContext,
  isHere: boolean,
  defaultContext: string | undefined,
): BuildContext {
  if (context.kind === 'git') return parseContext('context', fill(context.url, defaultContext));
  // A context that was given stays what it is.
  if (isHere || context.isDefault !== true || defaultContext === undefined)
    return { kind: 'path', path: context.path };
  return { kind: 'git', url: defaultContext };
}

/**
 * Is the workspace what a build without `context` is about? It is when it holds a checkout; and when somebody put the
 * Dockerfile itself there, or is at work on a machine of their own.
 */
async function holdsSources({ build }: Inputs, workspace: string, env: Environment): Promise<boolean> {
  if (env['HOTLAYER_LOCAL'] === '1') return true;
  const found = await findCheckout(workspace, { workspace, isBounded: true });
  if (found.kind !== 'none') return true;
  const dockerfile = path.resolve(workspace, build.file ?? 'Dockerfile');
  const places = build.file === undefined ? [dockerfile, path.join(workspace, 'dockerfile')] : [dockerfile];
  const there = await Promise.all(places.map(isThere));
  return there.includes(true);
}

export async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    // Not there or not to be seen: neither is a build from here.
    return false;
  }
}

/** What handlebars has in braces, two or three of them; a name that it does not know is empty. */
const template = /\{\{\{?\s*(\w*)\s*\}?\}\}/g;

export function hasTemplate(text: string): boolean {
  return text.search(template) !== -1;
}

export function fill(text: string, defaultContext: string | undefined): string {
  if (!hasTemplate(text)) return text;
  const address = defaultContext ?? '';
  const filled = text.replace(template, (_, name) => (name === 'defaultContext' ? address : ''));
  if (filled.trim() === '') return address;
  // `{{defaultContext}}:directory` is about a fragment, and a query has another word for it.
  const rest = filled.slice(address.length);
  return address.includes('?') && filled.startsWith(address) && rest.startsWith(':')
    ? `${address}&subdir=${rest.slice(1)}`
    : filled;
}
