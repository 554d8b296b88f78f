import semver from 'semver';

/**
 * The oldest release that works with everything Hotlayer generates: v0.20.0 is the first whose gha cache speaks the
 * second version of the cache service (`url_v2`), the only one that GitHub still serves.
 */
export const minimumVersion = 'v0.20.0';

/** The first release that writes a cache as an image manifest (moby/buildkit#3724), which the gateway takes. */
const firstWithImageManifest = 'v0.12.0';

/** Why this BuildKit cannot write zstd to the gateway; undefined: it can. What is no release counts as newer than all. */
export function findZstdObstacle(version: string): string | undefined {
  const release = semver.valid(version);
  return release === null || semver.gte(release, firstWithImageManifest)
    ? undefined
    : `BuildKit ${version} is older than ${firstWithImageManifest}`;
}

export type Program = 'buildkitd' | 'buildctl';

/** What `buildkitd --version` prints, for example `buildkitd github.com/moby/buildkit v0.33.1 1a2b3c`. */
export function parseVersionLine(text: string): { program: Program; version: string } | undefined {
  const match = /^(buildkitd|buildctl) \S*buildkit\S* (\S+)/m.exec(text);
  const [, program, version] = match ?? [];
  if (version === undefined || (program !== 'buildkitd' && program !== 'buildctl')) return undefined;
  return { program, version };
}

export type Compatibility =
  | { readonly compatible: true }
  | { readonly compatible: false; readonly reason: string };

/**
 * May a program that is already on the machine be used? `exact` (another version than the default was asked for):
 * only that one; otherwise any release from the oldest on.
 */
export function decideCompatibility(
  found: string,
  wanted: string,
  exact: boolean,
  oldest = minimumVersion,
): Compatibility {
  const version = semver.valid(found);
  if (version === null) return { compatible: false, reason: `${found} is not a release` };
  if (exact) {
    return semver.eq(version, wanted)
      ? { compatible: true }
      : { compatible: false, reason: `is ${found}, not ${wanted}` };
  }
  return semver.gte(version, oldest)
    ? { compatible: true }
    : { compatible: false, reason: `is ${found}, older than ${oldest}` };
}

/** The platform part of a release archive's name, for example `linux-amd64`; undefined: there is no archive for it. */
export function toReleasePlatform(arch: string): string | undefined {
  switch (arch) {
    case 'x64':
      return 'linux-amd64';
    case 'arm64':
    case 's390x':
    case 'riscv64':
      return `linux-${arch}`;
    case 'arm':
      return 'linux-arm-v7';
    case 'ppc64':
      return 'linux-ppc64le';
    default:
      return undefined;
  }
}
