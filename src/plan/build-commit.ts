import path from 'node:path';
import { toMessage } from '../errors.ts';
import {
  type Checkout,
  type CheckoutAnswer,
  isAncestor,
  isRepositoryOfRun,
  readCheckout,
} from '../git/checkout.ts';
import { type GitRoom, withGit } from '../git/git-room.ts';
import { parseGitUrl, toCommit } from '../git/git-url.ts';
import { type RefSource, readRemoteRefs } from '../git/remote-refs.ts';
import type { BuildContext } from '../inputs/values.ts';
import type { RunFacts } from '../policy/types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The facts that only git knows. */
export type MeasuredFacts = Pick<RunFacts, 'contextHead' | 'contextUnknown' | 'contextOnRef' | 'isTip'>;

export interface MeasureRequest {
  readonly context: BuildContext;
  /** Relative contexts start here. */
  readonly cwd: string;
  readonly env: Environment;
  /** GITHUB_SHA. */
  readonly sha: string;
  /** Name of the branch whose cache would be replaced. */
  readonly branch: string;
  /** Reads this run's repository where no checkout left credentials for it. */
  readonly githubToken: string | undefined;
  /** Facts known from elsewhere: taken as they are. */
  readonly known: MeasuredFacts;
  readonly signal?: AbortSignal | undefined;
}

export type Measure = (request: MeasureRequest) => Promise<MeasuredFacts>;

/** The build context's commit, as far as it is known. */
interface ContextCommit {
  /** A commit, or the address of a context that is certainly not the run's repository. */
  readonly head: string | undefined;
  readonly isOfRun: boolean | undefined;
  /** Why there must be a commit and `head` is undefined. */
  readonly unknown: string | undefined;
}

/**
 * Compares the build context and GITHUB_SHA with the branch, with at most two calls over the network. Whatever cannot be found out
 * stays undefined, and `contextUnknown` says so of the context's commit; never throws.
 */
export async function measureBuildCommit(request: MeasureRequest): Promise<MeasuredFacts> {
  const { env, known, signal } = request;
  try {
    return await withGit(env, signal, (git) => measure(git, request));
  } catch (error) {
    const unknown = `git has no directory to work in (${toMessage(error)})`;
    return { ...known, contextUnknown: known.contextHead === undefined ? unknown : undefined };
  }
}

async function measure(git: GitRoom, request: MeasureRequest): Promise<MeasuredFacts> {
  const { context, cwd, env, known, sha } = request;
  const workspace = path.resolve(cwd, env['GITHUB_WORKSPACE'] || '.');
  const directory = context.kind === 'path' ? path.resolve(cwd, context.path) : workspace;
  const area = { workspace, isBounded: Boolean(env['GITHUB_WORKSPACE']) };
  const [inContext, inWorkspace] = await Promise.all([
    readCheckout(git, directory, area, sha),
    directory === workspace ? undefined : readCheckout(git, workspace, area, sha),
  ]);
  const checkouts = [inContext, inWorkspace].flatMap((answer) =>
    answer?.kind === 'checkout' ? [answer.checkout] : [],
  );
  const own = checkouts.find(({ isOfRun }) => isOfRun === true);
  const source = toRefSource(own, request);
  const [commit, tip] = await Promise.all([
    context.kind === 'path' ? toContextCommit(inContext) : readGitContext(git, context.url, source, request),
    readTip(git, source, request),
  ]);
  const contextHead = known.contextHead ?? commit.head;
  return {
    contextHead,
    contextUnknown: contextHead === undefined ? commit.unknown : undefined,
    contextOnRef:
      known.contextOnRef ??
      (await isOnRef(contextHead, known.contextHead === undefined ? commit.isOfRun : undefined, {
        git,
        checkout: own ?? (inContext.kind === 'checkout' ? inContext.checkout : undefined),
        tip: tip?.commit,
        request,
      })),
    isTip: known.isTip ?? (tip === undefined || sha === '' ? undefined : tip.commit === sha.toLowerCase()),
  };
}

function toContextCommit(answer: CheckoutAnswer): ContextCommit {
  switch (answer.kind) {
    case 'none':
      return { head: undefined, isOfRun: undefined, unknown: undefined };
    case 'checkout':
      return { head: answer.checkout.head, isOfRun: answer.checkout.isOfRun, unknown: undefined };
    case 'unknown':
      return { head: undefined, isOfRun: undefined, unknown: answer.reason };
    default:
      return answer satisfies never;
  }
}

