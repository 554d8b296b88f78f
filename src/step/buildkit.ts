import { checkDaemonConfig } from '../buildkit/daemon/config.ts';
import { describeVulnerabilities } from '../buildkit/install/advisories.ts';
import type { BuildkitBinaries } from '../buildkit/install/binaries.ts';
import type { CacheUse } from '../buildkit/install/cache.ts';
import { installTools } from '../buildkit/install/install.ts';
import { selectReleaseToken } from '../buildkit/install/release-token.ts';
import { defaultBuildkitVersion, defaultBuildxVersion } from '../inputs/single-values.ts';
import type { BuildInputs, DaemonInputs, Inputs } from '../inputs/types.ts';
import * as log from '../log.ts';
import type { CachePlan } from '../policy/types.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { findOnPath } from '../process/search-path.ts';
import { checkGivenClient, checkGivenVersion } from './daemon-settings.ts';
import type { Runner } from './runner.ts';

export interface InstallRequest {
  readonly inputs: Pick<Inputs, 'cache' | 'daemon'> & {
    readonly build: Pick<BuildInputs, 'githubToken'>;
  };
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

/** The programs that a job needs, each as soon as it is there. */
export interface JobTools {
  /** They take what the inputs say of the daemon. */
  readonly buildkit: Promise<BuildkitBinaries>;
  /** The path of buildx, the client of builds. */
  readonly buildx: Promise<string>;
  /** Saves for the next runner what had to be fetched, once both are there. Never fails. */
  readonly save: () => Promise<void>;
}

export function installForJob(request: InstallRequest): JobTools {
  const { inputs, runner, plan, env, signal } = request;
  const { daemon } = inputs;
  const installing = installTools(
    {
      buildkit: {
        version: daemon.buildkitVersion,
        exact: daemon.buildkitVersion !== defaultBuildkitVersion,
        path: daemon.buildkitPath,
        sha256: daemon.buildkitSha256,
      },
      buildx: {
        version: daemon.buildxVersion,
        exact: daemon.buildxVersion !== defaultBuildxVersion,
        path: daemon.buildxPath,
        sha256: daemon.buildxSha256,
      },
    },
    {
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
    },
  );
  return {
    buildkit: installing.buildkit.then(async ({ source, ...binaries }) => {
      log.info(`buildkitd ${binaries.version} from ${source}`);
      checkGivenVersion(daemon, binaries.version);
      const vulnerabilities = describeVulnerabilities(binaries.version);
      if (vulnerabilities !== undefined) log.warning(vulnerabilities);
      const { buildkitdConfigInline } = daemon;
      const warnings = await checkDaemonConfig(buildkitdConfigInline, runner.workspace, binaries.version);
      for (const warning of warnings) log.warning(warning);
      return binaries;
    }),
    buildx: installing.buildx.then(({ buildx, version, source }) => {
      log.info(`buildx ${version} from ${source}`);
      checkGivenClient(daemon, version);
      return buildx;
    }),
    save: installing.save,
  };
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
