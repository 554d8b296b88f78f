import { InputError, quote } from '../errors.ts';

export type InputEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The raw text of an input, untrimmed, as the runner hands it over: `INPUT_` and the name in upper case with spaces
 * as underscores. Hyphens stay, as in @actions/core. Undefined when not set or empty, because the runner sets an
 * empty variable for every declared input that a workflow leaves out.
 */
export function readRaw(env: InputEnvironment, name: string): string | undefined {
  const value = env[toVariable(name)];
  return value === undefined || value === '' ? undefined : value;
}

/** The variables of inputs, as the runner hands them over. */
export function toInputVariables(
  inputs: Iterable<readonly [name: string, value: string]>,
): Record<string, string> {
  return Object.fromEntries(Array.from(inputs, ([name, value]) => [toVariable(name), value]));
}

function toVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/** The trimmed text of an input; undefined when nothing is left. */
export function readTextInput(env: InputEnvironment, name: string): string | undefined {
  const trimmed = readRaw(env, name)?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** A text of one line. Throws InputError on control characters: they never belong in a path, a name or a URL. */
export function readLine(env: InputEnvironment, name: string): string | undefined {
  const value = readTextInput(env, name);
  if (value !== undefined && hasControlCharacters(value)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(value)} has control characters; allowed is one line of text`,
    );
  }
  return value;
}

/**
 * YAML 1.2 core schema, the spellings that core.getBooleanInput takes.
 *
 * @param others what the input may be besides, for the message
 */
export function readFlag(
  env: InputEnvironment,
  name: string,
  fallback: boolean,
  others: readonly string[] = [],
): boolean {
  const value = readTextInput(env, name);
  if (value === undefined) return fallback;
  if (['true', 'True', 'TRUE'].includes(value)) return true;
  if (['false', 'False', 'FALSE'].includes(value)) return false;
  throw new InputError(
    name,
    `input "${name}": ${quote(value)} is not a boolean; allowed are ${others.length === 0 ? 'true and false' : ['true', 'false', ...others].join(', ')}`,
  );
}

export function readChoice<T extends string>(
  env: InputEnvironment,
  name: string,
  allowed: readonly T[],
  fallback: T,
): T {
  const value = readTextInput(env, name);
  if (value === undefined) return fallback;
  const found = allowed.find((choice) => choice === value);
  if (found === undefined) {
    throw new InputError(
      name,
      `input "${name}": unknown value ${quote(value)}; allowed are ${allowed.join(', ')}`,
    );
  }
  return found;
}

export function hasControlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
