import type { GatewayReport } from '../gateway/report/report.ts';
import type { ExportFacts, ExportOutcome } from './backend.ts';

/**
 * How the cache export really ended. BuildKit's word is not enough: it swallows an index that could not be uploaded
 * (go-actions-cache, SaveMutable), so with a gateway the index must have been confirmed, and what becomes of it is known
 * at the end of the job.
 */
export function decideGatewayOutcome(facts: ExportFacts): ExportOutcome {
  const { plan, result, verdict, before, after } = facts;
  const outcome = { reason: undefined, unloaded: listLoadFailures(plan, after) };
  if (plan.export === null) return { ...outcome, cacheExport: 'skipped' };
  const { cacheExport, failure } = result;
  switch (cacheExport.kind) {
    case 'failed':
      return {
        ...outcome,
        cacheExport: 'failed',
        reason: after?.failures.at(-1)?.message ?? cacheExport.reason,
      };
    case 'none':
      // A build that failed never came to its export.
      if (failure !== undefined) return { ...outcome, cacheExport: 'skipped' };
      // The gateway went during the build, which was said when the build was run again without it.
      if (after === undefined) return { ...outcome, cacheExport: 'failed' };
      return { ...outcome, cacheExport: 'failed', reason: 'BuildKit did not export a cache' };
    case 'exported': {
      if (verdict?.kind !== 'confirmed') {
        const reason = verdict?.reason ?? 'its index was not confirmed';
        return { ...outcome, cacheExport: 'failed', reason };
      }
      const own = after?.exports.slice(before?.exports.length ?? 0);
      const last = own?.findLast(({ cacheScope }) => cacheScope === plan.export);
      if (last?.state === 'failed')
        return { ...outcome, cacheExport: 'failed', reason: last.reason ?? 'no reason was given' };
      // Also when it is on the service already: whether it is would be chance. Post tells the end of it.
      return { ...outcome, cacheExport: 'pending' };
    }
    default:
      return cacheExport satisfies never;
  }
}

/** BuildKit does not hear of them: to it a cache that cannot be read is one that is not there. */
function listLoadFailures(
  plan: ExportFacts['plan'],
  report: Pick<GatewayReport, 'failures'> | undefined,
): readonly string[] {
  // Not by what is new since the step began: the gateway loads at once, and may be done by then.
  const names = [...plan.imports, ...(plan.export === null ? [] : [plan.export])];
  const messages = (report?.failures ?? [])
    .filter(({ step, message }) => step === 'load' && names.some((name) => message.includes(name)))
    .map(({ message }) => message);
  return [...new Set(messages)];
}
