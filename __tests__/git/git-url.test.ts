import { describe, expect, it } from '@jest/globals';
import { findGitUrlFault, looksRemote, parseGitUrl } from '../../src/git/git-url.ts';

const sha = '1111111111111111111111111111111111111111';

describe('findGitUrlFault', () => {
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
    'https://github.com/acme/app.git?ref=main&submodules=false&mtime=commit&fetch-by-commit#main:web',
    'git@github.com:acme/app.git#100%',
  ])('takes %s', (url) => {
    expect(looksRemote(url)).toBe(true);
    expect(findGitUrlFault(url)).toBeUndefined();
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
    ['github.com/', 'no repository path'],
    ['https://github.com/acme/app.git?tag=v1#v1', 'two refs, "refs/tags/v1" and "v1"'],
    ['git@github.com:acme/app.git?branch=dev#main', 'two refs'],
    ['https://github.com/acme/app.git?subdir=a#main:b', 'two directories'],
    [`https://github.com/acme/app.git?commit=${sha}&checksum=abc`, 'two commits'],
    ['https://github.com/acme/app.git?submodules=maybe', '"submodules" cannot be "maybe"'],
    ['https://github.com/acme/app.git?mtime=now', '"mtime" cannot be "now"'],
    ['https://github.com/acme/app.git#100%', 'stands for no character'],
  ])('refuses %s', (url, why) => {
    expect(findGitUrlFault(url)).toMatch(new RegExp(why));
  });

  it.each(['.', './app', '../app', '/srv/app', 'app', 'a:b', 'C:/app'])(
    'leaves the path %s alone',
    (path) => {
      expect(looksRemote(path)).toBe(false);
    },
  );
});

describe('parseGitUrl', () => {
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
    // BuildKit decodes the fragment of a URL, and of nothing else (Go's url.Parse).
    ['https://github.com/o/r.git#feature%2Fx:a%20b', 'https://github.com/o/r.git', 'feature/x', 'a b'],
    ['git@github.com:o/r.git#feature%2Fx', 'git@github.com:o/r.git', 'feature%2Fx', undefined],
    [
      'https://github.com/o/r.git?branch=refs/tags/v1',
      'https://github.com/o/r.git',
      'refs/heads/refs/tags/v1',
      undefined,
    ],
    [`https://github.com/o/r.git?commit=${sha}#dev`, 'https://github.com/o/r.git', sha, undefined],
  ])('%s', (url, remote, ref, subdirectory) => {
    expect(parseGitUrl(url)).toMatchObject({ remote, ref, subdirectory });
  });
});

describe('the host that BuildKit asks', () => {
  it.each([
    ['https://github.com/acme/app.git#x', 'github.com'],
    ['http://localhost:8080/app.git', 'localhost:8080'],
    ['git@github.com:acme/app.git', 'github.com'],
    ['github.com/acme/app', 'github.com'],
    ['not a url', undefined],
  ])('of %s is %s', (url, host) => {
    expect(parseGitUrl(url).host).toBe(host);
  });
});
