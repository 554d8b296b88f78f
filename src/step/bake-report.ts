import { parseJson, readString } from '../json.ts';
import * as log from '../log.ts';
import { type BakeReport, renderBakeSummary, type TargetReport } from '../report/bake-summary.ts';
import type { NamedValue } from '../report/hidden-values.ts';
import { renderTimes } from '../report/times.ts';
import type { BakeStep } from './bake-step.ts';
import { buildPhase } from './phases.ts';
import {
  type BuildFacts,
  type BuildReport,
  describeFullDisk,
  tellOutage,
  toNumbers,
  toParts,
} from './result.ts';
import { hideBuildArgs, toCacheStory, toFailureReport } from './summary-parts.ts';

/** The outputs and the summary of a bake, also of a failed one; says once what the caches lost. */
export async function reportBake(step: BakeStep, facts: BuildFacts): Promise<BuildReport> {
  const { inputs, degradations, targets } = step;
  const { result, endpoint, before, after } = facts;
  const isExported = targets.some(({ plan }) => plan.export !== null);
  if (after?.outage !== undefined) await tellOutage(after.outage, step, isExported);
  const reports = await reportTargets(step, facts);
  const gateway = after === undefined ? undefined : toNumbers(before, after);
  const { cachedSteps, totalSteps } = result.steps;
  for (const { name, steps, cacheExport } of reports)
    log.info(
      `${name}: ${steps.cachedSteps} of ${steps.totalSteps} steps from the cache, cache export: ${cacheExport}`,
    );
  if (reports.some(({ cacheExport }) => cacheExport === 'pending'))
    log.info(
      'Uploading goes on while later steps run; the end of the job waits for it and tells how it ended.',
    );
  const phases = step.phases.done.map((phase) =>
    phase.name === buildPhase ? { ...phase, parts: toParts(result) } : phase,
  );
  const wholeSeconds = performance.now() / 1000;
  log.info(renderTimes(phases, wholeSeconds));
  const { failure } = result;
  const { timeline } = hideBuildArgs(result, listBuildArgs(step));
  const renderAll = (unwritten: readonly string[], maxBytes: number): string => {
    const report: BakeReport = {
      failure: failure === undefined ? undefined : toFailureReport(failure),
      targets: reports,
      ...{ timeline, phases, wholeSeconds, gateway },
      degradations: [...degradations.sentences, ...unwritten],
    };
    return renderBakeSummary(report, maxBytes);
  };
  return {
    outputs: {
      ...{ imageid: undefined, digest: undefined, metadata: result.image.metadata },
      cachePlan: Object.fromEntries(reports.map(({ name, plan }) => [name, plan])),
      cacheExport: Object.fromEntries(reports.map(({ name, cacheExport }) => [name, cacheExport])),
      ...{ cachedSteps, totalSteps },
      cacheReadBytes: gateway?.bytesRead,
      cacheWrittenBytes: gateway?.bytesWritten,
      buildkitHost: endpoint.address,
    },
    renderSummary: inputs.report.summary ? renderAll : undefined,
  };
}

async function reportTargets(step: BakeStep, facts: BuildFacts): Promise<readonly TargetReport[]> {
  const { inputs, cache, degradations, targets, runner } = step;
  const { result, endpoint, verdicts, before, after } = facts;
  const metadata = parseJson(result.image.metadata ?? '');
  const reports: TargetReport[] = [];
  const unloaded = new Set<string>();
  for (const [index, { target, plan }] of targets.entries()) {
    const { name, tags, noCache } = target;
    const part = result.targets?.[index] ?? result;
    const partial = { failure: result.failure, cacheExport: part.cacheExport };
    const outcome = cache.outcome({ plan, result: partial, verdict: verdicts[index], before, after });
    for (const failure of outcome.unloaded) unloaded.add(failure);
    if (outcome.reason !== undefined) {
      const disk = await describeFullDisk(outcome.reason, endpoint);
      degradations.add(
        `The cache of ${name} was not exported, the next build will not find this one's steps: ${outcome.reason}.${disk}`,
      );
    }
    const isOff = inputs.bake.noCache || noCache;
    const { firstMisses } = hideBuildArgs({ timeline: [], firstMisses: part.firstMisses }, target.args);
    reports.push({
      name,
      tags,
      digest: readString(metadata, name, 'containerimage.digest'),
      plan,
      steps: part.steps,
      cacheExport: outcome.cacheExport,
      story: toCacheStory(
        { plan, runner },
        {
          ...{ firstMisses, isOff },
          loaded: after?.imports ?? (outcome.isFirst === true ? [] : undefined),
          nowMs: Date.now(),
        },
      ),
    });
  }
  for (const failure of unloaded)
    degradations.add(`A cache could not be loaded, so this build starts without it: ${failure}.`);
  return reports;
}

function listBuildArgs({ targets }: Pick<BakeStep, 'targets'>): readonly NamedValue[] {
  return targets.flatMap(({ target }) => target.args);
}
