import { describe, expect, it } from '@jest/globals';
import { toCacheKey } from '../../src/buildkit/install-cache.ts';
import { decideChecksum, parseDigest, parseRelease } from '../../src/buildkit/install-release.ts';
import { describeBuildFailure } from '../../src/buildkit/install-source.ts';
import { InputError, ToolError } from '../../src/errors.ts';

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
    expect(decideChecksum('a.tar.gz', published, given)).toBe(sum);
  });

  it('refuses an input that differs from what GitHub publishes, naming both', () => {
    expect(() => decideChecksum('a.tar.gz', sum, other)).toThrow(ToolError);
    expect(() => decideChecksum('a.tar.gz', sum, other)).toThrow(
      new RegExp(`buildkit-sha256.*${other}.*${sum}`),
    );
  });

  it('refuses an archive that nothing vouches for, naming the input that would', () => {
    expect(() => decideChecksum('a.tar.gz', undefined, undefined)).toThrow(InputError);
    expect(() => decideChecksum('a.tar.gz', undefined, undefined)).toThrow(/"buildkit-sha256"/);
  });
});

describe('toCacheKey', () => {
  it('never begins with another key: the service matches prefixes', () => {
    const keys = ['v0.3.1', 'v0.3.10'].flatMap((version) =>
      ['linux-arm', 'linux-arm64', 'linux-arm-v7'].flatMap((platform) =>
        (['release', 'go'] as const).map((kind) => toCacheKey(kind, version, platform)),
      ),
    );
    for (const key of keys) expect(keys.filter((longer) => longer.startsWith(key))).toEqual([key]);
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
