import { describe, expect, it } from '@jest/globals';
import {
  type EntryMember,
  toEntryDigest,
  toEntryKey,
  toEntryPrefix,
} from '../../../src/buildkit/install/cache.ts';
import { listWanted } from '../../../src/buildkit/install/entry.ts';
import {
  decideChecksum,
  parseChecksums,
  parseDigest,
  parseRelease,
} from '../../../src/buildkit/install/release.ts';
import { describeBuildFailure } from '../../../src/buildkit/install/source.ts';
import { InputError, ToolError } from '../../../src/errors.ts';

const sum = 'ab'.repeat(32);
const other = 'cd'.repeat(32);

describe('parseDigest', () => {
  it.each([
    ['as GitHub publishes it', `sha256:${sum}`, sum],
    ['in capitals', `SHA256:${sum.toUpperCase()}`, sum],
    ['of another algorithm', `sha512:${sum}${sum}`, undefined],
    ['too short', `sha256:${sum.slice(1)}`, undefined],
    ['without its algorithm', sum, undefined],
    ['absent', undefined, undefined],
  ])('%s', (_, digest, expected) => {
    expect(parseDigest(digest)).toBe(expected);
  });
});

describe('parseRelease', () => {
  const archive = 'buildkit-v0.33.1.linux-amd64.tar.gz';
  const url = 'http://127.0.0.1/release';
  const provenance = {
    name: `${archive.replace('.tar.gz', '')}.provenance.json`,
    browser_download_url: 'http://127.0.0.1/p',
  };

  it('finds the archive of the platform among the others', () => {
    const asset = { name: archive, browser_download_url: 'http://127.0.0.1/a', digest: `sha256:${sum}` };
    expect(parseRelease({ assets: [provenance, asset] }, archive, url)).toEqual({
      kind: 'asset',
      url: 'http://127.0.0.1/a',
      sha256: sum,
    });
  });

  it.each([
    ['old releases have no digest', { name: archive, browser_download_url: 'u' }],
    ['or a null one', { name: archive, browser_download_url: 'u', digest: null }],
  ])('%s', (_, asset) => {
    expect(parseRelease({ assets: [asset] }, archive, url)).toEqual({
      kind: 'asset',
      url: 'u',
      sha256: undefined,
    });
  });

  it('says what there is instead', () => {
    expect(parseRelease({ assets: [provenance] }, archive, url)).toEqual({
      kind: 'no-archive',
      available: [provenance.name],
    });
  });

  it.each([[undefined], ['<html>'], [{ message: 'rate limit' }], [{ assets: 'none' }]])(
    'takes %j for no answer at all',
    (answer) => {
      expect(parseRelease(answer, archive, url).kind).toBe('unreachable');
    },
  );
});

describe('decideChecksum', () => {
  it.each([
    ['GitHub alone', sum, undefined],
    ['the input alone', undefined, sum],
    ['both, alike', sum, sum],
  ])('%s', (_, published, given) => {
    expect(decideChecksum('buildkit', 'a.tar.gz', published, given)).toBe(sum);
  });

  it('refuses an input that differs from what GitHub publishes, naming both', () => {
    expect(() => decideChecksum('buildkit', 'a.tar.gz', sum, other)).toThrow(ToolError);
    expect(() => decideChecksum('buildkit', 'a.tar.gz', sum, other)).toThrow(
      new RegExp(`buildkit-sha256.*${other}.*${sum}`),
    );
  });

  it('refuses an archive that nothing vouches for, naming the input that would', () => {
    expect(() => decideChecksum('buildkit', 'a.tar.gz', undefined, undefined)).toThrow(InputError);
    expect(() => decideChecksum('buildkit', 'a.tar.gz', undefined, undefined)).toThrow(/"buildkit-sha256"/);
  });
});

describe('parseChecksums', () => {
  it.each([
    ['of a binary file', `${other} *b\n${sum} *a\n`, sum],
    ['of a text file', `${sum}  a\n`, sum],
    ['in capitals, with carriage returns', `${sum.toUpperCase()} *a\r\n`, sum],
    ['said twice', `${sum} *a\n${sum} *a\n`, sum],
    ['of two values', `${sum} *a\n${other} *a\n`, undefined],
    ['of a file whose name only ends so', `${sum} *b/a\n${sum} *aa\n`, undefined],
    ['too short', `${sum.slice(1)} *a\n`, undefined],
    ['in what is no list', '<html>a</html>', undefined],
  ])('%s', (_what, text, expected) => {
    expect(parseChecksums(text, 'a')).toBe(expected);
  });
});

