import { toMessage } from '../errors.ts';
import type { GatewayEnd } from '../gateway/host/end.ts';
import type { ExportReport, GatewayReport } from '../gateway/report/report.ts';
import * as log from '../log.ts';
import { type ExportEnd, renderExportSummary } from '../report/export-summary.ts';
import { maxSummaryBytes } from '../report/fit.ts';
import { renderSize } from '../report/format.ts';
import { appendWhole, measureRoom } from '../runner-files.ts';

/** How the exports of the job really ended: for the log, the summary, and once as a warning when one was lost. */
export async function reportExports(
  end: GatewayEnd,
  options: {
    readonly drainTimeoutMs: number;
    readonly summaryFile: string | undefined;
    /** Why the service did not answer, as main said it: with it was said that exports may be lost. */
    readonly toldOutage: string | undefined;
  },
): Promise<void> {
  if (end.kind === 'lost') {
    log.warning(
      `The gateway was lost: ${end.reason}. What it had not uploaded yet is missing in the cache; the cache before is as it was.`,
    );
    return;
  }
  log.info(renderNumbers(end.report));
  for (const sentence of end.report.notices) log.notice(sentence);
  for (const cacheScope of end.report.unconfirmed)
    log.warning(
      `An index of the cache scope ${cacheScope} was stored, and no build that came to its end claimed it, so it was dropped: main was ended before, or a build step wrote to the cache by itself.`,
    );
  const ends = end.report.exports.map((report) => toEnd(report, options.drainTimeoutMs));
  for (const { cacheScope, state, text } of ends) {
    log.info(`cache export of ${cacheScope}: ${state}, ${text}`);
    const isTold = options.toldOutage !== undefined && text.includes(options.toldOutage);
    if (state !== 'failed' || isTold) continue;
    log.warning(
      `The cache was not exported to ${cacheScope}, the next build will not find this one's steps: ${text}.`,
    );
  }
  const { summaryFile } = options;
  if (summaryFile === undefined || summaryFile === '' || ends.length === 0) return;
  try {
    appendWhole(
      summaryFile,
      renderExportSummary(ends, end.report, measureRoom(summaryFile, maxSummaryBytes)),
    );
  } catch (error) {
    throw new Error(`the job summary ${summaryFile} is without it (${toMessage(error)})`, { cause: error });
  }
}

function toEnd(report: ExportReport, drainTimeoutMs: number): ExportEnd {
  const { cacheScope, state, blobs, packs, bytes, merges, seconds } = report;
  switch (state) {
    case 'unchanged':
      return { cacheScope, state: 'exported', text: 'nothing had changed, so nothing was written' };
    case 'exported': {
      const merged = merges === 0 ? '' : `, joined with that of ${merges} parallel jobs`;
      const text = `${blobs} layers in ${packs} packs of ${renderSize(bytes)}${merged}, ${seconds.toFixed(1)} s after the build`;
      return { cacheScope, state, text };
    }
    case 'failed':
      return { cacheScope, state, text: report.reason ?? 'no reason was given' };
    case 'pending': {
      const text = `it was not finished ${drainTimeoutMs / 1000} s after the last step (input drain-timeout)`;
      return { cacheScope, state: 'failed', text };
    }
    default:
      return state satisfies never;
  }
}

function renderNumbers(report: GatewayReport): string {
  const { toService, bytesUp, bytesDown, retries, waitMs, hits, misses, failures, times } = report;
  const calls = Object.entries(toService).map(([kind, count]) => `${kind} ${count}`);
  const seconds = Object.entries(times).map(([phase, ms]) => `${phase} ${(ms / 1000).toFixed(1)} s`);
  return [
    `calls to the cache service: ${calls.join(', ')}; repeated ${retries}, which waited ${(waitMs / 1000).toFixed(1)} s`,
    `bytes written ${renderSize(bytesUp)}, read ${renderSize(bytesDown)}; look-ups of BuildKit: ${hits} hits, ${misses} misses`,
    `time: ${seconds.join(', ')}`,
    ...failures.map(({ step, message }) => `${step}: ${message}`),
  ].join('\n');
}
