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
const ownDaemon = 'delete it, Hotlayer starts a BuildKit of its own';

function refuse(does: string, remedy = '', harmless = nothing): ForeignInput {
  return { verdict: 'refuse', does, harmless, remedy };
}

function notice(does: string, remedy: string, harmless = nothing): ForeignInput {
  return { verdict: 'notice', does, harmless, remedy };
}

/**
 * The inputs of docker/build-push-action (v7.3.0) and docker/setup-buildx-action that action.yml does not declare. The
 * runner hands them over all the same, because people change the `uses:` line and leave the rest.
 */
export const foreignInputs: Readonly<Record<string, ForeignInput>> = {
  'add-hosts': refuse('adds lines to /etc/hosts of the steps'),
  allow: refuse('grants entitlements to the build'),
  annotations: refuse('annotates the manifest'),
  // Each entry may be switched off by itself.
  attests: refuse(
    'attaches attestations',
    '',
    /^(?:\s*"?type=\w+,(?:disabled=(?:true|1))"?\s*(?:\r?\n|$))*$/,
  ),
  'build-contexts': refuse('gives the build more contexts'),
  builder: refuse(
    'names the builder that builds',
    `${ownDaemon} and has no use for docker/setup-buildx-action`,
  ),
  'cache-from': notice(
    'names caches to read',
    'delete it, Hotlayer chooses the caches by the event (input "scope")',
  ),
  'cache-to': notice(
    'names caches to write',
    'delete it, Hotlayer chooses the cache by the event (inputs "scope", "mode" and "read-only")',
  ),
  call: refuse('runs a check in place of the build', '', /^build$/),
  'cgroup-parent': refuse('puts the steps into a cgroup'),
  load: refuse(
    'loads the image into Docker',
    'use "outputs: type=docker,dest=image.tar" and `docker load --input image.tar` in a later step',
    no,
  ),
  network: refuse('sets the network of the steps', '', /^default$/),
  'no-cache-filters': refuse(
    'builds some stages without cache',
    'use "no-cache", which builds all of them without',
  ),
  provenance: refuse('attaches a provenance attestation', '', /^(?:false|False|FALSE|disabled=true)$/),
  sbom: refuse('attaches a list of the software in the image', '', no),
  'secret-envs': refuse(
    'takes secrets from the environment',
    'use "secrets", with the value in place of its name',
  ),
  'secret-files': refuse('takes secrets from files', 'use "secrets", with the value in place of the file'),
  'shm-size': refuse('sets the size of /dev/shm in the steps'),
  ssh: refuse('forwards an SSH agent or keys'),
  ulimit: refuse('sets limits of the steps'),

  append: notice('adds nodes to a builder', ownDaemon),
  'cache-binary': notice(
    'keeps buildx in the Actions cache',
    'delete it, Hotlayer keeps its programs there by itself',
  ),
  cleanup: notice(
    'removes the builder at the end',
    'delete it, Hotlayer always does that',
    /^(?:true|True|TRUE)$/,
  ),
  driver: notice('chooses how BuildKit is run', ownDaemon),
  'driver-opts': notice(
    'configures how BuildKit is run',
    'use "buildkit-version" and "buildkitd-config-inline"',
  ),
  'keep-state': notice('keeps the state of the builder', 'delete it, the cache does that', no),
  name: notice('names the builder', ownDaemon),
  use: notice('makes the builder the current one', ownDaemon),
  version: notice('chooses the version of buildx', 'use "buildx-version"'),
};
