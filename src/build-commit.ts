import path from 'node:path';
import {
  type Checkout,
  isAncestor,
  isRepositoryOfRun,
  type RefSource,
  readCheckout,
  readRemoteRefs,
} from './git-checkout.ts';
import { parseGitContext, toCommit } from './git-context.ts';
import type { BuildContext } from './inputs.ts';
import type { RunFacts } from './policy/types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The facts that only git knows. */
export type MeasuredFacts = Pick<RunFacts, 'contextHead' | 'contextOnRef' | 'isTip'>;

export interface MeasureRequest {
  readonly context: BuildContext;
  /** Relative contexts start here. */
  readonly cwd: string;
  readonly env: Environment;
  /** GITHUB_SHA. */
  readonly sha: string;
  /** Name of the branch whose cache would be replaced. */
  readonly branch: string;
  /** Facts known from elsewhere: taken as they are. */
  readonly known: MeasuredFacts;
}

/** The build context's commit, as far as it is known. */
interface ContextCommit {
  /** A commit, or the address of a context that is certainly not the run's repository. */
  readonly head: string | undefined;
  readonly isOfRun: boolean | undefined;
}

/**
 * Compares the build context and GITHUB_SHA with the branch, with at most two calls over the network. Whatever cannot be found out
 * stays undefined; never throws.
 */
export async function measureBuildCommit(request: MeasureRequest): Promise<MeasuredFacts> {
  const { context, cwd, env, known, sha } = request;
  const workspace = path.resolve(cwd, env['GITHUB_WORKSPACE'] || '.');
  const directory = context.kind === 'path' ? path.resolve(cwd, context.path) : workspace;
  const [inContext, inWorkspace] = await Promise.all([
    readCheckout(directory, sha, env),
    directory === workspace ? undefined : readCheckout(workspace, sha, env),
  ]);
  const own = [inContext, inWorkspace].find((checkout) => checkout?.isOfRun === true);
  const source = toRefSource(own, request, workspace);
  const [commit, tip] = await Promise.all([
    context.kind === 'path'
      ? { head: inContext?.head, isOfRun: inContext?.isOfRun }
      : readGitContext(context.url, source, env),
    readTip(source, request),
  ]);
  const contextHead = known.contextHead ?? commit.head;
  return {
    contextHead,
    contextOnRef:
      known.contextOnRef ??
      (await isOnRef(contextHead, known.contextHead === undefined ? commit.isOfRun : undefined, {
        checkout: own ?? inContext,
        tip: tip?.commit,
        request,
      })),
    isTip: known.isTip ?? (tip === undefined || sha === '' ? undefined : tip.commit === sha.toLowerCase()),
  };
}

/** A checkout's origin has the credentials; a Git context of the same repository is there without any checkout. */
function toRefSource(
  own: Checkout | undefined,
  { context, env }: MeasureRequest,
  workspace: string,
): RefSource | undefined {
  if (own !== undefined) return { directory: own.directory, remote: 'origin' };
  if (context.kind === 'path') return undefined;
  const { remote } = parseGitContext(context.url);
  const address = remote.startsWith('github.com/') ? `https://${remote}` : remote;
  return isRepositoryOfRun(remote, env) === true ? { directory: workspace, remote: address } : undefined;
}

/** `commit` undefined: the branch is gone. */
async function readTip(
  source: RefSource | undefined,
  { branch, env, known }: MeasureRequest,
): Promise<{ readonly commit: string | undefined } | undefined> {
  // On a developer's machine commits are ahead of the remote, and nothing there is a re-run.
  const isLocal = env['ACT'] === 'true' || env['HOTLAYER_LOCAL'] === '1';
  if (source === undefined || (known.isTip !== undefined && known.contextOnRef !== undefined) || isLocal)
    return undefined;
  const name = `refs/heads/${branch}`;
  const refs = await readRemoteRefs(source, [name], env);
  return refs === undefined ? undefined : { commit: refs.get(name) };
}

async function readGitContext(
  url: string,
  source: RefSource | undefined,
  env: Environment,
): Promise<ContextCommit> {
  const { remote, ref } = parseGitContext(url);
  const isOfRun = isRepositoryOfRun(remote, env);
  const head = toCommit(ref);
  if (head !== undefined) return { head, isOfRun };
  // Another repository is not asked: wherever its refs point, it is not the run's commit.
  if (isOfRun === false) return { head: ref === undefined ? remote : `${remote}#${ref}`, isOfRun };
  if (source === undefined) return { head: undefined, isOfRun };
  const names =
    ref === undefined
      ? ['HEAD']
      : ref.startsWith('refs/')
        ? [ref]
        : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  const refs = await readRemoteRefs(source, names, env);
  const found = names.map((name) => refs?.get(name)).filter((commit) => commit !== undefined);
  // A branch and a tag of one name: which of them BuildKit takes is not ours to guess.
  return { head: found.length === 1 ? found[0] : undefined, isOfRun };
}

interface OnRefEvidence {
  readonly checkout: Checkout | undefined;
  readonly tip: string | undefined;
  readonly request: MeasureRequest;
}

/**
 * Ancestors of GITHUB_SHA are on the ref by their hashes, wherever they were found. Anything newer must be on the branch as
 * the run's own repository has it.
 */
async function isOnRef(
  head: string | undefined,
  isOfRun: boolean | undefined,
  { checkout, tip, request }: OnRefEvidence,
): Promise<boolean | undefined> {
  const { branch, env, sha } = request;
  const commit = toCommit(head);
  if (commit === undefined) return isOfRun === false ? false : undefined;
  if (commit === sha.toLowerCase() || commit === tip) return true;
  if (checkout === undefined) return isOfRun === false ? false : undefined;
  const proofs = [toCommit(sha)];
  if (checkout.isOfRun === true) proofs.push(tip, `refs/remotes/origin/${branch}`);
  let answer: boolean | undefined;
  for (const proof of proofs) {
    if (proof === undefined) continue;
    const proven = await isAncestor(checkout.directory, commit, proof, env);
    if (proven === true) return true;
    answer ??= proven;
  }
  return isOfRun === false ? false : answer;
}
