import type { DaemonInputs } from '../../inputs/types.ts';
import type { JsonRecord } from '../../json.ts';
import { knowsFeature } from '../install/version.ts';
import { knownVersion } from './config-keys.ts';

/** What inputs say that have a key of buildkitd.toml, in BuildKit's spelling. Empty without any. */
export function toInputKeys(
  {
    registryMirrors,
    maxParallelism,
    stepNetwork,
    rootless,
    gcKeep,
  }: Pick<DaemonInputs, 'registryMirrors' | 'maxParallelism' | 'stepNetwork' | 'rootless' | 'gcKeep'>,
  version = knownVersion,
): JsonRecord {
  const oci = {
    ...(gcKeep === undefined ? {} : toLimit(gcKeep, version)),
    ...(maxParallelism === undefined ? {} : { 'max-parallelism': maxParallelism }),
    ...(stepNetwork === 'bridge' ? { networkMode: 'bridge' } : {}),
    ...(rootless ? { rootless: true } : {}),
  };
  const registries = new Map<string, JsonRecord>();
  const set = (registry: string, key: JsonRecord) =>
    registries.set(registry, { ...registries.get(registry), ...key });
  for (const registry of new Set(registryMirrors.map((entry) => entry.registry))) {
    const mirrors = registryMirrors.filter((entry) => entry.registry === registry);
    set(registry, { mirrors: [...new Set(mirrors.map(({ mirror }) => mirror))] });
  }
  // BuildKit looks for the scheme of a mirror under the mirror's own host (util/resolver).
  for (const { mirror, isPlain } of registryMirrors)
    if (isPlain) set(mirror.split('/', 1)[0] ?? mirror, { http: true });
  return {
    ...(Object.keys(oci).length === 0 ? {} : { worker: { oci } }),
    ...(registries.size === 0 ? {} : { registry: Object.fromEntries(registries) }),
  };
}

/** Garbage collection begins there; what it removes first is BuildKit's to decide. */
function toLimit(bytes: number, version: string): JsonRecord {
  return knowsFeature(version, 'minFreeSpace') ? { maxUsedSpace: bytes } : { gckeepstorage: bytes };
}
