import { checkDaemonConfig } from '../buildkit/daemon/config.ts';
import type { ConfigText } from '../buildkit/daemon/config-source.ts';
import { toInputKeys } from '../buildkit/daemon/input-keys.ts';
import { describeVulnerabilities } from '../buildkit/install/advisories.ts';
import type { BuildkitBinaries } from '../buildkit/install/binaries.ts';
import { buildx } from '../buildkit/install/buildx.ts';
import type { CacheUse } from '../buildkit/install/cache.ts';
import {
  type InstalledBuildx,
  type InstallSurroundings,
  installProduct,
  installTools,
  type ToolRequest,
} from '../buildkit/install/install.ts';
import { selectReleaseToken } from '../buildkit/install/release-token.ts';
import { defaultBuildkitVersion, defaultBuildxVersion } from '../inputs/single-values.ts';
import type { BuildInputs, DaemonInputs, Inputs } from '../inputs/types.ts';
import * as log from '../log.ts';
import type { CachePlan } from '../policy/types.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { findOnPath } from '../process/search-path.ts';
import type { Beside } from './beside.ts';
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
  /** The user's part of the daemon's configuration. */
  readonly config: ConfigText | undefined;
  /** Why the cache service is of no use; undefined: it answers. */
  readonly findCacheObstacle: () => Promise<string | undefined>;
}

type ConfigRequest = Pick<InstallRequest, 'inputs' | 'runner' | 'env' | 'config'>;

/** Throws InputError for what is wrong with the daemon's configuration, whatever BuildKit there will be. */
export async function checkConfig(request: ConfigRequest): Promise<void> {
  const { inputs, env } = request;
  const version = (await mayBeAnotherVersion(inputs.daemon, env)) ? undefined : defaultBuildkitVersion;
  await checkConfigFor(version, request);
}

function checkConfigFor(
  version: string | undefined,
  { inputs, runner, config }: ConfigRequest,
): Promise<readonly string[]> {
  const keys = toInputKeys(inputs.daemon, version);
  return checkDaemonConfig(config?.toml, runner.workspace, version, { input: config?.input, keys });
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
  const { daemon } = request.inputs;
  const installing = installTools(
    {
      buildkit: {
        version: daemon.buildkitVersion,
        exact: daemon.buildkitVersion !== defaultBuildkitVersion,
        path: daemon.buildkitPath,
        sha256: daemon.buildkitSha256,
      },
      buildx: toClientRequest(daemon),
    },
    toSurroundings(request),
  );
  return {
    buildkit: installing.buildkit.then(async ({ source, ...binaries }) => {
      log.info(`buildkitd ${binaries.version} from ${source}`);
      checkGivenVersion(daemon, binaries.version);
      const vulnerabilities = describeVulnerabilities(binaries.version);
      if (vulnerabilities !== undefined) log.warning(vulnerabilities);
      for (const warning of await checkConfigFor(binaries.version, request)) log.warning(warning);
      return binaries;
    }),
    buildx: installing.buildx.then((found) => takeClient(found, daemon)),
    save: installing.save,
  };
}

/** The path of buildx, for a step whose daemon is somebody else's. */
export async function installClient(
  request: Omit<InstallRequest, 'config'> & { readonly beside: Beside },
): Promise<string> {
  const { daemon } = request.inputs;
  const options = { ...toClientRequest(daemon), ...toSurroundings(request) };
  const { found, save } = await installProduct(buildx, options);
  const client = takeClient(found, daemon);
  request.beside.add(save());
  return client;
}

function toClientRequest(daemon: DaemonInputs): ToolRequest {
  return {
    version: daemon.buildxVersion,
    exact: daemon.buildxVersion !== defaultBuildxVersion,
    path: daemon.buildxPath,
    sha256: daemon.buildxSha256,
  };
}

function toSurroundings(request: Omit<InstallRequest, 'config'>): InstallSurroundings {
  const { inputs, runner, plan, env, signal } = request;
  return {
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
  };
}

function takeClient({ buildx, version, source }: InstalledBuildx, daemon: DaemonInputs): string {
  log.info(`buildx ${version} from ${source}`);
  checkGivenClient(daemon, version);
  return buildx;
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