/** A checkout's origin has the credentials; a Git context of the same repository is there without any checkout. */
function toRefSource(
  own: Checkout | undefined,
  { context, env, githubToken }: MeasureRequest,
): RefSource | undefined {
  const toSource = (url: string): RefSource => ({
    url,
    view: own?.view,
    login: githubToken !== undefined && isOnServer(url, env) ? `x-access-token:${githubToken}` : undefined,
  });
  if (own?.origin !== undefined) return toSource(own.origin);
  if (context.kind === 'path') return undefined;
  const { remote, address } = parseGitUrl(context.url);
  return isRepositoryOfRun(remote, env) === true ? toSource(address) : undefined;
}

/** The token is shown to the run's own server only, by the protocol that the runner itself uses; to none that is not known. */
function isOnServer(url: string, env: Environment): boolean {
  const server = env['GITHUB_SERVER_URL'] ?? '';
  return URL.canParse(url) && URL.canParse(server) && new URL(url).origin === new URL(server).origin;
}

/** `commit` undefined: the branch is gone. */
async function readTip(
  git: GitRoom,
  source: RefSource | undefined,
  { branch, env, known }: MeasureRequest,
): Promise<{ readonly commit: string | undefined } | undefined> {
  // On a developer's machine commits are ahead of the remote, and nothing there is a re-run.
  const isLocal = env['ACT'] === 'true' || env['HOTLAYER_LOCAL'] === '1';
  if (source === undefined || (known.isTip !== undefined && known.contextOnRef !== undefined) || isLocal)
    return undefined;
  const name = `refs/heads/${branch}`;
  const refs = await readRemoteRefs(git, source, [name]);
  return refs === undefined ? undefined : { commit: refs.get(name) };
}

async function readGitContext(
  git: GitRoom,
  url: string,
  source: RefSource | undefined,
  { branch, env }: MeasureRequest,
): Promise<ContextCommit> {
  const { remote, ref } = parseGitUrl(url);
  const isOfRun = isRepositoryOfRun(remote, env);
  const toUnknown = (unknown: string): ContextCommit => ({ head: undefined, isOfRun, unknown });
  const head = toCommit(ref);
  if (head !== undefined) return { head, isOfRun, unknown: undefined };
  // Another repository is not asked: wherever its refs point, it is not the run's commit.
  if (isOfRun === false)
    return { head: ref === undefined ? remote : `${remote}#${ref}`, isOfRun, unknown: undefined };
  if (source === undefined) return toUnknown('GITHUB_REPOSITORY does not name the repository of this run');
  const names =
    ref === undefined
      ? ['HEAD']
      : ref.startsWith('refs/')
        ? [ref]
        : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  const refs = await readRemoteRefs(git, source, names);
  if (refs === undefined) {
    // The run's own branch is on itself, wherever it points.
    if (names.includes(`refs/heads/${branch}`)) return { head: undefined, isOfRun, unknown: undefined };
    return toUnknown(`the repository of this run does not say what "${ref ?? 'HEAD'}" is`);
  }
  const found = new Set(names.map((name) => refs.get(name)).filter((commit) => commit !== undefined));
  const [commit] = found;
  if (commit !== undefined && found.size === 1) return { head: commit, isOfRun, unknown: undefined };
  // A branch and a tag of one name: which of them BuildKit takes is not ours to guess.
  return toUnknown(
    found.size === 0
      ? `the repository of this run has no ref "${ref ?? 'HEAD'}"`
      : `the repository of this run has both a branch and a tag "${ref}"`,
  );
}

interface OnRefEvidence {
  readonly git: GitRoom;
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
  { git, checkout, tip, request }: OnRefEvidence,
): Promise<boolean | undefined> {
  const { branch, sha } = request;
  const commit = toCommit(head);
  if (commit === undefined) return isOfRun === false ? false : undefined;
  if (commit === sha.toLowerCase() || commit === tip) return true;
  if (checkout === undefined) return isOfRun === false ? false : undefined;
  const proofs = [toCommit(sha)];
  if (checkout.isOfRun === true) proofs.push(tip, `refs/remotes/origin/${branch}`);
  let answer: boolean | undefined;
  for (const proof of proofs) {
    if (proof === undefined) continue;
    const proven = await isAncestor(git, checkout, commit, proof);
    if (proven === true) return true;
    answer ??= proven;
  }
  return isOfRun === false ? false : answer;
}
