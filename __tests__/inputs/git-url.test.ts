import { describe, expect, it } from '@jest/globals';
import { checkGitUrl, looksRemote, readGitHost } from '../../src/inputs/git-url.ts';

describe('checkGitUrl', () => {
  it.each([
    'https://github.com/acme/app.git',
    'https://github.com/acme/app.git#main',
    'https://github.com/acme/app.git#v1.0:web/site',
    'https://github.com/acme/app.git?ref=refs/pull/7/merge&checksum=abc&subdir=web',
    'https://github.com/acme/app.git?keep-git-dir',
    'http://localhost:8080/app.git',
    'git://host/app',
    'ssh://git@github.com:22/acme/app.git',
    'git@github.com:acme/app.git#main',
    'github.com/acme/app',
  ])('takes %s', (url) => {
    expect(looksRemote(url)).toBe(true);
    expect(checkGitUrl('context', url)).toBe(url);
  });

  it.each([
    ['https://github.com/acme/app', 'must end in .git'],
    ['https://github.com/acme/app.tar.gz', 'must end in .git'],
    ['https://github.com/', 'no repository path'],
    ['https:///app.git', 'must end in .git|no repository path|cannot be parsed|no host'],
    ['https://github.com/a b.git', 'white space'],
    ['file:///etc/app.git', 'file:// is not a protocol'],
    ['https://token@github.com/acme/app.git', 'credentials'],
    ['https://github.com/acme/app.git?ref=a&ref=b', 'given twice'],
    ['https://github.com/acme/app.git?ref=', 'no value'],
    ['https://github.com/acme/app.git?ref=a#b', 'two refs'],
    ['https://github.com/acme/app.git?branch=a&tag=b', 'a branch and a tag'],
    ['git@github.com:', 'no repository path'],
  ])('refuses %s', (url, why) => {
    expect(() => checkGitUrl('context', url)).toThrow(new RegExp(why));
  });

  it.each(['.', './app', '../app', '/srv/app', 'app', 'a:b', 'C:/app'])(
    'leaves the path %s alone',
    (path) => {
      expect(looksRemote(path)).toBe(false);
    },
  );
});

describe('readGitHost', () => {
  it.each([
    ['https://github.com/acme/app.git#x', 'github.com'],
    ['http://localhost:8080/app.git', 'localhost:8080'],
    ['git@github.com:acme/app.git', 'github.com'],
    ['github.com/acme/app', 'github.com'],
    ['not a url', undefined],
  ])('of %s is %s', (url, host) => {
    expect(readGitHost(url)).toBe(host);
  });
});
