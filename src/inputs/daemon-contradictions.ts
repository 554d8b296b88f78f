import { InputError } from '../errors.ts';
import { hasFlag } from './buildkitd-flags.ts';
import { daemonRows } from './daemon-rows.ts';
import { isGiven } from './row.ts';
import type { DaemonInputs } from './types.ts';

/** Throws InputError for inputs about the daemon that cannot all be meant. */
export function checkDaemonContradictions(daemon: DaemonInputs): void {
  if (daemon.endpoint !== undefined) refuseBesideEndpoint(daemon);
  const { rootless, stepNetwork, maxParallelism, buildkitdFlags = [] } = daemon;
  if (rootless && stepNetwork === 'bridge') {
    refuse(
      'step-network',
      '"bridge" needs root, and "rootless: true" runs the daemon without, where BuildKit has the runner\'s network only',
    );
  }
  if (maxParallelism !== undefined && hasFlag(buildkitdFlags, 'oci-max-parallelism'))
    refuse('max-parallelism', '"buildkitd-flags" has --oci-max-parallelism too');
}

/** What is about a daemon that Hotlayer installs and starts. */
function refuseBesideEndpoint(daemon: DaemonInputs): void {
  const given = [
    [daemonRows.buildkitVersion.name, isGiven(daemonRows.buildkitVersion, daemon.buildkitVersion)],
    [daemonRows.buildkitPath.name, daemon.buildkitPath !== undefined],
    [daemonRows.buildkitSha256.name, daemon.buildkitSha256 !== undefined],
    [daemonRows.buildkitdConfig.name, daemon.buildkitdConfig !== undefined],
    [daemonRows.buildkitdConfigInline.name, daemon.buildkitdConfigInline !== undefined],
    [daemonRows.buildkitdFlags.name, daemon.buildkitdFlags !== undefined],
    [daemonRows.buildkitdEnv.name, daemon.buildkitdEnv.length > 0],
    [daemonRows.registryMirrors.name, daemon.registryMirrors.length > 0],
    [daemonRows.maxParallelism.name, daemon.maxParallelism !== undefined],
    [daemonRows.stepNetwork.name, daemon.stepNetwork !== 'host'],
    [daemonRows.rootless.name, daemon.rootless],
  ] as const;
  const name = given.find(([, isThere]) => isThere)?.[0];
  if (name === undefined) return;
  refuse(
    name,
    'it is about a daemon that Hotlayer starts, but "endpoint" names one that runs already, with settings of its own',
  );
}

function refuse(name: string, why: string): never {
  throw new InputError(name, `input "${name}": ${why}; allowed is one of the two`);
}
