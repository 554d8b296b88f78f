import type { ProtocolVersion } from '../cache-server/service.ts';

/** v1 folds the case of keys, v2 does not. */
export function foldKey(key: string, protocol: ProtocolVersion): string {
  return protocol === 1 ? key.toLowerCase() : key;
}

/**
 * The order within one scope: for the key and then each restore key the exact match, else the newest that begins with
 * it (cache-protocol.md, section 4.2).
 * @param newestFirst the scope's entries of the version asked for
 */
export function findMatch<T extends { readonly key: string }>(
  newestFirst: readonly T[],
  keys: readonly string[],
  protocol: ProtocolVersion,
): T | undefined {
  for (const wanted of keys.map((key) => foldKey(key, protocol))) {
    const exact = newestFirst.find((entry) => foldKey(entry.key, protocol) === wanted);
    const hit = exact ?? newestFirst.find((entry) => foldKey(entry.key, protocol).startsWith(wanted));
    if (hit !== undefined) return hit;
  }
  return undefined;
}
