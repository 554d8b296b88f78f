import { isRecord } from '../src/json.ts';

/** Tells whether a value that was read has a type. */
export type Guard<T> = (value: unknown) => value is T;

/** The type that a guard tells. */
export type Guarded<G> = G extends (value: unknown) => value is infer T ? T : never;

type Shape = Readonly<Record<string, Guard<unknown>>>;

export const isText: Guard<string> = (value): value is string => typeof value === 'string';
export const isNumber: Guard<number> = (value): value is number => typeof value === 'number';
export const isFlag: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';

export function isOneOf<const T extends string>(...names: readonly T[]): Guard<T> {
  return (value): value is T => names.some((name) => name === value);
}

export function isOptional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

export function isListOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every((one) => guard(one));
}

/** Names to values. */
export function isMapOf<T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isRecord(value) && Object.values(value).every((one) => guard(one));
}

export function isShaped<S extends Shape>(shape: S): Guard<{ readonly [Name in keyof S]: Guarded<S[Name]> }> {
  return (value): value is { readonly [Name in keyof S]: Guarded<S[Name]> } =>
    isRecord(value) && Object.entries(shape).every(([name, guard]) => guard(value[name]));
}
