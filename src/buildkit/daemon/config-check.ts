import semver from 'semver';
import { parse, TomlError } from 'smol-toml';
import { InputError, toMessage } from '../../errors.ts';
import { isRecord, type JsonRecord } from '../../json.ts';
import { daemonConfigKeys, type KeyKind, type KeyTable, knownVersion, ownedKeys } from './config-keys.ts';
import { isPathOfProgram, type Place, resolvePlace } from './config-places.ts';
import {
  type ConfigInput,
  describeUnknownKey,
  toKeyName as name,
  refuseConfig as refuse,
} from './config-words.ts';

/** What `buildkitd-config` or `buildkitd-config-inline` says. */
export interface InlineConfig {
  readonly input: ConfigInput;
  /** Its keys in BuildKit's spelling, relative paths resolved; keys that are not known are as they were written. */
  readonly keys: JsonRecord;
  /** A sentence without its subject for each key that is not known. */
  readonly unknown: readonly string[];
  /** What it names on this machine. */
  readonly places: readonly Place[];
}

interface Reading {
  readonly input: ConfigInput;
  readonly workspace: string;
  readonly unknown: string[];
  readonly places: Place[];
}

/**
 * Reads the user's part of buildkitd.toml. Throws InputError for TOML that is malformed, a key that Hotlayer owns (with its full
 * name), and a value of the wrong type. Touches no file.
 *
 * @param workspace where relative paths start
 */
export function parseDaemonConfig(
  toml: string,
  workspace: string,
  input: ConfigInput = 'buildkitd-config-inline',
): InlineConfig {
  const reading: Reading = { input, workspace, unknown: [], places: [] };
  return { ...reading, keys: readTable(parseToml(toml, input), daemonConfigKeys, [], reading) };
}

/**
 * Warnings about keys that are not known; buildkitd passes over such a key silently. Of the version whose keys are known
 * for certain they are faults: throws InputError.
 *
 * @param version of the BuildKit that reads the configuration, as it says itself
 */
export function judgeUnknownKeys({ input, unknown }: InlineConfig, version: string): readonly string[] {
  const [first] = unknown;
  if (first === undefined) return [];
  if (isKnownVersion(version)) refuse(input, `unknown key ${first}`);
  return unknown.map(
    (what) =>
      `input "${input}": unknown key ${what}. It is handed to BuildKit ${version}, which passes over it without a word if it does not know it either (Hotlayer knows the keys of ${knownVersion}).`,
  );
}

function isKnownVersion(version: string): boolean {
  const release = semver.valid(version);
  return release !== null && semver.eq(release, knownVersion);
}

function parseToml(toml: string, input: ConfigInput): JsonRecord {
  try {
    return parse(toml);
  } catch (error) {
    const where = error instanceof TomlError ? `line ${error.line}, column ${error.column}: ` : '';
    // The library's message goes on with a picture of the place.
    const what = toMessage(error).replace('Invalid TOML document: ', '').split('\n')[0];
    throw new InputError(input, `input "${input}" is not TOML: ${where}${what}`, { cause: error });
  }
}

function readTable(
  record: JsonRecord,
  keys: KeyTable,
  parents: readonly string[],
  reading: Reading,
): JsonRecord {
  // A map: a key may be named `__proto__`.
  const result = new Map<string, unknown>();
  for (const [written, value] of Object.entries(record)) {
    const known = Object.keys(keys).find((key) => key.toLowerCase() === written.toLowerCase());
    const kind = known === undefined ? undefined : keys[known];
    if (known === undefined || kind === undefined) {
      reading.unknown.push(describeUnknownKey([...parents, written], Object.keys(keys)));
      result.set(written, value);
      continue;
    }
    const path = [...parents, known];
    const owner = ownedKeys[path.join('.')];
    if (owner !== undefined && JSON.stringify(value) !== owner.harmless) {
      refuse(reading.input, `the key ${name(path)} cannot be set: ${owner.reason}`);
    }
    if (result.has(known))
      refuse(reading.input, `the key ${name(path)} is given twice (letter case does not count)`);
    result.set(known, readValue(value, kind, path, reading));
  }
  return Object.fromEntries(result);
}

function readValue(value: unknown, kind: KeyKind, path: readonly string[], reading: Reading): unknown {
  const refuseType = (at: readonly string[], wanted: string): never =>
    refuse(reading.input, `the key ${name(at)} must be ${wanted}`);
  const resolve = (given: string, expects: Place['expects']): string => {
    const place = resolvePlace({ given, expects, key: name(path) }, reading.workspace, reading.input);
    reading.places.push(place);
    return place.file;
  };
  switch (kind.kind) {
    case 'free':
      return value;
    case 'string':
      return typeof value === 'string' ? value : refuseType(path, 'a string');
    case 'strings':
      return isStrings(value) ? value : refuseType(path, 'a list of strings');
    case 'path':
      if (typeof value !== 'string') return refuseType(path, 'a string');
      // Nothing at all is BuildKit's own default, but for the two files of a pair.
      return value === '' && !path.includes('keypair') ? value : resolve(value, kind.expects);
    case 'paths':
      return isStrings(value)
        ? value.map((given) => resolve(given, kind.expects))
        : refuseType(path, 'a list of strings');
    case 'program':
      if (typeof value !== 'string') return refuseType(path, 'a string');
      return isPathOfProgram(value) ? resolve(value, 'file') : value;
    case 'command': {
      if (!isStrings(value)) return refuseType(path, 'a list of strings');
      const [program, ...args] = value;
      return program !== undefined && isPathOfProgram(program) ? [resolve(program, 'file'), ...args] : value;
    }
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
      return isRecord(value) ? readTable(value, kind.keys, path, reading) : refuseType(path, 'a table');
    case 'tables':
      if (!Array.isArray(value) || !value.every(isRecord)) return refuseType(path, 'a list of tables');
      return value.map((entry) => readTable(entry, kind.keys, path, reading));
    case 'named':
      if (!isRecord(value)) return refuseType(path, 'a table');
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [
          key,
          isRecord(entry)
            ? readTable(entry, kind.keys, [...path, key], reading)
            : refuseType([...path, key], 'a table'),
        ]),
      );
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
