import { toMessage } from '../errors.ts';
import { findCheckout, type SearchArea } from './find-checkout.ts';
import type { GitRoom } from './git-room.ts';
import { toCommit } from './git-url.ts';
import { toRepositoryKey } from './repository-name.ts';
import { askView, openView, type RepositoryView } from './repository-view.ts';
import { toReason } from './run-git.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A Git checkout on this machine and what is known of where it comes from. */
export interface Checkout {
  readonly view: RepositoryView;
  /** HEAD's commit. */
  readonly head: string;
  /** Address of `origin`; undefined when it has none. */
  readonly origin: string | undefined;
  /** True when its origin is the repository of this run; undefined when nothing tells. */
  readonly isOfRun: boolean | undefined;
}

export type CheckoutAnswer =
  /** The directory is part of no checkout, or of one without any commit. */
  | { readonly kind: 'none' }
  | { readonly kind: 'checkout'; readonly checkout: Checkout }
  /** It is part of a checkout, and git cannot say which. `reason` is part of a sentence for people. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The checkout that a directory is part of. Never throws. */
export async function readCheckout(
  git: GitRoom,
  directory: string,
  area: SearchArea,
  sha: string,
): Promise<CheckoutAnswer> {
  const found = await findCheckout(directory, area);
  if (found.kind === 'none') return found;
  if (found.kind === 'unreadable') return toUnknown(found.reason);
  try {
    const view = await openView(git, found.place);
    if (view.isEmpty) return { kind: 'none' };
    const answer = await askView(git, view, 'rev-parse', '--verify', 'HEAD^{commit}');
    const head =
      answer.kind === 'answer' && answer.exitCode === 0 ? toCommit(answer.stdout.trim()) : undefined;
    if (head === undefined) return toUnknown(toReason(answer));
    const origin = view.config.get('remote.origin.url')?.at(-1);
    const isOfRun = await isOriginOfRun(git, view, origin, sha);
    return { kind: 'checkout', checkout: { view, head, origin, isOfRun } };
  } catch (error) {
    return toUnknown(toMessage(error));
  }
}

/** The reason names paths, and what git says of foreign files: it stays one line of some length. */
function toUnknown(reason: string): CheckoutAnswer {
  return { kind: 'unknown', reason: reason.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300) };
}

/** True when the address is that of GITHUB_REPOSITORY; undefined when the run does not say which that is. */
export function isRepositoryOfRun(remote: string, env: Environment): boolean | undefined {
  const repository = env['GITHUB_REPOSITORY'];
  if (!repository) return undefined;
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com';
  return toRepositoryKey(remote) === toRepositoryKey(`${server}/${repository}`);
}

/** True when git proves it, false when it proves the contrary, undefined when it lacks the history to tell. */
export async function isAncestor(
  git: GitRoom,
  { view }: Checkout,
  commit: string,
  of: string,
): Promise<boolean | undefined> {
  const answer = await askView(git, view, 'merge-base', '--is-ancestor', commit, of);
  if (answer.kind === 'failed') return undefined;
  if (answer.exitCode === 0) return true;
  if (answer.exitCode !== 1) return undefined;
  const shallow = await askView(git, view, 'rev-parse', '--is-shallow-repository');
  return shallow.kind === 'answer' && shallow.stdout.trim() === 'false' ? false : undefined;
}

/**
 * A fork's clone has the commits of this repository too, so a remote address must be the run's own. A path on this machine names no
 * repository; there the commit of the run must do.
 */
async function isOriginOfRun(
  git: GitRoom,
  view: RepositoryView,
  url: string | undefined,
  sha: string,
): Promise<boolean | undefined> {
  if (url === undefined || url === '') return undefined;
  const matches = isRepositoryOfRun(url, git.env);
  if (matches === true || !isLocalPath(url)) return matches;
  if (toCommit(sha) === undefined) return undefined;
  const found = await askView(git, view, 'cat-file', '-e', `${sha}^{commit}`);
  return found.kind === 'answer' && found.exitCode === 0;
}

function isLocalPath(url: string): boolean {
  return /^file:\/\//i.test(url) || /^[./]/.test(url);
}
