import { loadsImage } from './output-entry.ts';
import type { BuildInputs, DaemonInputs, ImageInputs } from './types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface VariableInputs {
  readonly build: Pick<BuildInputs, 'platforms'>;
  readonly image: Pick<ImageInputs, 'load' | 'outputs'>;
  readonly daemon: Pick<DaemonInputs, 'endpoint'>;
}

/** A variable that buildx or Docker's actions obey, and Hotlayer does not. */
interface ForeignVariable {
  readonly name: RegExp;
  /** What it does there, for `it …`. */
  readonly does: string;
  /** True for a value that asks for what happens here anyway. */
  readonly isHarmless?: (value: string, inputs: VariableInputs) => boolean;
  /** What to do here, a clause; undefined: there is no other way. */
  readonly remedy?: string;
}

const isOff = (value: string): boolean => /^(?:0|f|false|no|off)$/i.test(value);
const isOn = (value: string): boolean => !isOff(value);
const ownDaemon = 'Hotlayer starts a BuildKit of its own, and "endpoint" names another one';

/**
 * From buildx (v0.37.2), docker/build-push-action and docker/setup-buildx-action. Not in it: what works here too
 * (SOURCE_DATE_EPOCH, EXPERIMENTAL_BUILDKIT_SOURCE_POLICY, DOCKER_CONFIG, DOCKER_BUILD_CHECKS_ANNOTATIONS, DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF, BUILDX_GIT_LABELS and all else that buildx inherits), what only `buildx bake` reads (BUILDX_BAKE_FILE and so on), which the action `bake` obeys, and what switches off a thing that is not done here.
 */
const foreignVariables: readonly ForeignVariable[] = [
  { name: /^BUILDX_BUILDER$/, does: 'chooses the builder', remedy: ownDaemon },
  // The logins below it are read all the same.
  { name: /^BUILDX_CONFIG$/, does: 'says where builders are kept', remedy: ownDaemon },
  {
    name: /^BUILDKIT_HOST$/,
    does: 'names the BuildKit that builds',
    // The output buildkit-host of an earlier step.
    isHarmless: (value) =>
      /^unix:\/\/.*\/hotlayer[^/]*\/(?:buildkit-[0-9a-f]+\/)?buildkitd\.sock$/.test(value),
    remedy: ownDaemon,
  },
  {
    name: /^DOCKER_HOST$/,
    does: 'names the Docker that runs BuildKit',
    isHarmless: (value, { image }) =>
      /^unix:\/\/(?:\/var)?\/run\/docker\.sock$/.test(value) || loadsImage(image),
    remedy: ownDaemon,
  },
  {
    name: /^DOCKER_CONTEXT$/,
    does: 'names the Docker that runs BuildKit',
    isHarmless: (value, { image }) => value === 'default' || loadsImage(image),
    remedy: ownDaemon,
  },
  {
    name: /^BUILDER_NODE_0_AUTH_TLS_(?:CACERT|CERT|KEY)$/,
    does: 'opens a remote builder',
    isHarmless: (_, { daemon }) => daemon.endpoint !== undefined,
    remedy: ownDaemon,
  },
  {
    name: /^BUILDER_NODE_[1-9]\d*_AUTH_TLS_(?:CACERT|CERT|KEY)$/,
    does: 'opens one more remote builder',
    remedy: 'a build has one BuildKit here',
  },
  {
    name: /^DOCKER_DEFAULT_PLATFORM$/,
    does: 'names the platform to build for',
    isHarmless: (_, { build }) => build.platforms.length > 0,
    remedy: 'use the input "platforms"',
  },
  { name: /^DOCKER_BUILD_RECORD_UPLOAD$/, does: 'uploads the build record', isHarmless: isOff },
  { name: /^DOCKER_BUILD_RECORD_RETENTION_DAYS$/, does: 'says how long the build record is kept' },
  // They are always there: the annotations come from them.
  { name: /^BUILDX_METADATA_WARNINGS$/, does: 'keeps warnings out of the metadata', isHarmless: isOn },
  {
    name: /^BUILDKIT_PROGRESS$/,
    does: 'chooses how the build is shown',
    isHarmless: (value) => /^(?:auto|plain|tty)$/.test(value),
  },
];

/** One sentence on variables that somebody who knows buildx expects to work; undefined: there are none. Values are not shown. */
export function describeForeignVariables(env: Environment, inputs: VariableInputs): string | undefined {
  // Not Object.keys: the entries hide variables with keys from whatever enumerates the environment.
  const described = Object.getOwnPropertyNames(env)
    .sort()
    .flatMap((variable) => {
      const value = env[variable]?.trim() ?? '';
      const found = foreignVariables.find(({ name }) => name.test(variable));
      if (value === '' || found === undefined || found.isHarmless?.(value, inputs) === true) return [];
      return [
        `${variable} (with buildx it ${found.does}${found.remedy === undefined ? '' : `: ${found.remedy}`})`,
      ];
    });
  return described.length === 0
    ? undefined
    : `These variables have no effect on this build: ${described.join(', ')}.`;
}
