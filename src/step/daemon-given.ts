import { createHash } from 'node:crypto';
import type { DaemonInputs } from '../inputs/types.ts';

/** What a step gives of the inputs that decide how the daemon runs, by name: text, or a digest where it may be secret. */
export type GivenInputs = Readonly<Record<string, string>>;

/** Only what is not the default: a step that says nothing takes the daemon as it is. */
export function listGiven(daemon: DaemonInputs): GivenInputs {
  const { buildkitdFlags, buildkitdEnv, registryMirrors, maxParallelism, stepNetwork, rootless, gcKeep } =
    daemon;
  const mirrors = registryMirrors.map(
    ({ registry, mirror, isPlain }) => `${registry}=${isPlain ? 'http://' : ''}${mirror}`,
  );
  const variables = buildkitdEnv.map(({ key, value }) => [key, value]);
  const entries: readonly (readonly [name: string, value: string | undefined])[] = [
    ['buildkitd-flags', buildkitdFlags?.join(' ') || undefined],
    ['buildkitd-env', variables.length === 0 ? undefined : digest(JSON.stringify(variables.toSorted()))],
    ['registry-mirrors', mirrors.join(' ') || undefined],
    ['max-parallelism', maxParallelism === undefined ? undefined : String(maxParallelism)],
    ['step-network', stepNetwork === 'host' ? undefined : stepNetwork],
    ['gc-keep', gcKeep === undefined ? undefined : String(gcKeep)],
    ['rootless', rootless ? 'true' : undefined],
  ];
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** True where the value is not shown. */
export function isDigest(name: string): boolean {
  return name === 'buildkitd-env';
}

export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
