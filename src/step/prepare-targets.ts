import type { BakeTarget } from '../buildkit/solve/bake-definition.ts';
import { quote } from '../errors.ts';
import { looksRemote } from '../git/git-url.ts';
import { listDefinitionSecrets, refuseRunnerCredentials } from '../inputs/definition-secrets.ts';
import { checkTouched, listRunnerFiles, type Touched } from '../inputs/guarded-places.ts';
import { isDirectory } from '../inputs/named-context.ts';
import { listCacheDirectories, listCachePlaces, listOutputPlaces } from '../inputs/places.ts';
import type { BakeInputs, CacheInputs } from '../inputs/types.ts';
import * as log from '../log.ts';
import type { SettledSource } from '../plan/bake-source.ts';
import { checkTargetLoads } from './docker-engine.ts';
import { toJobDirectory } from './job-directory.ts';
import type { Runner } from './runner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Definition {
  readonly targets: readonly BakeTarget[];
  readonly source: Pick<SettledSource, 'cwd' | 'remote'>;
  readonly inputs: Pick<BakeInputs, 'call'>;
  readonly cache: Pick<CacheInputs, 'cacheTo' | 'cacheToAttrs' | 'cacheFromAttrs'>;
}

/** Masks what is secret in a resolved definition, and looks at all that it names on this machine. Throws InputError. */
export async function prepareTargets(
  env: Environment,
  { targets, source, inputs, cache }: Definition,
  { tempDirectory, workspace }: Pick<Runner, 'tempDirectory' | 'workspace'>,
): Promise<void> {
  for (const secret of await listDefinitionSecrets(targets, env, source.cwd)) log.mask(secret);
  refuseRunnerCredentials(targets);
  const guarded = { jobDirectory: await toJobDirectory(tempDirectory), runnerFiles: listRunnerFiles(env) };
  await checkTouched(
    targets.flatMap((target) => listTouched(target, source.remote !== undefined)),
    source.cwd,
    guarded,
  );
  await checkTouched(listCacheDirectories(cache), workspace, guarded);
  if (inputs.call === undefined) await checkTargetLoads(targets, env, workspace);
}

/** Of a remote definition contexts are there, but for those with a scheme of their own; outputs are here. */
function listTouched(target: BakeTarget, isRemote: boolean): readonly Touched[] {
  const of = `target ${quote(target.name)} of the bake definition`;
  const read = [
    { what: 'context', value: target.context },
    ...target.contexts.map(({ name, value }) => ({ what: `context ${quote(name)}`, value })),
  ].flatMap(({ what, value }): readonly Touched[] => {
    const directory = toDirectory(value, isRemote);
    if (directory === undefined) return [];
    return [{ input: 'files', subject: `${of}: ${what}=${quote(directory)}`, path: directory, kind: 'read' }];
  });
  const written = [
    ...listOutputPlaces(target.isLinked ? [] : target.outputs).map((place) => ({ ...place, what: 'output' })),
    ...listCachePlaces(target.cacheTo).map((place) => ({ ...place, what: 'cache-to' })),
  ].map(
    ({ what, dest, kind }): Touched => ({
      ...{ input: 'files', subject: `${of}: ${what} with dest=${quote(dest)}`, path: dest, kind },
    }),
  );
  return [...read, ...written];
}

const local = 'cwd://';

function toDirectory(value: string, isRemote: boolean): string | undefined {
  if (value.startsWith(local)) return value.slice(local.length) || '.';
  return isRemote || looksRemote(value) || !isDirectory(value) ? undefined : value;
}
