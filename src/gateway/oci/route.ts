import { OciError } from './oci-error.ts';

/** What a path of the distribution API names. */
export type OciTarget =
  | { readonly kind: 'root' }
  | { readonly kind: 'manifest'; readonly repository: string; readonly reference: string }
  | { readonly kind: 'blob'; readonly repository: string; readonly digest: string }
  /** Where uploads begin. */
  | { readonly kind: 'uploads'; readonly repository: string }
  | { readonly kind: 'upload'; readonly repository: string; readonly id: string };

const ociPath = '/v2/';

// No escape gets through: nothing that BuildKit asks for needs one.
const repository = '([a-z0-9][a-z0-9._/-]{0,254})';
const manifestPath = new RegExp(`^/v2/${repository}/manifests/([A-Za-z0-9_][A-Za-z0-9_.:-]{0,135})$`);
const uploadsPath = new RegExp(`^/v2/${repository}/blobs/uploads/?$`);
const uploadPath = new RegExp(`^/v2/${repository}/blobs/uploads/([0-9a-f]{32})$`);
const blobPath = new RegExp(`^/v2/${repository}/blobs/([^/]+)$`);

/** True for the paths of this dialect; everything else is the gha cache's. */
export function isOciPath(pathname: string): boolean {
  return pathname === '/v2' || pathname.startsWith(ociPath);
}

/** Throws OciError for what the gateway does not serve. */
export function parseRequestTarget(pathname: string): OciTarget {
  if (pathname === '/v2' || pathname === ociPath) return { kind: 'root' };
  const [, inUploads] = uploadsPath.exec(pathname) ?? [];
  if (inUploads !== undefined) return { kind: 'uploads', repository: inUploads };
  const [, ofUpload, id] = uploadPath.exec(pathname) ?? [];
  if (ofUpload !== undefined && id !== undefined) return { kind: 'upload', repository: ofUpload, id };
  const [, ofManifest, reference] = manifestPath.exec(pathname) ?? [];
  if (ofManifest !== undefined && reference !== undefined)
    return { kind: 'manifest', repository: ofManifest, reference };
  const [, ofBlob, digest] = blobPath.exec(pathname) ?? [];
  if (ofBlob !== undefined && digest !== undefined)
    return { kind: 'blob', repository: ofBlob, digest: demandDigest(digest) };
  throw new OciError('UNSUPPORTED', 'the gateway serves manifests and blobs only', { status: 404 });
}

export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** Throws OciError `DIGEST_INVALID`. */
function demandDigest(text: string): string {
  if (!isDigest(text)) throw new OciError('DIGEST_INVALID', 'the digest is not sha256 and 64 hex digits');
  return text;
}

/** A parameter that may stand once; undefined when it does not. Throws OciError `DIGEST_INVALID`. */
export function readDigestParameter(url: URL, name: string): string | undefined {
  const [first, ...others] = url.searchParams.getAll(name);
  if (first === undefined) return undefined;
  if (others.length > 0) throw new OciError('DIGEST_INVALID', `${name} stands more than once`);
  return demandDigest(first);
}
