import { describeLostIgnoreFile } from './files.ts';
import { describeForeignInputs } from './foreign.ts';
import { describeForeignFiles } from './foreign-files.ts';
import { describeForeignVariables } from './foreign-variables.ts';
import type { Inputs } from './types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What was given from outside of the declared inputs and has no effect, one sentence a kind. */
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
  ];
  return described.filter((sentence) => sentence !== undefined);
}
