import { readBoolean, readField, readNumber, readString } from '../json.ts';
import { toBranch } from './ref.ts';
import type { RunFacts } from './types.ts';

/** What the policy needs of a pull request event. */
export interface PullRequest {
  readonly number: string | undefined;
  /** Name of the base branch. */
  readonly base: string | undefined;
  readonly isMerged: boolean;
  /** Also true when merged. */
  readonly isClosed: boolean;
  /** By the author, not by the actor: the actor changes on a re-run. */
  readonly isByBot: boolean;
}

/** These run on refs/pull/N/merge. `pull_request_target` is none of them: it runs on the default branch. */
const prEvents: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]);

/** Only somebody with write access causes these. */
const trustedEvents: ReadonlySet<string> = new Set([
  'push',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
]);

/** May write, but what they would build a push has built already. */
const fruitlessEvents: ReadonlySet<string> = new Set(['create', 'delete', 'registry_package', 'page_build']);

/** GITHUB_REF is the default branch whatever happened. `pull_request_target` is missing: GHES before 3.20 gives it the base. */
const defaultBranchEvents: ReadonlySet<string> = new Set([
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'delete',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'image_version',
  'issue_comment',
  'issues',
  'label',
  'milestone',
  'page_build',
  'public',
  'repository_dispatch',
  'schedule',
  'status',
  'watch',
  'workflow_run',
]);

function isPrEvent(eventName: string): boolean {
  return prEvents.has(eventName);
}

export function isFruitlessEvent(eventName: string): boolean {
  return fruitlessEvents.has(eventName);
}

export function isDefaultBranchEvent(eventName: string): boolean {
  return defaultBranchEvents.has(eventName);
}

/** A `workflow_run` is as trusted as what it follows: a fork may call its branch `main`, so the repository's id decides. */
export function isTrustedEvent(facts: RunFacts, defaultBranch: string | undefined): boolean {
  if (facts.eventName !== 'workflow_run') return trustedEvents.has(facts.eventName);
  const upstream = readField(facts.payload, 'workflow_run');
  const headBranch = readString(upstream, 'head_branch');
  const headRepository = readNumber(upstream, 'head_repository', 'id');
  return (
    trustedEvents.has(readString(upstream, 'event') ?? '') &&
    headBranch !== undefined &&
    headBranch === defaultBranch &&
    headRepository !== undefined &&
    headRepository === readNumber(facts.payload, 'repository', 'id')
  );
}

/** A push that deletes: its SHA is the default branch's and nobody will read the ref again. */
export function isRefDeleted({ eventName, payload }: RunFacts): boolean {
  if (eventName !== 'push') return false;
  return readBoolean(payload, 'deleted') === true || /^0+$/.test(readString(payload, 'after') ?? '');
}

/** Undefined outside pull request events. */
export function readPullRequest(facts: RunFacts, refNumber: string | undefined): PullRequest | undefined {
  if (!isPrEvent(facts.eventName)) return undefined;
  const pr = readField(facts.payload, 'pull_request');
  const number = readNumber(pr, 'number') ?? readNumber(facts.payload, 'number');
  // Review payloads have no `merged`, but do have `merged_at`.
  const isMerged = readBoolean(pr, 'merged') === true || readString(pr, 'merged_at') !== undefined;
  const isClosed = readString(pr, 'state') === 'closed' || readString(facts.payload, 'action') === 'closed';
  const login = readString(pr, 'user', 'login') ?? '';
  return {
    number: refNumber ?? (number === undefined ? undefined : String(number)),
    base: toBranch(readString(pr, 'base', 'ref'))?.name,
    isMerged,
    isClosed: isMerged || isClosed,
    isByBot: readString(pr, 'user', 'type') === 'Bot' || login.endsWith('[bot]'),
  };
}
