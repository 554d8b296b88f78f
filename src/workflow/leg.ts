import process from 'node:process';
import { parseList } from '../inputs/list.ts';
import { type InputEnvironment, readFlag, readRaw, readTextInput } from '../inputs/reader.ts';
import * as log from '../log.ts';
import { toDefaultPlatform } from '../plan/identity.ts';
import { setOutputs } from '../runner-files.ts';
import { parseLegs, renderLegResult, toLegResult, toWorkflowOutputs } from './leg-result.ts';
import { toReferences } from './references.ts';
import { tellImage, writeWorkflowOutputs } from './tell.ts';

/**
 * Says what the job of a platform has built: in the output `leg-N` for the job that merges, and, where it is the only one,
 * in the outputs of the workflow.
 */
export function reportLeg(env: InputEnvironment): void {
  const index = Number(readTextInput(env, 'index'));
  const legs = parseLegs(readRaw(env, 'legs') ?? '');
  const leg = legs.find((one) => one.index === index);
  const platform = leg?.platform || toDefaultPlatform(process.arch);
  const result = toLegResult({
    platform,
    digest: readTextInput(env, 'digest') ?? '',
    cachePlan: readRaw(env, 'cache-plan') ?? '',
    metadata: readRaw(env, 'metadata') ?? '',
  });
  const { text, isWhole } = renderLegResult(result);
  if (!isWhole) log.notice('The output "metadata" is left out: it is too long for the outputs of a job.');
  setOutputs([[`leg-${index}`, text]], env);
  if (legs.length > 1) return;
  const isPushed = readFlag(env, 'pushed', false);
  const { names, references } = toReferences([], parseList('tags', readRaw(env, 'tags')));
  const digest = result.digest;
  const shown = isWhole ? result : { ...result, metadata: null };
  const pushed = isPushed ? { names, references } : { names: [], references: [] };
  writeWorkflowOutputs(toWorkflowOutputs([shown], { ...pushed, digest }), env);
  if (isPushed && digest !== undefined) tellImage({ names, references, digest, platforms: [platform] }, env);
}
