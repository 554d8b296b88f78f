import {
  DOWNLOAD_URL_LIFETIME_MS,
  findKeyFault,
  findSizeFault,
  findVersionFault,
  MAX_JSON_BODY_BYTES,
  UPLOAD_URL_LIFETIME_MS,
} from '../cache-protocol/limits.ts';
import {
  parseCreateRequest,
  parseFinalizeRequest,
  parseLookupRequest,
  parseTwirpPath,
  renderCreateResponse,
  renderFinalizeResponse,
  renderLookupResponse,
  type TwirpMethod,
} from '../cache-protocol/twirp.ts';
import type { JsonRecord } from '../json.ts';
import { readJson } from './body.ts';
import type { HandlerContext } from './handler-context.ts';
import type { CacheRequest, CacheResponse } from './message.ts';
import { toFailureResponse, toJsonResponse } from './response.ts';
import { type Caller, ServiceError } from './service.ts';

/** The v2 service: three methods, JSON only. */
export async function handleTwirp(context: HandlerContext, request: CacheRequest): Promise<CacheResponse> {
  const method = parseTwirpPath(request.url.pathname);
  if (request.method !== 'POST' || method === undefined || method === 'unknown') {
    return toBadRoute(`no handler for path "${request.url.pathname}"`);
  }
  const contentType = request.headers['content-type'] ?? 'application/json';
  if (!/^application\/json\b/i.test(contentType))
    return toBadRoute(`unexpected Content-Type: "${contentType}"`);
  const caller = await context.service.authenticate(request.headers['authorization']);
  const body = await readJson(request.body, MAX_JSON_BODY_BYTES);
  return toJsonResponse(200, await callMethod(context, request, method, caller, body));
}

function callMethod(
  context: HandlerContext,
  request: CacheRequest,
  method: TwirpMethod,
  caller: Caller,
  body: unknown,
): Promise<JsonRecord> {
  switch (method) {
    case 'CreateCacheEntry':
      return create(context, request, caller, body);
    case 'FinalizeCacheEntryUpload':
      return finalize(context, caller, body);
    case 'GetCacheEntryDownloadURL':
      return lookup(context, request, caller, body);
  }
}

async function create(
  context: HandlerContext,
  request: CacheRequest,
  caller: Caller,
  body: unknown,
): Promise<JsonRecord> {
  const message = demandMessage(parseCreateRequest(body));
  refuse(findKeyFault(message.key) ?? findVersionFault(message.version));
  try {
    const { id } = await context.service.reserve(caller, { protocol: 2, ...message, sizeBytes: undefined });
    const signedUploadUrl = context.signUrl(request, {
      id,
      permission: 'cw',
      lifetimeMs: UPLOAD_URL_LIFETIME_MS,
    });
    return renderCreateResponse({ ok: true, signedUploadUrl, message: '' });
  } catch (error) {
    // GitHub says this one with 200: clients take the message from there.
    if (!(error instanceof ServiceError) || error.code !== 'write_denied') throw error;
    return renderCreateResponse({ ok: false, signedUploadUrl: '', message: error.message });
  }
}

async function finalize(context: HandlerContext, caller: Caller, body: unknown): Promise<JsonRecord> {
  const { key, version, sizeBytes } = demandMessage(parseFinalizeRequest(body));
  refuse(findKeyFault(key) ?? findVersionFault(version) ?? findSizeFault(sizeBytes));
  const { entryId } = await context.service.commit(caller, { kind: 'key', key, version }, sizeBytes);
  return renderFinalizeResponse({ ok: true, entryId, message: '' });
}

async function lookup(
  context: HandlerContext,
  request: CacheRequest,
  caller: Caller,
  body: unknown,
): Promise<JsonRecord> {
  const message = demandMessage(parseLookupRequest(body));
  refuse(findKeyFault(message.key) ?? findVersionFault(message.version));
  const hit = await context.service.lookup(caller, { protocol: 2, ...message });
  if (hit === undefined) return renderLookupResponse({ ok: false, signedDownloadUrl: '', matchedKey: '' });
  const signedDownloadUrl = context.signUrl(request, {
    id: hit.entryId,
    permission: 'r',
    lifetimeMs: DOWNLOAD_URL_LIFETIME_MS,
  });
  return renderLookupResponse({ ok: true, signedDownloadUrl, matchedKey: hit.key });
}

function demandMessage<T>(message: T | undefined): T {
  if (message === undefined)
    throw new ServiceError('invalid_argument', 'the json request could not be decoded');
  return message;
}

function refuse(fault: string | undefined): void {
  if (fault !== undefined) throw new ServiceError('invalid_argument', fault);
}

function toBadRoute(message: string): CacheResponse {
  return toFailureResponse('twirp', { status: 404, twirpCode: 'bad_route', message });
}
