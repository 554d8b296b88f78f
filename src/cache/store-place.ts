import { createHash } from 'node:crypto';

/** As the distribution specification has it. */
const maxTagLength = 128;

/** Of a cache scope that is too long: its beginning, which people know it by. */
const keptLength = 100;

/**
 * The name of a cache scope at a store. One whose layers are not gzip has another name: an import must not bring layers
 * that a gzip image would not have. Cache scopes have three parts, so that no name can be another cache scope. Pure.
 */
export function toStoreName(cacheScope: string, compression: string): string {
  return compression === 'gzip' ? cacheScope : `${cacheScope}.${compression}`;
}

/** A tag of a registry for it: valid, and no other name has the same. Pure. */
export function toTag(storeName: string): string {
  if (storeName.length <= maxTagLength) return storeName;
  // 20 digits, where a cache scope ends with 10.
  const hash = createHash('sha256').update(storeName, 'utf8').digest('hex').slice(0, 20);
  return `${storeName.slice(0, keptLength).replace(/[.-]+$/, '')}.${hash}`;
}
