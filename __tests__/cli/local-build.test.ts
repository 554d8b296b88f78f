import { describe, expect, it } from '@jest/globals';
import { parseBuildFlags } from '../../src/cli/build-flags.ts';
import { type LocalFacts, toLocalEvent } from '../../src/cli/local-event.ts';
import { parseCommandFile, renderCommandLine } from '../../src/cli/workflow-commands.ts';

describe('renderCommandLine', () => {
  it.each([
    ['plain text', 'plain text'],
    ['::group::Build', '▸ Build'],
    ['::endgroup::', undefined],
    ['::add-mask::hush', undefined],
    ['::debug::x', undefined],
    ['::warning::it is%0Atwo lines%25', 'warning: it is\ntwo lines%'],
    ['::error title=x,file=a%3Ab::wrong', 'error: wrong'],
    ['::notice::a::b', 'notice: a::b'],
    ['  ::group::indented is text', '  ::group::indented is text'],
  ])('%s', (line, expected) => {
    expect(renderCommandLine(line)).toBe(expected);
  });
});

describe('parseCommandFile', () => {
  it('reads lines and blocks', () => {
    const text = 'a=1\nb<<EOF\nx=y\nsecond\nEOF\nc=p=q\n\nempty=\n';
    expect([...parseCommandFile(text)]).toEqual([
      ['a', '1'],
      ['b', 'x=y\nsecond'],
      ['c', 'p=q'],
      ['empty', ''],
    ]);
  });
});

describe('parseBuildFlags', () => {
  it('reads inputs, own flags and the context', () => {
    const flags = parseBuildFlags([
      '--tags',
      'a:1',
      '--tags',
      'a:2',
      '--push',
      '--no-cache=false',
      '--event',
      'push',
      '--cache-dir',
      'd',
      'ctx',
    ]);
    expect(Object.fromEntries(flags.inputs)).toEqual({
      context: 'ctx',
      tags: 'a:1\na:2',
      push: 'true',
      'no-cache': 'false',
    });
    expect([flags.event, flags.cacheDirectory, flags.help]).toEqual(['push', 'd', false]);
  });

  it.each([
    [['--unknown', 'x', '.'], /--unknown/],
    [['a', 'b'], /a b/],
    [['--tags'], /--tags/],
    [['--mode', 'min', '--mode=max'], /--mode is given 2 times/],
    [['--ref', 'refs/heads/a', '--ref', 'refs/heads/b'], /--ref is given 2 times/],
  ])('refuses %j', (argv, message) => {
    expect(() => parseBuildFlags(argv)).toThrow(message);
  });
});

describe('toLocalEvent', () => {
  const none: LocalFacts = {
    eventName: undefined,
    ref: undefined,
    payload: undefined,
    branch: undefined,
    head: undefined,
    defaultBranch: undefined,
    repository: undefined,
  };

  it('plays a push to the checked-out branch', () => {
    const event = toLocalEvent({
      ...none,
      branch: 'feature/a',
      defaultBranch: 'trunk',
      head: 'f'.repeat(40),
    });
    expect([event.eventName, event.ref, event.sha]).toEqual(['push', 'refs/heads/feature/a', 'f'.repeat(40)]);
    expect(event.access).toEqual([
      { scope: 'refs/heads/feature/a', permission: 3 },
      { scope: 'refs/heads/trunk', permission: 1 },
    ]);
  });

  it('plays a pull request from its ref alone', () => {
    const event = toLocalEvent({ ...none, ref: 'refs/pull/7/merge', defaultBranch: 'main' });
    expect(event.eventName).toBe('pull_request');
    expect(event.payload).toMatchObject({ number: 7, pull_request: { number: 7, base: { ref: 'main' } } });
    expect(event.access.map(({ scope }) => scope)).toEqual(['refs/pull/7/merge', 'refs/heads/main']);
  });

  it('takes number and base from the payload', () => {
    const payload = { number: 9, pull_request: { base: { ref: 'release/1' } } };
    const event = toLocalEvent({ ...none, eventName: 'pull_request', payload, defaultBranch: 'main' });
    expect(event.ref).toBe('refs/pull/9/merge');
    expect(event.access.map(({ scope }) => scope)).toEqual([
      'refs/pull/9/merge',
      'refs/heads/release/1',
      'refs/heads/main',
    ]);
  });

  it('names a tag’s scope as GitHub does', () => {
    expect(toLocalEvent({ ...none, ref: 'refs/tags/v1' }).access[0]).toEqual({
      scope: 'refs/heads/refs/tags/v1',
      permission: 3,
    });
  });

  it('refuses a pull request without a number', () => {
    expect(() => toLocalEvent({ ...none, eventName: 'pull_request' })).toThrow(/--ref/);
  });
});
