import path from 'node:path';
import { parseGitUrl } from '../git/git-url.ts';
import { toRepositoryName } from '../git/repository-name.ts';
import { isDirectory } from '../inputs/named-context.ts';
import type { BuildInputs } from '../inputs/types.ts';
import { type BuildPlaces, toPlaceName } from './build-places.ts';

export type VariantInputs = Pick<
  BuildInputs,
  'buildContexts' | 'network' | 'shmSize' | 'ulimit' | 'cgroupParent' | 'addHosts'
>;

/**
 * What beside context, Dockerfile and target makes that two builds never find each other's records: other named contexts,
 * and what is a part of the key of every RUN (solver/llbsolver/ops/exec.go of BuildKit). Empty for a build without any of
 * it. What changes from commit to commit is left out, as of the context itself: refs, versions, digests, and the addresses
 * of hosts, which BuildKit leaves out too.
 */
export function toVariant(
  { buildContexts, network, shmSize, ulimit, cgroupParent, addHosts }: VariantInputs,
  places: BuildPlaces,
): Readonly<Record<string, unknown>> {
  const contexts = buildContexts.map(({ name, value }) => [
    name.replace(/:latest$/, ''),
    nameContext(value, places),
  ]);
  const hosts = [...new Set(addHosts.map((entry) => entry.split(/[=:]/, 1)[0] ?? ''))].sort();
  return {
    ...(contexts.length === 0 ? {} : { contexts: Object.fromEntries(contexts) }),
    ...(network === undefined || network === 'default' ? {} : { network }),
    ...(shmSize === undefined ? {} : { shmSize: shmSize.toLowerCase() }),
    ...(ulimit.length === 0 ? {} : { ulimit: [...ulimit].sort() }),
    ...(cgroupParent === undefined ? {} : { cgroupParent }),
    ...(hosts.length === 0 ? {} : { hosts }),
  };
}

function nameContext(value: string, places: BuildPlaces): string {
  if (isDirectory(value)) return toPlaceName(path.resolve(places.workspace, value), places);
  const [, scheme = '', reference = ''] = /^(docker-image|oci-layout):\/\/(.*)$/s.exec(value) ?? [];
  if (scheme === 'docker-image') return `${scheme}://${toUnversioned(reference)}`;
  if (scheme === 'oci-layout')
    return `${scheme}://${toPlaceName(path.resolve(places.workspace, toUnversioned(reference)), places)}`;
  if (value.startsWith('target:')) return value;
  const { remote, subdirectory } = parseGitUrl(value);
  return `${toRepositoryName(remote)}${subdirectory === undefined ? '' : `#:${subdirectory}`}`;
}

/** Without tag and digest; a port is no tag. */
function toUnversioned(reference: string): string {
  return reference.replace(/@[^/]*$/, '').replace(/:[^/]*$/, '');
}
