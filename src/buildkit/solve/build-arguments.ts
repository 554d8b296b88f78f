import path from 'node:path';
import { pushesImage } from '../../inputs/output-entry.ts';
import type { BuildInputs, ImageInputs, Inputs } from '../../inputs/types.ts';
import { type Attestation, renderAttestation } from './attestations.ts';
import { listOutputs, toOutputEntries } from './build-outputs.ts';
import type { Builder } from './builder.ts';
import { type BuildCache, toCacheFlags } from './cache-flags.ts';
import { renderCsv } from './csv-fields.ts';
import type { CachedLayers } from './output-compression.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface BuildRequest {
  readonly inputs: Pick<Inputs, 'build' | 'image'>;
  readonly cache: BuildCache;
  /** What the imports hold. */
  readonly cachedLayers: CachedLayers;
  readonly builder: Builder;
  /** buildx writes its answer there. */
  readonly metadataFile: string;
  /** Absolute; relative paths of the inputs start there. */
  readonly workspace: string;
  /** The step's own environment. */
  readonly environment: Environment;
  /** What the image says of its making, beside what buildx adds by itself. */
  readonly attestations: readonly Attestation[];
  /** Token for the Git context's host; undefined: the repository is read without. */
  readonly gitAuth: { readonly host: string; readonly token: string } | undefined;
  /** The run is one that normally keeps no image, such as a pull request's; by default it is not. */
  readonly isTrial?: boolean;
}

export interface BuildCommand {
  /** Arguments of buildx. Secret values and tokens are never among them. */
  readonly args: readonly string[];
  /** The whole environment of buildx. */
  readonly env: Readonly<Record<string, string>>;
  /** What a user may not expect of these inputs; one sentence each. */
  readonly notices: readonly string[];
}

/** The buildx call of a build, as docker/build-push-action makes it for the same inputs. Pure. */
export function toBuildCommand(request: BuildRequest): BuildCommand {
  const { inputs, cache, cachedLayers, builder, metadataFile, workspace } = request;
  const secrets = listSecrets(request);
  const outputs = toOutputEntries(inputs.image, workspace, cachedLayers);
  return {
    args: [
      ...['build', '--builder', builder.name, '--progress', 'rawjson', '--metadata-file', metadataFile],
      ...toFlags(request),
      ...secrets.flatMap(({ id, variable }) => ['--secret', renderCsv([`id=${id}`, `env=${variable}`])]),
      ...outputs.flatMap((entry) => ['--output', entry]),
      ...request.attestations.flatMap((attestation) => ['--attest', renderAttestation(attestation)]),
      ...toCacheFlags(cache),
      toContext(inputs.build, workspace),
    ],
    env: {
      ...toClientEnvironment(request.environment),
      ...cache.environment,
      ...(cache.dockerConfig === undefined ? {} : { DOCKER_CONFIG: cache.dockerConfig }),
      ...Object.fromEntries(secrets.map(({ variable, value }) => [variable, value])),
      BUILDX_CONFIG: builder.configDirectory,
      BUILDX_METADATA_WARNINGS: 'true',
    },
    notices: listNotices(request),
  };
}

function toContext({ context }: BuildInputs, workspace: string): string {
  return context.kind === 'git' ? context.url : path.resolve(workspace, context.path);
}

function toFlags({ inputs, workspace, environment }: BuildRequest): readonly string[] {
  const { context, file, target, platforms, buildArgs, pull, noCache } = inputs.build;
  // The Dockerfile of a Git context lies in the repository.
  const dockerfile = file === undefined || context.kind === 'git' ? file : path.resolve(workspace, file);
  return [
    ...(dockerfile === undefined ? [] : ['--file', dockerfile]),
    ...(target === undefined ? [] : ['--target', target]),
    ...(platforms.length === 0 ? [] : ['--platform', platforms.join(',')]),
    ...buildArgs.flatMap(({ key, value = environment[key] }) =>
      // As docker build: a bare KEY that the environment does not have leaves the Dockerfile's default alone.
      value === undefined ? [] : ['--build-arg', `${key}=${value}`],
    ),
    ...inputs.image.labels.flatMap(({ key, value = '' }) => ['--label', `${key}=${value}`]),
    ...(pull ? ['--pull'] : []),
    ...(noCache ? ['--no-cache'] : []),
  ];
}

function listSecrets({ inputs, gitAuth }: BuildRequest) {
  const own = inputs.build.secrets
    // An empty value is what a fork's pull request sees of a secret: as in build-push-action it counts as not given.
    .filter(({ value }) => value !== '')
    .map(({ id, value }, index) => ({ id, value, variable: `HOTLAYER_SECRET_${index}` }));
  if (gitAuth === undefined || own.some(({ id }) => id.startsWith('GIT_AUTH_'))) return own;
  // Bound to the host, so that BuildKit shows it to no other (source/git: GIT_AUTH_TOKEN.<host> comes first).
  const id = `GIT_AUTH_TOKEN.${gitAuth.host}`;
  return [...own, { id, value: gitAuth.token, variable: 'HOTLAYER_GIT_AUTH_TOKEN' }];
}

/**
 * What buildx inherits: it calls Docker's credential helpers, which read a cloud's own variables, so nearly everything,
 * its own switches too (BUILDX_GIT_LABELS, SOURCE_DATE_EPOCH). Not the runner's credentials, nor the inputs, nor another
 * builder or another platform than the cache scope is named by; and not the mark by which it would take itself for a plug-in that docker has started.
 */
const withheld =
  /^(?:ACTIONS_|INPUT_|STATE_|HOTLAYER_|DOCKER_CLI_PLUGIN_|BUILDER_NODE_|(?:BUILDKIT_HOST|BUILDX_BUILDER|BUILDX_CONFIG|DOCKER_DEFAULT_PLATFORM)$)/;

export function toClientEnvironment(environment: Environment): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || withheld.test(name)) continue;
    kept[name] = value;
  }
  return kept;
}

function listNotices({ inputs, isTrial = false }: BuildRequest): readonly string[] {
  const empty = inputs.build.secrets.filter(({ value }) => value === '').map(({ id }) => id);
  return [
    ...(empty.length === 0
      ? []
      : [`Secrets without a value are left out: ${empty.join(', ')} (pull requests from forks get none).`]),
    ...(isTrial ? [] : describeLoss(inputs.image)),
  ];
}

/** Where the image goes when it is nobody's wish that it goes nowhere. */
function describeLoss(inputs: ImageInputs): readonly string[] {
  const outputs = listOutputs(inputs);
  const isMeant = inputs.outputs.some(({ type }) => type === 'cacheonly');
  if (outputs.length === 0) {
    return isMeant
      ? []
      : [
          'No "tags", "push" or "outputs": the build runs and fills the cache, and no image is kept. Give "tags" and "push: true", or "outputs"; "outputs: type=cacheonly" says that this is meant.',
        ];
  }
  const isKept = outputs.some((output) => output.type !== 'image' || pushesImage(output, inputs.push));
  return isKept || isMeant || inputs.tags.length === 0
    ? []
    : [
        'The image is built but neither pushed nor written to a file: give "push: true" or "outputs" to keep it.',
      ];
}
