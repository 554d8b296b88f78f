/**
 * Where in a bucket the entries of the gateway lie. The numbers of manifests are counted down, so that a list, which is
 * in the order of its keys, begins with the newest one: one call for one key, however many old ones there are.
 */
export type ObjectKey =
  | { readonly kind: 'manifest'; readonly key: string }
  /** All manifests of a cache scope. */
  | { readonly kind: 'manifests'; readonly prefix: string }
  | { readonly kind: 'pack'; readonly key: string }
  /** Nothing of ours, so it is not there. */
  | { readonly kind: 'other' };

const highest = 999_999_999_999_999;
const manifestEntry = /^hotlayer-manifest-1-([a-z0-9_.-]{1,255})#([1-9][0-9]{0,14})?$/;
const packEntry = /^hotlayer-pack-1-([a-z0-9_.-]{1,255})$/;

/** @param prefix of the bucket: empty, or with a slash at its end */
export function toObjectKey(prefix: string, entryKey: string): ObjectKey {
  const folded = entryKey.toLowerCase();
  const [manifest, cacheScope = '', number] = manifestEntry.exec(folded) ?? [];
  if (manifest !== undefined && isPlainName(cacheScope)) {
    const directory = `${prefix}manifests/${cacheScope}/`;
    if (number === undefined) return { kind: 'manifests', prefix: directory };
    return { kind: 'manifest', key: `${directory}${String(highest - Number(number)).padStart(15, '0')}` };
  }
  const name = packEntry.exec(folded)?.[1];
  return name === undefined || !isPlainName(name)
    ? { kind: 'other' }
    : { kind: 'pack', key: `${prefix}packs/${name}` };
}

/** The entry of a manifest that a list has answered; undefined: it is none. */
export function toManifestEntry(prefix: string, objectKey: string): string | undefined {
  if (!objectKey.startsWith(`${prefix}manifests/`)) return undefined;
  const rest = objectKey.slice(`${prefix}manifests/`.length);
  const [found, cacheScope = '', digits = ''] = /^([a-z0-9_.-]{1,255})\/([0-9]{15})$/.exec(rest) ?? [];
  const number = highest - Number(digits);
  return found === undefined || number < 1 ? undefined : `hotlayer-manifest-1-${cacheScope}#${number}`;
}

/** Some stores, and some proxies, resolve such parts of a path. */
function isPlainName(name: string): boolean {
  return name !== '.' && name !== '..';
}
