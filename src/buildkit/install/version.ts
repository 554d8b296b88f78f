import semver from 'semver';

/** The oldest BuildKit that Hotlayer works with, tried as docs/buildkit-versions.md says: older ones put build steps into no cgroup of the job. */
export const oldestBuildkit = 'v0.10.0';

/** The oldest buildx: the first that knows scoped logins, `--var` and policies. docs/buildkit-versions.md says what older ones lack. */
export const oldestBuildx = 'v0.31.0';

/**
 * The oldest that is taken from PATH when nobody asked for its version. It is the first that speaks the second version
 * of the cache service, the only one that GitHub still serves, so that it builds with and without the gateway.
 */
const oldestUnasked = 'v0.20.0';

/** The first releases that know something that Hotlayer makes use of. */
const firstWith = {
  /** `ignore-error=true` of a cache export: without it, a failed export fails the build. */
  ignoredExportErrors: 'v0.11.0',
  /** Builds are remembered (ListenBuildHistory), and `history` limits how many. */
  history: 'v0.11.0',
  /** A cache as an image manifest (moby/buildkit#3724), which the gateway takes. */
  imageManifest: 'v0.12.0',
  /** `minFreeSpace` of the garbage collection. */
  minFreeSpace: 'v0.17.0',
  /** The second version of the cache service (`url_v2` of `type=gha`). */
  secondCacheService: 'v0.20.0',
  /** `log.level` in place of `debug`. */
  logLevel: 'v0.30.0',
} as const;

export type BuildkitFeature = keyof typeof firstWith;

/** A build of no release (`master`) counts as newer than all, one that does not know its version as older. */
export function knowsFeature(version: string, feature: BuildkitFeature): boolean {
  return isAtLeast(version, firstWith[feature]);
}

export function isAtLeast(version: string, first: string): boolean {
  const release = semver.valid(toTag(version));
  return release === null || semver.gte(release, first);
}

/** Why this BuildKit cannot write zstd to the gateway; undefined: it can. */
export function findZstdObstacle(version: string): string | undefined {
  return knowsFeature(version, 'imageManifest')
    ? undefined
    : `BuildKit ${version} is older than ${firstWith.imageManifest}`;
}

/** Why this BuildKit cannot use the cache service without the gateway; undefined: it can. */
export function findServiceObstacle(version: string, protocol: 1 | 2): string | undefined {
  return protocol === 1 || knowsFeature(version, 'secondCacheService')
    ? undefined
    : `BuildKit ${version} does not speak the second version of the cache service, which this runner has (${firstWith.secondCacheService} is the first that does)`;
}

/** Why a program that was asked for cannot be used; undefined: it can, or it does not know its version. */
export function findAgeObstacle(
  { name, oldest }: { readonly name: string; readonly oldest: string },
  version: string,
): string | undefined {
  return isVersionless(version) || isAtLeast(version, oldest)
    ? undefined
    : `${name} ${version} is older than ${oldest}, the oldest that Hotlayer works with`;
}

/** What `go build` writes where nobody gives it a version. */
export function isVersionless(version: string): boolean {
  return /^v?0\.0\.0(?:[-+]|$)/.test(version);
}

/** `v0.31.2-14-gabc1234`, as git describes a commit, is newer than its tag and not a candidate of it. */
function toTag(version: string): string {
  return version.replace(/-\d+-g[0-9a-f]+(?:[.-]m|[.-]dirty)?$/, '');
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
  oldest = oldestUnasked,
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
    : { compatible: false, reason: `is ${found}, older than ${oldest}, and its version was not asked for` };
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
