import { describe, expect, it } from '@jest/globals';
import { findDistrust } from '../../src/workflow/trust.ts';

const head = (repository: unknown) => ({ pull_request: { head: { repo: repository } } });
const follow = (repository: unknown) => ({ workflow_run: { head_repository: repository } });

describe('a run that may see secrets', () => {
  it.each([
    ['a push', {}],
    ['a pull request of the repository', head({ full_name: 'Acme/App' })],
    ['a workflow_run after one', follow({ full_name: 'acme/app' })],
    ['a payload that says there is no pull request', { pull_request: null }],
  ])('is %s', (_, payload) => {
    expect(findDistrust(payload, 'acme/app')).toBeUndefined();
  });

  it.each([
    ['a pull request of a fork', head({ full_name: 'x/app' }), 'the pull request is from the fork x/app'],
    ['a pull request of a deleted fork', head(null), 'does not say which repository'],
    ['a pull request without a head', { pull_request: {} }, 'does not say which repository'],
    ['a pull request that is something else', { pull_request: 'x' }, 'does not say which repository'],
    ['a name that is no text', head({ full_name: 7 }), 'does not say which repository'],
    [
      'a workflow_run after a fork’s',
      follow({ full_name: 'x/app' }),
      'the workflow run before this one is from the fork x/app',
    ],
    ['a workflow_run that says nothing', follow(undefined), 'does not say which repository'],
    [
      'a workflow_run of the repository with a fork’s pull request',
      { ...follow({ full_name: 'acme/app' }), ...head({ full_name: 'x/app' }) },
      'the fork x/app',
    ],
  ])('is not %s', (_, payload, why) => {
    expect(findDistrust(payload, 'acme/app')).toContain(why);
  });

  it('is none where the runner does not say which repository it is', () => {
    expect(findDistrust(head({ full_name: 'acme/app' }), '')).toContain('the fork acme/app');
  });
});
