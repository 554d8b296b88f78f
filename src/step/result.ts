import type { BuildResult } from '../buildkit/solve/build.ts';
import type { CacheAccess } from '../cache/backend.ts';
import { saysDiskFull, toMessage } from '../errors.ts';
import type { GatewayReport } from '../gateway/report/report.ts';
import type { ExportVerdict } from '../gateway/store/export-claim.ts';
import type { Inputs } from '../inputs/types.ts';
import * as log from '../log.ts';
import { writeOutputs } from '../outputs.ts';
import type { CachePlan } from '../policy/types.ts';
import { describeDisk } from '../process/disk-space.ts';
import type { GatewayNumbers } from '../report/report.ts';
import { renderSummary } from '../report/summary.ts';
import { renderTimes } from '../report/times.ts';
import { appendWhole } from '../runner-files.ts';
import { toAddress } from './build.ts';
import type { JobBuildkit } from './buildkit.ts';
import { buildPhase, type Phase } from './phases.ts';
import type { Job } from './record.ts';

export interface BuildFacts {
  readonly inputs: Inputs;
  readonly plan: CachePlan;
  readonly job: Job;
  readonly buildkit: JobBuildkit;
  readonly access: CacheAccess;
  readonly result: BuildResult;
  /** What the gateway said of the build's index; undefined: it was not asked. */
  readonly verdict: ExportVerdict | undefined;
  /** The gateway's counts before and after the build; undefined where there is none or it did not answer. */
  readonly before: GatewayReport | undefined;
  readonly after: GatewayReport | undefined;
  readonly phases: readonly Phase[];
  readonly degradations: readonly string[];
  readonly degrade: (sentence: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** `reportBuild`; what goes wrong in it is a fault of the report, never of the build. */
export async function reportSafely(facts: BuildFacts): Promise<void> {
  try {
    await reportBuild(facts);
  } catch (error) {
    log.warning(
      `The report of this build is not complete (${toMessage(error)}). The build itself is as its log says. Please report this.`,
    );
    if (error instanceof Error && error.stack !== undefined) log.debug(error.stack);
  }
}

/** Writes the outputs and the summary of a build, also of a failed one, and says once what the cache lost. */
export async function reportBuild(facts: BuildFacts): Promise<void> {
  const {
    inputs,
    plan,
    buildkit,
    access,
    result,
    verdict,
    before,
    after,
    phases,
    degradations,
    degrade,
    env,
  } = facts;
  if (after?.outage !== undefined) await tellOutage(after.outage, facts);
  const { cacheExport, reason, unloaded } = access.outcome({ plan, result, verdict, before, after });
  for (const failure of unloaded)
    degrade(`A cache could not be loaded, so this build starts without it: ${failure}.`);
  if (reason !== undefined) {
    // The gateway names the file system itself.
    const disk =
      saysDiskFull(reason) && !reason.includes('The file system at ')
        ? ` ${await describeDisk(undefined, [buildkit.daemon.stateDirectory])}`
        : '';
    degrade(`The cache was not exported, the next build will not find this one's steps: ${reason}.${disk}`);
  }
  const gateway = after === undefined ? undefined : toNumbers(before, after);
  const { cachedSteps, totalSteps } = result.steps;
  log.info(`${cachedSteps} of ${totalSteps} steps from the cache, cache export: ${cacheExport}`);
  if (cacheExport === 'pending')
    log.info(
      'Uploading goes on while later steps run; the end of the job waits for it and tells how it ended.',
    );
  // The build's own phase in parts, and the whole from the start of this process on.
  const times = phases.map((phase) =>
    phase.name === buildPhase ? { ...phase, parts: toParts(result) } : phase,
  );
  const wholeSeconds = performance.now() / 1000;
  log.info(renderTimes(times, wholeSeconds));
  const outputs = {
    ...result.image,
    cachePlan: plan,
    cacheExport,
    cachedSteps,
    totalSteps,
    cacheReadBytes: gateway?.bytesRead,
    cacheWrittenBytes: gateway?.bytesWritten,
    buildkitHost: toAddress(buildkit),
  };
  try {
    writeOutputs(outputs, env);
  } catch (error) {
    // Before the summary, which tells it too. The build itself is as good without.
    degrade(
      `The outputs of this step are not set, and later steps find them empty: GITHUB_OUTPUT (${env['GITHUB_OUTPUT']}) could not be written (${toMessage(error)}).`,
    );
  }
  const summaryFile = env['GITHUB_STEP_SUMMARY'];
  if (!inputs.report.summary || summaryFile === undefined || summaryFile === '') return;
  const summary = renderSummary({
    subject:
      inputs.image.tags[0] ??
      inputs.build.target ??
      (inputs.build.context.kind === 'git' ? inputs.build.context.url : inputs.build.context.path),
    result: result.failure === undefined ? 'built' : 'failed',
    plan,
    exportMode: inputs.cache.mode,
    cacheExport,
    steps: result.steps,
    phases: times,
    wholeSeconds,
    gateway,
    degradations,
    image: { digest: result.image.digest, imageid: result.image.imageid, tags: inputs.image.tags },
  });
  try {
    appendWhole(summaryFile, summary);
  } catch (error) {
    log.warning(
      `The job summary does not show this build: GITHUB_STEP_SUMMARY (${summaryFile}) could not be written (${toMessage(error)}).`,
    );
  }
}

function toParts({ times }: BuildResult): readonly Phase[] {
  return [
    { name: 'steps', seconds: times.steps },
    { name: 'pulling and extracting layers', seconds: times.layers },
    { name: 'exporting the image', seconds: times.imageExport },
    { name: 'importing and exporting the cache', seconds: times.cache },
  ];
}

/** Once in a job, however many steps it costs something. */
async function tellOutage(reason: string, { plan, job, degrade }: BuildFacts): Promise<void> {
  const lost =
    plan.export === null
      ? ''
      : ' What it exports is kept until the end of the job, and lost if the service is not back by then.';
  const sentence = `The cache service does not answer (${reason}): this build goes on without what it would have read there.${lost}`;
  if (job.record.outage !== reason) degrade(sentence);
  else log.info(sentence);
  await job.update({ outage: reason });
}

/** What this step added: the gateway counts for the whole job. */
function toNumbers(before: GatewayReport | undefined, after: GatewayReport): GatewayNumbers {
  const calls = Object.entries(after.toService).map(([kind, count]) => {
    const earlier = Object.entries(before?.toService ?? {}).find(([name]) => name === kind)?.[1] ?? 0;
    return [kind, count - earlier] as const;
  });
  return {
    callsByKind: Object.fromEntries(calls),
    bytesRead: after.bytesDown - (before?.bytesDown ?? 0),
    bytesWritten: after.bytesUp - (before?.bytesUp ?? 0),
    retries: after.retries - (before?.retries ?? 0),
  };
}
