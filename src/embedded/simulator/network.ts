import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { MAX_JSON_BODY_BYTES } from '../../cache-protocol/limits.ts';
import { parseV1Call } from '../../cache-protocol/rest-v1.ts';
import { readRequestText } from '../../cache-server/body.ts';
import { type Call, type CallKind, classifyCall, parseBlobPath } from '../../cache-server/call.ts';
import {
  type CacheHandler,
  type CacheRequest,
  type CacheResponse,
  ConnectionBreak,
} from '../../cache-server/message.ts';
import { toFailureResponse } from '../../cache-server/response.ts';
import { parseJson, readString } from '../../json.ts';
import type { FaultEffect, FaultPlan } from './fault.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { shapeStream } from './shaped-stream.ts';
import type { CallLedger } from './statistics.ts';

interface NetworkOptions {
  /** Before every call. */
  readonly latencyMs: number;
  /** In place of `latencyMs` for calls to blob URLs. */
  readonly blobLatencyMs: number | undefined;
  /** Of one connection, in each direction; undefined: no limit. */
  readonly streamBytesPerSecond: number | undefined;
  /** Of all connections together, in each direction. */
  readonly totalBytesPerSecond: number | undefined;
  readonly faults: FaultPlan;
  readonly ledger: CallLedger;
  /** Key of an upload or an entry by its id. */
  readonly findKey: (id: string) => string | undefined;
  /** Removes an entry. */
  readonly evict: (id: string) => Promise<void>;
  readonly onCall: OnCall | undefined;
}

/** Hears of each call before anything is done about it. */
export type OnCall = (call: CallKind, key: string | undefined) => void;

interface Lines {
  readonly up: readonly Pacer[];
  readonly down: readonly Pacer[];
}

/** Puts a network of that kind, and a book-keeper, in front of a handler. */
export function withNetwork(handler: CacheHandler, options: NetworkOptions): CacheHandler {
  const { faults, ledger, onCall, evict } = options;
  const needsKey = faults.needsKey || onCall !== undefined;
  const toLines = createLines(options);
  return async (request) => {
    const call = classifyCall(request);
    ledger.record(call.kind, { count: 1 });
    try {
      const latencyMs =
        call.dialect === 'blob' ? (options.blobLatencyMs ?? options.latencyMs) : options.latencyMs;
      if (latencyMs > 0) await delay(latencyMs);
      const keyed = needsKey ? await readKey(request, call, options.findKey) : { request, key: undefined };
      onCall?.(call.kind, keyed.key);
      const effect = faults.decide(call.kind, keyed.key);
      const blobId = effect?.kind === 'evict' ? parseBlobPath(request.url.pathname) : undefined;
      if (blobId !== undefined) await evict(blobId);
      const lines = toLines(request.connection);
      const response = await answer(handler, keyed.request, call, effect, lines, ledger);
      if (response.status >= 400) ledger.record(call.kind, { failed: 1 });
      return response;
    } catch (error) {
      ledger.record(call.kind, { failed: 1 });
      throw error;
    }
  };
}

async function answer(
  handler: CacheHandler,
  request: CacheRequest,
  call: Call,
  effect: FaultEffect | undefined,
  lines: Lines,
  ledger: CallLedger,
): Promise<CacheResponse> {
  if (effect !== undefined && effect.delayMs > 0) await delay(effect.delayMs);
  const isUpload = call.kind === 'upload';
  const corruptAtByte = effect?.kind === 'corrupt' ? effect.atByte : undefined;
  const cut = effect?.kind === 'break' && effect.afterBytes !== undefined ? effect : undefined;
  if (effect?.kind === 'status' && effect.when === 'before') return toStatusFault(call, effect, request);
  if (effect?.kind === 'break' && cut === undefined && effect.when === 'before') throw toBreak(effect.manner);

  const shapedRequest = shapeRequest(request, {
    pacers: lines.up,
    breakAfterBytes: isUpload ? cut?.afterBytes : undefined,
    manner: cut?.manner ?? 'reset',
    corruptAtByte: isUpload ? corruptAtByte : undefined,
    onBytes: (bytesIn) => ledger.record(call.kind, { bytesIn }),
  });
  const response = await handler(shapedRequest);
  if (effect?.kind === 'status') {
    discard(response);
    return toStatusFault(call, effect, request);
  }
  if (effect?.kind === 'break' && cut === undefined) {
    discard(response);
    throw toBreak(effect.manner);
  }
  if (response.body === undefined) return response;
  const body = shapeStream(
    response.body instanceof Readable ? response.body : Readable.from([response.body]),
    {
      pacers: lines.down,
      breakAfterBytes: isUpload ? undefined : cut?.afterBytes,
      manner: cut?.manner ?? 'reset',
      corruptAtByte: isUpload ? undefined : corruptAtByte,
      onBytes: (bytesOut) => ledger.record(call.kind, { bytesOut }),
    },
  );
  return { ...response, body };
}

/** Bodies that are not there need no line. */
function shapeRequest(request: CacheRequest, shape: Parameters<typeof shapeStream>[1]): CacheRequest {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? '0') > 0;
  return hasBody ? { ...request, body: shapeStream(request.body, shape) } : request;
}

function toStatusFault(
  call: Call,
  effect: FaultEffect & { readonly kind: 'status' },
  request: CacheRequest,
): CacheResponse {
  const { status, message, retryAfterSeconds } = effect;
  return toFailureResponse(
    call.dialect,
    { status, message, retryAfterSeconds },
    request.headers['x-ms-version'],
  );
}

function toBreak(manner: 'reset' | 'close'): ConnectionBreak {
  return new ConnectionBreak('broken by the fault file', manner);
}

function discard(response: CacheResponse): void {
  if (response.body instanceof Readable) response.body.destroy();
}

/** Speeds are kept for each connection as long as it lives, and for all of them together. */
function createLines(options: NetworkOptions): (connection: object) => Lines {
  const { streamBytesPerSecond, totalBytesPerSecond } = options;
  const toPacers = (bytesPerSecond: number | undefined): readonly Pacer[] =>
    bytesPerSecond === undefined ? [] : [createPacer(bytesPerSecond)];
  const total = { up: toPacers(totalBytesPerSecond), down: toPacers(totalBytesPerSecond) };
  const known = new WeakMap<object, Lines>();
  return (connection) => {
    const lines = known.get(connection) ?? {
      up: [...total.up, ...toPacers(streamBytesPerSecond)],
      down: [...total.down, ...toPacers(streamBytesPerSecond)],
    };
    known.set(connection, lines);
    return lines;
  };
}

/** The key that a call is about. Reading it from a JSON body uses the body up: go on with the request in the answer. */
async function readKey(
  request: CacheRequest,
  call: Call,
  findKey: (id: string) => string | undefined,
): Promise<{ readonly request: CacheRequest; readonly key: string | undefined }> {
  const blobId = parseBlobPath(request.url.pathname);
  if (call.dialect === 'blob') return { request, key: blobId === undefined ? undefined : findKey(blobId) };
  const v1 = parseV1Call(request.method, request.url);
  if (v1 !== undefined && v1 !== 'unknown') {
    if (v1.kind === 'lookup') return { request, key: v1.keys[0] };
    if (v1.kind === 'list') return { request, key: v1.key };
    if (v1.kind !== 'reserve') return { request, key: findKey(v1.cacheId) };
  }
  const text = await readRequestText(request.body, MAX_JSON_BODY_BYTES);
  const body = Readable.from(text === '' ? [] : [Buffer.from(text)]);
  return { request: { ...request, body }, key: readString(parseJson(text), 'key') };
}
