import { describeLocalBases } from './context-files.ts';
import { describeLostIgnoreFile } from './files.ts';
import { describeForeignInputs } from './foreign.ts';
import { describeForeignFiles } from './foreign-files.ts';
import { describeForeignVariables } from './foreign-variables.ts';
import type { BakeStepInputs, Inputs, SetupStepInputs } from './types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is true of the whole job and not as somebody may expect, such as what was given and has no effect; one sentence a kind. */
export async function listUnheard(
  env: Environment,
  inputs: Inputs,
  workspace: string,
): Promise<readonly string[]> {
  const described = [
    describeForeignInputs(env),
    describeForeignVariables(env, inputs),
    await describeForeignFiles(env, workspace),
    await describeLostIgnoreFile(inputs.build, workspace),
    await describeLocalBases(inputs.build, workspace),
  ];
  return described.filter((sentence) => sentence !== undefined);
}

/** The same of a bake, as far as it is known without its definition. */
export async function listUnheardOfBake(
  env: Environment,
  { bake, daemon }: BakeStepInputs,
  workspace: string,
): Promise<readonly string[]> {
  const described = [
    describeForeignInputs(env, 'bake'),
    describeForeignVariables(env, {
      ...{ build: { platforms: [] }, image: { load: bake.load, outputs: [] }, daemon },
    }),
    await describeForeignFiles(env, workspace),
  ];
  return described.filter((sentence) => sentence !== undefined);
}

/** The same of what later steps get. */
export async function listUnheardOfSetup(
  env: Environment,
  { daemon }: SetupStepInputs,
  workspace: string,
): Promise<readonly string[]> {
  const described = [
    describeForeignInputs(env, 'setup'),
    describeForeignVariables(env, { build: { platforms: [] }, image: { load: false, outputs: [] }, daemon }),
    await describeForeignFiles(env, workspace),
  ];
  return described.filter((sentence) => sentence !== undefined);
}
