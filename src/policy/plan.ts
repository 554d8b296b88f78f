import { decideExport, type ExportDecision } from './export-rule.ts';
import { decideImports } from './import-chain.ts';
import type { Rights } from './rights.ts';
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
 * @param facts whether the run is trusted: event, ref, commit
 * @param rights what its back end lets it do
 * @param nameScope the cache scope of one ref for the build at hand, see `makeNameScope`
 */
export function decidePlan(
  facts: RunFacts,
  rights: Rights,
  inputs: PolicyInputs,
  nameScope: (ref: RefName) => string,
): PlanDecision {
  const run = readRun(facts, rights);
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
  const { facts, rights } = run;
  const warnings = [...rights.warnings];
  if (decision.code === 'context-unknown') {
    warnings.push(
      `Nothing is exported, because the commit of the build context cannot be found out: ${facts.contextUnknown}. The next build will not find the steps of this one. Set trusted-context: true if you know that the context is the commit of this run.`,
    );
  }
  if (decision.code === 'override' && !run.isTrusted) {
    warnings.push(
      `allow-untrusted-export lets the event "${facts.eventName}" write the cache of branch ${decision.ref?.name}: whoever can cause this event can decide what cached steps of trusted builds yield.`,
    );
  }
  return warnings;
}
