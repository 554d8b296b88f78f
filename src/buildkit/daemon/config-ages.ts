import { isRecord, type JsonRecord } from '../../json.ts';
import { isAtLeast, isVersionless } from '../install/version.ts';
import { type ConfigInput, toKeyName } from './config-words.ts';

/**
 * Since when buildkitd knows a key, of those that v0.10.0 did not know (cmd/buildkitd/config/config.go of each release);
 * a table's name stands for all in it, and what is inside a list of tables has no place in the list.
 */
const firstWithKey: Readonly<Record<string, string>> = {
  'worker.oci.selinux': 'v0.10.6',
  'worker.oci.cniPoolSize': 'v0.11.0',
  history: 'v0.11.0',
  trace: 'v0.12.0',
  log: 'v0.13.0',
  'worker.oci.bridgeName': 'v0.13.0',
  'worker.oci.bridgeSubnet': 'v0.13.0',
  frontend: 'v0.14.0',
  system: 'v0.14.0',
  'worker.oci.reservedSpace': 'v0.17.0',
  'worker.oci.maxUsedSpace': 'v0.17.0',
  'worker.oci.minFreeSpace': 'v0.17.0',
  'worker.oci.gcpolicy.reservedSpace': 'v0.17.0',
  'worker.oci.gcpolicy.maxUsedSpace': 'v0.17.0',
  'worker.oci.gcpolicy.minFreeSpace': 'v0.17.0',
  cdi: 'v0.20.0',
  provenanceEnvDir: 'v0.25.0',
  cache: 'v0.27.0',
  'log.level': 'v0.30.0',
  proxyNetwork: 'v0.31.0',
  'system.maxRegistryConcurrency': 'v0.31.0',
};

/**
 * Warnings about keys that this BuildKit is too old for; buildkitd passes over such a key silently.
 *
 * @param keys in BuildKit's spelling
 */
export function listTooNewKeys(
  { keys, input }: { readonly keys: JsonRecord; readonly input: ConfigInput },
  version: string,
): readonly string[] {
  if (isVersionless(version)) return [];
  const sentences = listTooNew(keys, [], version).map(
    ({ name, first }) =>
      `input "${input}": the key ${name} has no effect: it came with BuildKit ${first}, and this is ${version}.`,
  );
  // A list of tables may have a key many times.
  return [...new Set(sentences)];
}

interface TooNewKey {
  readonly name: string;
  readonly first: string;
}

function listTooNew(value: unknown, path: readonly string[], version: string): readonly TooNewKey[] {
  if (Array.isArray(value)) return value.flatMap((entry) => listTooNew(entry, path, version));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const own = [...path, key];
    const first = firstWithKey[own.join('.')];
    const isTooNew = first !== undefined && !isAtLeast(version, first);
    return isTooNew ? [{ name: toKeyName(own), first }] : listTooNew(below, own, version);
  });
}
