import type { GatewayReport } from '../gateway/report/report.ts';
import type { CachePlan } from '../policy/types.ts';

/**
 * Why caches of the plan could not be loaded, half a sentence each. BuildKit does not hear of it: to it a cache that
 * cannot be read is one that is not there.
 */
export function listLoadFailures(
  plan: Pick<CachePlan, 'imports' | 'export'>,
  report: Pick<GatewayReport, 'failures'> | undefined,
): readonly string[] {
  // Not by what is new since the step began: the gateway loads at once, and may be done by then.
  const names = [...plan.imports, ...(plan.export === null ? [] : [plan.export])];
  const messages = (report?.failures ?? [])
    .filter(({ step, message }) => step === 'load' && names.some((name) => message.includes(name)))
    .map(({ message }) => message);
  return [...new Set(messages)];
}
