import type { BakeInputs } from '../../inputs/types.ts';
import type { Attestation, BuildOutput } from '../../inputs/values.ts';
import { renderAttestation } from './attestations.ts';
import type { BakeTarget } from './bake-definition.ts';
import { toClientEnvironment } from './build-arguments.ts';
import type { Builder } from './builder.ts';
import { type BuildCache, type CacheEntry, renderCacheEntry } from './cache-flags.ts';
import { renderCsv } from './csv-fields.ts';
import { type CachedLayers, decideRemedy } from './output-compression.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface BakeRequest {
  readonly inputs: BakeInputs;
  /** The Git URL of the definition; undefined: it is in the working directory. */
  readonly remote: string | undefined;
  readonly builder: Builder;
  /** The step's own environment. */
  readonly environment: Environment;
  /** What the inputs say of the attestations of all targets. */
  readonly attestations: readonly Attestation[];
  /** For the definition's host and the contexts there; undefined: they are read without. */
  readonly gitToken: string | undefined;
}

/** A target with what it gets beside its definition. */
export interface BakedTarget {
  readonly target: BakeTarget;
  readonly cache: BuildCache;
  /** What the imports hold. */
  readonly cachedLayers: CachedLayers;
  /** Added to those that it has. */
  readonly attestations: readonly Attestation[];
}

export interface BakeCommand {
  /** Arguments of buildx. Tokens are never among them. */
  readonly args: readonly string[];
  /** The whole environment of buildx. */
  readonly env: Readonly<Record<string, string>>;
}

/** `buildx bake --print`: the definition as it will be built. Pure. */
export function toPrintCommand(request: BakeRequest): BakeCommand {
  return {
    args: [
      ...toBegin(request),
      '--print',
      ...toSets([...request.inputs.set, ...toAttestSets(request)]),
      ...toEnd(request),
    ],
    env: toEnvironment(request),
  };
}

/**
 * The buildx call of a bake, as docker/bake-action makes it for the same inputs, with the caches of each target. What is set in a target
 * is set in those that inherit from it too (bake/bake.go), so the caches are not appended: each target has all of its own
 * set, in place of what the definition and the input `set` have, which `--print` has resolved. Pure.
 */
export function toBakeCommand(
  request: BakeRequest,
  targets: readonly BakedTarget[],
  { metadataFile, isRepeated = false }: { readonly metadataFile: string; readonly isRepeated?: boolean },
): BakeCommand {
  const isForced = targets.some(needsForce);
  const replaced = isForced
    ? /^[^.=]+\.(?:cache-from|cache-to|output)\+?=/
    : /^[^.=]+\.(?:cache-from|cache-to)\+?=/;
  const sets = [
    ...request.inputs.set.filter((entry) => !replaced.test(entry)),
    ...toAttestSets(request),
    ...targets.flatMap(toCacheSets),
    ...(isForced ? targets.flatMap(toOutputSets) : []),
    ...targets.flatMap(({ target, attestations }) =>
      attestations.map((attestation) => `${target.name}.attest=${renderAttestation(attestation)}`),
    ),
    // The daemon has done it a moment ago, and takes all steps from itself. A flag would come after what is set.
    ...(isRepeated ? ['*.no-cache=false', '*.pull=false'] : []),
  ];
  const { cache } = targets[0] ?? {};
  const { inputs } = request;
  const asked = isRepeated ? { ...request, inputs: { ...inputs, noCache: false, pull: false } } : request;
  return {
    args: [...toBegin(asked), '--metadata-file', metadataFile, ...toSets(sets), ...toEnd(request)],
    env: {
      ...toEnvironment(request),
      ...cache?.environment,
      ...(cache?.dockerConfig === undefined ? {} : { DOCKER_CONFIG: cache.dockerConfig }),
      BUILDX_CONFIG: request.builder.configDirectory,
      BUILDX_METADATA_WARNINGS: 'true',
    },
  };
}

/** Entries of a target that stay; those of the Actions cache are ours to choose. */
export function keepEntries(entries: readonly CacheEntry[]): readonly CacheEntry[] {
  return entries.filter(({ type }) => type !== 'gha');
}

/** As the flags `--provenance` and `--sbom` of buildx: the last of a type counts. */
function toAttestSets({ attestations }: BakeRequest): readonly string[] {
  return attestations.map((attestation) => `*.attest=${renderAttestation(attestation)}`);
}

function toBegin({ inputs, builder }: BakeRequest): readonly string[] {
  const { files, vars, allow, call, noCache, pull, load, push } = inputs;
  return [
    ...['bake', '--builder', builder.name, '--progress', 'rawjson'],
    ...files.flatMap((file) => ['--file', file]),
    ...vars.flatMap((entry) => ['--var', entry]),
    // As docker/bake-action: what a workflow may read and write, its bake may too.
    ...['--allow', 'fs=*'],
    ...allow.flatMap((entry) => ['--allow', entry]),
    ...(call === undefined ? [] : ['--call', call.text]),
    ...(noCache ? ['--no-cache'] : []),
    ...(pull ? ['--pull'] : []),
    ...(load ? ['--load'] : []),
    ...(push ? ['--push'] : []),
  ];
}

function toEnd({ inputs, remote }: BakeRequest): readonly string[] {
  return [...(remote === undefined ? [] : [remote]), ...inputs.targets];
}

function toEnvironment({ environment, builder, gitToken }: BakeRequest): Readonly<Record<string, string>> {
  const own = environment['BUILDX_BAKE_GIT_AUTH_TOKEN'];
  return {
    ...toClientEnvironment(environment),
    ...(own !== undefined || gitToken === undefined ? {} : { BUILDX_BAKE_GIT_AUTH_TOKEN: gitToken }),
    BUILDX_CONFIG: builder.configDirectory,
  };
}

/** An empty value takes away what there is. */
function toCacheSets({ target, cache }: BakedTarget): readonly string[] {
  const from = [...keepEntries(target.cacheFrom), ...cache.imports];
  const to = [...keepEntries(target.cacheTo), ...(cache.export === undefined ? [] : [cache.export])];
  return [...toValues(`${target.name}.cache-from`, from), ...toValues(`${target.name}.cache-to`, to)];
}

function toValues(key: string, entries: readonly CacheEntry[]): readonly string[] {
  return entries.length === 0 ? [`${key}=`] : entries.map((entry) => `${key}=${renderCacheEntry(entry)}`);
}

/** Layers of the cache may be compressed in another way than those that the target puts out without one. */
function toOutputSets({ target, cachedLayers }: BakedTarget): readonly string[] {
  if (target.isLinked) return [];
  return target.outputs.map((output) => {
    const isForced = decideRemedy(toImage(output), cachedLayers) === 'force';
    const { type, attrs } = output;
    const all = isForced ? { ...attrs, 'force-compression': 'true' } : attrs;
    const fields = Object.entries(all).map(([name, value]) => `${name}=${value}`);
    return `${target.name}.output=${renderCsv([`type=${type}`, ...fields])}`;
  });
}

function needsForce({ target, cachedLayers }: BakedTarget): boolean {
  return target.outputs.some((output) => decideRemedy(toImage(output), cachedLayers) === 'force');
}

/** `registry` is an image that is pushed. */
export function toImage(output: BuildOutput): BuildOutput {
  return output.type === 'registry' ? { ...output, type: 'image' } : output;
}

function toSets(entries: readonly string[]): readonly string[] {
  return entries.flatMap((entry) => ['--set', entry]);
}
