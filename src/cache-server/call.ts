import { parseBlobOperation } from '../cache-protocol/blob.ts';
import { type ApiCall, parseApiCall } from '../cache-protocol/github-rest.ts';
import { parseV1Call } from '../cache-protocol/rest-v1.ts';
import { parseTwirpPath } from '../cache-protocol/twirp.ts';
import type { CacheRequest } from './message.ts';

/** What a request is for, whatever the dialect: the unit of statistics, of faults and of limits. */
export type CallKind =
  | 'lookup'
  | 'create'
  | 'finalize'
  | 'list'
  | 'upload'
  | 'block-list'
  | 'download'
  | 'head'
  | 'api-list'
  | 'api-delete'
  | 'api-refs'
  | 'unknown';

export const callKinds = [
  'lookup',
  'create',
  'finalize',
  'list',
  'upload',
  'block-list',
  'download',
  'head',
  'api-list',
  'api-delete',
  'api-refs',
  'unknown',
] as const satisfies readonly CallKind[];

/** The shape that answers and errors have. */
export type Dialect = 'twirp' | 'v1' | 'blob' | 'api';

export interface Call {
  readonly kind: CallKind;
  readonly dialect: Dialect;
}

/** Container of all blob URLs, as on GitHub; the account segment is there for hosts that are not `*.blob.core.windows.net`. */
const blobPath = /^(?:\/devstoreaccount1)?\/actions-cache\/([^/]+)$/;

/** The id in the path of a blob URL; undefined for other paths. */
export function parseBlobPath(pathname: string): string | undefined {
  const id = blobPath.exec(pathname)?.[1];
  try {
    return id === undefined ? undefined : decodeURIComponent(id);
  } catch {
    // A malformed escape names no blob.
    return undefined;
  }
}

/** Path of a blob's URL on that host: `@azure/storage-blob` expects an account segment on all hosts but Azure's own. */
export function toBlobPath(hostname: string, id: string): string {
  const account = hostname.endsWith('.blob.core.windows.net') ? '' : '/devstoreaccount1';
  return `${account}/actions-cache/${encodeURIComponent(id)}`;
}

export function classifyCall(request: Pick<CacheRequest, 'method' | 'url' | 'headers'>): Call {
  const { method, url, headers } = request;
  const twirp = parseTwirpPath(url.pathname);
  if (twirp !== undefined) return { kind: toTwirpKind(twirp), dialect: 'twirp' };
  const v1 = parseV1Call(method, url);
  if (v1 !== undefined) return { kind: v1 === 'unknown' ? 'unknown' : toV1Kind(v1.kind), dialect: 'v1' };
  const isBlob = parseBlobPath(url.pathname) !== undefined;
  const api = isBlob ? undefined : parseApiCall(method, url);
  if (api !== undefined) return { kind: api === 'unknown' ? 'unknown' : toApiKind(api.kind), dialect: 'api' };
  if (!isBlob) return { kind: 'unknown', dialect: 'twirp' };
  return {
    kind: toBlobKind(parseBlobOperation(method, url.searchParams, headers['x-ms-blob-type']).kind),
    dialect: 'blob',
  };
}

function toTwirpKind(method: NonNullable<ReturnType<typeof parseTwirpPath>>): CallKind {
  switch (method) {
    case 'CreateCacheEntry':
      return 'create';
    case 'FinalizeCacheEntryUpload':
      return 'finalize';
    case 'GetCacheEntryDownloadURL':
      return 'lookup';
    case 'unknown':
      return 'unknown';
  }
}

function toV1Kind(kind: 'lookup' | 'reserve' | 'chunk' | 'commit' | 'list'): CallKind {
  switch (kind) {
    case 'lookup':
    case 'list':
      return kind;
    case 'reserve':
      return 'create';
    case 'chunk':
      return 'upload';
    case 'commit':
      return 'finalize';
  }
}

function toApiKind(kind: ApiCall['kind']): CallKind {
  switch (kind) {
    case 'list':
    case 'usage':
      return 'api-list';
    case 'delete-id':
    case 'delete-key':
      return 'api-delete';
    case 'repository':
    case 'ref':
    case 'pull':
      return 'api-refs';
    default:
      return kind satisfies never;
  }
}

function toBlobKind(kind: ReturnType<typeof parseBlobOperation>['kind']): CallKind {
  switch (kind) {
    case 'get':
      return 'download';
    case 'head':
      return 'head';
    case 'put-block-list':
      return 'block-list';
    case 'unsupported':
      return 'unknown';
    default:
      return 'upload';
  }
}
