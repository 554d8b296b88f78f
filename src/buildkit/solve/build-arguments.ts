import path from 'node:path';
import { pushesImage } from '../../inputs/output-entry.ts';
import type { BuildInputs, ImageInputs, Inputs } from '../../inputs/types.ts';
import type { Attestation } from '../../inputs/values.ts';
import { renderAttestation } from './attestations.ts';
import { toBuildFlags, toRawCacheFlags } from './build-flags.ts';
import { listOutputs, toOutputEntries } from './build-outputs.ts';
import { listSecretNotices, toSecretFlags } from './build-secrets.ts';
import type { Builder } from './builder.ts';
import { type BuildCache, toCacheFlags } from './cache-flags.ts';
import type { CachedLayers } from './output-compression.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface BuildRequest {
  readonly inputs: Pick<Inputs, 'build' | 'image' | 'cache'>;
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
  const { inputs, cache, builder, metadataFile, workspace } = request;
  const secrets = toSecretFlags({ ...request, inputs: inputs.build });
  return {
    args: [
      ...['build', '--builder', builder.name, '--progress', 'rawjson', '--metadata-file', metadataFile],
      ...toBuildFlags(request),
      ...secrets.args,
      ...(inputs.build.call === undefined ? toResultFlags(request) : ['--output', 'type=cacheonly']),
      toContext(inputs.build, workspace),
    ],
    env: {
      ...toChildEnvironment(request.environment),
      ...cache.environment,
      ...(cache.dockerConfig === undefined ? {} : { DOCKER_CONFIG: cache.dockerConfig }),
      ...secrets.env,
      BUILDX_CONFIG: builder.configDirectory,
      BUILDX_METADATA_WARNINGS: 'true',
    },
    notices: listNotices(request),
  };
}

/** Where the result and its cache come from and go to. A question about the build has neither, but buildx would write both. */
function toResultFlags({ inputs, cache, cachedLayers, workspace, attestations }: BuildRequest) {
  return [
    ...toOutputEntries(inputs.image, workspace, cachedLayers).flatMap((entry) => ['--output', entry]),
    ...attestations.flatMap((attestation) => ['--attest', renderAttestation(attestation)]),
    ...toCacheFlags(cache),
    ...toRawCacheFlags(inputs.cache),
  ];
}

function toContext({ context }: BuildInputs, workspace: string): string {
  return context.kind === 'git' ? context.url : path.resolve(workspace, context.path);
}

/**
 * What buildx inherits: it calls Docker's credential helpers, which read a cloud's own variables, so nearly everything,
 * its own switches too (BUILDX_GIT_LABELS, SOURCE_DATE_EPOCH). Not the runner's credentials, nor the inputs, nor another
 * builder or another platform than the cache scope is named by; and not the mark by which it would take itself for a plug-in that docker has started.
 */
const withheld =
  /^(?:ACTIONS_|INPUT_|STATE_|HOTLAYER_|DOCKER_CLI_PLUGIN_|(?:BUILDKIT_HOST|BUILDX_BUILDER|BUILDX_CONFIG|DOCKER_DEFAULT_PLATFORM)$)/;

export function toChildEnvironment(environment: Environment): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || withheld.test(name)) continue;
    kept[name] = value;
  }
  return kept;
}

function listNotices(request: BuildRequest): readonly string[] {
  const { inputs, isTrial = false } = request;
  return [
    ...listSecretNotices({ ...request, inputs: inputs.build }),
    ...(isTrial || inputs.build.call !== undefined ? [] : describeLoss(inputs.image)),
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
