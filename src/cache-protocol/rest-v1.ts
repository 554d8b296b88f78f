import { isRecord, type JsonRecord, parseJson, readString } from '../json.ts';
import { parseInt64 } from './integer.ts';

/** Messages of the v1 service (cache-protocol.md, section 1). Parsers answer undefined where the shape is another. */

const API_PATH = '_apis/artifactcache/';
export const V1_ACCEPT = 'application/json;api-version=6.0-preview.1';

export type V1Call =
  | { readonly kind: 'lookup'; readonly keys: readonly string[]; readonly version: string }
  | { readonly kind: 'reserve' }
  | { readonly kind: 'chunk'; readonly cacheId: string }
  | { readonly kind: 'commit'; readonly cacheId: string }
  | { readonly kind: 'list'; readonly key: string };

type V1Method = 'GET' | 'POST' | 'PATCH';

/** Method and URL of a call under `ACTIONS_CACHE_URL`, whose path is opaque. */
export function toV1Request(
  baseUrl: string,
  call: V1Call,
): { readonly method: V1Method; readonly url: string } {
  const api = `${baseUrl.replace(/\/+$/, '')}/${API_PATH}`;
  switch (call.kind) {
    case 'lookup': {
      // Keys travel as one value joined by commas: a key may not contain one.
      const keys = encodeURIComponent(call.keys.join(','));
      return { method: 'GET', url: `${api}cache?keys=${keys}&version=${encodeURIComponent(call.version)}` };
    }
    case 'reserve':
      return { method: 'POST', url: `${api}caches` };
    case 'chunk':
      return { method: 'PATCH', url: `${api}caches/${encodeURIComponent(call.cacheId)}` };
    case 'commit':
      return { method: 'POST', url: `${api}caches/${encodeURIComponent(call.cacheId)}` };
    case 'list':
      return { method: 'GET', url: `${api}caches?key=${encodeURIComponent(call.key)}` };
  }
}

/** `unknown`: a path of the v1 API that has no such call; undefined: no path of the v1 API. Any prefix is accepted. */
export function parseV1Call(method: string, url: URL): V1Call | 'unknown' | undefined {
  const at = url.pathname.lastIndexOf(`/${API_PATH}`);
  if (at < 0) return undefined;
  const resource = url.pathname.slice(at + API_PATH.length + 1);
  const cacheId = /^caches\/(\d{1,16})$/.exec(resource)?.[1];
  if (cacheId !== undefined) {
    if (method === 'PATCH') return { kind: 'chunk', cacheId };
    return method === 'POST' ? { kind: 'commit', cacheId } : 'unknown';
  }
  if (resource === 'cache' && method === 'GET') {
    const keys = (url.searchParams.get('keys') ?? '').split(',');
    return { kind: 'lookup', keys, version: url.searchParams.get('version') ?? '' };
  }
  if (resource === 'caches' && method === 'POST') return { kind: 'reserve' };
  if (resource === 'caches' && method === 'GET') {
    return { kind: 'list', key: url.searchParams.get('key') ?? '' };
  }
  return 'unknown';
}

export interface V1Entry {
  readonly cacheKey: string;
  readonly scope: string;
  readonly cacheVersion: string;
  /** ISO 8601. */
  readonly creationTime: string;
  /** undefined in listings. */
  readonly archiveLocation: string | undefined;
}

/** Never with `isAzureBlob`: go-actions-cache would then take its v2 download path. */
export function renderV1Entry(entry: V1Entry): JsonRecord {
  const { cacheKey, scope, cacheVersion, creationTime, archiveLocation } = entry;
  const fields = { cacheKey, scope, cacheVersion, creationTime };
  return archiveLocation === undefined ? fields : { ...fields, archiveLocation };
}

/** undefined for an empty answer or an empty key, both of which are misses. */
export function parseV1Entry(body: unknown): V1Entry | undefined {
  const cacheKey = readString(body, 'cacheKey');
  if (cacheKey === undefined || cacheKey === '') return undefined;
  return {
    cacheKey,
    scope: readString(body, 'scope') ?? '',
    cacheVersion: readString(body, 'cacheVersion') ?? '',
    creationTime: readString(body, 'creationTime') ?? '',
    archiveLocation: readString(body, 'archiveLocation'),
  };
}

export function renderV1List(entries: readonly V1Entry[]): JsonRecord {
  return { totalCount: entries.length, artifactCaches: entries.map(renderV1Entry) };
}

interface V1ReserveRequest {
  readonly key: string;
  readonly version: string;
  /** go-actions-cache does not say it. */
  readonly sizeBytes: number | undefined;
}

export function renderV1ReserveRequest(request: V1ReserveRequest): JsonRecord {
  const { key, version, sizeBytes } = request;
  return sizeBytes === undefined ? { key, version } : { key, version, cacheSize: sizeBytes };
}

export function parseV1ReserveRequest(body: unknown): V1ReserveRequest | undefined {
  const key = readString(body, 'key');
  const version = readString(body, 'version');
  if (!isRecord(body) || key === undefined || version === undefined) return undefined;
  const size = body['cacheSize'];
  const sizeBytes = size === undefined || size === null ? undefined : parseInt64(size);
  return { key, version, sizeBytes };
}

/** `cacheId` is a JSON number, not 0. */
export function renderV1ReserveResponse(cacheId: string): JsonRecord {
  return { cacheId: Number(cacheId) };
}

export function parseV1ReserveResponse(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const cacheId = parseInt64(body['cacheId'] ?? body['cacheID']);
  return cacheId === undefined || cacheId <= 0 ? undefined : String(cacheId);
}

export function renderV1CommitRequest(sizeBytes: number): JsonRecord {
  return { size: sizeBytes };
}

/** The total size in bytes. */
export function parseV1CommitRequest(body: unknown): number | undefined {
  if (!isRecord(body) || body['size'] === undefined) return undefined;
  return parseInt64(body['size']);
}

interface V1Error {
  readonly message: string;
  /** For example `ArtifactCacheItemAlreadyExistsException`. */
  readonly typeKey: string;
}

export function renderV1Error(error: V1Error): JsonRecord {
  return {
    $id: '1',
    innerException: null,
    message: error.message,
    typeName: `Microsoft.Azure.DevOps.ArtifactCache.WebApi.${error.typeKey}, Microsoft.Azure.DevOps.ArtifactCache.WebApi`,
    typeKey: error.typeKey,
    errorCode: 0,
    eventId: 3000,
  };
}

/** From the text of an answer, which may begin with a byte order mark; act and Gitea say `{"error": …}`. */
export function parseV1Error(text: string): V1Error | undefined {
  const body = parseJson(text.replace(/^\uFEFF/, ''));
  const message = readString(body, 'message') ?? readString(body, 'error');
  const typeKey = readString(body, 'typeKey');
  if (message === undefined && typeKey === undefined) return undefined;
  return { message: message ?? '', typeKey: typeKey ?? '' };
}
