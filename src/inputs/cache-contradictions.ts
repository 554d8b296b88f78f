import { InputError, quote } from '../errors.ts';
import { type CacheBackend, checkAttributes, isEmpty, joinAttributes } from './cache-attributes.ts';
import { isOwnCache } from './cache-entry.ts';
import { isNameOnly } from './image-reference.ts';
import type { CacheInputs } from './types.ts';

/** What a back end cannot do without, in either of the two inputs, and an example of it. */
const needed: Readonly<Partial<Record<CacheBackend, readonly [attribute: string, example: string]>>> = {
  registry: ['ref', 'ref=ghcr.io/acme/app-cache, a repository for caches alone'],
  local: ['dest', 'dest=/var/cache/hotlayer, a directory that outlives the job'],
  s3: ['bucket', 'bucket=acme-ci-cache'],
  azblob: ['account_url', 'account_url=https://acme.blob.core.windows.net'],
};

/** What is exported where nobody says it: an image has no more layers than its own. */
export function toExportMode({ backend, mode, cacheToAttrs }: CacheInputs): 'min' | 'max' {
  const said = mode ?? cacheToAttrs.attrs['mode'] ?? (backend === 'inline' ? 'min' : 'max');
  return said === 'min' ? 'min' : 'max';
}

/** Throws InputError for inputs about the cache that cannot all be meant. */
export function checkCache(cache: CacheInputs): void {
  const { backend } = cache;
  checkAttributes('cache-to-attrs', backend, cache.cacheToAttrs);
  checkAttributes('cache-from-attrs', backend, cache.cacheFromAttrs);
  checkPlace(cache);
  checkTwice(cache);
  checkSameType(cache);
  checkCompression(cache);
  if (backend === 'inline' && cache.mode === 'max')
    refuse(
      'mode',
      '"max" exports layers that the image does not have, and "cache: inline" has no place but the image; allowed is "min", or another back end',
    );
  if (backend === 'none' && (cache.cacheFrom.length > 0 || cache.cacheTo.length > 0))
    refuse(
      cache.cacheFrom.length > 0 ? 'cache-from' : 'cache-to',
      'it has entries, but "cache: none" says that there is no cache; allowed is one of the two',
    );
}

/** Clients of later steps get what is safe to hand out: a stub. */
export function checkSetupCache({ backend }: CacheInputs): void {
  if (backend === 'gha' || backend === 'none') return;
  refuse(
    'cache',
    `${quote(backend)} is for the actions that build; with setup, later steps give their own --cache-from and --cache-to for it; allowed are gha and none`,
  );
}

function checkPlace({ backend, cacheToAttrs, cacheFromAttrs, readOnly }: CacheInputs): void {
  const { to, from } = joinAttributes(backend, { to: cacheToAttrs, from: cacheFromAttrs });
  for (const [name, ref] of [
    ['cache-to-attrs', to.attrs['ref']],
    ['cache-from-attrs', from.attrs['ref']],
  ] as const) {
    if (ref === undefined || isNameOnly(ref)) continue;
    refuse(
      name,
      `ref=${quote(ref)} has a tag or a digest, and the plan chooses the tag by the event; allowed is the name of a repository`,
    );
  }
  // A client of buildx has one environment, and a door one key.
  if (Object.entries(to.secrets).some(([name, value]) => from.secrets[name] !== value))
    refuse(
      'cache-from-attrs',
      'its credentials are others than those of "cache-to-attrs"; allowed is one of the two',
    );
  const need = needed[backend];
  if (need === undefined) return;
  const [attribute, example] = need;
  const isThere = to.attrs[attribute] !== undefined || (readOnly && !isEmpty(from));
  if (isThere) return;
  refuse(
    'cache',
    `${quote(backend)} needs ${attribute}=… in "cache-to-attrs"; allowed is for example ${example}`,
  );
}

/** What an attribute says an input may not say as well. */
function checkTwice({ cacheToAttrs, mode, compression, compressionLevel }: CacheInputs): void {
  const { attrs } = cacheToAttrs;
  const inputs = [
    ['mode', mode],
    ['compression', compression === 'auto' ? undefined : compression],
    ['compression-level', compressionLevel],
  ] as const;
  for (const [name, value] of inputs) {
    if (value === undefined || attrs[name] === undefined) continue;
    refuse(name, `"cache-to-attrs" has ${name}= too; allowed is one of the two`);
  }
}

function checkCompression(cache: CacheInputs): void {
  const { backend, compression, compressionLevel, gateway } = cache;
  const hasGateway = (backend === 'gha' || backend === 's3') && gateway !== false;
  if (compression === 'zstd' && hasGateway && cache.cacheTo.some(({ type }) => type === 'registry'))
    refuse(
      'compression',
      '"zstd" exports the cache as a registry\'s, which BuildKit could not tell from type=registry in "cache-to"; allowed is one of the two',
    );
  const obstacle = findZstdObstacle(cache, hasGateway);
  if (compression === 'zstd' && obstacle !== undefined)
    refuse('compression', `"zstd" ${obstacle}; allowed is one of the two`);
  if (compressionLevel === undefined) return;
  if (compression === 'gzip')
    refuse(
      'compression-level',
      'it is the level of zstd, but "compression" says gzip, which has one level; allowed is one of the two',
    );
  if (obstacle !== undefined)
    refuse(
      'compression-level',
      `it is the level of zstd, which ${obstacle.replace(', which', ' that')}; allowed is one of the two`,
    );
}

/** Why the layers of the cache cannot be zstd; undefined: they can. */
function findZstdObstacle({ backend }: CacheInputs, hasGateway: boolean): string | undefined {
  switch (backend) {
    case 'gha':
    case 's3':
      // BuildKit's own clients of both export gzip at one level (cache/remotecache).
      return hasGateway ? undefined : 'needs the gateway, which "gateway: false" leaves out';
    case 'azblob':
      return 'is nothing that BuildKit exports to "cache: azblob"';
    case 'inline':
      return 'is nothing that "cache: inline" can choose, as its layers are those of the image';
    case 'none':
      return 'needs a cache, and "cache: none" says that there is none';
    case 'registry':
    case 'local':
      return undefined;
    default:
      return backend satisfies never;
  }
}

/** BuildKit names all exports of a type alike (cache/remotecache), so that nobody could tell how each of two has ended. */
function checkSameType({ backend, cacheFrom, cacheTo }: CacheInputs): void {
  for (const [name, entries] of [
    ['cache-from', cacheFrom],
    ['cache-to', cacheTo],
  ] as const) {
    if (backend === 'gha' || backend === 'none' || !entries.some(isOwnCache)) continue;
    refuse(
      name,
      `type=gha would need the runner's own token in BuildKit, which "cache: ${backend}" does not give it; allowed is "cache: gha", with the entry of the other type here`,
    );
  }
  if (backend === 'gha' || !cacheTo.some(({ type }) => type === backend)) return;
  refuse(
    'cache-to',
    `it has type=${backend} beside "cache: ${backend}", and BuildKit does not tell two exports of one type apart; allowed is another type there`,
  );
}

function refuse(name: string, why: string): never {
  throw new InputError(name, `input "${name}": ${why}`);
}
