import {
  DOWNLOAD_URL_LIFETIME_MS,
  findKeyFault,
  findVersionFaultV1,
  MAX_JSON_BODY_BYTES,
} from '../cache-protocol/limits.ts';
import { parseContentRange } from '../cache-protocol/range.ts';
import {
  parseV1Call,
  parseV1CommitRequest,
  parseV1ReserveRequest,
  renderV1Entry,
  renderV1List,
  renderV1ReserveResponse,
  type V1Entry,
} from '../cache-protocol/rest-v1.ts';
import { readJson } from './body.ts';
import type { HandlerContext } from './handler-context.ts';
import type { CacheRequest, CacheResponse } from './message.ts';
import { toEmptyResponse, toFailureResponse, toJsonResponse } from './response.ts';
import { type Caller, type LookupHit, ServiceError } from './service.ts';

/** The v1 service, under any path prefix. */
export async function handleV1(context: HandlerContext, request: CacheRequest): Promise<CacheResponse> {
  const call = parseV1Call(request.method, request.url);
  if (call === undefined || call === 'unknown') {
    return toFailureResponse('v1', {
      status: 404,
      message: `no resource ${request.method} ${request.url.pathname}`,
    });
  }
  const caller = await context.service.authenticate(request.headers['authorization']);
  switch (call.kind) {
    case 'lookup':
      return lookup(context, request, caller, call.keys, call.version);
    case 'reserve':
      return reserve(context, request, caller);
    case 'chunk':
      return writeChunk(context, request, caller, call.cacheId);
    case 'commit': {
      const sizeBytes = parseV1CommitRequest(await readJson(request.body, MAX_JSON_BODY_BYTES));
      if (sizeBytes === undefined) throw new ServiceError('invalid_argument', 'the commit names no size');
      await context.service.commit(caller, { kind: 'id', id: call.cacheId }, sizeBytes);
      return toEmptyResponse(204);
    }
    case 'list': {
      const hits = (await context.service.list?.(caller, call.key)) ?? [];
      return toJsonResponse(200, renderV1List(hits.map((hit) => toEntry(hit, undefined))));
    }
  }
}

async function lookup(
  context: HandlerContext,
  request: CacheRequest,
  caller: Caller,
  keys: readonly string[],
  version: string,
): Promise<CacheResponse> {
  const [key = '', ...restoreKeys] = keys;
  refuse(findKeyFault(key) ?? findVersionFaultV1(version));
  const hit = await context.service.lookup(caller, { protocol: 1, key, restoreKeys, version });
  if (hit === undefined) return toEmptyResponse(204);
  const grant = { id: hit.entryId, permission: 'r', lifetimeMs: DOWNLOAD_URL_LIFETIME_MS } as const;
  return toJsonResponse(200, renderV1Entry(toEntry(hit, context.signUrl(request, grant))));
}

async function reserve(
  context: HandlerContext,
  request: CacheRequest,
  caller: Caller,
): Promise<CacheResponse> {
  const message = parseV1ReserveRequest(await readJson(request.body, MAX_JSON_BODY_BYTES));
  if (message === undefined)
    throw new ServiceError('invalid_argument', 'the reservation names no key or version');
  refuse(findKeyFault(message.key) ?? findVersionFaultV1(message.version));
  const { id } = await context.service.reserve(caller, { protocol: 1, ...message });
  return toJsonResponse(201, renderV1ReserveResponse(id));
}

async function writeChunk(
  context: HandlerContext,
  request: CacheRequest,
  caller: Caller,
  cacheId: string,
): Promise<CacheResponse> {
  const range = parseContentRange(request.headers['content-range']);
  if (range === undefined) {
    throw new ServiceError('invalid_argument', 'a chunk needs "Content-Range: bytes <start>-<end>/*"');
  }
  const target = await context.service.upload(cacheId, caller);
  await target.writeAt(range.start, request.body, { sizeBytes: range.end - range.start + 1 });
  return toEmptyResponse(204);
}

function toEntry(hit: LookupHit, archiveLocation: string | undefined): V1Entry {
  return {
    cacheKey: hit.key,
    scope: hit.refScope,
    cacheVersion: hit.version,
    creationTime: hit.createdAt.toISOString(),
    archiveLocation,
  };
}

function refuse(fault: string | undefined): void {
  if (fault !== undefined) throw new ServiceError('invalid_argument', fault);
}
