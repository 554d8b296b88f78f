import type { Attestation, BuildOutput } from '../../inputs/values.ts';
import { isRecord, type JsonRecord, parseJson, readField, readString } from '../../json.ts';
import type { CacheEntry } from './cache-flags.ts';

/** Where the value of a secret is; buildx looks for a variable, and then for a file, of its id where neither is given. */
export interface BakeSecret {
  readonly id: string | undefined;
  /** A path, from the working directory. */
  readonly file: string | undefined;
  /** The name of a variable. */
  readonly variable: string | undefined;
}

/** A target as `buildx bake --print` resolves it: with what it inherits, the overrides and its matrix. */
export interface BakeTarget {
  /** Letters, digits, `_` and `-`: buildx takes no other (bake/bake.go), so `--set` can mean no other target by it. */
  readonly name: string;
  /** A directory, from the working directory, or a URL. */
  readonly context: string;
  /** From the context. */
  readonly dockerfile: string;
  readonly isInline: boolean;
  /** The stage. */
  readonly stage: string | undefined;
  readonly contexts: readonly { readonly name: string; readonly value: string }[];
  /** Build arguments with their values. */
  readonly args: readonly { readonly name: string; readonly value: string }[];
  readonly platforms: readonly string[];
  readonly tags: readonly string[];
  readonly cacheFrom: readonly CacheEntry[];
  readonly cacheTo: readonly CacheEntry[];
  readonly outputs: readonly BuildOutput[];
  readonly secrets: readonly BakeSecret[];
  readonly attests: readonly Attestation[];
  readonly noCache: boolean;
  /** What the steps get of the machine, as given. */
  readonly network: string | undefined;
  readonly shmSize: string | undefined;
  readonly ulimits: readonly string[];
  /** Names of `extra-hosts`. */
  readonly hosts: readonly string[];
  /** It is not asked for, but another target stands on it (`target:NAME`): buildx gives it no output. */
  readonly isLinked: boolean;
}

/** The targets of what `--print` prints, by name; undefined: it is no definition. */
export function parseBakeDefinition(text: string): readonly BakeTarget[] | undefined {
  const targets = readField(parseJson(text), 'target');
  if (!isRecord(targets)) return undefined;
  const values = Object.values(targets);
  const linked = new Set(
    values.flatMap((target) => readEntries(target, 'contexts')).flatMap(({ value }) => findLink(value) ?? []),
  );
  return Object.entries(targets)
    .map(([name, target]) => toTarget(name, target, linked.has(name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function toTarget(name: string, target: unknown, isUsed: boolean): BakeTarget {
  const outputs = readAttributes(target, 'output').map(toTyped);
  return {
    name,
    context: readString(target, 'context') ?? '.',
    dockerfile: readString(target, 'dockerfile') ?? 'Dockerfile',
    isInline: readString(target, 'dockerfile-inline') !== undefined,
    stage: readString(target, 'target'),
    contexts: readEntries(target, 'contexts'),
    args: readEntries(target, 'args'),
    platforms: readStrings(target, 'platforms'),
    tags: readStrings(target, 'tags'),
    cacheFrom: readAttributes(target, 'cache-from').map(toTyped),
    cacheTo: readAttributes(target, 'cache-to').map(toTyped),
    outputs,
    secrets: readRecords(target, 'secret').map((secret) => ({
      id: readString(secret, 'id'),
      file: readString(secret, 'src'),
      variable: readString(secret, 'env'),
    })),
    attests: readAttributes(target, 'attest').map(toTyped),
    noCache: readField(target, 'no-cache') === true,
    network: readString(target, 'network'),
    shmSize: readString(target, 'shm-size'),
    ulimits: readStrings(target, 'ulimits'),
    hosts: Object.keys(readRecord(target, 'extra-hosts')),
    isLinked: isUsed && outputs.length > 0 && outputs.every(({ type }) => type === 'cacheonly'),
  };
}

function findLink(context: string): string | undefined {
  return /^target:(.+)$/.exec(context)?.[1];
}

function toTyped({ type = '', ...attrs }: Readonly<Record<string, string>>): CacheEntry {
  return { type, attrs };
}

/** Objects of texts; buildx writes a switch as true. */
function readAttributes(target: unknown, key: string): readonly Readonly<Record<string, string>>[] {
  return readRecords(target, key).map((entry) =>
    Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, String(value)])),
  );
}

function readRecords(target: unknown, key: string): readonly JsonRecord[] {
  const list = readField(target, key);
  return (Array.isArray(list) ? list : []).filter(isRecord);
}

function readEntries(target: unknown, key: string) {
  return Object.entries(readRecord(target, key)).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ name, value }] : [],
  );
}

function readRecord(target: unknown, key: string): JsonRecord {
  const found = readField(target, key);
  return isRecord(found) ? found : {};
}

function readStrings(target: unknown, key: string): readonly string[] {
  const list: unknown = readField(target, key);
  return Array.isArray(list) ? list.filter((entry): entry is string => typeof entry === 'string') : [];
}
