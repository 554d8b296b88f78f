/** An input of a peer's action that Hotlayer does not have. */
export interface ForeignInput {
  /** `refuse`: without it the result would be another one. `notice`: the image is the same. */
  readonly verdict: 'refuse' | 'notice';
  /** What it does there, for `it …`. */
  readonly does: string;
  /** Values that ask for nothing, and so for what happens here anyway. */
  readonly harmless: RegExp;
  /** What to do here, a clause; empty: there is no other way. */
  readonly remedy: string;
}

const nothing = /^$/;
const no = /^(?:false|False|FALSE)$/;
const ownStep = 'use "uses: hotlayer/hotlayer/bake@v1"';
const ownDaemon = 'delete it, Hotlayer starts a BuildKit of its own';

function refuse(does: string, remedy = '', harmless = nothing): ForeignInput {
  return { verdict: 'refuse', does, harmless, remedy };
}

function notice(does: string, remedy: string, harmless = nothing): ForeignInput {
  return { verdict: 'notice', does, harmless, remedy };
}

/**
 * The inputs of docker/setup-buildx-action (v4, and what only v3 has) and docker/bake-action that action.yml does not declare; of
 * docker/build-push-action (v7.3.0) it has all. The runner hands them over all the same, because people change the `uses:` line and leave the rest.
 */
export const foreignInputs: Readonly<Record<string, ForeignInput>> = {
  append: notice('adds nodes to a builder', ownDaemon),
  'cache-binary': notice(
    'keeps buildx in the Actions cache',
    'delete it, Hotlayer keeps its programs there by itself',
  ),
  files: refuse('names bake files', ownStep),
  set: refuse('overrides values of a bake file', ownStep),
  source: refuse('names a bake definition', ownStep),
  targets: refuse('names targets of a bake file', ownStep),
  vars: refuse('sets variables of a bake file', ownStep),
  config: refuse('configures buildkitd', 'use "buildkitd-config"'),
  'config-inline': refuse('configures buildkitd', 'use "buildkitd-config-inline"'),
  cleanup: notice(
    'removes the builder at the end',
    'delete it, Hotlayer always does that',
    /^(?:true|True|TRUE)$/,
  ),
  driver: notice(
    'chooses how BuildKit is run',
    'delete it, Hotlayer starts a BuildKit of its own, and "endpoint" names another one',
  ),
  'driver-opts': notice(
    'configures how BuildKit is run',
    'use "buildkit-version" and "buildkitd-config-inline"',
  ),
  install: notice('makes buildx what `docker build` calls', 'delete it, no step is left that needs it', no),
  'keep-state': notice('keeps the state of the builder', 'delete it, the cache does that', no),
  name: notice('names the builder', ownDaemon),
  use: notice('makes the builder the current one', ownDaemon),
  version: notice('chooses the version of buildx', 'use "buildx-version"'),
};
