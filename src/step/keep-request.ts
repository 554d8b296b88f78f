import { readConfigText } from '../buildkit/daemon/config-source.ts';
import type { SetupStepInputs } from '../inputs/types.ts';
import * as log from '../log.ts';
import { toCanonicalJson } from '../policy/canonical-json.ts';
import type { CachePlan } from '../policy/types.ts';
import { readDaemonSettings } from './daemon-settings.ts';
import { type KeptDaemon, openKeptDaemon } from './kept-daemon.ts';
import type { Job } from './record.ts';
import type { Runner } from './runner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const keptBytes = 10e9;

/** A daemon that is kept has a limit, whether somebody gave one or not. */
export function limitKept(inputs: SetupStepInputs): SetupStepInputs {
  return { ...inputs, daemon: { ...inputs.daemon, gcKeep: inputs.daemon.gcKeep ?? keptBytes } };
}

/** undefined: the daemon ends with the job, because nobody has asked for another or, as is told then, nobody may have it. */
export async function keepDaemon(request: {
  readonly inputs: SetupStepInputs;
  readonly runner: Runner;
  readonly job: Job;
  readonly env: Environment;
  readonly plan: CachePlan;
}): Promise<KeptDaemon | undefined> {
  const { runner, job, env, plan } = request;
  if (request.inputs.setup.keep === 'false' || job.record.kept !== undefined) return undefined;
  const inputs = limitKept(request.inputs);
  const { toolCacheDirectory, repository, workspace } = runner;
  const obstacle = findObstacle(request);
  if (toolCacheDirectory === undefined || plan.exportRef === null || obstacle !== undefined) {
    log.notice(`"keep" has no effect: ${obstacle}. The daemon ends with the job.`);
    return undefined;
  }
  const config = await readConfigText(inputs.daemon, workspace);
  const { drainTimeoutMs: _, ...asked } = await readDaemonSettings(inputs, env, workspace, config);
  const settings = toCanonicalJson([inputs.daemon.buildkitVersion, asked, runner.debug]);
  const isShared = inputs.setup.keep === 'shared';
  const kept = await openKeptDaemon(
    toolCacheDirectory,
    { repository, ref: plan.exportRef, settings },
    isShared,
    env,
  );
  const { directory } = kept.job;
  await job.update({ kept: { directory, ...(isShared ? {} : { claim: kept.lock.claim }) } });
  return kept;
}

/** Half a sentence. */
function findObstacle({ runner, job, plan }: Parameters<typeof keepDaemon>[0]): string | undefined {
  if (job.hasDaemon) return 'an earlier step of this job has started the daemon';
  if (plan.exportRef === null)
    return `this run exports no cache (${plan.code}), and nobody may build on what its steps leave in a daemon`;
  return runner.toolCacheDirectory === undefined
    ? 'RUNNER_TOOL_CACHE is not set, so no directory outlives the job'
    : undefined;
}
