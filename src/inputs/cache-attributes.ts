import { InputError, quote } from '../errors.ts';
import { parseList } from './list.ts';
import { hasControlCharacters } from './reader.ts';

/** Where caches can be. */
export const cacheBackends = ['gha', 'registry', 'local', 's3', 'azblob', 'inline', 'none'] as const;

export type CacheBackend = (typeof cacheBackends)[number];

/** The attributes of an entry of `--cache-to` or `--cache-from`, beside those that the plan decides. */
export interface CacheAttributes {
  readonly attrs: Readonly<Record<string, string>>;
  /** Those that are credentials: they never go into an argument list, a file or a log. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** What an attribute may be. */
type AttributeKind = 'text' | 'flag' | 'count' | readonly string[];

type AttributeTable = Readonly<Record<string, AttributeKind>>;

interface BackendAttributes {
  readonly to: AttributeTable;
  readonly from: AttributeTable;
}

const credentials: ReadonlySet<string> = new Set([
  'access_key_id',
  'secret_access_key',
  'session_token',
  'account_key',
  'token',
  'ghtoken',
]);

/** The id of a key opens nothing by itself: hidden all the same, as aws-actions/configure-aws-credentials does. */
export function isCredential(name: string): boolean {
  return credentials.has(name);
}

const exported: AttributeTable = { mode: ['max', 'min'], 'ignore-error': 'flag' };
const layers: AttributeTable = {
  compression: ['gzip', 'zstd', 'estargz', 'uncompressed'],
  'compression-level': 'count',
  'force-compression': 'flag',
  'oci-mediatypes': 'flag',
  'image-manifest': 'flag',
};
const registry: AttributeTable = { ref: 'text', 'registry.insecure': 'flag' };
const bucket: AttributeTable = {
  ...{ bucket: 'text', region: 'text', endpoint_url: 'text', use_path_style: 'flag' },
  ...{ prefix: 'text', blobs_prefix: 'text', manifests_prefix: 'text' },
  ...{ access_key_id: 'text', secret_access_key: 'text', session_token: 'text' },
  ...{ disable_accept_encoding: 'flag', retry_mode: ['standard', 'adaptive'], retry_max_attempts: 'count' },
};
const container: AttributeTable = {
  ...{ account_url: 'text', account_name: 'text', container: 'text', secret_access_key: 'text' },
  ...{ prefix: 'text', blobs_prefix: 'text', manifests_prefix: 'text' },
};
const nothing: BackendAttributes = { to: {}, from: {} };

/** As BuildKit v0.33.1 documents them (README.md, cache/remotecache), but for those that the plan decides. */
const known: Readonly<Record<CacheBackend, BackendAttributes>> = {
  gha: nothing,
  registry: { to: { ...registry, ...exported, ...layers }, from: registry },
  local: { to: { dest: 'text', tag: 'text', ...exported, ...layers }, from: { src: 'text', tag: 'text' } },
  s3: { to: { ...bucket, ...exported, touch_refresh: 'text', upload_parallelism: 'count' }, from: bucket },
  azblob: { to: { ...container, ...exported }, from: container },
  inline: { to: {}, from: registry },
  none: nothing,
};

/** Documented attributes that cannot be given, and why. */
const decided: Readonly<Record<string, string>> = {
  type: '"cache" says it',
  name: 'the plan chooses the name by the event, as the input "scope" says',
  scope: 'the input "scope" says it',
  digest: 'the plan chooses what is imported, by the event; a raw entry of "cache-from" can name a digest',
  reset: 'Hotlayer removes by itself what no index names (input "max-size")',
};

/** The attributes of the input: `key=value`, one a line or comma separated. Its text is never shown: it may hold credentials. */
export function parseAttributes(name: string, text: string | undefined): CacheAttributes {
  const attrs: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const [index, entry] of parseList(name, text, { isHidden: true }).entries()) {
    const equals = entry.indexOf('=');
    const key = entry.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const value = entry.slice(equals + 1).trim();
    if (key === '') fail(name, `entry ${index + 1} is not key=value (its text is not shown)`);
    if (value === '' || hasControlCharacters(value))
      fail(name, `${quote(key)} has ${value === '' ? 'no value' : 'control characters'}`);
    if (key in attrs || key in secrets) fail(name, `${quote(key)} is given twice`);
    if (isCredential(key)) secrets[key] = value;
    else attrs[key] = value;
  }
  return { attrs, secrets };
}

/** Throws InputError for attributes that this back end does not have, or that have a value it would not take. */
export function checkAttributes(name: string, backend: CacheBackend, given: CacheAttributes): void {
  const table = known[backend][name === 'cache-to-attrs' ? 'to' : 'from'];
  const names = Object.keys(table);
  const allowed = names.length === 0 ? 'is none' : `are ${names.join(', ')}`;
  for (const [key, value] of [...Object.entries(given.attrs), ...Object.entries(given.secrets)]) {
    const kind = Object.hasOwn(table, key) ? table[key] : undefined;
    if (kind === undefined) {
      const reason = Object.hasOwn(decided, key) ? decided[key] : undefined;
      const why =
        reason === undefined
          ? `${quote(key)} is no attribute of "cache: ${backend}"`
          : `${quote(key)} is not taken: ${reason}`;
      throw new InputError(name, `input "${name}": ${why}; allowed ${allowed}`);
    }
    const fault = findFault(kind, value);
    if (fault !== undefined) throw new InputError(name, `input "${name}": ${key}=${quote(value)} ${fault}`);
  }
}

/** As Go reads them: strconv.ParseBool, strconv.Atoi. */
function findFault(kind: AttributeKind, value: string): string | undefined {
  if (kind === 'text') return undefined;
  if (kind === 'flag')
    return /^(?:true|false)$/i.test(value) ? undefined : 'is not a boolean; allowed are true and false';
  if (kind === 'count')
    return /^\d{1,6}$/.test(value) && Number(value) > 0
      ? undefined
      : 'is not a number; allowed is a whole number above 0';
  return kind.includes(value) ? undefined : `is unknown; allowed are ${kind.join(', ')}`;
}

/** Directions of a local cache have names of their own. */
const pairs: Readonly<Record<string, string>> = { src: 'dest', dest: 'src' };

/**
 * The attributes of imports and exports: where a cache is said in one of the two inputs only, it is the same for the other.
 * Pure.
 */
export function joinAttributes(
  backend: CacheBackend,
  { to, from }: { readonly to: CacheAttributes; readonly from: CacheAttributes },
): { readonly to: CacheAttributes; readonly from: CacheAttributes } {
  const tables = known[backend];
  return { to: lend(to, from, tables.to), from: lend(from, to, tables.from) };
}

function lend(own: CacheAttributes, other: CacheAttributes, table: AttributeTable): CacheAttributes {
  const select = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) => {
        const name = pairs[key] ?? key;
        return Object.hasOwn(table, name) ? [[name, value] as const] : [];
      }),
    );
  return {
    attrs: { ...select(other.attrs), ...own.attrs },
    secrets: { ...select(other.secrets), ...own.secrets },
  };
}

export function isEmpty({ attrs, secrets }: CacheAttributes): boolean {
  return Object.keys(attrs).length === 0 && Object.keys(secrets).length === 0;
}

function fail(name: string, why: string): never {
  throw new InputError(name, `input "${name}": ${why}; allowed is key=value, one a line or comma separated`);
}
