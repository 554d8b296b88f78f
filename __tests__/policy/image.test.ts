import { describe, expect, it } from '@jest/globals';
import { normallyKeepsImage } from '../../src/policy/image.ts';

const payload = { repository: { default_branch: 'main' } };

describe('normallyKeepsImage', () => {
  it.each([
    ['push', 'refs/heads/main', true],
    ['push', 'refs/tags/v1', true],
    ['push', 'refs/heads/feature', false],
    ['push', 'refs/heads/renovate/x', false],
    ['push', 'refs/heads/gh-readonly-queue/main/pr-1-abc', false],
    ['release', 'refs/tags/v1', true],
    ['deployment', 'refs/heads/feature', true],
    ['schedule', 'refs/heads/main', true],
    ['workflow_dispatch', 'refs/heads/feature', true],
    ['repository_dispatch', 'refs/heads/main', true],
    ['pull_request', 'refs/pull/1/merge', false],
    ['pull_request_review', 'refs/pull/1/merge', false],
    ['pull_request_target', 'refs/heads/main', false],
    ['merge_group', 'refs/heads/gh-readonly-queue/main/pr-1-abc', false],
    ['issue_comment', 'refs/heads/main', false],
    ['workflow_run', 'refs/heads/main', false],
    ['', '', false],
  ])('%s on %s: %s', (eventName, ref, expected) => {
    expect(normallyKeepsImage({ eventName, ref, payload })).toBe(expected);
  });

  it('takes every branch for the default one where the payload does not name it', () => {
    expect(normallyKeepsImage({ eventName: 'push', ref: 'refs/heads/x', payload: {} })).toBe(true);
  });
});
