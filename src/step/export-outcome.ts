import type { BuildResult } from '../buildkit/solve/build.ts';
import type { GatewayReport } from '../gateway/report/report.ts';
import type { ExportVerdict } from '../gateway/store/export-claim.ts';
import type { CacheExportOutput } from '../outputs.ts';
import type { CacheAccess } from './cache-access.ts';

export interface ExportOutcome {
  readonly cacheExport: CacheExportOutput;
  /** Why it failed; undefined otherwise. */
  readonly reason: string | undefined;
}

export interface ExportFacts {
  /** The plan's export. */
  readonly planned: string | null;
  readonly access: CacheAccess['kind'];
  readonly result: Pick<BuildResult, 'failure' | 'cacheExport'>;
  /** What the gateway said of the build's index; undefined: it was not asked. */
  readonly verdict: ExportVerdict | undefined;
  /** The gateway's counts before and after this step's build; undefined where it did not answer. */
  readonly before: GatewayReport | undefined;
  readonly after: GatewayReport | undefined;
}

/**
 * How the cache export really ended. BuildKit's word is not enough: it swallows an index that could not be uploaded
 * (go-actions-cache, SaveMutable), so with a gateway the index must have been confirmed, and what becomes of it is known
 * at the end of the job.
 */
export function decideExportOutcome(facts: ExportFacts): ExportOutcome {
  const { planned, access, result, verdict, before, after } = facts;
  if (planned === null || access === 'none') return { cacheExport: 'skipped', reason: undefined };
  const { cacheExport, failure } = result;
  switch (cacheExport.kind) {
    case 'failed':
      return { cacheExport: 'failed', reason: after?.failures.at(-1)?.message ?? cacheExport.reason };
    case 'none':
      // The gateway went during the build, which was said when the build was run again without it.
      if (access === 'gateway' && after === undefined && failure === undefined)
        return { cacheExport: 'failed', reason: undefined };
      // A build that failed never came to its export.
      return failure === undefined
        ? { cacheExport: 'failed', reason: 'BuildKit did not export a cache' }
        : { cacheExport: 'skipped', reason: undefined };
    case 'exported': {
      if (access === 'direct') return { cacheExport: 'exported', reason: undefined };
      if (verdict?.kind !== 'confirmed')
        return { cacheExport: 'failed', reason: verdict?.reason ?? 'its index was not confirmed' };
      const own = after?.exports.slice(before?.exports.length ?? 0);
      const last = own?.findLast(({ cacheScope }) => cacheScope === planned);
      if (last?.state === 'failed')
        return { cacheExport: 'failed', reason: last.reason ?? 'no reason was given' };
      // Also when it is on the service already: whether it is would be chance. Post tells the end of it.
      return { cacheExport: 'pending', reason: undefined };
    }
    default:
      return cacheExport satisfies never;
  }
}
