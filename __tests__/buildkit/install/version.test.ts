import { describe, expect, it } from '@jest/globals';
import {
  decideCompatibility,
  findZstdObstacle,
  parseVersionLine,
  toReleasePlatform,
} from '../../../src/buildkit/install/version.ts';

describe('parseVersionLine', () => {
  it.each([
    ['a release', 'buildkitd github.com/moby/buildkit v0.33.1 1a2b3c\n', 'buildkitd', 'v0.33.1'],
    ['a build of the Go module', 'buildctl github.com/moby/buildkit v0.33.1 \n', 'buildctl', 'v0.33.1'],
    [
      'a build without a version',
      'buildkitd github.com/moby/buildkit v0.0.0+unknown \n',
      'buildkitd',
      'v0.0.0+unknown',
    ],
    ['a Debian package', 'buildkitd github.com/moby/buildkit 0.19.0+ds1 \n', 'buildkitd', '0.19.0+ds1'],
    ['warnings first', 'warning: x\nbuildctl github.com/moby/buildkit v0.20.0 abc\n', 'buildctl', 'v0.20.0'],
  ])('%s', (_, text, program, version) => {
    expect(parseVersionLine(text)).toEqual({ program, version });
  });

  it.each([
    ['another program', 'docker version 28.0.1, build 068a01e\n'],
    ["BuildKit's other programs", 'buildkit-runc version 1.3.0\n'],
    ['nothing', ''],
  ])('%s is not BuildKit', (_, text) => {
    expect(parseVersionLine(text)).toBeUndefined();
  });
});

describe('decideCompatibility', () => {
  it.each([
    ['the same release', 'v0.33.1', 'v0.33.1', false, true],
    ['a newer release, none asked for', 'v0.40.0', 'v0.33.1', false, true],
    ['an older release, none asked for', 'v0.21.1', 'v0.33.1', false, true],
    ['the oldest that speaks the new cache service', 'v0.20.0', 'v0.33.1', false, true],
    ['one that cannot', 'v0.19.9', 'v0.33.1', false, false],
    ['a candidate of the oldest', 'v0.20.0-rc1', 'v0.33.1', false, false],
    ['a build that does not know its version', 'v0.0.0+unknown', 'v0.33.1', false, false],
    ['no version at all', 'unknown', 'v0.33.1', false, false],
    ['without the v, as distributions have it', '0.26.0+ds1', 'v0.33.1', false, true],
    ['exactly the one asked for', 'v0.26.3', 'v0.26.3', true, true],
    ['newer than the one asked for', 'v0.33.1', 'v0.26.3', true, false],
    ['older than the one asked for', 'v0.26.2', 'v0.26.3', true, false],
    ['an old one that was asked for', 'v0.12.0', 'v0.12.0', true, true],
  ])('%s', (_, found, wanted, exact, compatible) => {
    expect(decideCompatibility(found, wanted, exact).compatible).toBe(compatible);
  });
});

describe('toReleasePlatform', () => {
  it.each([
    ['x64', 'linux-amd64'],
    ['arm64', 'linux-arm64'],
    ['arm', 'linux-arm-v7'],
    ['ppc64', 'linux-ppc64le'],
    ['s390x', 'linux-s390x'],
    ['riscv64', 'linux-riscv64'],
    ['mips', undefined],
  ])('%s is %s', (arch, platform) => {
    expect(toReleasePlatform(arch)).toBe(platform);
  });
});

describe('findZstdObstacle', () => {
  it.each(['v0.12.0', 'v0.33.1', 'v0.34.0-rc1', 'master', 'v0.33.1-12-gabcdef'])(
    'none with %s',
    (version) => {
      expect(findZstdObstacle(version)).toBeUndefined();
    },
  );

  it.each(['v0.11.6', 'v0.10.0', 'v0.0.0+unknown'])('is named with %s', (version) => {
    expect(findZstdObstacle(version)).toContain(version);
  });
});
