import { parseFlags } from './buildkitd-flags.ts';
import { parseSize } from './byte-size.ts';
import { parseDaemonVariable, parseMirror, parseParallelism } from './daemon-values.ts';
import { parseEndpoint } from './endpoint.ts';
import { choice, flag, line, lineOrDefault, lines, path, text } from './kinds.ts';
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
  /** Of a file with TOML; what it says goes before the inline one. */
  buildkitdConfig: path({
    name: 'buildkitd-config',
    description:
      "Path of a TOML file that is merged into the daemon's generated `buildkitd.toml`, in place of `buildkitd-config-inline`.",
  }),
  /** TOML. */
  buildkitdConfigInline: text({
    name: 'buildkitd-config-inline',
    description:
      "TOML that is merged into the daemon's generated `buildkitd.toml`; the first step of a job decides.",
    parse: (_, toml) => toml,
    idle: ['config-in-file'],
  }),
  /** Words of a command line. */
  buildkitdFlags: text({
    name: 'buildkitd-flags',
    description:
      'Flags of `buildkitd`, quoted as in a shell, such as `--debug`; not those that Hotlayer needs for itself.',
    parse: parseFlags,
  }),
  buildkitdEnv: lines({
    name: 'buildkitd-env',
    description:
      "Variables for the daemon's environment, one `KEY=VALUE` a line, which steps of the build do not see.",
    parse: parseDaemonVariable,
  }),
  registryMirrors: lines({
    name: 'registry-mirrors',
    description:
      'Mirrors to pull from first, one `REGISTRY=HOST[:PORT][/PATH]` a line, or `HOST` alone for a mirror of `docker.io`; `http://` before the host for plain HTTP.',
    parse: parseMirror,
  }),
  maxParallelism: line({
    name: 'max-parallelism',
    description: 'How many steps of builds may run at the same time; by default there is no limit.',
    parse: parseParallelism,
  }),
  stepNetwork: choice({
    name: 'step-network',
    description:
      "Network of the steps, `host` (the runner's own) or `bridge` (one of their own, from which nobody reaches the runner's loopback).",
    allowed: ['host', 'bridge'],
    default: 'host',
  }),
  rootless: flag({
    name: 'rootless',
    description: 'Run the daemon without root, under `rootlesskit`, for a runner without sudo.',
    default: false,
  }),
  /** In bytes; undefined: BuildKit's limits. */
  gcKeep: line({
    name: 'gc-keep',
    actions: ['setup'],
    description:
      'How much cache the daemon may keep on its disk, `20GB` for example; by default as much as fits, and `10GB` for a daemon that is kept.',
    parse: parseSize,
  }),
  /** undefined: the job has a daemon of its own. */
  endpoint: line({
    name: 'endpoint',
    description:
      'Daemon that is already running, in place of one of the job, as `unix://`, `tcp://`, `docker-container://`, `ssh://` or `kube-pod://` address; nothing is installed there or stopped.',
    parse: parseEndpoint,
  }),
};
