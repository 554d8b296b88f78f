import { forEachParallel } from '../async/parallel.ts';
import { classifyRef } from '../policy/ref.ts';
import type { RefState } from './decide.ts';
import type { Repository } from './repository.ts';

const questionsAtOnce = 4;
const heads = 'refs/heads/';

/**
 * Which refs are still there. A branch or tag is gone only when GitHub says 404 to a token that sees the default branch
 * by the same call: to one without the permission it says 404 too. A pull request is closed only when GitHub says so.
 */
export async function readRefStates(
  repository: Pick<Repository, 'findRef' | 'findPullRequest'>,
  refs: readonly string[],
  defaultBranch: string | undefined,
): Promise<ReadonlyMap<string, RefState>> {
  const probe = await probeDefault(repository, defaultBranch);
  const states = new Map<string, RefState>();
  await forEachParallel(new Set(refs), questionsAtOnce, async (ref) => {
    states.set(ref, await readState(repository, ref, probe));
  });
  return states;
}

type Probe =
  | { readonly kind: 'seen'; readonly ref: string }
  | { readonly kind: 'unseen'; readonly reason: string };

async function probeDefault(
  repository: Pick<Repository, 'findRef'>,
  defaultBranch: string | undefined,
): Promise<Probe> {
  if (defaultBranch === undefined)
    return { kind: 'unseen', reason: 'GitHub did not say which branch is the default one' };
  const ref = `${heads}${defaultBranch}`;
  const found = await repository.findRef(ref);
  if (found === 'there') return { kind: 'seen', ref };
  const reason =
    found === 'missing'
      ? 'GitHub shows this token no branches; it needs `contents: read`'
      : `${ref} could not be looked up: ${found.reason}`;
  return { kind: 'unseen', reason };
}

async function readState(
  repository: Pick<Repository, 'findRef' | 'findPullRequest'>,
  raw: string,
  probe: Probe,
): Promise<RefState> {
  const ref = classifyRef(raw);
  switch (ref.kind) {
    case 'pr': {
      const state = await repository.findPullRequest(ref.name);
      if (state === 'open') return { kind: 'live' };
      if (state === 'closed') return { kind: 'dead', reason: 'pull-request-closed' };
      return { kind: 'unknown', reason: `pull request ${ref.name}: ${state.reason}` };
    }
    case 'branch':
    case 'bot':
    case 'queue':
      return await findGitRefs(repository, [`${heads}${ref.name}`], 'branch-deleted', probe);
    case 'tag': {
      // Runs of a tag save below `refs/heads/refs/tags/…`, and a branch may be called like that.
      const branch = raw.startsWith(heads) ? [raw] : [];
      return await findGitRefs(repository, [`refs/tags/${ref.name}`, ...branch], 'tag-deleted', probe);
    }
    case 'empty':
    case 'other':
      return { kind: 'unknown', reason: `${raw} is no branch, tag or pull request` };
    default:
      return ref satisfies never;
  }
}

/** Dead when none of them is there. */
async function findGitRefs(
  repository: Pick<Repository, 'findRef'>,
  refs: readonly string[],
  reason: 'branch-deleted' | 'tag-deleted',
  probe: Probe,
): Promise<RefState> {
  if (probe.kind === 'unseen') return { kind: 'unknown', reason: probe.reason };
  for (const ref of refs) {
    if (ref === probe.ref) return { kind: 'live' };
    const found = await repository.findRef(ref);
    if (found === 'there') return { kind: 'live' };
    if (found !== 'missing') return { kind: 'unknown', reason: `${ref}: ${found.reason}` };
  }
  return { kind: 'dead', reason };
}
