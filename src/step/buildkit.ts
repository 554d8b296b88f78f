import { checkDaemonConfig } from '../buildkit/daemon/config.ts';
import { type BuildkitBinaries, findOnPath } from '../buildkit/install/binaries.ts';
import type { CacheUse } from '../buildkit/install/cache.ts';
import { installBuildkit } from '../buildkit/install/install.ts';
import { selectReleaseToken } from '../buildkit/install/release-token.ts';
import { defaultBuildkitVersion } from '../inputs/single-values.ts';
import type { DaemonInputs, Inputs } from '../inputs/types.ts';
import * as log from '../log.ts';
import type { CachePlan } from '../policy/types.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { checkGivenVersion } from './daemon-settings.ts';
import type { Runner } from './runner.ts';

export interface InstallRequest {
  readonly inputs: Pick<Inputs, 'build' | 'cache' | 'daemon'>;
  readonly runner: Runner;
  readonly plan: CachePlan;
  readonly env: ChildEnvironment;
  readonly signal: AbortSignal;
  /** Why the cache service is of no use; undefined: it answers. */
  readonly findCacheObstacle: () => Promise<string | undefined>;
}

type ConfigRequest = Pick<InstallRequest, 'inputs' | 'runner' | 'env'>;

/** Throws InputError for what is wrong with the daemon's configuration, whatever BuildKit there will be. */
export async function checkConfig({ inputs, runner, env }: ConfigRequest): Promise<void> {
  const version = (await mayBeAnotherVersion(inputs.daemon, env)) ? undefined : defaultBuildkitVersion;
  await checkDaemonConfig(inputs.daemon.buildkitdConfigInline, runner.workspace, version);
}

/** Gets the programs of BuildKit, and checks that they take what the inputs say of the daemon. */
export async function installForJob(request: InstallRequest): Promise<BuildkitBinaries> {
  const { inputs, runner, plan, env, signal } = request;
  const { source, ...binaries } = await installBuildkit({
    version: inputs.daemon.buildkitVersion,
    exact: inputs.daemon.buildkitVersion !== defaultBuildkitVersion,
    path: inputs.daemon.buildkitPath,
    sha256: inputs.daemon.buildkitSha256,
    githubToken: selectReleaseToken(inputs.build.githubToken, runner.serverUrl, env),
    tempDirectory: runner.tempDirectory,
    toolCacheDirectory: runner.toolCacheDirectory,
    cache: toCacheUse(runner, plan),
    run: runner.run,
    findCacheObstacle: request.findCacheObstacle,
    env,
    signal,
    log: log.info,
    warn: log.warning,
  });
  log.info(`buildkitd ${binaries.version} from ${source}`);
  checkGivenVersion(inputs.daemon, binaries.version);
  const warnings = await checkDaemonConfig(
    inputs.daemon.buildkitdConfigInline,
    runner.workspace,
    binaries.version,
  );
  for (const warning of warnings) log.warning(warning);
  return binaries;
}

/** Could BuildKit be of another version than the default one? */
async function mayBeAnotherVersion(
  { buildkitPath, buildkitVersion }: DaemonInputs,
  env: ChildEnvironment,
): Promise<boolean> {
  if (buildkitPath !== undefined || buildkitVersion !== defaultBuildkitVersion) return true;
  return (await findOnPath('buildkitd', env['PATH'] ?? '')) !== undefined;
}

/**
 * BuildKit runs as root, so only a run that may write the plan's cache may put binaries there for others; and a run that
 * imports nothing (`release-import: false`, for one) takes none from there either.
 */
export function toCacheUse(
  { upstream, token }: Pick<Runner, 'upstream' | 'token'>,
  plan: CachePlan,
): CacheUse {
  if (upstream === undefined || token === undefined || plan.imports.length === 0) return 'none';
  return plan.export === null ? 'read' : 'read-write';
}
