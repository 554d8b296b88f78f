import { isRecord } from '../json.ts';

/** JSON text with the keys of all objects sorted, so that equal values give equal text. `undefined` is null. */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => toCanonicalJson(item)).join(',')}]`;
  if (isRecord(value)) {
    // By code unit, not by locale: the same on every machine.
    const members = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${toCanonicalJson(value[key])}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
