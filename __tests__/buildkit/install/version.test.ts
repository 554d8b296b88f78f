import { describe, expect, it } from '@jest/globals';
import { describeVulnerabilities, firstSafeBuildkit } from '../../../src/buildkit/install/advisories.ts';
import {
  decideCompatibility,
  findAgeObstacle,
  findServiceObstacle,
  findZstdObstacle,
  knowsFeature,
  oldestBuildkit,
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

describe('findServiceObstacle', () => {
  it.each([
    ['v0.19.0', 2],
    ['v0.10.0', 2],
    ['v0.0.0+unknown', 2],
  ] as const)('is named with %s and v%d', (version, protocol) => {
    expect(findServiceObstacle(version, protocol)).toContain(version);
  });

  it.each([
    ['v0.10.0', 1],
    ['v0.20.0', 2],
    ['v0.33.1', 2],
    ['master', 2],
  ] as const)('none with %s and v%d', (version, protocol) => {
    expect(findServiceObstacle(version, protocol)).toBeUndefined();
  });
});

describe('the floor', () => {
  const buildkit = { name: 'BuildKit', oldest: oldestBuildkit };

  it.each(['v0.9.3', '0.9.3+ds1', 'v0.10.0-rc1', 'v0.0.1'])('%s is below it', (version) => {
    expect(findAgeObstacle(buildkit, version)).toContain(
      `BuildKit ${version} is older than ${oldestBuildkit}`,
    );
  });

  it.each(['v0.10.0', 'v0.10.0-3-gabcdef1', '0.12.5+ds1', 'v0.33.1', 'v0.0.0+unknown', 'master'])(
    '%s is not',
    (version) => {
      expect(findAgeObstacle(buildkit, version)).toBeUndefined();
    },
  );
});

describe('knowsFeature', () => {
  it.each([
    ['v0.10.6', false],
    ['v0.11.0-rc1', false],
    ['v0.11.0', true],
    ['v0.11.0-7-g0123abc', true],
    ['master', true],
    ['v0.0.0+unknown', false],
  ])('%s ignores the errors of an export: %s', (version, knows) => {
    expect(knowsFeature(version, 'ignoredExportErrors')).toBe(knows);
  });
});

describe('describeVulnerabilities', () => {
  it.each([
    ['v0.31.1', 4, 'GHSA-hw3h-2gp9-cxpv'],
    ['v0.28.1', 6, 'GHSA-7236-3392-c5c6'],
    ['v0.12.5', 8, 'GHSA-4c29-8rgm-jvjj'],
    ['v0.12.4', 12, 'GHSA-4v98-7qmw-rqr8'],
    ['v0.10.0', 12, 'GHSA-4v98-7qmw-rqr8'],
  ])('%s has %d, %s among them', (version, count, id) => {
    const sentence = describeVulnerabilities(version);
    expect(sentence).toContain(id);
    expect(sentence?.match(/GHSA(?:-[0-9a-z]{4}){3}/g)).toHaveLength(count);
    expect(sentence).toContain(`BuildKit ${version} `);
    expect(sentence).toContain(firstSafeBuildkit);
  });

  it.each(['v0.31.2', 'v0.31.2-2-gabc1234', 'v0.33.1', 'master', 'v0.0.0+unknown'])(
    'none of %s',
    (version) => {
      expect(describeVulnerabilities(version)).toBeUndefined();
    },
  );
});
