import { InputError, quote } from '../errors.ts';
import { type CacheAttributes, parseAttributes } from './cache-attributes.ts';
import { parseList } from './list.ts';
import { refuseTilde } from './path.ts';
import { type InputEnvironment, readChoice, readFlag, readLine, readRaw, readTextInput } from './reader.ts';
import { type Action, allActions, type Idle, type InputKind, type Row } from './row.ts';
import type { BuildSecret } from './values.ts';

/** What every row says. */
interface Spec {
  readonly name: string;
  readonly description: string;
  /** By default all that have its group. */
  readonly actions?: readonly Action[];
  readonly idle?: readonly Idle[];
}

interface Defaulted extends Spec {
  readonly default: string;
}

/** Makes a value of the text; throws InputError that names the input. */
type Parse<V> = (name: string, text: string) => V;

export function flag(spec: Spec & { readonly default: boolean }): Row<boolean> {
  const shown = { ...spec, default: String(spec.default) };
  return toRow('flag', shown, (env) => readFlag(env, spec.name, spec.default));
}

/** A boolean, or one more word. */
export function flagOr<const T extends string>(
  spec: Spec & { readonly default: boolean; readonly word: T },
): Row<boolean | T> {
  const shown = { ...spec, default: String(spec.default) };
  return toRow('choice', shown, (env) =>
    readTextInput(env, spec.name) === spec.word
      ? spec.word
      : readFlag(env, spec.name, spec.default, [spec.word]),
  );
}

export function choice<const T extends string>(
  spec: Spec & { readonly allowed: readonly T[]; readonly default: NoInfer<T> },
): Row<T> {
  return toRow('choice', spec, (env) => readChoice(env, spec.name, spec.allowed, spec.default));
}

/** The same without a default that action.yml could declare; undefined when it is not given. */
export function choiceOrElse<const T extends string>(
  spec: Spec & { readonly allowed: readonly T[] },
): Row<T | undefined> {
  return toRow('line', spec, (env) => {
    const [first] = spec.allowed;
    const isGiven = readTextInput(env, spec.name) !== undefined;
    return isGiven && first !== undefined ? readChoice(env, spec.name, spec.allowed, first) : undefined;
  });
}

/** Attributes of a cache, `key=value` each, of which some are credentials. */
export function attributes(spec: Spec): Row<CacheAttributes> {
  const row = toRow('csv', spec, (env) => parseAttributes(spec.name, readTextInput(env, spec.name)));
  return { ...row, isSecret: true, listSecrets: ({ secrets }) => Object.values(secrets) };
}

/** One line without a default; undefined when it is not given. */
export function line<V>(spec: Spec & { readonly parse: Parse<V> }): Row<V | undefined> {
  return toRow('line', spec, (env) => {
    const text = readLine(env, spec.name);
    return text === undefined ? undefined : spec.parse(spec.name, text);
  });
}

export function lineOrDefault<V>(spec: Defaulted & { readonly parse: Parse<V> }): Row<V> {
  return toRow('line', spec, (env) => spec.parse(spec.name, readLine(env, spec.name) ?? spec.default));
}

/** One line; what `parse` makes of nothing is the default, which action.yml cannot declare. */
export function lineOrElse<V>(
  spec: Spec & { readonly parse: (name: string, text: string | undefined) => V },
): Row<V> {
  return toRow('line', spec, (env) => spec.parse(spec.name, readLine(env, spec.name)));
}

/** A line of which white space alone is an error, and not the same as nothing. */
export function untrimmedLine<V>(spec: Spec & { readonly parse: Parse<V> }): Row<V | undefined> {
  return toRow('line', spec, (env) => {
    const text = readRaw(env, spec.name);
    return text === undefined ? undefined : spec.parse(spec.name, text);
  });
}

/** A path of one line, as given. */
export function path(spec: Spec): Row<string | undefined> {
  return { ...line({ ...spec, parse: refuseTilde }), kind: 'path' };
}

/** In milliseconds: of `90`, `90s`, `10m` or `1h`. */
export function duration(spec: Defaulted): Row<number> {
  return { ...lineOrDefault({ ...spec, parse: parseDuration }), kind: 'duration' };
}

