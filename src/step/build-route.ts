import { listOutputs } from '../buildkit/solve/build-outputs.ts';
import type { BuildRoute, CacheAccess, OpenedRoute } from '../cache/backend.ts';
import { nothingSeen } from '../cache/cache-record.ts';
import type { CacheInputs, Inputs } from '../inputs/types.ts';
import type { CachePlan } from '../policy/types.ts';
import { removeDockerConfig, writeDockerConfig } from './docker-config.ts';
import type { Job } from './record.ts';
import type { Runner } from './runner.ts';

export interface BuildRouteOptions {
  readonly inputs: Pick<Inputs, 'image' | 'cache'>;
  readonly plan: Pick<CachePlan, 'imports' | 'export'>;
  readonly cache: CacheAccess;
  readonly runner: Pick<Runner, 'workspace'>;
  readonly job: Job;
  /** Of BuildKit. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The way of one build to its caches, with the login that BuildKit's client needs for it. */
export async function openBuildRoute(options: BuildRouteOptions): Promise<OpenedRoute> {
  const { inputs, plan, cache, runner, job, version, env } = options;
  const { seen = nothingSeen } = job.record;
  const opened = await cache.open({
    plan,
    settings: toSettings(inputs.cache),
    outputs: listOutputs(inputs.image),
    version,
    seen,
    logIn: (login) => writeDockerConfig({ jobDirectory: job.directory, cwd: runner.workspace, env, login }),
  });
  // Before the build: a step that is killed has filled the daemon as well.
  if (opened.seen !== seen) await job.update({ seen: opened.seen });
  return opened;
}

/** BuildKit names all exports to registries alike: beside one of the user's the gateway's goes the other way. */
function toSettings(cache: CacheInputs): CacheInputs {
  return cache.cacheTo.some(({ type }) => type === 'registry') ? { ...cache, compression: 'gzip' } : cache;
}

/** Removes what only the build needed. */
export async function closeBuildRoute({ cache }: BuildRoute): Promise<void> {
  if (cache.dockerConfig !== undefined) await removeDockerConfig(cache.dockerConfig);
}
