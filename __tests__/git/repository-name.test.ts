import { describe, expect, it } from '@jest/globals';
import { toRepositoryKey } from '../../src/git/repository-name.ts';

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
