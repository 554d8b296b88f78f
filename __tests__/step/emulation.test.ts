import { describe, expect, it } from '@jest/globals';
import { parsePlatforms, toArchitecture } from '../../src/step/emulation.ts';

describe('the platforms of a daemon', () => {
  it('are what buildctl debug workers prints', () => {
    expect(parsePlatforms('ID\t\t\tPLATFORMS\nabc123\tlinux/amd64,linux/amd64/v2,linux/386\n')).toEqual([
      'linux/amd64',
      'linux/amd64/v2',
      'linux/386',
    ]);
    expect(parsePlatforms('')).toEqual([]);
  });

  it.each([
    ['linux/arm64/v8', 'arm64'],
    ['linux/aarch64', 'arm64'],
    ['arm64', 'arm64'],
    ['linux/arm/v7', 'arm'],
    ['x86_64', 'amd64'],
    ['linux/AMD64', 'amd64'],
  ])('%s is %s', (platform, architecture) => {
    expect(toArchitecture(platform)).toBe(architecture);
  });
});
