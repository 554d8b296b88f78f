/** The blob store's side of the protocol: which Azure Blob operation a request is, and how a client asks for it. */

export const BLOB_API_VERSION = '2024-11-04';

type BlobOperation =
  | { readonly kind: 'get' }
  | { readonly kind: 'head' }
  | { readonly kind: 'put-blob' }
  | { readonly kind: 'put-append-blob' }
  | { readonly kind: 'append-block' }
  | { readonly kind: 'seal' }
  | { readonly kind: 'put-block'; readonly blockId: string }
  | { readonly kind: 'put-block-list' }
  | { readonly kind: 'unsupported' };

/** @param blobType the header `x-ms-blob-type`; a plain PUT without it is taken as Put Blob, as curl users do */
export function parseBlobOperation(
  method: string,
  query: URLSearchParams,
  blobType: string | undefined,
): BlobOperation {
  const comp = query.get('comp');
  if (method === 'GET' && comp === null) return { kind: 'get' };
  if (method === 'HEAD' && comp === null) return { kind: 'head' };
  if (method !== 'PUT') return { kind: 'unsupported' };
  switch (comp) {
    case null:
      return { kind: blobType?.toLowerCase() === 'appendblob' ? 'put-append-blob' : 'put-blob' };
    case 'block':
      return { kind: 'put-block', blockId: query.get('blockid') ?? '' };
    case 'blocklist':
      return { kind: 'put-block-list' };
    case 'appendblock':
      return { kind: 'append-block' };
    case 'seal':
      return { kind: 'seal' };
    default:
      return { kind: 'unsupported' };
  }
}

/** The signed URL with an operation's own parameters added; the signature does not cover them. */
export function toPutBlockUrl(signedUrl: string, blockId: string): string {
  return `${signedUrl}&comp=block&blockid=${encodeURIComponent(blockId)}`;
}

export function toPutBlockListUrl(signedUrl: string): string {
  return `${signedUrl}&comp=blocklist`;
}

/**
 * Block id of the index-th block: base64 of fixed length, since all ids of a blob must be of one length.
 * 48 characters before encoding, as falcondev's server reads the index out of the form that `@azure/storage-blob` uses.
 * @param prefix at most 36 ASCII characters that tell one upload's blocks from another's, such as a UUID
 */
export function toBlockId(prefix: string, index: number): string {
  const text = prefix.slice(0, 36).padEnd(36, '0') + String(index).padStart(12, '0');
  return btoa(text);
}

/** Azure's rule: valid base64 of at most 64 bytes. */
export function isBlockId(text: string): boolean {
  if (text.length === 0 || text.length > 88 || text.length % 4 !== 0) return false;
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}
