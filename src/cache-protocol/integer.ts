/**
 * A protobuf int64 in JSON: a number or a string of digits. Absent is 0, as proto3 omits default values; undefined
 * when it is neither. Values above 2^53 lose precision, which no entry size reaches.
 */
export function parseInt64(value: unknown): number | undefined {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) return Number(value);
  return undefined;
}
