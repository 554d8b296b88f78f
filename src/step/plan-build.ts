import process from 'node:process';
import type { Backend } from '../cache/backend.ts';
import type { Measure } from '../plan/build-commit.ts';
import { type PlanInputs, toDefaultPlatform } from '../plan/identity.ts';
import { planRun } from '../plan/plan-run.ts';
import { withholdStaleExport } from '../plan/withheld-export.ts';
import type { PlanDecision } from '../policy/plan.ts';
import type { Step } from './step.ts';

export interface Planning extends Pick<Step, 'env' | 'runner' | 'signal'> {
  /** Relative contexts start here. */
  readonly cwd: string;
  readonly backend: Backend;
  readonly measure: Measure;
}

/** What one build of a step with several may do with its caches. */
export async function planBuild(
  inputs: PlanInputs,
  { env, cwd, runner, backend, signal, measure }: Planning,
): Promise<Pick<PlanDecision, 'plan' | 'isTip' | 'warnings'>> {
  const decided = await planRun(env, inputs, {
    ...{ cwd, rights: backend.rights, measure, signal },
    defaultPlatform: toDefaultPlatform(process.arch),
  });
  const { attempt } = runner.run;
  const { keepsNewer } = backend;
  const withheld = withholdStaleExport(decided.plan, { isTip: decided.isTip, attempt, keepsNewer });
  const warnings = [...decided.warnings, ...(withheld.sentence === undefined ? [] : [withheld.sentence])];
  return { plan: withheld.plan, isTip: decided.isTip, warnings };
}
