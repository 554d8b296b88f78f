import { describe, expect, it } from '@jest/globals';
import { parseGitContext, toRepositoryKey } from '../../src/git/git-context.ts';

const sha = '1111111111111111111111111111111111111111';

describe('parseGitContext', () => {
  it.each([
    ['https://github.com/o/r.git', 'https://github.com/o/r.git', undefined, undefined],
    ['https://github.com/o/r.git#main', 'https://github.com/o/r.git', 'main', undefined],
    ['https://github.com/o/r.git#main:app', 'https://github.com/o/r.git', 'main', 'app'],
    ['https://github.com/o/r.git#:app', 'https://github.com/o/r.git', undefined, 'app'],
    [`https://github.com/o/r.git#${sha}`, 'https://github.com/o/r.git', sha, undefined],
    ['git@github.com:o/r.git#v1', 'git@github.com:o/r.git', 'v1', undefined],
    ['github.com/o/r#refs/pull/7/merge', 'github.com/o/r', 'refs/pull/7/merge', undefined],
    [
      'https://github.com/o/r.git?branch=dev&subdir=app',
      'https://github.com/o/r.git',
      'refs/heads/dev',
      'app',
    ],
    ['https://github.com/o/r.git?tag=v1', 'https://github.com/o/r.git', 'refs/tags/v1', undefined],
    ['https://github.com/o/r.git?ref=dev', 'https://github.com/o/r.git', 'dev', undefined],
    [`https://github.com/o/r.git?ref=dev&checksum=${sha}`, 'https://github.com/o/r.git', sha, undefined],
    [`https://github.com/o/r.git?commit=${sha}#dev`, 'https://github.com/o/r.git', sha, undefined],
  ])('%s', (url, remote, ref, subdirectory) => {
    expect(parseGitContext(url)).toEqual({ remote, ref, subdirectory });
  });
});

describe('toRepositoryKey', () => {
  it.each([
    'https://github.com/o/r',
    'https://github.com/o/r.git',
    'https://github.com/o/r/',
    'https://x-access-token:secret@github.com/O/R.git',
    'http://github.com/o/r',
    'git://github.com/o/r.git',
    'git@github.com:o/r.git',
    'github.com:o/r',
    'ssh://git@github.com/o/r.git',
    'ssh://git@github.com:22/o/r.git',
    'github.com/o/r',
  ])('%s is github.com/o/r', (remote) => {
    expect(toRepositoryKey(remote)).toBe('github.com/o/r');
  });

  it.each([
    'https://github.com/evil/r.git',
    'https://evil.example/github.com/o/r.git',
    'https://github.com.evil.example/o/r.git',
    'https://github.com@evil.example/o/r.git',
    'https://evil.example/@github.com/o/r',
    'https://github.com:8443/o/r.git',
    'git@evil.example:github.com/o/r.git',
    'https://github.com/o/r2',
    'https://github.com/o/r.git.git',
    '/srv/github.com/o/r.git',
  ])('%s is not', (remote) => {
    expect(toRepositoryKey(remote)).not.toBe('github.com/o/r');
  });

  it('knows a path on this machine by either spelling', () => {
    expect(toRepositoryKey('/srv/git/o/r.git')).toBe(toRepositoryKey('file:///srv/git/o/r'));
  });
});
