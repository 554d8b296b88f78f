import type { BuildResult } from '../buildkit/solve/build.ts';
import { saysDiskFull, toMessage } from '../errors.ts';
import type { GatewayReport } from '../gateway/report/report.ts';
import { toExportMode } from '../inputs/cache-contradictions.ts';
import * as log from '../log.ts';
import { describeDisk } from '../process/disk-space.ts';
import type { NamedValue } from '../report/hidden-values.ts';
import type { GatewayNumbers } from '../report/report.ts';
import { renderSummary } from '../report/summary.ts';
import { renderTimes } from '../report/times.ts';
import type { BuiltWith } from './attempts.ts';
import type { Endpoint } from './endpoint.ts';
import { buildPhase, type Phase } from './phases.ts';
import type { Step } from './step.ts';
import type { StoryEnd } from './story-end.ts';
import { hideBuildArgs, toCacheStory, toFailureReport } from './summary-parts.ts';

type StepFacts = Pick<
  Step,
  'env' | 'inputs' | 'runner' | 'plan' | 'job' | 'cache' | 'degradations' | 'phases'
>;

export interface BuildFacts extends BuiltWith {
  /** The gateway's counts before and after the build; undefined where there is none or it did not answer. */
  readonly before: GatewayReport | undefined;
  readonly after: GatewayReport | undefined;
}

export type BuildReport = Pick<StoryEnd, 'outputs' | 'renderSummary'>;

/** What goes wrong in a report is a fault of the report, never of the build. */
export async function reportSafely(report: () => Promise<BuildReport>): Promise<BuildReport> {
  try {
    return await report();
  } catch (error) {
    log.warning(
      `The report of this build is not complete (${toMessage(error)}). The build itself is as its log says. Please report this.`,
    );
    if (error instanceof Error && error.stack !== undefined) log.debug(error.stack);
    return { outputs: undefined, renderSummary: undefined };
  }
}

/** The outputs and the summary of a build, also of a failed one; says once what the cache lost. */
export async function reportBuild(step: StepFacts, facts: BuildFacts): Promise<BuildReport> {
  const { inputs, plan, cache, degradations } = step;
  const { result, endpoint, verdicts, before, after } = facts;
  const [verdict] = verdicts;
  if (after?.outage !== undefined) await tellOutage(after.outage, step, plan.export !== null);
  const {
    cacheExport,
    reason,
    unloaded,
    isFirst = false,
  } = cache.outcome({ plan, result, verdict, before, after });
  for (const failure of unloaded)
    degradations.add(`A cache could not be loaded, so this build starts without it: ${failure}.`);
  if (reason !== undefined) {
    const disk = await describeFullDisk(reason, endpoint);
    degradations.add(
      `The cache was not exported, the next build will not find this one's steps: ${reason}.${disk}`,
    );
  }
  const gateway = after === undefined ? undefined : toNumbers(before, after);
  const { cachedSteps, totalSteps } = result.steps;
  log.info(`${cachedSteps} of ${totalSteps} steps from the cache, cache export: ${cacheExport}`);
  if (cacheExport === 'pending')
    log.info(
      'Uploading goes on while later steps run; the end of the job waits for it and tells how it ended.',
    );
  // The build's own phase in parts, and the whole from the start of this process on.
  const phases = step.phases.done.map((phase) =>
    phase.name === buildPhase ? { ...phase, parts: toParts(result) } : phase,
  );
  const wholeSeconds = performance.now() / 1000;
  log.info(renderTimes(phases, wholeSeconds));
  const { image, failure } = result;
  const { timeline, firstMisses } = hideBuildArgs(result, listBuildArgs(step));
  const renderAll = (unwritten: readonly string[], maxBytes: number): string => {
    const report = {
      subject: toSubject(inputs),
      failure: failure === undefined ? undefined : toFailureReport(failure),
      plan,
      exportMode: toExportMode(inputs.cache),
      cacheExport,
      steps: result.steps,
      story: toCacheStory(step, {
        isOff: inputs.build.noCache,
        firstMisses,
        loaded: after?.imports ?? (isFirst ? [] : undefined),
        nowMs: Date.now(),
      }),
      ...{ timeline, phases, wholeSeconds, gateway },
      degradations: [...degradations.sentences, ...unwritten],
      image: { digest: image.digest, imageid: image.imageid, tags: inputs.image.tags },
    };
    return renderSummary(report, maxBytes);
  };
  return {
    outputs: {
      ...result.image,
      cachePlan: plan,
      ...{ cacheExport, cachedSteps, totalSteps },
      cacheReadBytes: gateway?.bytesRead,
      cacheWrittenBytes: gateway?.bytesWritten,
      buildkitHost: endpoint.address,
    },
    renderSummary: inputs.report.summary ? renderAll : undefined,
  };
}

function toSubject({ image, build }: StepFacts['inputs']): string {
  const { target, context } = build;
  return image.tags[0] ?? target ?? (context.kind === 'git' ? context.url : context.path);
}

/** Where BuildKit says that its disk is full: which it is. The gateway names the file system itself. */
export async function describeFullDisk(reason: string, endpoint: Endpoint): Promise<string> {
  if (endpoint.kind === 'remote' || !saysDiskFull(reason) || reason.includes('The file system at '))
    return '';
  return ` ${await describeDisk(undefined, [endpoint.stateDirectory])}`;
}

export function toParts({ times }: BuildResult): readonly Phase[] {
  return [
    { name: 'steps', seconds: times.steps },
    { name: 'pulling and extracting layers', seconds: times.layers },
    { name: 'exporting the image', seconds: times.imageExport },
    { name: 'importing and exporting the cache', seconds: times.cache },
  ];
}

/** Once in a job, however many steps it costs something. */
export async function tellOutage(
  reason: string,
  { job, degradations }: Pick<StepFacts, 'job' | 'degradations'>,
  exports: boolean,
): Promise<void> {
  const lost = !exports
    ? ''
    : ' What it exports is kept until the end of the job, and lost if the service is not back by then.';
  const sentence = `The cache service does not answer (${reason}): this build goes on without what it would have read there.${lost}`;
  if (job.record.outage !== reason) degradations.add(sentence);
  else log.info(sentence);
  await job.update({ outage: reason });
}

/** What this step added: the gateway counts for the whole job. */
export function toNumbers(before: GatewayReport | undefined, after: GatewayReport): GatewayNumbers {
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

function listBuildArgs({ inputs, env }: Pick<Step, 'inputs' | 'env'>): readonly NamedValue[] {
  return inputs.build.buildArgs.map(({ key, value = env[key] ?? '' }) => ({ name: key, value }));
}
