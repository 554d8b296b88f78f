import path from 'node:path';
import { pushesImage } from '../../inputs/output-entry.ts';
import type { BuildInputs, ImageInputs, Inputs } from '../../inputs/types.ts';
import { listOutputs, toOutputEntries } from './build-outputs.ts';
import { type BuildCache, toCacheFlags } from './cache-flags.ts';
import { renderCsv } from './csv-fields.ts';
import type { CachedLayers } from './output-compression.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface BuildRequest {
  readonly inputs: Pick<Inputs, 'build' | 'image'>;
  readonly cache: BuildCache;
  /** What the imports hold. */
  readonly cachedLayers: CachedLayers;
  /** `unix:///…` of the daemon. */
  readonly address: string;
  /** buildctl writes its answer there. */
  readonly metadataFile: string;
  /** Absolute; relative paths of the inputs start there. */
  readonly workspace: string;
  /** The step's own environment. */
  readonly environment: Environment;
  /** Token for the Git context's host; undefined: the repository is read without. */
  readonly gitAuth: { readonly host: string; readonly token: string } | undefined;
  /** The run is one that normally keeps no image, such as a pull request's; by default it is not. */
  readonly isTrial?: boolean;
}

export interface BuildCommand {
  /** Arguments of buildctl. Secret values and tokens are never among them. */
  readonly args: readonly string[];
  /** The whole environment of buildctl. */
  readonly env: Readonly<Record<string, string>>;
  /** What a user may not expect of these inputs; one sentence each. */
  readonly notices: readonly string[];
}

/** The buildctl call of a build. Pure; mirrors what `docker buildx build` sends for the same inputs. */
export function toBuildCommand(request: BuildRequest): BuildCommand {
  const { inputs, cache, cachedLayers, address, metadataFile, workspace } = request;
  const secrets = listSecrets(request);
  const outputs = toOutputEntries(inputs.image, workspace, cachedLayers);
  return {
    args: [
      ...['--addr', address, 'build', '--progress', 'rawjson', '--metadata-file', metadataFile],
      ...['--frontend', 'dockerfile.v0'],
      ...toContextFlags(inputs.build, workspace),
      ...toOptions(request).flatMap((option) => ['--opt', option]),
      ...toSourcePolicyFlags(request.environment),
      ...secrets.flatMap(({ id, variable }) => ['--secret', renderCsv([`id=${id}`, `env=${variable}`])]),
      ...outputs.flatMap((entry) => ['--output', entry]),
      ...toCacheFlags(cache),
    ],
    env: {
      ...toChildEnvironment(request.environment),
      ...cache.environment,
      ...(cache.dockerConfig === undefined ? {} : { DOCKER_CONFIG: cache.dockerConfig }),
      ...Object.fromEntries(secrets.map(({ variable, value }) => [variable, value])),
    },
    notices: listNotices(request),
  };
}

function toContextFlags({ context, file }: BuildInputs, workspace: string): readonly string[] {
  // The Dockerfile of a Git context lies in the repository: `filename` alone names it.
  if (context.kind === 'git') return [];
  const directory = path.resolve(workspace, context.path);
  const dockerfile = file === undefined ? directory : path.dirname(path.resolve(workspace, file));
  return ['--local', `context=${directory}`, '--local', `dockerfile=${dockerfile}`];
}

function toOptions({ inputs, environment }: BuildRequest): readonly string[] {
  const { context, file, target, platforms, buildArgs, pull, noCache } = inputs.build;
  const isGit = context.kind === 'git';
  return [
    ...(isGit ? [`context=${context.url}`] : []),
    ...(file === undefined ? [] : [`filename=${isGit ? file : path.basename(file)}`]),
    ...(target === undefined ? [] : [`target=${target}`]),
    ...(platforms.length === 0 ? [] : [`platform=${platforms.join(',')}`]),
    ...buildArgs.flatMap(({ key, value = environment[key] }) =>
      // As docker build: a bare KEY that the environment does not have leaves the Dockerfile's default alone.
      value === undefined ? [] : [`build-arg:${key}=${value}`],
    ),
    ...inputs.image.labels.map(({ key, value = '' }) => `label:${key}=${value}`),
    ...(pull ? ['image-resolve-mode=pull'] : []),
    ...(noCache ? ['no-cache='] : []),
  ];
}

/** buildx takes the policy's file from this variable; SOURCE_DATE_EPOCH is read by buildctl itself. */
function toSourcePolicyFlags(environment: Environment): readonly string[] {
  const file = environment['EXPERIMENTAL_BUILDKIT_SOURCE_POLICY'];
  return file === undefined || file === '' ? [] : ['--source-policy-file', file];
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
 * What buildctl inherits: it calls Docker's credential helpers, which read a cloud's own variables, so nearly everything.
 * Not the runner's credentials, nor the inputs, nor another daemon's address.
 */
function toChildEnvironment(environment: Environment): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || /^(?:ACTIONS_|INPUT_|STATE_|HOTLAYER_|BUILDKIT_HOST$)/.test(name)) continue;
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
