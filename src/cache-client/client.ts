import { systemClock } from '../async/clock.ts';
import type { ByteRange } from '../cache-protocol/range.ts';
import { renderV1CommitRequest, renderV1ReserveRequest } from '../cache-protocol/rest-v1.ts';
import { renderCreateRequest, renderFinalizeRequest, renderLookupRequest } from '../cache-protocol/twirp.ts';
import { blockShape, chunkShape, type TransferShape, uploadSource } from './block-upload.ts';
import { readV1Create, readV1Finalize, readV1Lookup, toV1JsonRequest } from './dialect-v1.ts';
import { readCreate, readFinalize, readLookup, toTwirpRequest } from './dialect-v2.ts';
import { type DownloadLimits, downloadFile, downloadRange, type FileRegion } from './download.ts';
import type { DownloadSource } from './download-requests.ts';
import { ServiceHealth } from './health.ts';
import { silentObserver } from './observer.ts';
import { createRequestGate } from './request-gate.ts';
import type {
  CreateResult,
  DownloadResult,
  FinalizeResult,
  LookupResult,
  RangeResult,
  ServiceTicket,
  UploadResult,
  UploadTicket,
} from './results.ts';
import { defaultRetryPolicy } from './retry.ts';
import { type CallOptions, callForText, type Session, toFailed } from './session.ts';
import type { UploadSource } from './upload-source.ts';

interface CacheClientOptions
  extends Partial<Omit<Session, 'baseUrl' | 'token' | 'transport'>>,
    Pick<Session, 'baseUrl' | 'token' | 'transport'> {
  readonly protocol: 1 | 2;
  /** For tests; in parts of 16 MiB (v2, downloads) or 32 MiB (v1 uploads) otherwise. */
  readonly shape?: TransferShape;
}

/** A client of a cache service. Nothing here throws for what a service may answer: results say what happened. */
export interface CacheClient {
  lookup(query: LookupRequest, options?: CallOptions): Promise<LookupResult>;
  create(request: CreateRequest, options?: CallOptions): Promise<CreateResult>;
  upload(ticket: UploadTicket, source: UploadSource, options?: CallOptions): Promise<UploadResult>;
  finalize(ticket: UploadTicket, sizeBytes: number, options?: CallOptions): Promise<FinalizeResult>;
  download(
    source: DownloadSource,
    file: string,
    limits: DownloadLimits,
    options?: CallOptions,
  ): Promise<DownloadResult>;
  /** Bytes `start` to `end` of an entry, inclusive, into a place of an open file; one stream, resumed where it broke. */
  downloadRange(
    source: DownloadSource,
    range: ByteRange,
    region: FileRegion,
    options?: CallOptions,
  ): Promise<RangeResult>;
}

export interface LookupRequest {
  /** Matched exactly, then as a prefix. */
  readonly key: string;
  readonly restoreKeys?: readonly string[];
  readonly version: string;
}

export interface CreateRequest {
  readonly key: string;
  readonly version: string;
  /** Told to v1 services, some of which compare it at finalize. */
  readonly sizeBytes?: number;
}

/** The service sees an upload late at times: 5 tries, 2 s apart, as hestia does it. */
const finalizeRetries = { attempts: 6, waitMs: 2000 };

/** For one transfer with everything in it: an upload URL lives that long. */
export const transferDeadlineMs = 60 * 60_000;

export function createCacheClient(options: CacheClientOptions): CacheClient {
  const clock = options.clock ?? systemClock;
  const session: Session = {
    baseUrl: options.baseUrl,
    token: options.token,
    transport: options.transport,
    policy: options.policy ?? defaultRetryPolicy,
    clock,
    gate: options.gate ?? createRequestGate(clock),
    health: options.health ?? new ServiceHealth(clock),
    observer: options.observer ?? silentObserver,
  };
  const { protocol } = options;
  const uploadShape = options.shape ?? (protocol === 2 ? blockShape : chunkShape);
  const transferPolicy = { ...session.policy, deadlineMs: transferDeadlineMs };
  return {
    lookup: (query, call = {}) => lookup(session, protocol, query, call).catch(toFailed),
    create: (request, call = {}) => create(session, protocol, request, call).catch(toFailed),
    upload: (ticket, source, call = {}) =>
      uploadSource(session, toOwn(ticket), source, uploadShape, { policy: transferPolicy, ...call }).then(
        () => ({ kind: 'uploaded' }),
        toFailed,
      ),
    finalize: (ticket, sizeBytes, call = {}) =>
      finalize(session, toOwn(ticket), sizeBytes, call).catch(toFailed),
    download: (source, file, limits, call = {}) =>
      downloadFile(session, source, file, options.shape ?? blockShape, limits, {
        policy: transferPolicy,
        ...call,
      }),
    downloadRange: (source, range, region, call = {}) =>
      downloadRange(session, source, range, region, { policy: transferPolicy, ...call }),
  };
}

