import { readBoolean, readNumber, readString } from '../json.ts';

/** Which refs a clean-up is about. */
export type CleanupTarget =
  | { readonly kind: 'all' }
  /** All caches are looked at, so that it is known what they need of each other. */
  | { readonly kind: 'refs'; readonly refs: readonly string[] }
  /** A closed pull request or a deleted ref: nothing but its caches is looked at. */
  | { readonly kind: 'event'; readonly refs: readonly string[]; readonly subject: string };

export interface EventFacts {
  /** GITHUB_EVENT_NAME; undefined outside of a job. */
  readonly eventName: string | undefined;
  readonly payload: unknown;
}

/** @param given the input `refs`; empty: by the event, which is all refs but for a closed pull request and a deleted ref */
export function decideTarget({ eventName, payload }: EventFacts, given: readonly string[]): CleanupTarget {
  if (given.includes('all')) return { kind: 'all' };
  if (given.length > 0) return { kind: 'refs', refs: given };
  const number = readNumber(payload, 'number') ?? readNumber(payload, 'pull_request', 'number');
  const isPullRequest = eventName === 'pull_request' || eventName === 'pull_request_target';
  if (isPullRequest && number !== undefined) {
    const refs = ['merge', 'head'].map((name) => `refs/pull/${number}/${name}`);
    return { kind: 'event', refs, subject: `pull request ${number}` };
  }
  const ref = readString(payload, 'ref');
  if (eventName === 'delete' && ref !== undefined) {
    const isTag = readString(payload, 'ref_type') === 'tag';
    // Runs of a tag save below both.
    const refs = isTag ? [`refs/tags/${ref}`, `refs/heads/refs/tags/${ref}`] : [`refs/heads/${ref}`];
    return { kind: 'event', refs, subject: `${isTag ? 'tag' : 'branch'} ${ref}` };
  }
  return { kind: 'all' };
}

/** Whether GitHub gives this run a token that may only read, whatever the workflow asks for. */
export function hasReadOnlyToken({ eventName, payload }: EventFacts): boolean {
  if (eventName !== 'pull_request') return false;
  const head = readNumber(payload, 'pull_request', 'head', 'repo', 'id');
  const base = readNumber(payload, 'pull_request', 'base', 'repo', 'id');
  const isFork = readBoolean(payload, 'pull_request', 'head', 'repo', 'fork') === true || head !== base;
  return isFork || readString(payload, 'sender', 'login') === 'dependabot[bot]';
}
