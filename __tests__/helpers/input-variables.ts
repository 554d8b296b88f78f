import { listRows } from '../../src/inputs/definitions.ts';
import { toInputVariables as toVariables } from '../../src/inputs/reader.ts';
import type { Action } from '../../src/inputs/row.ts';

/** The variables as the runner sets them: a name in upper case, its hyphens as they are. */
export function toInputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return toVariables(Object.entries(inputs));
}

/**
 * All that a runner sets for a step of an action, by default the main one: also what the workflow leaves out, with its default or empty. An
 * expression in a default is empty here: there is no matrix, and no token.
 */
export function toStepVariables(
  inputs: Readonly<Record<string, string>>,
  action: Action = 'main',
): Record<string, string> {
  const declared = listRows(action).map(({ name, default: value = '' }) => [
    name,
    value.startsWith('${{') ? '' : value,
  ]);
  return toInputVariables({ ...Object.fromEntries(declared), ...inputs });
}
