import type { BuildCall } from '../inputs/values.ts';
import type { CachePlan } from '../policy/types.ts';

export interface StaleFacts {
  /** GITHUB_SHA is known to be the tip of its branch. */
  readonly isTip: boolean | undefined;
  /** GITHUB_RUN_ATTEMPT. */
  readonly attempt: string;
  /** The back end keeps what a newer run has exported, whatever an older one exports after it. */
  readonly keepsNewer: boolean;
}

/**
 * A re-run that could not find out whether its commit is still the newest must not replace a newer cache. The gateway
 * keeps what a newer run exported; BuildKit's own client cannot, so without the gateway such a run exports nothing. Pure.
 */
export function withholdStaleExport(
  plan: CachePlan,
  { isTip, attempt, keepsNewer }: StaleFacts,
): { readonly plan: CachePlan; readonly sentence: string | undefined } {
  const mayBeStale = plan.code === 'own-branch' && isTip !== true && attempt !== '0' && attempt !== '1';
  if (keepsNewer || plan.export === null || !mayBeStale) return { plan, sentence: undefined };
  const sentence =
    'The cache is not exported: this is a re-run, git could not say whether its commit is still the newest of its branch, and without the gateway an export would replace what a newer run has exported.';
  return {
    plan: { ...plan, export: null, exportRef: null, code: 'stale-rerun', reason: sentence },
    sentence,
  };
}

/** A question about the build runs no step, so there is nothing to export. Pure. */
export function withholdForCall(plan: CachePlan, call: BuildCall | undefined): CachePlan {
  if (call === undefined || plan.export === null) return plan;
  const reason = `"call: ${call.text}" asks about the build and runs no step, so there is nothing to export.`;
  return { ...plan, export: null, exportRef: null, code: 'call', reason };
}

/**
 * A bake definition decides what its targets run: where it is not the run's own commit, a target that stands on the
 * run's own files is no more to be trusted. Pure.
 *
 * @param definition the plan of a build of the place where the definition is
 */
export function withholdForDefinition(plan: CachePlan, definition: CachePlan): CachePlan {
  if (definition.export !== null || plan.export === null) return plan;
  const { code, reason } = definition;
  return { ...plan, export: null, exportRef: null, code, reason: `Of the bake definition: ${reason}` };
}
