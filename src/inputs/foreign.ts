import { InputError, quote } from '../errors.ts';
import { listRows } from './definitions.ts';
import { foreignInputs } from './foreign-table.ts';
import { findNearest } from './nearest.ts';
import type { InputEnvironment } from './reader.ts';
import type { Action } from './row.ts';

interface GivenInput {
  /** In lower case. */
  readonly name: string;
  /** Trimmed, never empty. */
  readonly value: string;
}

/**
 * Throws InputError for an input of Docker's actions that is not there yet, when the result without it would be another
 * one.
 */
export function refuseForeignInputs(env: InputEnvironment, action: Action): void {
  for (const { name, value } of listForeign(env, action)) {
    const known = findKnown(name);
    if (known?.verdict !== 'refuse') continue;
    throw new InputError(
      name,
      `input "${name}"${showValue(value)}: in Docker's actions it ${known.does}, which Hotlayer does not do yet; allowed is to leave it out${known.remedy === '' ? '' : `: ${known.remedy}`}`,
    );
  }
}

/** One sentence on all inputs that Hotlayer does not have and that change nothing; undefined: there are none. */
export function describeForeignInputs(env: InputEnvironment, action: Action = 'main'): string | undefined {
  const described = listForeign(env, action).flatMap(({ name }) => {
    const known = findKnown(name);
    if (known?.verdict === 'refuse') return [];
    if (known !== undefined)
      return [`${quote(name)} (in Docker's actions it ${known.does}: ${known.remedy})`];
    const nearest = findNearest(name, [
      ...listRows(action).map((row) => row.name),
      ...Object.keys(foreignInputs),
    ]);
    return [nearest === undefined ? quote(name) : `${quote(name)} (did you mean ${quote(nearest)}?)`];
  });
  return described.length === 0
    ? undefined
    : `These inputs have no effect, Hotlayer does not know them: ${described.join(', ')}.`;
}

/** What was given and action.yml does not declare, without the values that ask for nothing. */
function listForeign(env: InputEnvironment, action: Action): readonly GivenInput[] {
  const declared = new Set(listRows(action).map(({ name }) => name));
  // Not Object.keys: the entries hide inputs from whatever enumerates the environment.
  return Object.getOwnPropertyNames(env)
    .filter((variable) => variable.startsWith('INPUT_'))
    .map((variable) => ({
      name: variable.slice('INPUT_'.length).toLowerCase(),
      value: env[variable]?.trim() ?? '',
    }))
    .filter(
      ({ name, value }) =>
        !declared.has(name) && value !== '' && findKnown(name)?.harmless.test(value) !== true,
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Addresses and keys may hold credentials: their value is not shown. */
function showValue(value: string): string {
  return /^[\w.,:=/-]{1,60}$/.test(value) && !value.includes('://') ? ` (${quote(value)})` : '';
}

function findKnown(name: string) {
  return Object.hasOwn(foreignInputs, name) ? foreignInputs[name] : undefined;
}
