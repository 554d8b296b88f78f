import { createHash } from 'node:crypto';

/** The keys that BuildKit's gha cache uses (cache/remotecache/gha/gha.go), taken apart. */
export type BuildkitKey =
  | {
      readonly kind: 'blob';
      /** 64 hex digits: what the bytes hash to or, of a signature, what it signs. */
      readonly sha256: string;
      readonly isSignature: boolean;
    }
  | {
      readonly kind: 'index';
      readonly cacheScope: string;
      /** First 8 hex digits of the ref scope's SHA-256. */
      readonly refHash: string;
      /** All before the `#`. */
      readonly base: string;
      /** `#7`; undefined: the newest, asked for with (exporter) or without (importer) a bare `#`. */
      readonly number: string | undefined;
      readonly hasMark: boolean;
      /** Of a cache with signatures. */
      readonly isSigned: boolean;
    };

const blobPattern = /^buildkit-blob-1-sha256:([0-9a-f]{64})(-sig)?$/;
const indexPattern = /^(index-([A-Za-z0-9_.\-/:@+=~ ]+)-1-([0-9a-f]{8})(-sig)?)(?:(#)([1-9][0-9]{0,14})?)?$/;

/** undefined: no key of BuildKit's. */
export function parseBuildkitKey(key: string): BuildkitKey | undefined {
  const blob = blobPattern.exec(key);
  if (blob?.[1] !== undefined) return { kind: 'blob', sha256: blob[1], isSignature: blob[2] !== undefined };
  const [, base, cacheScope, refHash, signed, mark, number] = indexPattern.exec(key) ?? [];
  if (base === undefined || cacheScope === undefined || refHash === undefined) return undefined;
  return {
    kind: 'index',
    cacheScope,
    refHash,
    base,
    number,
    hasMark: mark !== undefined,
    isSigned: signed !== undefined,
  };
}

/** How BuildKit puts a ref scope into an index key. */
export function toRefHash(refScope: string): string {
  return createHash('sha256').update(refScope).digest('hex').slice(0, 8);
}