describe('the keys of entries in the Actions cache', () => {
  const run = { id: '12', attempt: '1' };
  const kit = (version: string): EntryMember => ({ id: 'buildkit', name: 'BuildKit', version });
  const x = (version: string): EntryMember => ({ id: 'buildx', name: 'buildx', version });
  const place = { platform: 'linux-amd64', run };

  it('begin as none of other members, versions, platforms or kinds does: the service matches prefixes', () => {
    const kinds = ['release', 'go'] as const;
    const members = ['v0.3.1', 'v0.3.10'].flatMap((version) => [
      [kit(version)],
      [x(version)],
      ...['v0.3.1', 'v0.3.10'].map((second) => [kit(version), x(second)]),
    ]);
    const prefixes = ['linux-arm', 'linux-arm64', 'linux-arm-v7'].flatMap((platform) =>
      members.flatMap((of) =>
        kinds.flatMap((first) =>
          (of.length === 1 ? [[first]] : kinds.map((second) => [first, second])).map((chosen) =>
            toEntryPrefix(
              of,
              chosen.map((kind) => ({ kind, sha256: undefined })),
              platform,
            ),
          ),
        ),
      ),
    );
    expect(new Set(prefixes).size).toBe(3 * (4 * 2 + 4 * 4));
    for (const prefix of prefixes)
      expect(prefixes.filter((longer) => longer.startsWith(prefix))).toEqual([prefix]);
  });

  it('name the digest of all archives, so that only the right ones are found where they are known', () => {
    const members = [kit('v0.33.1'), x('v0.37.2')];
    const archives = [sum, other].map((sha256) => ({ kind: 'release', sha256 }) as const);
    const key = toEntryKey(members, archives, place, undefined);
    expect(key).toBe(
      `hotlayer-tools_linux-amd64_buildkit-v0.33.1+buildx-v0.37.2_release+release_${toEntryDigest([sum, other])}_12-1`,
    );
    const matches = (...sums: readonly (string | undefined)[]) =>
      key.startsWith(
        toEntryPrefix(
          members,
          sums.map((sha256) => ({ kind: 'release', sha256 })),
          'linux-amd64',
        ),
      );
    expect([matches(sum, other), matches(undefined, other), matches(undefined, undefined)]).toEqual([
      ...[true, true, true],
    ]);
    expect([matches(other, sum), matches(sum, sum)]).toEqual([false, false]);
  });

  it('are new for what takes the place of a wrong entry, also in the same run, and again and again', () => {
    const held = [{ kind: 'go', sha256: sum }] as const;
    const keys = [toEntryKey([kit('v0.33.1')], held, place, undefined)];
    for (let count = 0; count < 20; count++)
      keys.push(toEntryKey([kit('v0.33.1')], held, place, keys.at(-1)));
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key.length).toBeLessThan(250);
  });
});

describe('listWanted', () => {
  const asset = (sha256: string | undefined) => ({ kind: 'asset', url: 'u', sha256 }) as const;
  const away = { kind: 'unreachable', reason: 'r' } as const;
  const release = (sha256: string | undefined) => ({ kind: 'release', sha256 });
  it.each([
    ['what GitHub publishes', undefined, asset(sum), [release(sum)]],
    ['what the input says, too', sum, asset(sum), [release(sum)]],
    ['the input alone', sum, away, [release(sum)]],
    ['an old release with the input', sum, asset(undefined), [release(sum)]],
    ['an old release that nothing vouches for', undefined, asset(undefined), []],
    ['a contradiction', other, asset(sum), []],
    ['no such release', undefined, { kind: 'no-release' } as const, []],
    [
      'no archive for the platform',
      undefined,
      { kind: 'no-archive', available: [] } as const,
      [{ kind: 'go', sha256: undefined }],
    ],
    ['GitHub away', undefined, away, [release(undefined), { kind: 'go', sha256: undefined }]],
  ])('%s', (_what, given, answer, expected) => {
    expect(listWanted(given, answer)).toEqual(expected);
  });
});

describe('describeBuildFailure', () => {
  it('says which Go is needed where this one is too old', () => {
    const stderr =
      'go: github.com/moby/buildkit@v0.33.1 requires go >= 1.26.8 (running go 1.24.1; GOTOOLCHAIN=local)\n';
    expect(describeBuildFailure(stderr, 'ended with exit code 1')).toMatch(
      /Go 1\.26\.8 or newer.*GOTOOLCHAIN/,
    );
  });

  it('keeps any other outcome', () => {
    expect(describeBuildFailure('no space left on device', 'ended with exit code 1: no space left')).toBe(
      'ended with exit code 1: no space left',
    );
  });
});
