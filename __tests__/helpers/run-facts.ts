import { decidePlan, type PlanDecision } from '../../src/policy/plan.ts';
import { decideTokenRights } from '../../src/policy/token-rights.ts';
import type { PolicyInputs, RefName, RunFacts, TokenAccess } from '../../src/policy/types.ts';

/** A run, and what its runtime token and ACTIONS_CACHE_MODE say. */
export interface TokenRun extends RunFacts {
  readonly access: TokenAccess;
  readonly cacheMode: string | undefined;
}

/** The plan of a run at GitHub's service. */
export function decideByToken(
  { access, cacheMode, ...facts }: TokenRun,
  inputs: PolicyInputs,
  nameScope: (ref: RefName) => string,
): PlanDecision {
  return decidePlan(facts, decideTokenRights(access, cacheMode), inputs, nameScope);
}

export const sha = '1111111111111111111111111111111111111111';
export const otherSha = '5555555555555555555555555555555555555555';

export const defaultPolicyInputs: PolicyInputs = {
  prExport: 'auto',
  tagExport: false,
  readOnly: false,
  releaseImport: true,
  trustedContext: false,
  allowUntrustedExport: false,
};

/** `grant('refs/heads/a:3', 'refs/heads/main:1')`; `:2` is an entry with an empty Scope. */
export function grant(...entries: readonly string[]): TokenAccess {
  return {
    kind: 'scopes',
    scopes: entries.map((entry) => {
      const colon = entry.lastIndexOf(':');
      return { scope: entry.slice(0, colon), permission: Number(entry.slice(colon + 1)) };
    }),
  };
}

export const repository = { id: 1, full_name: 'o/r', default_branch: 'main' };

/** A push to main with a read-write token; what a test is about is given as changes. */
export function toFacts(changes: Partial<TokenRun> = {}): TokenRun {
  return {
    eventName: 'push',
    ref: 'refs/heads/main',
    sha,
    access: grant('refs/heads/main:3'),
    cacheMode: undefined,
    payload: { repository },
    contextHead: undefined,
    contextOnRef: undefined,
    isTip: undefined,
    ...changes,
  };
}

/** A synchronized pull request 12 from feature/a to main. */
export function toPrFacts(pullRequest: object = {}, changes: Partial<TokenRun> = {}): TokenRun {
  return toFacts({
    eventName: 'pull_request',
    ref: 'refs/pull/12/merge',
    access: grant('refs/pull/12/merge:3', 'refs/heads/main:1'),
    payload: {
      action: 'synchronize',
      number: 12,
      repository,
      pull_request: {
        number: 12,
        state: 'open',
        merged: false,
        user: { login: 'dev', type: 'User' },
        base: { ref: 'main', repo: repository },
        head: { ref: 'feature/a', repo: repository },
        ...pullRequest,
      },
    },
    ...changes,
  });
}
