import { checkBakeContradictions, checkContradictions } from './contradictions.ts';
import { mapInputs, readBakeGroups, readGroups } from './definitions.ts';
import { refuseForeignInputs } from './foreign.ts';
import type { InputEnvironment } from './reader.ts';
import { honourVariables } from './report-rows.ts';
import type { BakeStepInputs, BuildInputs, Inputs } from './types.ts';

/**
 * The checked inputs of the `INPUT_*` variables; what is not set takes action.yml's default. Inputs of Docker's actions
 * whose absence would change the result are refused, other unknown ones ignored. Throws InputError that names the input, the value and what is allowed. Touches no file.
 */
export function parseInputs(env: InputEnvironment): Inputs {
  refuseForeignInputs(env, 'main');
  const inputs = readGroups(env);
  checkContradictions(inputs);
  return { ...inputs, report: honourVariables(inputs.report, env) };
}

/** The same of the action `bake`. */
export function parseBakeInputs(env: InputEnvironment): BakeStepInputs {
  refuseForeignInputs(env, 'bake');
  const inputs = readBakeGroups(env);
  checkBakeContradictions(inputs);
  return { ...inputs, report: honourVariables(inputs.report, env) };
}

/**
 * Every value that must not be printed: mask these before anything else is logged. Also each line of a value, because
 * the runner looks at one line at a time, and everything without the white space around it.
 */
export function listSecretValues(inputs: Inputs | BakeStepInputs): readonly string[] {
  return toMasks(mapInputs(inputs, (row, value) => row.listSecrets(value)).flat());
}

/** The same of the variables that `secret-envs` names. */
export function listNamedSecrets(
  { secretEnvs }: Pick<BuildInputs, 'secretEnvs'>,
  env: InputEnvironment,
): readonly string[] {
  return toMasks(secretEnvs.map(({ variable }) => env[variable] ?? ''));
}

function toMasks(values: readonly string[]): readonly string[] {
  const masks = values
    .filter((value) => value.trim() !== '')
    .flatMap((value) => [value, value.trim(), ...listTellingLines(value)]);
  return [...new Set(masks)];
}

/** Not `{`, `},` or one letter: masked by themselves they would cross out every log and hide nothing. */
function listTellingLines(value: string): readonly string[] {
  const lines = value.split(/[\r\n]+/);
  if (lines.length === 1) return [];
  return lines
    .map((line) => line.trim())
    .filter((line) => line.length > 1 && !/^[\s{}[\]()<>,:;"']*$/.test(line));
}
