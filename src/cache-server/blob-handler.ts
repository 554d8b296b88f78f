import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { isBlockId, parseBlobOperation } from '../cache-protocol/blob.ts';
import { parseBlockList } from '../cache-protocol/blob-xml.ts';
import { MAX_BLOCK_LIST_BYTES, MAX_BLOCKS } from '../cache-protocol/limits.ts';
import { parseRange, renderContentRange } from '../cache-protocol/range.ts';
import { openBody, readRequestText } from './body.ts';
import type { HandlerContext } from './handler-context.ts';
import type { CacheRequest, CacheResponse } from './message.ts';
import { toBlobHeaders, toEmptyResponse, toFailureResponse } from './response.ts';
import { ServiceError, type StoredBlob, type UploadTarget } from './service.ts';

/** Blob URLs: the part of Azure Blob Storage that cache clients use. The signature is the only credential. */
export async function handleBlob(context: HandlerContext, request: CacheRequest): Promise<CacheResponse> {
  const version = request.headers['x-ms-version'];
  const operation = parseBlobOperation(
    request.method,
    request.url.searchParams,
    request.headers['x-ms-blob-type'],
  );
  if (operation.kind === 'unsupported') {
    return toFailureResponse(
      'blob',
      { status: 405, message: "The resource doesn't support the specified HTTP verb." },
      version,
    );
  }
  const verdict = context.signer.verify(request.url);
  if (verdict.kind === 'invalid') {
    const message = `Server failed to authenticate the request. ${verdict.reason}`;
    return toFailureResponse('blob', { status: 403, blobCode: 'AuthenticationFailed', message }, version);
  }
  const needed = operation.kind === 'get' || operation.kind === 'head' ? 'r' : 'cw';
  if (verdict.permission !== needed) {
    const message = 'This request is not authorized to perform this operation using this permission.';
    return toFailureResponse(
      'blob',
      { status: 403, blobCode: 'AuthorizationPermissionMismatch', message },
      version,
    );
  }
  switch (operation.kind) {
    case 'get':
      return download(await context.service.openBlob(verdict.id), request);
    case 'head':
      return toHeadResponse(await context.service.openBlob(verdict.id), request);
    case 'put-block-list': {
      const target = await context.service.upload(verdict.id);
      await putBlockList(target, request);
      return toCreated(request, verdict.id);
    }
    default: {
      const target = await context.service.upload(verdict.id);
      await write(target, operation, request);
      return toCreated(request, verdict.id, operation.kind === 'seal' ? 200 : 201);
    }
  }
}

type WriteOperation = Exclude<
  ReturnType<typeof parseBlobOperation>,
  { readonly kind: 'get' | 'head' | 'put-block-list' | 'unsupported' }
>;

async function write(target: UploadTarget, operation: WriteOperation, request: CacheRequest): Promise<void> {
  const sizeBytes = readLength(request);
  const length = sizeBytes === undefined ? {} : { sizeBytes };
  switch (operation.kind) {
    case 'put-blob':
      return target.writeAt(0, request.body, { truncate: true, ...length });
    case 'put-append-blob':
      return target.writeAt(0, Readable.from([]), { truncate: true });
    case 'append-block':
      return target.append(request.body);
    case 'put-block':
      if (!isBlockId(operation.blockId)) {
        throw new ServiceError(
          'invalid_argument',
          `"${operation.blockId}" is no block id: base64 of at most 64 bytes`,
        );
      }
      return target.putBlock(operation.blockId, request.body, sizeBytes);
    case 'seal':
      // Nothing to do: an entry is immutable from its finalize on.
      return;
  }
}

async function putBlockList(target: UploadTarget, request: CacheRequest): Promise<void> {
  const blockIds = parseBlockList(await readRequestText(request.body, MAX_BLOCK_LIST_BYTES));
  if (blockIds === undefined) throw new ServiceError('invalid_argument', 'the body is no block list');
  if (blockIds.length > MAX_BLOCKS) {
    throw new ServiceError('invalid_block_list', `the list names more than ${MAX_BLOCKS} blocks`);
  }
  await target.putBlockList(blockIds);
}

async function download(blob: StoredBlob, request: CacheRequest): Promise<CacheResponse> {
  const { sizeBytes } = blob;
  const range = parseRange(request.headers['range'], request.headers['x-ms-range'], sizeBytes);
  switch (range.kind) {
    case 'unsatisfiable': {
      const message = 'The range specified is invalid for the current size of the resource.';
      const failure = toFailureResponse('blob', { status: 416, message }, request.headers['x-ms-version']);
      return { ...failure, headers: { ...failure.headers, 'Content-Range': `bytes */${sizeBytes}` } };
    }
    case 'whole': {
      const headers = toBlobFacts(blob, request, sizeBytes);
      const body = sizeBytes === 0 ? undefined : await openBody(blob, 0, sizeBytes - 1);
      return { status: 200, headers, body };
    }
    case 'part': {
      const contentRange = { 'Content-Range': renderContentRange(range, sizeBytes) };
      const headers = { ...toBlobFacts(blob, request, range.end - range.start + 1), ...contentRange };
      return { status: 206, headers, body: await openBody(blob, range.start, range.end) };
    }
  }
}

function toHeadResponse(blob: StoredBlob, request: CacheRequest): CacheResponse {
  return { status: 200, headers: toBlobFacts(blob, request, blob.sizeBytes), body: undefined };
}

function toBlobFacts(blob: StoredBlob, request: CacheRequest, lengthBytes: number): Record<string, string> {
  return {
    ...toBlobHeaders(request.headers['x-ms-version']),
    ETag: `"${blob.etag}"`,
    'Last-Modified': blob.lastModified.toUTCString(),
    'x-ms-blob-type': 'BlockBlob',
    'Accept-Ranges': 'bytes',
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(lengthBytes),
  };
}

function toCreated(request: CacheRequest, id: string, status = 201): CacheResponse {
  return toEmptyResponse(status, {
    ...toBlobHeaders(request.headers['x-ms-version']),
    ETag: `"0x${createHash('sha256').update(`${id} ${Date.now()}`).digest('hex').slice(0, 15).toUpperCase()}"`,
    'Last-Modified': new Date().toUTCString(),
    'x-ms-request-server-encrypted': 'true',
  });
}

/** undefined with chunked transfer, which tells no length. */
function readLength(request: CacheRequest): number | undefined {
  const text = request.headers['content-length'];
  return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : undefined;
}
