import { parse, TomlError } from 'smol-toml';
import { InputError, toMessage } from '../errors.ts';
import { isRecord, type JsonRecord } from '../json.ts';
import { daemonConfigKeys, type KeyKind, type KeyTable, ownedKeys } from './daemon-config-keys.ts';

const input = 'buildkitd-config-inline';

/**
 * The parsed `buildkitd-config-inline`, its keys in BuildKit's spelling. Throws InputError for TOML that is malformed, a
 * key that BuildKit does not know (with its full name), one that Hotlayer owns, and a value of the wrong type: buildkitd
 * would ignore the first kind silently.
 */
export function parseDaemonConfig(toml: string): JsonRecord {
  return readTable(parseToml(toml), daemonConfigKeys, []);
}

function parseToml(toml: string): JsonRecord {
  try {
    return parse(toml);
  } catch (error) {
    const where = error instanceof TomlError ? `line ${error.line}, column ${error.column}: ` : '';
    // The library's message goes on with a picture of the place.
    const what = toMessage(error).replace('Invalid TOML document: ', '').split('\n')[0];
    throw new InputError(input, `input "${input}" is not TOML: ${where}${what}`, { cause: error });
  }
}

function readTable(record: JsonRecord, keys: KeyTable, parents: readonly string[]): JsonRecord {
  const result: Record<string, unknown> = {};
  for (const [written, value] of Object.entries(record)) {
    const known = Object.keys(keys).find((key) => key.toLowerCase() === written.toLowerCase());
    const kind = known === undefined ? undefined : keys[known];
    if (known === undefined || kind === undefined) refuseUnknown([...parents, written], Object.keys(keys));
    const path = [...parents, known];
    const owner = ownedKeys[path.join('.')];
    if (owner !== undefined && JSON.stringify(value) !== owner.harmless) {
      refuse(`the key ${name(path)} cannot be set: ${owner.reason}`);
    }
    if (known in result) refuse(`the key ${name(path)} is given twice (letter case does not count)`);
    result[known] = readValue(value, kind, path);
  }
  return result;
}

function readValue(value: unknown, kind: KeyKind, path: readonly string[]): unknown {
  switch (kind.kind) {
    case 'free':
      return value;
    case 'string':
      return typeof value === 'string' ? value : refuseType(path, 'a string');
    case 'strings':
      return isStrings(value) ? value : refuseType(path, 'a list of strings');
    case 'boolean':
      return typeof value === 'boolean' ? value : refuseType(path, 'true or false');
    case 'integer':
      return Number.isInteger(value) ? value : refuseType(path, 'an integer');
    case 'quantity':
      return typeof value === 'string' || Number.isInteger(value)
        ? value
        : refuseType(path, 'a string such as "10GB" or "48h", or an integer');
    case 'labels':
      return isRecord(value) && isStrings(Object.values(value))
        ? value
        : refuseType(path, 'a table of strings');
    case 'table':
      return isRecord(value) ? readTable(value, kind.keys, path) : refuseType(path, 'a table');
    case 'tables':
      if (!Array.isArray(value) || !value.every(isRecord)) return refuseType(path, 'a list of tables');
      return value.map((entry) => readTable(entry, kind.keys, path));
    case 'named':
      if (!isRecord(value)) return refuseType(path, 'a table');
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [
          key,
          isRecord(entry)
            ? readTable(entry, kind.keys, [...path, key])
            : refuseType([...path, key], 'a table'),
        ]),
      );
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/** The full dotted name as TOML has it, for example `registry."docker.io".mirrors`. */
function name(path: readonly string[]): string {
  return path.map((key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
}

function refuseUnknown(path: readonly string[], allowed: readonly string[]): never {
  const written = path.at(-1) ?? '';
  const near = allowed.find((key) => isNear(key.toLowerCase(), written.toLowerCase()));
  const hint =
    near === undefined
      ? `allowed there: ${allowed.join(', ')}`
      : `did you mean ${name([...path.slice(0, -1), near])}?`;
  refuse(`unknown key ${name(path)}; ${hint}`);
}

function refuseType(path: readonly string[], wanted: string): never {
  refuse(`the key ${name(path)} must be ${wanted}`);
}

function refuse(why: string): never {
  throw new InputError(input, `input "${input}": ${why}`);
}

/** At most two letters differ, or one name holds the other. */
function isNear(known: string, written: string): boolean {
  if (written.length > 3 && (known.includes(written) || written.includes(known))) return true;
  let row = Array.from({ length: written.length + 1 }, (_, index) => index);
  for (let i = 1; i <= known.length; i++) {
    const next = [i];
    for (let j = 1; j <= written.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (known[i - 1] === written[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[written.length] ?? 0) <= Math.min(2, Math.floor(known.length / 3));
}
