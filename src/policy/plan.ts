import { decideExport, type ExportDecision } from './export-rule.ts';
import { decideImports } from './import-chain.ts';
import type { Run } from './run.ts';
import { readRun } from './run.ts';
import type { CachePlan, PolicyInputs, RefName, RunFacts } from './types.ts';

export interface PlanDecision {
  readonly plan: CachePlan;
  /** Whole sentences for annotations; empty when all is as it should be. */
  readonly warnings: readonly string[];
  /** True when GITHUB_SHA is known to be the tip of its branch; absent where nobody asked. Not part of the plan. */
  readonly isTip?: boolean | undefined;
}

/**
 * What a run may import and where it may export; the first export rule that fires decides. Pure.
 *
 * @param nameScope the cache scope of one ref for the build at hand, see `makeNameScope`
 */
export function decidePlan(
  facts: RunFacts,
  inputs: PolicyInputs,
  nameScope: (ref: RefName) => string,
): PlanDecision {
  const run = readRun(facts);
  const chain = decideImports(run, inputs).map((ref) => ({
    kind: ref.kind,
    name: ref.name,
    cacheScope: nameScope(ref),
  }));
  const decision = decideExport(run, inputs);
  const exportRef = decision.ref === undefined ? null : { kind: decision.ref.kind, name: decision.ref.name };
  return {
    plan: {
      imports: chain.map(({ cacheScope }) => cacheScope),
      export: exportRef === null ? null : nameScope(exportRef),
      code: decision.code,
      reason: decision.reason,
      chain,
      exportRef,
    },
    warnings: listWarnings(run, decision),
  };
}

function listWarnings(run: Run, decision: ExportDecision): readonly string[] {
  const { access, cacheMode, eventName } = run.facts;
  const warnings: string[] = [];
  if (access.kind === 'none') {
    warnings.push('There is no ACTIONS_RUNTIME_TOKEN: this build runs without the Actions cache.');
  }
  if (access.kind === 'opaque') {
    warnings.push(
      `ACTIONS_RUNTIME_TOKEN cannot be read: ${access.reason}. This build runs without the Actions cache.`,
    );
  }
  if (decision.code === 'token-read-only') {
    warnings.push(
      'The runtime token of this run cannot write the Actions cache: the next build will not find the steps of this one.',
    );
  }
  if (decision.code === 'context-unknown') {
    warnings.push(
      `Nothing is exported, because the commit of the build context cannot be found out: ${run.facts.contextUnknown}. The next build will not find the steps of this one. Set trusted-context: true if you know that the context is the commit of this run.`,
    );
  }
  if (cacheMode !== undefined && cacheMode.trim() !== '' && run.rights.mode === undefined) {
    warnings.push(
      `ACTIONS_CACHE_MODE is "${cacheMode}", not one of none, read, write, write-only: it is ignored, the runtime token decides.`,
    );
  }
  if (decision.code === 'override' && !run.isTrusted) {
    warnings.push(
      `allow-untrusted-export lets the event "${eventName}" write the cache of branch ${decision.ref?.name}: whoever can cause this event can decide what cached steps of trusted builds yield.`,
    );
  }
  return warnings;
}
