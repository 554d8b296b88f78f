import process from 'node:process';
import { checkDaemonConfig } from '../buildkit/daemon/config.ts';
import { startDaemon } from '../buildkit/daemon/daemon.ts';
import { decidePrivilege } from '../buildkit/daemon/privilege.ts';
import type { DaemonRecord } from '../buildkit/daemon/record.ts';
import { findOnPath } from '../buildkit/install/binaries.ts';
import type { CacheUse } from '../buildkit/install/cache.ts';
import { installTools } from '../buildkit/install/install.ts';
import { selectReleaseToken } from '../buildkit/install/release-token.ts';
import { defaultBuildkitVersion, defaultBuildxVersion } from '../inputs/single-values.ts';
import type { DaemonInputs, Inputs } from '../inputs/types.ts';
import * as log from '../log.ts';
import type { CachePlan } from '../policy/types.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { clearJob } from './clear-job.ts';
import {
  checkGivenVersion,
  listIgnoredSettings,
  readDaemonSettings,
  refuseOtherDaemon,
} from './daemon-settings.ts';
import type { Job } from './record.ts';
import type { Runner } from './runner.ts';

/** The daemon of the job, and how to talk to it. */
export interface JobBuildkit {
  readonly daemon: DaemonRecord;
  readonly buildctl: string;
  /** The client of builds. */
  readonly buildx: string;
  readonly version: string;
}

export interface JobBuildkitOptions {
  readonly inputs: Pick<Inputs, 'build' | 'cache' | 'daemon'>;
  readonly runner: Runner;
  readonly plan: CachePlan;
  readonly job: Job;
  readonly env: ChildEnvironment;
  readonly signal: AbortSignal;
  /**
   * One is started whatever runs. Whoever opened the job takes down what is on record, whichever step has started it.
   */
  readonly isNew?: boolean;
  /** Why the cache service is of no use; undefined: it answers. */
  readonly findCacheObstacle: () => Promise<string | undefined>;
}

/** Takes the daemon of an earlier step of this job, or installs BuildKit and starts one. */
export async function openBuildkit(options: JobBuildkitOptions): Promise<JobBuildkit> {
  const { inputs, runner, plan, job, env, signal } = options;
  const { daemon, buildkit, settings: earlier } = job.record;
  const settings = await readDaemonSettings(inputs, env, runner.workspace);
  if (options.isNew !== true && !job.isOwner && daemon !== undefined && buildkit !== undefined) {
    if (earlier !== undefined) {
      await refuseOtherDaemon(settings, earlier, buildkit);
      for (const sentence of listIgnoredSettings(settings, earlier)) log.notice(sentence);
    }
    log.info(`buildkitd ${buildkit.version} of an earlier step (pid ${daemon.pid})`);
    return { daemon, ...buildkit };
  }
  const { build, daemon: asked } = inputs;
  const { buildkitdConfigInline: configInline } = asked;
  const checkConfig = (version: string | undefined) =>
    checkDaemonConfig(configInline, runner.workspace, version);
  // What is wrong for certain is told before anything is fetched.
  await checkConfig((await mayBeAnotherVersion(asked, env)) ? undefined : defaultBuildkitVersion);
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  // What a daemon of an earlier step has left (mounts, cgroups, build steps), or that daemon itself where nobody can reach
  // it any more, must go before the next one starts.
  await clearJob(job.directory, owner.uid !== 0, env);
  const privilege = await decidePrivilege(owner.uid, env);
  const installing = installTools(
    {
      buildkit: {
        version: asked.buildkitVersion,
        exact: asked.buildkitVersion !== defaultBuildkitVersion,
        path: asked.buildkitPath,
        sha256: asked.buildkitSha256,
      },
      buildx: { version: defaultBuildxVersion, exact: false, path: undefined, sha256: undefined },
    },
    {
      githubToken: selectReleaseToken(build.githubToken, runner.serverUrl, env),
      tempDirectory: runner.tempDirectory,
      toolCacheDirectory: runner.toolCacheDirectory,
      cache: toCacheUse(runner, plan),
      run: runner.run,
      findCacheObstacle: options.findCacheObstacle,
      env,
      signal,
      log: log.info,
      warn: log.warning,
    },
  );
  const installed = await installing.buildkit;
  log.info(`buildkitd ${installed.version} from ${installed.source}`);
  checkGivenVersion(asked, installed.version);
  for (const warning of await checkConfig(installed.version)) log.warning(warning);
  const { buildctl, version } = installed;
  // The daemon starts while the client may still be on its way.
  const started = await startDaemon({
    jobDirectory: job.directory,
    binaries: installed,
    configInline,
    workspace: runner.workspace,
    privilege,
    owner,
    debug: runner.debug,
    env,
    signal,
    // On disk before the daemon is ready: post must find it after a cancelled main.
    onRecord: (planned) => job.update({ daemon: planned, settings }),
  });
  const client = await installing.buildx;
  log.info(`buildx ${client.version} from ${client.source}`);
  const found = { buildctl, buildx: client.buildx, version };
  await job.update({ buildkit: found });
  await installing.save();
  return { daemon: started, ...found };
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
