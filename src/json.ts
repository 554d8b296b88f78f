/** Reading parsed JSON without trusting its shape: every reader answers undefined where the shape is another. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys, for example `readField(payload, 'pull_request', 'base', 'ref')`. */
export function readField(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (!isRecord(current)) return undefined;
    current = current[key];
  }
  return current;
}

export function readString(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = readField(value, ...keys);
  return typeof found === 'string' ? found : undefined;
}

export function readNumber(value: unknown, ...keys: readonly string[]): number | undefined {
  const found = readField(value, ...keys);
  return typeof found === 'number' ? found : undefined;
}

export function readBoolean(value: unknown, ...keys: readonly string[]): boolean | undefined {
  const found = readField(value, ...keys);
  return typeof found === 'boolean' ? found : undefined;
}

/** The parsed text, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer here, not a fault: the caller says what it means.
    return undefined;
  }
}
