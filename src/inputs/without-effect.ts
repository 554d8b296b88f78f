import { isOwnCache, toCacheAttributes } from './cache-entry.ts';
import { mapInputs } from './definitions.ts';
import { isTrue, pushesImage } from './output-entry.ts';
import { type Idle, isGiven } from './row.ts';
import type {
  BakeStepInputs,
  BuildInputs,
  CacheInputs,
  ImageInputs,
  Inputs,
  SetupStepInputs,
  StepInputs,
} from './types.ts';
import type { CacheSource } from './values.ts';

function hasGateway({ backend }: CacheInputs): boolean {
  return backend === 'gha' || backend === 's3';
}

interface IdleInputs extends Pick<Inputs, 'cache' | 'daemon'> {
  readonly image?: ImageInputs;
}

/** When inputs have nothing to act on, and why. */
const idleness: Readonly<
  Record<Idle, { readonly holds: (inputs: IdleInputs) => boolean; readonly why: string }>
> = {
  'no-cache': {
    holds: ({ cache }) => cache.backend === 'none',
    why: '"cache: none" says that there is no cache',
  },
  'not-local': {
    holds: ({ cache }) => cache.backend !== 'local',
    why: 'it is about the directory of "cache: local"',
  },
  'not-the-service': {
    holds: ({ cache }) => !hasGateway(cache),
    why: 'only "cache: gha" and "cache: s3" go through the gateway',
  },
  'nothing-exported': {
    holds: ({ cache }) => cache.readOnly,
    why: 'it is about the export, and "read-only: true" exports nothing',
  },
  'exported-during-build': {
    holds: ({ cache }) => cache.gateway === false || !hasGateway(cache),
    why: 'without the gateway BuildKit exports during the build, so there is nothing to wait for',
  },
  'nothing-pushed': {
    holds: ({ image }) =>
      image !== undefined && !image.push && !image.outputs.some((output) => pushesImage(output, false)),
    why: 'it is about a push, and nothing is pushed',
  },
  'config-in-file': {
    holds: ({ daemon }) => daemon.buildkitdConfig !== undefined,
    why: '"buildkitd-config" is given, and is taken in its place',
  },
};

/**
 * One sentence for each input that was given and has no effect beside the others. What depends on the event
 * (`pr-export` outside of a pull request, for example) is none of them: the same workflow runs in other events too.
 */
export function listWithoutEffect(inputs: Inputs): readonly string[] {
  return [
    ...listIdle(inputs, (kind) => idleness[kind].holds(inputs)),
    ...listWithoutImage(inputs.image),
    ...listWithoutPush(inputs.image),
    ...listBesideCall(inputs),
    ...listOwnCaches(inputs.cache),
    ...listReplacedSecrets(inputs.build),
  ];
}

/** The same of a bake; what it pushes its definition says. */
export function listIdleOfBake(inputs: BakeStepInputs): readonly string[] {
  return listIdle(inputs, (kind) => idleness[kind].holds(inputs));
}

/** The same of what later steps get. */
export function listIdleOfSetup(inputs: SetupStepInputs): readonly string[] {
  return listIdle(inputs, (kind) => idleness[kind].holds(inputs));
}

function listIdle(inputs: StepInputs, holds: (kind: Idle) => boolean): readonly string[] {
  return mapInputs(inputs, (row, value) => {
    const found = row.idle.find(holds);
    return found === undefined || !isGiven(row, value) ? [] : [say(row.name, idleness[found].why)];
  }).flat();
}

function listWithoutImage({ tags, push, outputs }: ImageInputs): readonly string[] {
  const isFilesOnly = outputs.length > 0 && outputs.every(({ type }) => type === 'local' || type === 'tar');
  return isFilesOnly && !push && tags.length > 0
    ? [say('tags', 'all "outputs" are plain files, and only an image has a name')]
    : [];
}

function listWithoutPush({ outputs, push }: ImageInputs): readonly string[] {
  return outputs.some(
    (output) =>
      output.type === 'image' && isTrue(output.attrs['push-by-digest']) && !pushesImage(output, push),
  )
    ? [say('outputs', 'push-by-digest is about a push, and nothing is pushed', 'A part of the input')]
    : [];
}

function listBesideCall({ build, image }: Inputs): readonly string[] {
  if (build.call === undefined) return [];
  const why = `"call: ${build.call.text}" asks about the build and makes no image`;
  return [
    ...(image.tags.length === 0 ? [] : [say('tags', why)]),
    ...(image.outputs.every(({ type }) => type === 'cacheonly') ? [] : [say('outputs', why)]),
  ];
}

/** Entries of the Actions cache that people leave from docker/build-push-action. */
function listOwnCaches({ cacheFrom, cacheTo }: CacheInputs): readonly string[] {
  const why =
    'Hotlayer chooses the caches in the Actions cache itself, by the event (inputs "scope", "mode" and "read-only")';
  return [
    ...(cacheFrom.some(isOwnCache)
      ? [say('cache-from', `${why}${describeScopes(cacheFrom)}`, 'type=gha in the input')]
      : []),
    ...(cacheTo.some(isOwnCache)
      ? [say('cache-to', `${why}${describeScopes(cacheTo)}`, 'type=gha in the input')]
      : []),
  ];
}

/** A name that the plan does not know would be shared by all events alike. */
function describeScopes(sources: readonly CacheSource[]): string {
  const scopes = sources
    .filter(isOwnCache)
    .flatMap((source) => toCacheAttributes(source).attrs['scope'] ?? []);
  const [first] = scopes;
  if (first === undefined) return '';
  return `, and scope=${scopes.join(' and scope=')} is outside of its plan: "scope: ${first}" gives the cache that name`;
}

/** As in docker/build-push-action the last of equal ids counts. */
function listReplacedSecrets({
  secretEnvs,
  secrets,
  secretsYaml,
  secretFiles,
}: BuildInputs): readonly string[] {
  const given = [
    ...secretEnvs.map(({ id }) => ({ id, input: 'secret-envs' })),
    // Without a value a secret counts as not given.
    ...secrets.filter(({ value }) => value !== '').map(({ id }) => ({ id, input: 'secrets' })),
    ...secretsYaml.filter(({ value }) => value !== '').map(({ id }) => ({ id, input: 'secrets-yaml' })),
    ...secretFiles.map(({ id }) => ({ id, input: 'secret-files' })),
  ];
  const ids = new Set(given.map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const named = given.filter((secret) => secret.id === id);
    return named.length === 1
      ? []
      : [`The secret ${id} is given ${named.length} times: the last counts, from "${named.at(-1)?.input}".`];
  });
}

function say(name: string, why: string, subject = 'The input'): string {
  return `${subject} "${name}" has no effect: ${why}.`;
}
