import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classifyRef, toCanonicalRef, toRefName } from '../../src/policy/ref.ts';

const sha = '1111111111111111111111111111111111111111';

describe('toCanonicalRef', () => {
  it.each([
    ['refs/heads/main', 'refs/heads/main'],
    ['main', 'refs/heads/main'],
    ['feature/a', 'refs/heads/feature/a'],
    [' main ', 'refs/heads/main'],
    ['refs/heads/refs/tags/v1', 'refs/tags/v1'],
    ['refs/heads/refs/heads/refs/tags/v1', 'refs/tags/v1'],
    ['refs/heads/refs/heads/main', 'refs/heads/main'],
    ['refs/heads/refs/pull/7/merge', 'refs/pull/7/merge'],
    ['refs/heads/refsx', 'refs/heads/refsx'],
    ['', ''],
    ['  ', ''],
  ])('%j is %j', (raw, expected) => {
    expect(toCanonicalRef(raw)).toBe(expected);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('refs/', 'heads/', 'tags/', 'pull/', 'x', '/', ' ')), (parts) => {
        const ref = toCanonicalRef(parts.join(''));
        expect(toCanonicalRef(ref)).toBe(ref);
      }),
    );
  });
});

describe('classifyRef', () => {
  it.each([
    ['refs/heads/trunk', { kind: 'branch', name: 'trunk' }],
    ['refs/heads/pr-12', { kind: 'branch', name: 'pr-12' }],
    ['refs/heads/pull/12/merge', { kind: 'branch', name: 'pull/12/merge' }],
    ['refs/heads/tags/v1', { kind: 'branch', name: 'tags/v1' }],
    ['refs/tags/v1', { kind: 'tag', name: 'v1' }],
    ['refs/tags/release/1', { kind: 'tag', name: 'release/1' }],
    ['refs/heads/refs/tags/v1', { kind: 'tag', name: 'v1' }],
    ['refs/pull/12/merge', { kind: 'pr', name: '12' }],
    ['refs/pull/12/head', { kind: 'pr', name: '12' }],
    ['refs/pull/x/merge', { kind: 'other', name: 'refs/pull/x/merge' }],
    ['refs/notes/commits', { kind: 'other', name: 'refs/notes/commits' }],
    ['refs/heads/dependabot/npm/x', { kind: 'bot', name: 'dependabot/npm/x' }],
    ['refs/heads/renovate/x', { kind: 'bot', name: 'renovate/x' }],
    ['refs/heads/renovate', { kind: 'branch', name: 'renovate' }],
    ['refs/heads/fix/renovate/x', { kind: 'branch', name: 'fix/renovate/x' }],
    ['', { kind: 'empty' }],
    ['refs/heads/', { kind: 'empty' }],
    ['refs/tags/', { kind: 'empty' }],
  ])('%j', (raw, expected) => {
    expect(classifyRef(raw)).toEqual(expected);
  });

  it.each([
    [`gh-readonly-queue/main/pr-12-${sha}`, 'main'],
    [`gh-readonly-queue/release/1.x/pr-14-${sha}`, 'release/1.x'],
    [`gh-readonly-queue/a/pr-1-${sha}/pr-2-${sha}`, `a/pr-1-${sha}`],
    ['gh-readonly-queue/main', undefined],
    ['gh-readonly-queue/main/pr-12', undefined],
  ])('queue ref %s is for %s', (name, base) => {
    expect(classifyRef(`refs/heads/${name}`)).toEqual({ kind: 'queue', name, base });
  });

  it('gives every ref one kind, and a cache name to all that can have one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const ref = classifyRef(raw);
        const isNameless = ref.kind === 'empty' || ref.kind === 'other';
        expect(toRefName(ref) === undefined).toBe(isNameless);
      }),
    );
  });
});