function toOwn(ticket: UploadTicket): ServiceTicket {
  if (ticket.protocol === 's3') throw new Error('a ticket of a bucket is for no cache service');
  return ticket;
}

async function lookup(
  session: Session,
  protocol: 1 | 2,
  query: LookupRequest,
  options: CallOptions,
): Promise<LookupResult> {
  const { key, version } = query;
  const others = (query.restoreKeys ?? []).filter((other) => other !== key);
  const restoreKeys = [key, ...others];
  if (protocol === 1) {
    const call = { kind: 'lookup', keys: restoreKeys, version } as const;
    return await callForText(
      session,
      'lookup',
      session.baseUrl,
      options,
      (signal) => toV1JsonRequest(session, call, undefined, signal),
      readV1Lookup,
    );
  }
  // The key is among the restore keys too: there were days when the service looked at nothing else.
  const message = renderLookupRequest({ key, restoreKeys, version });
  return await callForText(
    session,
    'lookup',
    session.baseUrl,
    options,
    (signal) => toTwirpRequest(session, 'GetCacheEntryDownloadURL', message, signal),
    readLookup,
  );
}

async function create(
  session: Session,
  protocol: 1 | 2,
  request: CreateRequest,
  options: CallOptions,
): Promise<CreateResult> {
  const { key, version, sizeBytes } = request;
  let ambiguous = false;
  const noteFailure = (error: { readonly status: number | undefined }) => {
    // A refusal for the rate reserves nothing; after anything else the key may be ours without our knowing.
    if (error.status !== 429) ambiguous = true;
  };
  return await callForText(
    session,
    'create',
    session.baseUrl,
    options,
    (signal) =>
      protocol === 1
        ? toV1JsonRequest(
            session,
            { kind: 'reserve' },
            renderV1ReserveRequest({ key, version, sizeBytes }),
            signal,
          )
        : toTwirpRequest(session, 'CreateCacheEntry', renderCreateRequest({ key, version }), signal),
    (answer) =>
      protocol === 1
        ? readV1Create(answer, key, version, ambiguous)
        : readCreate(answer, key, version, ambiguous),
    noteFailure,
  );
}

async function finalize(
  session: Session,
  ticket: ServiceTicket,
  sizeBytes: number,
  options: CallOptions,
): Promise<FinalizeResult> {
  let ambiguous = false;
  for (let attempt = 1; ; attempt++) {
    const result = await callForText(
      session,
      'finalize',
      session.baseUrl,
      options,
      (signal) => toFinalizeRequest(session, ticket, sizeBytes, signal),
      ticket.protocol === 1 ? readV1Finalize : readFinalize,
      () => {
        ambiguous = true;
      },
    );
    if (result.kind !== 'not-found') return result;
    // A finalize whose answer was lost has closed the reservation: only a look-up can tell.
    if (ambiguous) {
      const { key, version } = ticket;
      const hit = await lookup(session, ticket.protocol, { key, version }, options);
      if (hit.kind === 'hit' && hit.matchedKey.toLowerCase() === key.toLowerCase())
        return { kind: 'finalized' };
    }
    if (attempt >= finalizeRetries.attempts) return result;
    session.observer.onRetry('finalize', result.message, finalizeRetries.waitMs);
    await session.clock.sleep(finalizeRetries.waitMs, options.signal);
  }
}

function toFinalizeRequest(session: Session, ticket: ServiceTicket, sizeBytes: number, signal: AbortSignal) {
  if (ticket.protocol === 1) {
    const call = { kind: 'commit', cacheId: ticket.cacheId } as const;
    return toV1JsonRequest(session, call, renderV1CommitRequest(sizeBytes), signal);
  }
  const { key, version } = ticket;
  const message = renderFinalizeRequest({ key, version, sizeBytes });
  return toTwirpRequest(session, 'FinalizeCacheEntryUpload', message, signal);
}
