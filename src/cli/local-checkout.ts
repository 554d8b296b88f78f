import { findCheckout } from '../git/find-checkout.ts';
import { withGit } from '../git/git-room.ts';
import { toCommit } from '../git/git-url.ts';
import { askView, openView } from '../git/repository-view.ts';
import type { LocalFacts } from './local-event.ts';
import type { Environment } from './types.ts';

type Checkout = Pick<LocalFacts, 'branch' | 'head' | 'defaultBranch' | 'repository'>;

const nothing: Checkout = {
  branch: undefined,
  head: undefined,
  defaultBranch: undefined,
  repository: undefined,
};

/** What git says of the checkout that a local build runs in; everything undefined outside of one. */
export async function readLocalCheckout(directory: string, env: Environment): Promise<Checkout> {
  const found = await findCheckout(directory, { workspace: directory, isBounded: false });
  if (found.kind !== 'found') return nothing;
  const { place } = found;
  try {
    return await withGit(env, undefined, async (git) => {
      const view = await openView(git, place);
      const ask = async (...args: readonly string[]): Promise<string | undefined> => {
        const answer = await askView(git, view, ...args);
        return answer.kind === 'answer' && answer.exitCode === 0
          ? answer.stdout.trim() || undefined
          : undefined;
      };
      const [branch, head, originHead] = await Promise.all([
        ask('symbolic-ref', '--short', 'HEAD'),
        ask('rev-parse', '--verify', 'HEAD^{commit}'),
        ask('symbolic-ref', '--short', 'refs/remotes/origin/HEAD'),
      ]);
      const originUrl = view.config.get('remote.origin.url')?.at(-1);
      const name = /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(originUrl ?? '');
      return {
        branch,
        head: toCommit(head),
        defaultBranch: originHead?.replace(/^origin\//, ''),
        repository: name?.[1],
      };
    });
  } catch {
    // No git, or a broken checkout: the facts are unknown, and the local event has a default for each.
    return nothing;
  }
}
