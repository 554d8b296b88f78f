import { InputError } from '../errors.ts';
import type { DaemonEndpoint } from '../inputs/endpoint.ts';
import type { CacheInputs, DaemonInputs } from '../inputs/types.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { listensInThisNetwork } from '../process/unix-listener.ts';
import { hasTls } from './endpoint-tls.ts';

/** How a step's daemon gets to the cache. */
export interface CacheWay {
  /** `none`: the token must not go to that daemon. */
  readonly kind: 'gateway' | 'direct' | 'none';
  /** What that means, if nobody has asked for it; undefined: nothing. */
  readonly sentence: string | undefined;
}

/**
 * The gateway listens on the runner's loopback, and on nothing else: a daemon elsewhere cannot reach it. Where that is not
 * known for certain the cache goes the plain way, or none. Throws InputError where the gateway is required.
 */
export async function decideCacheWay(
  { endpoint }: Pick<DaemonInputs, 'endpoint'>,
  { backend, gateway }: Pick<CacheInputs, 'backend' | 'gateway'>,
  env: ChildEnvironment,
): Promise<CacheWay> {
  if (backend !== 'gha' && !(backend === 's3' && gateway !== false))
    return decideStoreWay(backend, endpoint, env);
  if (endpoint === undefined) return { kind: gateway === false ? 'direct' : 'gateway', sentence: undefined };
  const { address } = endpoint;
  if (backend === 's3') return await decideBucketWay(endpoint, gateway);
  if (isReadable(endpoint) && !hasTls(env)) {
    if (gateway === 'required') refuse(address);
    return {
      kind: 'none',
      sentence: `The daemon at ${address} is asked without TLS, and whoever can listen on the way would get the runner's cache token with it: this build runs without a cache. Give the certificates in BUILDER_NODE_0_AUTH_TLS_CACERT, _CERT and _KEY.`,
    };
  }
  if (gateway === false) return { kind: 'direct', sentence: undefined };
  if (endpoint.kind === 'unix' && (await listensInThisNetwork(toSocket(address), 'buildkitd')))
    return { kind: 'gateway', sentence: undefined };
  if (gateway === 'required') refuse(address);
  return {
    kind: 'direct',
    sentence: `The daemon at ${address} cannot reach the gateway, which listens on this runner's loopback only, so it gets the runner's own cache token: whoever controls that daemon can read and write the caches of this run until the job ends. "gateway: required" makes this an error, and "gateway: false" says that it is meant.`,
  };
}

/** The credentials of the bucket are the gateway's alone: nobody else gets them unless the user says so. */
async function decideBucketWay(endpoint: DaemonEndpoint, gateway: CacheInputs['gateway']): Promise<CacheWay> {
  const { address } = endpoint;
  if (endpoint.kind === 'unix' && (await listensInThisNetwork(toSocket(address), 'buildkitd')))
    return { kind: 'gateway', sentence: undefined };
  if (gateway === 'required') refuse(address);
  return {
    kind: 'none',
    sentence: `The daemon at ${address} cannot reach the gateway, which listens on this runner's loopback only and alone has the credentials of the bucket: this build runs without a cache. "gateway: false" gives the credentials to that daemon, and has a cache of BuildKit's own layout.`,
  };
}

/** BuildKit's own clients: credentials of a bucket go to the daemon, and those of a registry are asked for by it. */
function decideStoreWay(
  backend: CacheInputs['backend'],
  endpoint: DaemonInputs['endpoint'],
  env: ChildEnvironment,
): CacheWay {
  const isOpen = endpoint !== undefined && isReadable(endpoint) && !hasTls(env);
  if (!isOpen || (backend !== 's3' && backend !== 'azblob')) return { kind: 'direct', sentence: undefined };
  return {
    kind: 'none',
    sentence: `The daemon at ${endpoint.address} is asked without TLS, and whoever can listen on the way would get the credentials of "cache: ${backend}" with it: this build runs without a cache. Give the certificates in BUILDER_NODE_0_AUTH_TLS_CACERT, _CERT and _KEY.`,
  };
}

/** Whoever is between the runner and the daemon can read what goes there. */
function isReadable({ kind, host }: DaemonEndpoint): boolean {
  return kind === 'tcp' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(host);
}

function toSocket(address: string): string {
  return address.replace(/^unix:\/\//, '');
}

function refuse(address: string): never {
  throw new InputError(
    'gateway',
    `input "gateway": "required" cannot be had with "endpoint" ${JSON.stringify(address)}: the gateway listens on this runner's loopback, which that daemon does not reach, or not for certain; allowed are a unix:// socket of a buildkitd that runs in the runner's own network and that this user may look at, and "gateway: true" or "false"`,
  );
}
