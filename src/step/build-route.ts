import { findZstdObstacle } from '../buildkit/install/version.ts';
import { type BuildCache, noCache } from '../buildkit/solve/cache-flags.ts';
import type { CachedLayers } from '../buildkit/solve/output-compression.ts';
import { toMessage } from '../errors.ts';
import { describeScopes } from '../gateway/control/control-client.ts';
import type { ScopeDescription } from '../gateway/report/scope-description.ts';
import type { Inputs } from '../inputs/types.ts';
import * as log from '../log.ts';
import type { CachePlan } from '../policy/types.ts';
import type { CacheAccess } from './cache-access.ts';
import { decideCacheRoute, nothingCached } from './cache-route.ts';
import { removeDockerConfig, writeDockerConfig } from './docker-config.ts';
import type { SeenCaches } from './job-record.ts';
import { type Job, updateJob } from './record.ts';
import type { Runner } from './runner.ts';

/** What buildctl is told about the cache, and what the cache means for the outputs. */
export interface BuildRoute {
  readonly cache: BuildCache;
  readonly cachedLayers: CachedLayers;
}

export interface BuildRouteOptions {
  readonly inputs: Inputs;
  readonly plan: Pick<CachePlan, 'imports' | 'export'>;
  readonly access: CacheAccess;
  readonly runner: Pick<Runner, 'token' | 'workspace'>;
  readonly job: Job;
  /** Of BuildKit. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface OpenedRoute {
  readonly route: BuildRoute;
  readonly notices: readonly string[];
  readonly degradations: readonly string[];
}

/** Asks the gateway what the caches hold, and writes the Docker config that BuildKit needs to talk to it. */
export async function openBuildRoute(options: BuildRouteOptions): Promise<OpenedRoute> {
  const { inputs, plan, access, runner } = options;
  const { seen = { scopes: [], zstd: false } } = options.job.record;
  if (access.kind === 'none') return toOpened(noCache, seen);
  if (access.kind === 'direct') {
    const toTarget = (scope: string) => ({ kind: 'gha', scope }) as const;
    const imports = plan.imports.map(toTarget);
    const exported = plan.export === null ? undefined : toTarget(plan.export);
    const environment = access.variables;
    return toOpened({ ...noCache, imports, export: exported, environment }, seen);
  }
  const { url } = access.record;
  const descriptions = await describe(url, runner.token, [...new Set([...plan.imports, ...seen.scopes])]);
  const tooOld = findZstdObstacle(options.version);
  const isGzip = inputs.compression === 'gzip' || tooOld !== undefined || descriptions === undefined;
  // What an earlier step imported as a registry's may be fetched only now.
  const login = isGzip && seen.scopes.length === 0 ? undefined : await logIn(options, access);
  const dockerConfig = login?.kind === 'written' ? login.directory : undefined;
  const obstacle = tooOld ?? (login?.kind === 'unusable' ? login.reason : undefined);
  const decided = decideCacheRoute({ inputs, plan, gatewayUrl: url, seen, descriptions, obstacle });
  const { imports, export: exported, cachedLayers, notices, degradations } = decided;
  const cache = { imports, export: exported, environment: access.variables, dockerConfig };
  // Before the build: a step that is killed has filled the daemon as well.
  await updateJob(options.job, { seen: decided.seen });
  return { route: { cache, cachedLayers }, notices, degradations };
}

/** Removes what only the build needed. */
export async function closeBuildRoute({ cache }: BuildRoute): Promise<void> {
  if (cache.dockerConfig !== undefined) await removeDockerConfig(cache.dockerConfig);
}

async function describe(
  url: string,
  token: string | undefined,
  cacheScopes: readonly string[],
): Promise<readonly ScopeDescription[] | undefined> {
  if (token === undefined) return undefined;
  try {
    return await describeScopes({ url, token }, cacheScopes);
  } catch (error) {
    // What follows from that is told with the route.
    log.info(toMessage(error));
    return undefined;
  }
}

async function logIn(
  { job, runner, env }: BuildRouteOptions,
  { record, stub }: Extract<CacheAccess, { kind: 'gateway' }>,
) {
  const username = 'hotlayer';
  log.mask(Buffer.from(`${username}:${stub}`).toString('base64'));
  return writeDockerConfig({
    jobDirectory: job.directory,
    cwd: runner.workspace,
    env,
    login: { host: new URL(record.url).host, username, password: stub },
  });
}

/** Without the gateway, what BuildKit makes of its own cache is left to it; but not what we made it compress before. */
function toOpened(cache: BuildCache, seen: SeenCaches): OpenedRoute {
  const cachedLayers = { ...nothingCached, own: seen.zstd ? ['zstd'] : [] };
  return { route: { cache, cachedLayers }, notices: [], degradations: [] };
}
