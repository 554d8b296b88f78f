import { BUILDKIT_CACHE_VERSION, PACKS_CACHE_VERSION } from '../cache-protocol/version.ts';
import { parseBuildkitKey } from '../gateway/access/buildkit-key.ts';
import { splitManifestKey } from '../gateway/packs/entry-key.ts';

/** A cache as GitHub's REST lists it. Times are milliseconds since 1970. */
export interface CacheEntry {
  readonly id: number;
  /** `refs/heads/main`, as the service wrote it. */
  readonly ref: string;
  readonly key: string;
  readonly version: string;
  readonly sizeBytes: number;
  readonly createdMs: number;
  readonly accessedMs: number;
}

/** Whose an entry is, by its version and key: `@actions/cache` of another tool could choose the key, but not the version. */
export type EntryKind =
  | { readonly kind: 'manifest'; readonly cacheScope: string; readonly number: number }
  | { readonly kind: 'pack' }
  /** Of a Hotlayer that writes other keys: it may name packs, and nobody here can read it. */
  | { readonly kind: 'newer' }
  /** `base` is all before the `#`. */
  | { readonly kind: 'index'; readonly cacheScope: string; readonly base: string; readonly number: number }
  | { readonly kind: 'layer' }
  | { readonly kind: 'tools' }
  | { readonly kind: 'other' };

export function classifyEntry({ key, version }: Pick<CacheEntry, 'key' | 'version'>): EntryKind {
  if (version === PACKS_CACHE_VERSION) {
    if (/^hotlayer-pack-1-/i.test(key)) return { kind: 'pack' };
    const manifest = splitManifestKey(key);
    return manifest === undefined ? { kind: 'newer' } : { kind: 'manifest', ...manifest };
  }
  if (version === BUILDKIT_CACHE_VERSION) {
    const found = parseBuildkitKey(key);
    if (found?.kind === 'blob') return { kind: 'layer' };
    if (found?.kind === 'index' && found.number !== undefined)
      return {
        kind: 'index',
        cacheScope: found.cacheScope,
        base: found.base,
        number: Number(found.number),
      };
    return { kind: 'other' };
  }
  return key.startsWith('hotlayer-tools_') ? { kind: 'tools' } : { kind: 'other' };
}
