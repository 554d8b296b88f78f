import { InputError, quote } from '../errors.ts';
import { cacheBackends } from './cache-attributes.ts';
import { parseFields } from './list.ts';
import type { BuildOutput, CacheSource } from './values.ts';

/** As buildx knows them; those of the Actions cache are taken and left out (`isOwnCache`). */
const types: readonly string[] = cacheBackends.filter((backend) => backend !== 'none');

/** One raw entry of `cache-from` or `cache-to`, as buildx takes it: `type=…,key=value…`, or the reference of an image. */
export function parseCacheEntry(name: string, entry: string): CacheSource {
  const fields = parseFields(name, entry);
  if (!entry.includes('=')) return { type: 'registry', text: entry };
  let type: string | undefined;
  for (const field of fields) {
    const equals = field.indexOf('=');
    // It may hold credentials: nothing of it is shown.
    if (equals === -1) fail(name, 'a part of an entry is not key=value');
    if (field.slice(0, equals).toLowerCase() === 'type') type = field.slice(equals + 1);
  }
  if (type === undefined || type === '') fail(name, 'an entry has no type');
  if (!types.includes(type)) fail(name, `type=${quote(type)} is no type of a cache`);
  return { type, text: entry };
}

/** The same with its attributes by name. */
export function toCacheAttributes({ type, text }: CacheSource): BuildOutput {
  const pairs = parseFields('cache-to', text).map((field): readonly [string, string] => {
    const equals = field.indexOf('=');
    return [field.slice(0, Math.max(equals, 0)).toLowerCase(), field.slice(equals + 1)];
  });
  return { type, attrs: Object.fromEntries(pairs) };
}

/** True for a raw cache entry that is left out: the gateway serves the planned cache scopes only. */
export function isOwnCache({ type }: CacheSource): boolean {
  return type === 'gha';
}

function fail(name: string, why: string): never {
  throw new InputError(
    name,
    `input "${name}": ${why}; allowed is type=<registry|local|s3|azblob|inline>[,key=value…], one a line`,
  );
}
