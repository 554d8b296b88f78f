import type { BuildRoute, CacheAccess, OpenedRoute, Scopes } from '../cache/backend.ts';
import { nothingSeen } from '../cache/cache-record.ts';
import type { CacheInputs } from '../inputs/types.ts';
import type { BuildOutput } from '../inputs/values.ts';
import { removeDockerConfig, writeDockerConfig } from './docker-config.ts';
import type { Job } from './record.ts';
import type { Runner } from './runner.ts';

export interface BuildRouteOptions {
  readonly settings: CacheInputs;
  /** Of all that is built at once. */
  readonly outputs: readonly BuildOutput[];
  readonly plans: readonly Scopes[];
  readonly cache: CacheAccess;
  readonly runner: Pick<Runner, 'workspace'>;
  readonly job: Job;
  /** Of BuildKit. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The way of builds that run at once to their caches, with the login that BuildKit's client needs for it. */
export async function openBuildRoutes(options: BuildRouteOptions): Promise<OpenedRoute> {
  const { settings, outputs, plans, cache, runner, job, version, env } = options;
  const { seen = nothingSeen } = job.record;
  const opened = await cache.open({
    ...{ plans, settings: toSettings(settings), outputs, version, seen },
    logIn: (login) =>
      writeDockerConfig({ jobDirectory: job.directory, cwd: runner.workspace, env, logins: [login] }),
  });
  // Before the build: a step that is killed has filled the daemon as well.
  if (opened.seen !== seen) await job.update({ seen: opened.seen });
  return opened;
}

/** BuildKit names all exports to registries alike: beside one of the user's the gateway's goes the other way. */
function toSettings(cache: CacheInputs): CacheInputs {
  const isUnderGateway = cache.backend === 'gha' || cache.backend === 's3';
  return isUnderGateway && cache.cacheTo.some(({ type }) => type === 'registry')
    ? { ...cache, compression: 'gzip' }
    : cache;
}

/** Removes what only the build needed. */
export async function closeBuildRoutes(routes: readonly BuildRoute[]): Promise<void> {
  const copies = new Set(routes.flatMap(({ cache }) => cache.dockerConfig ?? []));
  for (const copy of copies) await removeDockerConfig(copy);
}
