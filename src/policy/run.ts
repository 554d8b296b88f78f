import { readString } from '../json.ts';
import {
  isDefaultBranchEvent,
  isRefDeleted,
  isTrustedEvent,
  type PullRequest,
  readPullRequest,
} from './event.ts';
import { classifyRef, isSameRef, type RunRef, toBranch, toRefName } from './ref.ts';
import type { Rights } from './rights.ts';
import type { RunFacts } from './types.ts';

/** The facts of a run, understood: what both the import chain and the export rules stand on. */
export interface Run {
  readonly facts: RunFacts;
  readonly ref: RunRef;
  /** At the back end of this run; everything else here is about trust. */
  readonly rights: Rights;
  /** Name of the default branch; undefined when nothing tells it. */
  readonly defaultBranch: string | undefined;
  /** Undefined outside pull request events. */
  readonly pullRequest: PullRequest | undefined;
  readonly isRefDeleted: boolean;
  readonly isTrusted: boolean;
}

export function readRun(facts: RunFacts, rights: Rights): Run {
  const ref = classifyRef(facts.ref);
  const defaultBranch = findDefaultBranch(facts, ref, rights);
  return {
    facts,
    ref,
    rights,
    defaultBranch,
    pullRequest: readPullRequest(facts, ref.kind === 'pr' ? ref.name : undefined),
    isRefDeleted: isRefDeleted(facts),
    isTrusted: isTrustedEvent(facts, defaultBranch),
  };
}

function findDefaultBranch(
  { eventName, payload }: RunFacts,
  ref: RunRef,
  rights: Rights,
): string | undefined {
  const told =
    toBranch(readString(payload, 'repository', 'default_branch')) ??
    toBranch(readString(payload, 'pull_request', 'base', 'repo', 'default_branch'));
  if (told !== undefined) return told.name;
  const own = toRefName(ref);
  // The payload of `schedule` names no repository.
  if (own?.kind === 'branch' && isDefaultBranchEvent(eventName)) return own.name;
  // A token lists the default branch last; a back end that does not tell refs apart lists none.
  return (rights.readable === 'any' ? [] : rights.readable)
    .map((scope) => toBranch(scope))
    .findLast((branch) => branch !== undefined && (own === undefined || !isSameRef(branch, own)))?.name;
}