/** Text of any length, trimmed; undefined when nothing is left. A default can only be an expression here. */
export function text<V = string>(
  spec: Spec & { readonly default?: `\${{ ${string} }}`; readonly parse: Parse<V> },
): Row<V | undefined> {
  return toRow('text', spec, (env) => {
    const found = readTextInput(env, spec.name);
    return found === undefined ? undefined : spec.parse(spec.name, found);
  });
}

/** The same for one that must never be printed. */
export function secretText(spec: Spec & { readonly default?: `\${{ ${string} }}` }): Row<string | undefined> {
  return {
    ...text({ ...spec, parse: (_, value) => value }),
    isSecret: true,
    listSecrets: (value) => (value === undefined ? [] : [value]),
  };
}

/** One a line or comma separated; each once. */
export function csv(spec: Spec & { readonly parse: Parse<string> }): Row<readonly string[]> {
  return toRow<readonly string[]>('csv', spec, (env) => {
    const entries = parseList(spec.name, readTextInput(env, spec.name));
    return [...new Set(entries.map((entry) => spec.parse(spec.name, entry)))];
  });
}

/** One a line, commas belong to it. */
export function lines<V>(spec: Spec & { readonly parse: Parse<V> }): Row<readonly V[]> {
  return toRow<readonly V[]>('lines', spec, (env) =>
    parseList(spec.name, readTextInput(env, spec.name), { ignoreComma: true }).map((entry) =>
      spec.parse(spec.name, entry),
    ),
  );
}

/** Secrets that are named, one a line, or comma separated as well: what is malformed may hold a value, and is not shown. */
export function hiddenList<V>(
  spec: Spec & {
    readonly kind: 'csv' | 'lines';
    readonly parse: (name: string, entry: string, position: number) => V;
  },
): Row<readonly V[]> {
  const { kind, name, parse } = spec;
  return toRow<readonly V[]>(kind, spec, (env) =>
    parseList(name, readTextInput(env, name), { ignoreComma: kind === 'lines', isHidden: true }).map(
      (entry, index) => parse(name, entry, index + 1),
    ),
  );
}

/** One a line, quotes kept: each entry is CSV itself. */
export function raw<V>(
  spec: Spec & { readonly parse: (name: string, entry: string, position: number) => V },
): Row<readonly V[]> {
  return toRow<readonly V[]>('raw', spec, (env) =>
    parseList(spec.name, readTextInput(env, spec.name), { ignoreComma: true, keepQuotes: true }).map(
      (entry, index) => spec.parse(spec.name, entry, index + 1),
    ),
  );
}

/** One a line, to the byte. */
export function secrets(
  spec: Spec & { readonly parse: (name: string, entry: string, position: number) => BuildSecret },
): Row<readonly BuildSecret[]> {
  const row = toRow<readonly BuildSecret[]>('secrets', spec, (env) =>
    // Raw: white space at the ends of the input belongs to a value.
    parseList(spec.name, readRaw(env, spec.name), { ignoreComma: true, isSecret: true }).map((entry, index) =>
      spec.parse(spec.name, entry, index + 1),
    ),
  );
  return { ...row, isSecret: true, listSecrets: (found) => found.map(({ value }) => value) };
}

/** All in one object of YAML. */
export function secretMap(
  spec: Spec & { readonly parse: (name: string, text: string) => readonly BuildSecret[] },
): Row<readonly BuildSecret[]> {
  const row = toRow<readonly BuildSecret[]>('text', spec, (env) => {
    const found = readTextInput(env, spec.name);
    return found === undefined ? [] : spec.parse(spec.name, readRaw(env, spec.name) ?? found);
  });
  return { ...row, isSecret: true, listSecrets: (found) => found.map(({ value }) => value) };
}

function toRow<V>(
  kind: InputKind,
  {
    name,
    description,
    default: declared,
    actions = allActions,
    idle = [],
  }: Spec & { readonly default?: string },
  read: (env: InputEnvironment) => V,
): Row<V> {
  const facts = { name, kind, description, default: declared, actions, idle };
  return { ...facts, isSecret: false, read, listSecrets: () => [] };
}

function parseDuration(name: string, written: string): number {
  const [, digits, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(written) ?? [];
  if (digits === undefined) {
    throw new InputError(
      name,
      `input "${name}": ${quote(written)} is not a time; allowed are seconds, or a number with s, m or h: 90, 90s, 10m, 1h`,
    );
  }
  const seconds = unit === 'h' ? 3600 : unit === 'm' ? 60 : 1;
  return Number(digits) * seconds * 1000;
}
