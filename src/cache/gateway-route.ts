import { findZstdObstacle } from '../buildkit/install/version.ts';
import { toMessage } from '../errors.ts';
import { describeScopes } from '../gateway/control/control-client.ts';
import type { ScopeDescription } from '../gateway/report/scope-description.ts';
import * as log from '../log.ts';
import type { OpenedRoute, OpenRequest } from './backend.ts';
import { toWords } from './cache-entries.ts';
import { locateByGateway } from './gateway-locate.ts';
import { toServiceVariables } from './service.ts';

export interface GatewayAddress {
  readonly url: string;
  /** The runtime token, with which the gateway is asked. */
  readonly token: string;
  /** What BuildKit gets in its place. */
  readonly stub: string;
}

/** Asks the gateway what the caches hold, and gives BuildKit's client the login that it needs to talk to it. */
export async function openGatewayRoute(gateway: GatewayAddress, request: OpenRequest): Promise<OpenedRoute> {
  const { url, stub } = gateway;
  const { plans, settings, seen } = request;
  const imports = plans.flatMap((plan) => plan.imports);
  const descriptions = await describe(gateway, [...new Set([...imports, ...seen.scopes])]);
  const tooOld = findZstdObstacle(request.version);
  const isGha =
    (settings.compression === 'gzip' && plans.length === 1 && request.isForOthers !== true) ||
    tooOld !== undefined ||
    descriptions === undefined;
  // What an earlier step imported as a registry's may be fetched only now.
  const login = isGha && seen.scopes.length === 0 ? undefined : await logIn(gateway, request);
  const obstacle = tooOld ?? (login?.kind === 'unusable' ? login.reason : undefined);
  const located = locateByGateway({ ...request, gatewayUrl: url, descriptions, obstacle });
  const common = {
    // v1 whatever the service speaks: BuildKit sends a layer in four calls in place of five, and in chunks of 32 MiB,
    // four at a time, in place of serial blocks of 1 MiB.
    environment: toServiceVariables({ url, protocol: 1 }, stub),
    dockerConfig: login?.kind === 'written' ? login.directory : undefined,
  };
  const { cachedLayers, notices, degradations } = located;
  const routes = located.builds.map((build) => ({
    cache: { ...build, words: toWords(build.export), ...common },
    cachedLayers,
  }));
  return { routes, seen: located.seen, notices, degradations };
}

async function describe(
  { url, token }: GatewayAddress,
  cacheScopes: readonly string[],
): Promise<readonly ScopeDescription[] | undefined> {
  try {
    return await describeScopes({ url, token }, cacheScopes);
  } catch (error) {
    // What follows from that is told with the route.
    log.info(toMessage(error));
    return undefined;
  }
}

async function logIn({ url, stub }: GatewayAddress, { logIn }: OpenRequest) {
  const username = 'hotlayer';
  log.mask(Buffer.from(`${username}:${stub}`).toString('base64'));
  return logIn({ host: new URL(url).host, username, password: stub });
}
