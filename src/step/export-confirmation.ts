import type { CacheTarget } from '../buildkit/solve/cache-flags.ts';
import type { CacheExportResult } from '../buildkit/trace/trace-facts.ts';
import { toMessage } from '../errors.ts';
import { confirmExport } from '../gateway/control/control-client.ts';
import type { ExportClaim, ExportVerdict } from '../gateway/store/export-claim.ts';
import type { CacheAccess } from './cache-access.ts';

export interface EndedExport {
  /** The plan's export. */
  readonly cacheScope: string;
  /** How BuildKit was told to export; undefined: not at all. */
  readonly target: CacheTarget['kind'] | undefined;
  readonly cacheExport: CacheExportResult;
}

/** What the gateway can know the build's own index by; a build that failed before its export has none. Pure. */
export function toClaim({ cacheScope, target, cacheExport }: EndedExport): ExportClaim {
  const nothing: ExportClaim = { kind: 'nothing', cacheScope };
  if (target === undefined || cacheExport.kind !== 'exported') return nothing;
  const { manifest, window } = cacheExport;
  if (target === 'registry')
    return manifest === undefined ? nothing : { kind: 'digest', cacheScope, digest: manifest };
  return window === undefined ? nothing : { kind: 'window', cacheScope, ...window };
}

/**
 * Tells the gateway how a build's export ended; only what it confirms gets to the cache service. Never throws: without
 * an answer nothing is confirmed. undefined: there is no gateway.
 */
export async function settleExport(
  access: CacheAccess,
  token: string | undefined,
  ended: EndedExport,
): Promise<ExportVerdict | undefined> {
  if (access.kind !== 'gateway' || token === undefined) return undefined;
  const claim = toClaim(ended);
  try {
    const verdict = await confirmExport({ url: access.record.url, token }, claim);
    const isUnclaimed = claim.kind === 'nothing' && ended.cacheExport.kind === 'exported';
    if (verdict.kind === 'refused' && isUnclaimed && ended.target === 'gha')
      return { ...verdict, reason: 'a step still ran when BuildKit exported, and may have stored the index' };
    return verdict;
  } catch (error) {
    return { kind: 'refused', reason: `its index could not be confirmed: ${toMessage(error)}`, dropped: 0 };
  }
}

/** What to say of indexes that were stored and are not this build's; undefined: nothing. One sentence. */
export function describeForeign(
  { cacheScope, cacheExport }: EndedExport,
  verdict: ExportVerdict | undefined,
): string | undefined {
  // What a failed export left is told with its failure; a refusal says why itself.
  const isTold = verdict?.kind === 'refused' && cacheExport.kind === 'exported';
  if (verdict === undefined || verdict.dropped === 0 || isTold || cacheExport.kind === 'failed')
    return undefined;
  return `Something else than this build's export stored ${verdict.dropped} indexes of the cache scope ${cacheScope}, which were dropped: a build step can do that who has listened to the traffic on the runner's loopback.`;
}
