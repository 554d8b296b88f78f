import type { InputEnvironment } from '../inputs/reader.ts';
import * as log from '../log.ts';
import { readRunFacts } from '../plan/plan-run.ts';
import { toPrintableJson } from '../printable.ts';
import { setOutputs } from '../runner-files.ts';
import { decideWorkflowPlan, type WorkflowPlan } from './decide-plan.ts';
import { readPlanInputs } from './plan-inputs.ts';
import { findDistrust } from './trust.ts';

/** Decides the jobs of the workflow. Throws InputError. */
export async function planWorkflow(env: InputEnvironment): Promise<void> {
  const inputs = readPlanInputs(env);
  const { payload } = await readRunFacts(env);
  const plan = decideWorkflowPlan(inputs, findDistrust(payload, env['GITHUB_REPOSITORY'] ?? ''));
  for (const notice of plan.notices) log.notice(notice);
  for (const { platform, runner } of plan.legs)
    log.info(
      `${platform || "the runner's platform"} on ${typeof runner === 'string' ? runner : runner.join(', ')}`,
    );
  setOutputs(toPlanOutputs(plan), env);
}

/** By their names in workflow/plan/action.yml. */
export function toPlanOutputs(plan: WorkflowPlan): readonly (readonly [name: string, value: string])[] {
  const { step, images } = plan;
  return [
    ['legs', toPrintableJson(plan.legs)],
    ['trusted', String(plan.isTrusted)],
    ['pushed', String(plan.isPushed)],
    ['merged', String(plan.isMerged)],
    ['names', images.names.join('\n')],
    ['references', images.references.join('\n')],
    ['tags', step.tags.join('\n')],
    ['push', String(step.push)],
    ['outputs', step.outputs],
    ['annotations', toList(step.annotations)],
    ['index-annotations', toList(plan.indexAnnotations)],
  ];
}

/** As a list input reads it: an entry with a quote or a line end is quoted as a whole. */
function toList(entries: readonly string[]): string {
  return entries
    .map((entry) => (/["\r\n]/.test(entry) ? `"${entry.replaceAll('"', '""')}"` : entry))
    .join('\n');
}
