import { parseArgs } from 'node:util';
import { InputError, toMessage } from '../errors.ts';

export interface FlagSpec {
  /** What stands for the value in the help, for example `DIR`; undefined: the flag takes no value. */
  readonly value: string | undefined;
  readonly isRepeated?: boolean;
  readonly help: string;
}

/** The values given for each flag; flags without a value have `true`. */
export type FlagValues = Readonly<Record<string, readonly (string | boolean)[]>>;

/** Parses `--name value` and `--name=value`. Throws InputError for a flag that is unknown or given twice. */
export function parseFlags(argv: readonly string[], specs: Readonly<Record<string, FlagSpec>>): FlagValues {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      {
        type: spec.value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true as const,
      },
    ]),
  );
  const given = readArgs(argv, options, specs);
  const values: Record<string, readonly (string | boolean)[]> = {};
  for (const [name, list] of Object.entries(given)) {
    if (list === undefined) continue;
    if (list.length > 1 && specs[name]?.isRepeated !== true) {
      throw new InputError(name, `--${name} is given ${list.length} times; once is allowed.`);
    }
    values[name] = list;
  }
  return values;
}

function readArgs(
  argv: readonly string[],
  options: Record<string, { readonly type: 'boolean' | 'string'; readonly multiple: true }>,
  specs: Readonly<Record<string, FlagSpec>>,
) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const known = Object.keys(specs).map((name) => `--${name}`);
    const flag = /'(?:-\w, )?--?([\w-]+)/.exec(toMessage(error))?.[1] ?? 'flags';
    throw new InputError(flag, `${toMessage(error)} Known flags: ${known.join(', ')}.`, { cause: error });
  }
}

export function readFlagText(values: FlagValues, name: string): string | undefined {
  const value = values[name]?.[0];
  return typeof value === 'string' ? value : undefined;
}

/** Throws InputError when it is no number between the bounds. */
export function readNumberFlag(
  values: FlagValues,
  name: string,
  bounds: { readonly min: number; readonly max?: number; readonly isWhole?: boolean },
): number | undefined {
  const text = readFlagText(values, name);
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const { min, max = Number.MAX_SAFE_INTEGER, isWhole = true } = bounds;
  if (value >= min && value <= max && (!isWhole || Number.isInteger(value))) return value;
  const kind = isWhole ? 'a whole number' : 'a number';
  const range = bounds.max === undefined ? `from ${min} up` : `from ${min} to ${max}`;
  throw new InputError(name, `--${name} "${text}" is not ${kind} ${range}.`);
}

export function renderFlags(specs: Readonly<Record<string, FlagSpec>>): string {
  const heads = Object.entries(specs).map(([name, { value }]) =>
    value === undefined ? `--${name}` : `--${name} ${value}`,
  );
  const width = Math.max(...heads.map((head) => head.length));
  const lines = Object.values(specs).map(
    ({ help }, index) => `  ${(heads[index] ?? '').padEnd(width)}  ${help}\n`,
  );
  return lines.join('');
}
