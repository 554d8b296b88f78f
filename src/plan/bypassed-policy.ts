import { isOwnCache } from '../inputs/cache-entry.ts';
import type { CacheSource } from '../inputs/values.ts';
import type { CachePlan } from '../policy/types.ts';

/**
 * What to say of raw entries that export where the plan does not, or only to a pull request's own place; undefined: nothing.
 * A cache in the image goes where the image goes. Pure.
 */
export function describeBypass(cacheTo: readonly CacheSource[], plan: CachePlan): string | undefined {
  const types = cacheTo
    .filter((entry) => !isOwnCache(entry) && entry.type !== 'inline')
    .map(({ type }) => type);
  const isLimited = plan.export === null || plan.exportRef?.kind === 'pr';
  if (types.length === 0 || !isLimited || plan.code === 'call') return undefined;
  const why =
    plan.export === null ? `exports nothing by itself (${plan.code})` : 'exports to a place of its own';
  return `"cache-to" has type=${[...new Set(types)].join(' and type=')}, which goes around the policy: this run ${why}, and those entries are exported all the same. What a branch imports from there, this run can write; "cache" and "cache-to-attrs" put such a place under the policy.`;
}
