import type { CacheInputs, Inputs } from '../inputs/types.ts';
import type { CachePlan } from '../policy/types.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { installClient } from './buildkit.ts';
import { type Endpoint, openRemoteEndpoint } from './endpoint.ts';
import { checkConnector } from './endpoint-connector.ts';
import { checkReach } from './endpoint-reach.ts';
import { checkTls } from './endpoint-tls.ts';
import { type CacheWay, decideCacheWay } from './gateway-reach.ts';
import { type OwnEndpointRequest, openOwnEndpoint } from './own-endpoint.ts';
import type { Runner } from './runner.ts';

/** What is wrong with an endpoint is told before anything is started. */
export async function prepareEndpoint(
  env: ChildEnvironment,
  { daemon, cache }: Pick<Inputs, 'daemon' | 'cache'>,
): Promise<CacheWay> {
  if (daemon.endpoint !== undefined) {
    checkTls(daemon.endpoint, env);
    await checkConnector(daemon.endpoint, env);
  }
  return decideCacheWay(daemon, cache, env);
}

/** The daemon that the inputs name, or one of the job's own. */
export async function openEndpoint(request: OwnEndpointRequest): Promise<Endpoint> {
  const { inputs, job, env, signal } = request;
  const { endpoint } = inputs.daemon;
  if (endpoint === undefined) return openOwnEndpoint(request);
  await checkReach(endpoint, env, signal);
  const buildx = await installClient(request);
  // From here on a later step of the job need not end what this one does.
  await job.update({ remote: true });
  return openRemoteEndpoint({ ...{ endpoint, buildx, env, signal }, jobDirectory: job.directory });
}

/** What the way to the cache means for the runtime token, where these plans use it. */
export function tellOfWay(
  { sentence }: CacheWay,
  { token, upstream }: Pick<Runner, 'token' | 'upstream'>,
  { backend }: Pick<CacheInputs, 'backend'>,
  plans: readonly CachePlan[],
): readonly string[] {
  const isUsed = plans.some((plan) => plan.imports.length > 0 || plan.export !== null);
  const hasService = backend !== 'gha' || (token !== undefined && upstream !== undefined);
  return sentence !== undefined && isUsed && hasService ? [sentence] : [];
}
