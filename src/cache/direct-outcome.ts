import type { ExportFacts, ExportOutcome } from './backend.ts';

/** BuildKit's word is all that there is. */
export function decideDirectOutcome({ plan, result }: ExportFacts): ExportOutcome {
  const { cacheExport, failure } = result;
  const outcome = { reason: undefined, unloaded: [] };
  if (plan.export === null) return { ...outcome, cacheExport: 'skipped' };
  switch (cacheExport.kind) {
    case 'failed':
      return { ...outcome, cacheExport: 'failed', reason: cacheExport.reason };
    case 'none':
      // A build that failed never came to its export.
      return failure === undefined
        ? { ...outcome, cacheExport: 'failed', reason: 'BuildKit did not export a cache' }
        : { ...outcome, cacheExport: 'skipped' };
    case 'exported':
      return { ...outcome, cacheExport: 'exported' };
    default:
      return cacheExport satisfies never;
  }
}
