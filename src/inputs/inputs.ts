import { checkBakeContradictions, checkContradictions, checkSetupContradictions } from './contradictions.ts';
import { mapInputs, readBakeGroups, readCleanupGroups, readGroups, readSetupGroups } from './definitions.ts';
import { refuseForeignInputs } from './foreign.ts';
import { toMasks } from './masks.ts';
import type { InputEnvironment } from './reader.ts';
import { honourVariables } from './report-rows.ts';
import type {
  BakeStepInputs,
  BuildInputs,
  CleanupStepInputs,
  Inputs,
  SetupStepInputs,
  StepInputs,
} from './types.ts';

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

/** The same of the action `setup`. */
export function parseSetupInputs(env: InputEnvironment): SetupStepInputs {
  refuseForeignInputs(env, 'setup');
  const inputs = readSetupGroups(env);
  checkSetupContradictions(inputs);
  return { ...inputs, report: honourVariables(inputs.report, env) };
}

/** The same of the action `cleanup`, which takes the place of none of Docker's. */
export function parseCleanupInputs(env: InputEnvironment): CleanupStepInputs {
  const inputs = readCleanupGroups(env);
  return { ...inputs, report: honourVariables(inputs.report, env) };
}

/**
 * Every value that must not be printed: mask these before anything else is logged. Also each line of a value, because
 * the runner looks at one line at a time, and everything without the white space around it.
 */
export function listSecretValues(inputs: StepInputs): readonly string[] {
  return toMasks(mapInputs(inputs, (row, value) => row.listSecrets(value)).flat());
}

/** The same of the variables that `secret-envs` names. */
export function listNamedSecrets(
  { secretEnvs }: Pick<BuildInputs, 'secretEnvs'>,
  env: InputEnvironment,
): readonly string[] {
  return toMasks(secretEnvs.map(({ variable }) => env[variable] ?? ''));
}
