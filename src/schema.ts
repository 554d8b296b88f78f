import type { Infer, Type } from '@badrap/valita';

/** What a schema reads: data that nobody changes. */
export type Parsed<S extends Type> = DeepReadonly<Infer<S>>;

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/** The value as the schema has it, without fields that the schema does not name; undefined: it is something else. */
export function parseAs<T>(schema: Type<T>, value: unknown): T | undefined {
  const result = schema.try(value, { mode: 'strip' });
  return result.ok ? result.value : undefined;
}
