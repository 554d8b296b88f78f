import { toMessage } from '../errors.ts';
import type { GatewayReport } from '../gateway/report/report.ts';
import * as log from '../log.ts';
import { maxSummaryBytes } from '../report/fit.ts';
import { renderSize } from '../report/format.ts';
import { renderJobBuilds } from '../report/job-builds.ts';
import { appendWhole, measureRoom } from '../runner-files.ts';
import type { BuiltByOthers } from './job-builds.ts';

/** Tells what later steps have built, in the log and in the summary, and what of the cache they could not have. */
export function reportLaterBuilds(
  { builds, notes }: BuiltByOthers,
  facts: {
    /** Of the gateway at its end; undefined: there was none, or it was lost. */
    readonly report: GatewayReport | undefined;
    readonly summaryFile: string | undefined;
  },
): void {
  const { report, summaryFile } = facts;
  const told = builds.map(({ name, status, seconds, steps }) => ({
    ...{ name, status, seconds },
    ...{ cachedSteps: steps.cachedSteps, totalSteps: steps.totalSteps },
  }));
  for (const { name, status, cachedSteps, totalSteps, seconds } of told)
    log.info(
      `build of ${name}: ${status.toLowerCase()}, ${cachedSteps} of ${totalSteps} steps from the cache, ${seconds.toFixed(1)} s`,
    );
  const refusals = (report?.unplanned ?? []).map(describeUnplanned);
  for (const sentence of refusals) log.warning(sentence);
  for (const note of notes) log.warning(note);
  if (summaryFile === undefined || summaryFile === '') return;
  const builtReport = {
    ...{ builds: told, notes: [...notes, ...refusals] },
    numbers: report === undefined ? undefined : renderNumbers(report),
  };
  try {
    appendWhole(summaryFile, renderJobBuilds(builtReport, measureRoom(summaryFile, maxSummaryBytes)));
  } catch (error) {
    throw new Error(`the job summary ${summaryFile} is without it (${toMessage(error)})`, { cause: error });
  }
}

function describeUnplanned(name: string): string {
  return `A build asked for the cache scope ${JSON.stringify(name)}, which is not among those of this job, and did not get it: name it in the input "scopes" of setup, or build with the entries of its output "cache-from" and "cache-to".`;
}

function renderNumbers({ toService, bytesDown, bytesUp }: GatewayReport): string {
  const calls = Object.values(toService).reduce((sum, count) => sum + count, 0);
  return `${calls} calls to the cache service in this job, ${renderSize(bytesDown)} read and ${renderSize(bytesUp)} written.`;
}
