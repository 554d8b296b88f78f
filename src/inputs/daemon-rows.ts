import { line, lineOrDefault, path, text } from './kinds.ts';
import { defaultBuildkitVersion, defaultBuildxVersion, parseSha256, parseVersion } from './single-values.ts';

/** The BuildKit and the client that all steps of a job share. */
export const daemonRows = {
  buildkitVersion: lineOrDefault({
    name: 'buildkit-version',
    description: 'BuildKit release to use; the first step of a job decides.',
    default: defaultBuildkitVersion,
    parse: (name, version) => parseVersion(name, version, defaultBuildkitVersion),
  }),
  buildkitPath: path({
    name: 'buildkit-path',
    description:
      'Directory with `buildkitd` and `buildctl`, or path of `buildkitd`, to use in place of a download.',
  }),
  buildkitSha256: line({
    name: 'buildkit-sha256',
    description: 'SHA-256 that the downloaded release archive must have.',
    parse: parseSha256,
  }),
  buildxVersion: lineOrDefault({
    name: 'buildx-version',
    description: 'Release of buildx to use; the first step of a job decides.',
    default: defaultBuildxVersion,
    parse: (name, version) => parseVersion(name, version, defaultBuildxVersion),
  }),
  buildxPath: path({
    name: 'buildx-path',
    description: 'Path of `buildx` (`docker-buildx`), or its directory, to use in place of a download.',
  }),
  buildxSha256: line({
    name: 'buildx-sha256',
    description: 'SHA-256 that the downloaded `buildx` must have.',
    parse: parseSha256,
  }),
  /** TOML. */
  buildkitdConfigInline: text({
    name: 'buildkitd-config-inline',
    description:
      "TOML that is merged into the daemon's generated `buildkitd.toml`; the first step of a job decides.",
    parse: (_, toml) => toml,
  }),
};
