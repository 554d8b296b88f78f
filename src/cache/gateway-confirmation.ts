import { toMessage } from '../errors.ts';
import { confirmExport } from '../gateway/control/control-client.ts';
import type { ExportClaim, ExportVerdict } from '../gateway/store/export-claim.ts';
import type { EndedExport, Settled } from './backend.ts';

/** What the gateway can know the build's own index by; a build that failed before its export has none. Pure. */
export function toClaim({ cacheScope, type, cacheExport }: EndedExport): ExportClaim {
  const nothing: ExportClaim = { kind: 'nothing', cacheScope };
  if (type === undefined || cacheExport.kind !== 'exported') return nothing;
  const { manifest, window } = cacheExport;
  if (type === 'registry')
    return manifest === undefined ? nothing : { kind: 'digest', cacheScope, digest: manifest };
  return window === undefined ? nothing : { kind: 'window', cacheScope, ...window };
}

/**
 * Tells the gateway how a build's export ended; only what it confirms gets to the cache service. Never throws: without
 * an answer nothing is confirmed.
 */
export async function settleExport(
  gateway: { readonly url: string; readonly token: string },
  ended: EndedExport,
): Promise<Settled> {
  const verdict = await confirm(gateway, ended);
  return { verdict, foreign: describeForeign(ended, verdict) };
}

async function confirm(
  gateway: { readonly url: string; readonly token: string },
  ended: EndedExport,
): Promise<ExportVerdict> {
  const claim = toClaim(ended);
  try {
    const verdict = await confirmExport(gateway, claim);
    const isUnclaimed = claim.kind === 'nothing' && ended.cacheExport.kind === 'exported';
    if (verdict.kind === 'refused' && isUnclaimed && ended.type === 'gha')
      return { ...verdict, reason: 'a step still ran when BuildKit exported, and may have stored the index' };
    return verdict;
  } catch (error) {
    return { kind: 'refused', reason: `its index could not be confirmed: ${toMessage(error)}`, dropped: 0 };
  }
}

/** What to say of indexes that were stored and are not this build's; undefined: nothing. One sentence. */
export function describeForeign(
  { cacheScope, cacheExport }: Pick<EndedExport, 'cacheScope' | 'cacheExport'>,
  verdict: ExportVerdict,
): string | undefined {
  // What a failed export left is told with its failure; a refusal says why itself.
  const isTold = verdict.kind === 'refused' && cacheExport.kind === 'exported';
  if (verdict.dropped === 0 || isTold || cacheExport.kind === 'failed') return undefined;
  return `Something else than this build's export stored ${verdict.dropped} indexes of the cache scope ${cacheScope}, which were dropped: a build step can do that who has listened to the traffic on the runner's loopback.`;
}

/** Tells the gateway which indexes of a cache scope the builds of later steps have exported. Throws ToolError `gateway-control`. */
export function settleBuilds(
  gateway: { readonly url: string; readonly token: string },
  claim: ExportClaim,
): Promise<ExportVerdict> {
  return confirmExport(gateway, claim);
}
