import { randomUUID } from 'node:crypto';
import { forEachParallel } from '../async/parallel.ts';
import { BLOB_API_VERSION, toBlockId, toPutBlockListUrl, toPutBlockUrl } from '../cache-protocol/blob.ts';
import { renderBlockList } from '../cache-protocol/blob-xml.ts';
import { renderContentRange } from '../cache-protocol/range.ts';
import { toV1Request } from '../cache-protocol/rest-v1.ts';
import { toV1Headers } from './dialect-v1.ts';
import type { ServiceTicket } from './results.ts';
import { type CallOptions, callForText, describeAnswer, RefusedError, type Session } from './session.ts';
import type { UploadSource } from './upload-source.ts';

/** How an upload is cut. */
export interface TransferShape {
  readonly partBytes: number;
  readonly parallel: number;
}

/** 84 MB/s were measured against GitHub with it; one stream makes a quarter of that. */
export const blockShape: TransferShape = { partBytes: 16 * 1024 * 1024, parallel: 8 };
/** What both v1 clients do, so what servers of v1 are used to. */
export const chunkShape: TransferShape = { partBytes: 32 * 1024 * 1024, parallel: 4 };

const azureHeaders = { 'x-ms-version': BLOB_API_VERSION, 'content-type': 'application/octet-stream' };

/** Sends the bytes of a source in pieces, each retried by itself; all pieces are idempotent. */
export async function uploadSource(
  session: Session,
  ticket: ServiceTicket,
  source: UploadSource,
  shape: TransferShape,
  options: CallOptions,
): Promise<void> {
  if (ticket.protocol === 1) return await uploadChunks(session, ticket.cacheId, source, shape, options);
  const { sizeBytes } = source;
  if (sizeBytes <= shape.partBytes) {
    const headers = { ...azureHeaders, 'x-ms-blob-type': 'BlockBlob' };
    return await sendPart(
      session,
      { url: ticket.url, headers, source, start: 0, end: sizeBytes - 1 },
      options,
    );
  }
  await uploadBlocks(session, ticket.url, source, shape, options);
}

async function uploadBlocks(
  session: Session,
  signedUrl: string,
  source: UploadSource,
  shape: TransferShape,
  options: CallOptions,
): Promise<void> {
  const prefix = randomUUID();
  const parts = cutParts(source.sizeBytes, shape.partBytes);
  await forEachParallel(parts, shape.parallel, async ({ index, start, end }) => {
    const url = toPutBlockUrl(signedUrl, toBlockId(prefix, index));
    await sendPart(session, { url, headers: azureHeaders, source, start, end }, options);
  });
  const list = renderBlockList(parts.map(({ index }) => toBlockId(prefix, index)));
  await callForText(
    session,
    'upload',
    signedUrl,
    options,
    (signal) => ({
      method: 'PUT',
      url: toPutBlockListUrl(signedUrl),
      headers: { 'x-ms-version': BLOB_API_VERSION, 'content-type': 'application/xml' },
      body: list,
      signal,
    }),
    requireSuccess,
  );
}

async function uploadChunks(
  session: Session,
  cacheId: string,
  source: UploadSource,
  shape: TransferShape,
  options: CallOptions,
): Promise<void> {
  await forEachParallel(
    cutParts(source.sizeBytes, shape.partBytes),
    shape.parallel,
    async ({ start, end }) => {
      const { method, url } = toV1Request(session.baseUrl, { kind: 'chunk', cacheId });
      const headers = {
        ...toV1Headers(session),
        'content-type': 'application/octet-stream',
        'content-range': renderContentRange({ start, end }),
      };
      // Chunked, without a length: so do both known clients, and so servers expect it.
      await sendPart(session, { method, url, headers, source, start, end, chunked: true }, options);
    },
  );
}

interface SourcePart {
  readonly method?: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly source: UploadSource;
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
  readonly chunked?: boolean;
}

async function sendPart(session: Session, part: SourcePart, options: CallOptions): Promise<void> {
  const { url, headers, source, start, end } = part;
  const length = end - start + 1;
  await callForText(
    session,
    'upload',
    url,
    options,
    (signal) => ({
      method: part.method ?? 'PUT',
      url,
      headers,
      // A new stream for each try: the one of a broken try is half read.
      body: source.read(start, end),
      ...(part.chunked ? {} : { contentLength: length }),
      signal,
    }),
    requireSuccess,
  );
  session.observer.onBytes('up', length);
}

function requireSuccess(answer: { readonly status: number; readonly text: string }): void {
  if (answer.status >= 200 && answer.status < 300) return;
  throw new RefusedError(answer.status, describeAnswer(answer));
}

export function cutParts(
  sizeBytes: number,
  partBytes: number,
): readonly { readonly index: number; readonly start: number; readonly end: number }[] {
  const parts = [];
  for (let start = 0, index = 0; start < sizeBytes; start += partBytes, index++) {
    parts.push({ index, start, end: Math.min(start + partBytes, sizeBytes) - 1 });
  }
  return parts;
}
