import { isRecord, type JsonRecord, parseJson, readBoolean, readString } from '../json.ts';
import { parseInt64 } from './integer.ts';

/** Messages of the v2 service (cache-protocol.md, section 2). Parsers answer undefined where the shape is another. */

export type TwirpMethod = 'CreateCacheEntry' | 'FinalizeCacheEntryUpload' | 'GetCacheEntryDownloadURL';

const SERVICE_PATH = '/twirp/github.actions.results.api.v1.CacheService/';

export function toTwirpPath(method: TwirpMethod): string {
  return `${SERVICE_PATH}${method}`;
}

/** `unknown`: a Twirp path of another service or method; undefined: no Twirp path at all. */
export function parseTwirpPath(pathname: string): TwirpMethod | 'unknown' | undefined {
  if (!pathname.startsWith('/twirp/')) return undefined;
  switch (pathname) {
    case `${SERVICE_PATH}CreateCacheEntry`:
      return 'CreateCacheEntry';
    case `${SERVICE_PATH}FinalizeCacheEntryUpload`:
      return 'FinalizeCacheEntryUpload';
    case `${SERVICE_PATH}GetCacheEntryDownloadURL`:
      return 'GetCacheEntryDownloadURL';
    default:
      return 'unknown';
  }
}

export interface TwirpCreateRequest {
  readonly key: string;
  readonly version: string;
}

export function renderCreateRequest(request: TwirpCreateRequest): JsonRecord {
  return { key: request.key, version: request.version };
}

export function parseCreateRequest(body: unknown): TwirpCreateRequest | undefined {
  const key = readText(body, 'key');
  const version = readText(body, 'version');
  return key === undefined || version === undefined ? undefined : { key, version };
}

interface CreateResponse {
  readonly ok: boolean;
  readonly signedUploadUrl: string;
  readonly message: string;
}

export function renderCreateResponse(response: CreateResponse): JsonRecord {
  return { ok: response.ok, signed_upload_url: response.signedUploadUrl, message: response.message };
}

export function parseCreateResponse(body: unknown): CreateResponse | undefined {
  const signedUploadUrl = readText(body, 'signed_upload_url', 'signedUploadUrl');
  const message = readText(body, 'message');
  if (signedUploadUrl === undefined || message === undefined) return undefined;
  return { ok: readBoolean(body, 'ok') ?? false, signedUploadUrl, message };
}

interface FinalizeRequest {
  readonly key: string;
  readonly version: string;
  readonly sizeBytes: number;
}

/** The size as a string, the protobuf form of int64, which the service takes from `@actions/cache`. */
export function renderFinalizeRequest(request: FinalizeRequest): JsonRecord {
  return { key: request.key, size_bytes: String(request.sizeBytes), version: request.version };
}

export function parseFinalizeRequest(body: unknown): FinalizeRequest | undefined {
  const key = readText(body, 'key');
  const version = readText(body, 'version');
  const sizeBytes = parseInt64(readField(body, 'size_bytes', 'sizeBytes'));
  if (key === undefined || version === undefined || sizeBytes === undefined) return undefined;
  return { key, version, sizeBytes };
}

interface FinalizeResponse {
  readonly ok: boolean;
  readonly entryId: string;
  readonly message: string;
}

/** `entry_id` must be a string: go-actions-cache fails on a number. */
export function renderFinalizeResponse(response: FinalizeResponse): JsonRecord {
  return { ok: response.ok, entry_id: response.entryId, message: response.message };
}

export function parseFinalizeResponse(body: unknown): FinalizeResponse | undefined {
  const id = readField(body, 'entry_id', 'entryId');
  const message = readText(body, 'message');
  const entryId = id === undefined || id === null ? '' : typeof id === 'number' ? String(id) : id;
  if (typeof entryId !== 'string' || message === undefined) return undefined;
  return { ok: readBoolean(body, 'ok') ?? false, entryId, message };
}

export interface TwirpLookupRequest {
  readonly key: string;
  readonly restoreKeys: readonly string[];
  readonly version: string;
}

export function renderLookupRequest(request: TwirpLookupRequest): JsonRecord {
  return { key: request.key, restore_keys: request.restoreKeys, version: request.version };
}

export function parseLookupRequest(body: unknown): TwirpLookupRequest | undefined {
  const key = readText(body, 'key');
  const version = readText(body, 'version');
  const restoreKeys = readField(body, 'restore_keys', 'restoreKeys') ?? [];
  if (key === undefined || version === undefined || !isTextArray(restoreKeys)) return undefined;
  return { key, restoreKeys, version };
}

interface LookupResponse {
  /** False is a miss. */
  readonly ok: boolean;
  readonly signedDownloadUrl: string;
  readonly matchedKey: string;
}

export function renderLookupResponse(response: LookupResponse): JsonRecord {
  return {
    ok: response.ok,
    signed_download_url: response.signedDownloadUrl,
    matched_key: response.matchedKey,
  };
}

export function parseLookupResponse(body: unknown): LookupResponse | undefined {
  const signedDownloadUrl = readText(body, 'signed_download_url', 'signedDownloadUrl');
  const matchedKey = readText(body, 'matched_key', 'matchedKey');
  if (signedDownloadUrl === undefined || matchedKey === undefined) return undefined;
  return { ok: readBoolean(body, 'ok') ?? false, signedDownloadUrl, matchedKey };
}

interface TwirpError {
  readonly code: string;
  readonly message: string;
}

export function renderTwirpError(error: TwirpError): JsonRecord {
  return { code: error.code, msg: error.message };
}

/** From the text of an answer; undefined when it is not a Twirp error (plain text or HTML of a proxy in between). */
export function parseTwirpError(text: string): TwirpError | undefined {
  const body = parseJson(text);
  const code = readString(body, 'code');
  if (code === undefined) return undefined;
  return { code, message: readString(body, 'msg') ?? readString(body, 'message') ?? '' };
}

/** protobuf's JSON rule: the original field name and its camelCase form are both accepted. */
function readField(body: unknown, name: string, camelName: string): unknown {
  if (!isRecord(body)) return undefined;
  return body[name] ?? body[camelName];
}

/** Absent and null are the default value; undefined when it is something else than text or the body no object. */
function readText(body: unknown, name: string, camelName = name): string | undefined {
  if (!isRecord(body)) return undefined;
  const value = readField(body, name, camelName) ?? '';
  return typeof value === 'string' ? value : undefined;
}

function isTextArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
