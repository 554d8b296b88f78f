import type { InputEnvironment } from './reader.ts';

/** The actions of this repository that take inputs. */
export type Action = 'main' | 'bake' | 'setup' | 'cleanup';

export const allActions: readonly Action[] = ['main', 'bake', 'setup', 'cleanup'];

/**
 * How the text of an input is read. `csv`, `lines`, `raw` and `secrets` are the lists of Docker's actions (list.ts); of
 * the others each is one value.
 */
export type InputKind =
  | 'flag'
  | 'choice'
  | 'line'
  | 'path'
  | 'duration'
  | 'text'
  | 'csv'
  | 'lines'
  | 'raw'
  | 'secrets';

/** Where an input that somebody gave has no effect; without-effect.ts says when that is, and why. */
export type Idle =
  | 'no-cache'
  | 'nothing-exported'
  | 'exported-during-build'
  | 'not-local'
  | 'not-the-service'
  | 'nothing-pushed'
  | 'config-in-file';

/** One input, without the type of its value. */
export interface RowFacts {
  /** As in action.yml. */
  readonly name: string;
  readonly kind: InputKind;
  /** One sentence for action.yml and README.md. */
  readonly description: string;
  /** As action.yml declares it; undefined: none. An expression (`${{ … }}`) has its value in a job only. */
  readonly default: string | undefined;
  readonly isSecret: boolean;
  /** Of those that have its group. */
  readonly actions: readonly Action[];
  /** The first that holds is told. */
  readonly idle: readonly Idle[];
}

export interface Row<V> extends RowFacts {
  /** Throws InputError that names the input, the value and what is allowed. */
  readonly read: (env: InputEnvironment) => V;
  /** What of the value must never be printed. */
  readonly listSecrets: (value: V) => readonly string[];
}

/** A group of inputs: a row for each field of its values. */
export type Rows<V> = { readonly [K in keyof V]: Row<V[K]> };

export type ValuesOf<R> = {
  readonly [K in keyof R]: R[K] extends { readonly read: (env: InputEnvironment) => infer V } ? V : never;
};

/** What an action takes of a group; what it does not take has its default. */
export function readGroup<V extends object>(rows: Rows<V>, env: InputEnvironment, action: Action): V {
  const values: Partial<V> = {};
  for (const field in rows) values[field] = rows[field].read(rows[field].actions.includes(action) ? env : {});
  if (!isComplete(values, rows)) throw new Error('a row of inputs was not read');
  return values;
}

/** What `visit` answers for each row and its value. */
export function mapRows<V extends object, R>(
  rows: Rows<V>,
  values: V,
  visit: <T>(row: Row<T>, value: T) => R,
): readonly R[] {
  const answers: R[] = [];
  for (const field in rows) answers.push(visit(rows[field], values[field]));
  return answers;
}

/** Was anything but the default given? The runner does not tell whether somebody wrote the default itself. */
export function isGiven<V>(row: Row<V>, value: V): boolean {
  return JSON.stringify(value) !== JSON.stringify(row.read({}));
}

function isComplete<V extends object>(values: Partial<V>, rows: Rows<V>): values is V {
  return Object.keys(rows).every((field) => field in values);
}
