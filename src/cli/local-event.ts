import { InputError } from '../errors.ts';
import { isRecord, readNumber, readString } from '../json.ts';
import { isDefaultBranchEvent } from '../policy/event.ts';
import type { RefScope } from '../policy/types.ts';

/** An event as GitHub would hand it to a run, made for this machine. */
export interface LocalEvent {
  readonly eventName: string;
  readonly ref: string;
  readonly sha: string;
  readonly repository: string;
  readonly defaultBranch: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The rights that GitHub's token has in such a run, in its order: own ref, base, default. */
  readonly access: readonly RefScope[];
}

export interface LocalFacts {
  readonly eventName: string | undefined;
  readonly ref: string | undefined;
  /** A payload that the user gave; what it lacks is filled in. */
  readonly payload: unknown;
  /** Of the checkout: branch name, commit, default branch, `owner/name`; undefined outside a checkout. */
  readonly branch: string | undefined;
  readonly head: string | undefined;
  readonly defaultBranch: string | undefined;
  readonly repository: string | undefined;
}

const read = 1;
const readWrite = 3;
const prRef = /^refs\/pull\/(\d+)\/merge$/;

/** Fills in an event of the kind asked for, so that the policy sees what it would see on GitHub. */
export function toLocalEvent(facts: LocalFacts): LocalEvent {
  const given = isRecord(facts.payload) ? facts.payload : {};
  const defaultBranch =
    readString(given, 'repository', 'default_branch') ?? facts.defaultBranch ?? facts.branch ?? 'main';
  const branch = runsOnDefaultBranch(facts.eventName) ? defaultBranch : (facts.branch ?? defaultBranch);
  const ref = qualifyRef(facts.ref) ?? `refs/heads/${branch}`;
  const pr = prRef.exec(ref);
  const eventName = facts.eventName ?? (pr === null ? 'push' : 'pull_request');
  if (eventName.startsWith('pull_request') && eventName !== 'pull_request_target' && pr === null) {
    const number = readNumber(given, 'number') ?? readNumber(given, 'pull_request', 'number');
    if (facts.ref === undefined && number !== undefined)
      return toLocalEvent({ ...facts, ref: `refs/pull/${number}/merge` });
    throw new InputError(
      'ref',
      `--ref is "${facts.ref ?? ''}", but the event ${eventName} runs on refs/pull/NUMBER/merge: give that with --ref.`,
    );
  }
  const repository = readString(given, 'repository', 'full_name') ?? facts.repository ?? 'local/local';
  const sha = facts.head ?? '0'.repeat(40);
  const base = readString(given, 'pull_request', 'base', 'ref') ?? defaultBranch;
  const filled = {
    ref,
    ...(pr === null ? {} : { number: Number(pr[1]), pull_request: toPullRequest(Number(pr[1]), base) }),
    ...given,
    repository: {
      id: 1,
      full_name: repository,
      default_branch: defaultBranch,
      ...(isRecord(given['repository']) ? given['repository'] : {}),
    },
  };
  return {
    eventName,
    ref,
    sha,
    repository,
    defaultBranch,
    payload: filled,
    access: toAccess(ref, base, defaultBranch, pr !== null),
  };
}

function toPullRequest(number: number, base: string): Readonly<Record<string, unknown>> {
  return {
    number,
    state: 'open',
    merged: false,
    user: { login: 'local', type: 'User' },
    base: { ref: base },
  };
}

function toAccess(
  ref: string,
  base: string,
  defaultBranch: string,
  isPullRequest: boolean,
): readonly RefScope[] {
  // On a tag GitHub's token names the scope refs/heads/refs/tags/T.
  const own = ref.startsWith('refs/tags/') ? `refs/heads/${ref}` : ref;
  const scopes = [{ scope: own, permission: readWrite }];
  for (const branch of isPullRequest ? [base, defaultBranch] : [defaultBranch]) {
    const scope = `refs/heads/${branch}`;
    if (!scopes.some((entry) => entry.scope === scope)) scopes.push({ scope, permission: read });
  }
  return scopes;
}

/** Whatever is checked out here. */
function runsOnDefaultBranch(eventName: string | undefined): boolean {
  return eventName !== undefined && (eventName === 'pull_request_target' || isDefaultBranchEvent(eventName));
}

function qualifyRef(ref: string | undefined): string | undefined {
  if (ref === undefined || ref === '') return undefined;
  return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}
