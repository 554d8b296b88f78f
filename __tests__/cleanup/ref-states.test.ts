import { describe, expect, it } from '@jest/globals';
import { readRefStates } from '../../src/cleanup/ref-states.ts';
import { decideTarget, hasReadOnlyToken } from '../../src/cleanup/target.ts';

type Found = 'there' | 'missing' | 'fault';

/** A repository as GitHub may answer for it. */
function open(
  refs: Readonly<Record<string, Found>>,
  pulls: Readonly<Record<string, 'open' | 'closed'>> = {},
) {
  const fault = { reason: 'GitHub answered 503' };
  return {
    findRef: async (ref: string) => {
      const found = refs[ref] ?? 'missing';
      return found === 'fault' ? fault : found;
    },
    findPullRequest: async (number: string) => pulls[number] ?? fault,
  };
}

async function stateOf(
  ref: string,
  repository: ReturnType<typeof open>,
  defaultBranch: string | undefined = 'main',
): Promise<string> {
  const state = (await readRefStates(repository, [ref], defaultBranch)).get(ref);
  return state?.kind === 'dead' ? state.reason : (state?.kind ?? 'nothing');
}

const main = { 'refs/heads/main': 'there' } as const;

describe('whether a ref is still there', () => {
  it.each([
    ['the default branch', 'refs/heads/main', open(main), 'live'],
    ['a branch', 'refs/heads/a', open({ ...main, 'refs/heads/a': 'there' }), 'live'],
    ['a branch that is gone', 'refs/heads/a', open(main), 'branch-deleted'],
    [
      'a merge queue that has ended',
      'refs/heads/gh-readonly-queue/main/pr-1-abc',
      open(main),
      'branch-deleted',
    ],
    ['a branch that nobody can say', 'refs/heads/a', open({ ...main, 'refs/heads/a': 'fault' }), 'unknown'],
    ['a branch, to a token that sees none', 'refs/heads/a', open({}), 'unknown'],
    ['a branch, when the default one fails', 'refs/heads/a', open({ 'refs/heads/main': 'fault' }), 'unknown'],
    ['the default branch, to a token that sees none', 'refs/heads/main', open({}), 'unknown'],
    ['a tag', 'refs/tags/v1', open({ ...main, 'refs/tags/v1': 'there' }), 'live'],
    ['a tag that is gone', 'refs/tags/v1', open(main), 'tag-deleted'],
    [
      'a tag as tokens have it',
      'refs/heads/refs/tags/v1',
      open({ ...main, 'refs/tags/v1': 'there' }),
      'live',
    ],
    ['such a tag that is gone', 'refs/heads/refs/tags/v1', open(main), 'tag-deleted'],
    [
      'a branch with the name of a tag',
      'refs/heads/refs/tags/v1',
      open({ ...main, 'refs/heads/refs/tags/v1': 'there' }),
      'live',
    ],
    ['an open pull request', 'refs/pull/7/merge', open(main, { '7': 'open' }), 'live'],
    ['a closed one', 'refs/pull/7/merge', open(main, { '7': 'closed' }), 'pull-request-closed'],
    [
      'a closed one, to a token that sees no branches',
      'refs/pull/7/merge',
      open({}, { '7': 'closed' }),
      'pull-request-closed',
    ],
    ['one that nobody can say', 'refs/pull/7/merge', open(main), 'unknown'],
    ['no ref at all', '', open(main), 'unknown'],
    ['notes', 'refs/notes/x', open(main), 'unknown'],
  ])('%s: %s', async (_name, ref, repository, expected) => {
    expect(await stateOf(ref, repository)).toBe(expected);
  });

  it('is not known of a branch where the default one has no name', async () => {
    const states = await readRefStates(open(main), ['refs/heads/a'], undefined);
    expect(states.get('refs/heads/a')?.kind).toBe('unknown');
  });
});

describe('which refs a clean-up is about', () => {
  const closed = { action: 'closed', number: 7, pull_request: { number: 7 } };
  it.each([
    ['schedule', {}, [], { kind: 'all' }],
    ['workflow_dispatch', { ref: 'refs/heads/a' }, [], { kind: 'all' }],
    ['push', { ref: 'refs/heads/a' }, [], { kind: 'all' }],
    [undefined, undefined, [], { kind: 'all' }],
    [
      'pull_request',
      closed,
      [],
      { kind: 'event', refs: ['refs/pull/7/merge', 'refs/pull/7/head'], subject: 'pull request 7' },
    ],
    [
      'pull_request_target',
      closed,
      [],
      { kind: 'event', refs: ['refs/pull/7/merge', 'refs/pull/7/head'], subject: 'pull request 7' },
    ],
    ['pull_request', {}, [], { kind: 'all' }],
    [
      'delete',
      { ref: 'a/b', ref_type: 'branch' },
      [],
      { kind: 'event', refs: ['refs/heads/a/b'], subject: 'branch a/b' },
    ],
    [
      'delete',
      { ref: 'v1', ref_type: 'tag' },
      [],
      { kind: 'event', refs: ['refs/tags/v1', 'refs/heads/refs/tags/v1'], subject: 'tag v1' },
    ],
    ['pull_request', closed, ['all'], { kind: 'all' }],
    ['schedule', {}, ['refs/heads/a'], { kind: 'refs', refs: ['refs/heads/a'] }],
  ])('%s %j with %j', (eventName, payload, given, expected) => {
    expect(decideTarget({ eventName, payload }, given)).toEqual(expected);
  });

  const repo = (id: number, fork = false) => ({ repo: { id, fork } });
  it.each([
    ['pull_request', { pull_request: { head: repo(1), base: repo(1) } }, false],
    ['pull_request', { pull_request: { head: repo(2, true), base: repo(1) } }, true],
    ['pull_request', { pull_request: { head: { repo: null }, base: repo(1) } }, true],
    [
      'pull_request',
      { pull_request: { head: repo(1), base: repo(1) }, sender: { login: 'dependabot[bot]' } },
      true,
    ],
    ['pull_request_target', { pull_request: { head: repo(2, true), base: repo(1) } }, false],
    ['schedule', {}, false],
  ])('%s %j has a token that may only read: %s', (eventName, payload, expected) => {
    expect(hasReadOnlyToken({ eventName, payload })).toBe(expected);
  });
});
