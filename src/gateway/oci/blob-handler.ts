import { parseRange, renderContentRange } from '../../cache-protocol/range.ts';
import { openBody } from '../../cache-server/body.ts';
import type { CacheRequest, CacheResponse } from '../../cache-server/message.ts';
import type { Statistics } from '../report/statistics.ts';
import { type Store, toStoredBytes } from '../store/store.ts';
import type { OciDocuments } from './documents.ts';
import type { OciGuard } from './guard.ts';
import type { HeldBlobs } from './held-blobs.ts';
import { OciError } from './oci-error.ts';
import type { OciTarget } from './route.ts';

type BlobTarget = Extract<OciTarget, { readonly kind: 'blob' }>;

interface BlobHandlerOptions {
  readonly guard: OciGuard;
  readonly documents: OciDocuments;
  readonly held: HeldBlobs;
  readonly store: Store;
  readonly statistics: Statistics;
}

/** `/v2/<repository>/blobs/<digest>` */
export class BlobHandler {
  readonly #options: BlobHandlerOptions;

  constructor(options: BlobHandlerOptions) {
    this.#options = options;
  }

  async handle({ repository, digest }: BlobTarget, request: CacheRequest): Promise<CacheResponse> {
    const { guard, statistics } = this.#options;
    switch (request.method) {
      case 'HEAD':
        statistics.onBuildkit('lookup');
        guard.demandRead(repository);
        return await this.#head(digest);
      case 'GET':
        statistics.onBuildkit('download');
        guard.demandRead(repository);
        return await this.#read(digest, request);
      default:
        throw new OciError('UNSUPPORTED', `${request.method} is not for blobs here`);
    }
  }

  async #head(digest: string): Promise<CacheResponse> {
    const { documents, store, statistics } = this.#options;
    const document = documents.get(digest);
    const isThere = document !== undefined || this.#options.held.has(digest) || (await store.hasBlob(digest));
    statistics.add(isThere ? 'hits' : 'misses');
    if (!isThere) throw toUnknown(digest);
    const sizeBytes = document?.bytes.length ?? store.sizeOf(digest);
    const length: Record<string, string> =
      sizeBytes === undefined ? {} : { 'Content-Length': String(sizeBytes) };
    return { status: 200, headers: { ...toFacts(digest), ...length }, body: undefined };
  }

  async #read(digest: string, request: CacheRequest): Promise<CacheResponse> {
    const { documents, store } = this.#options;
    const document = documents.get(digest);
    // Asked first, as only that waits until it is known what is there.
    if (document === undefined && !(await store.hasBlob(digest))) throw toUnknown(digest);
    const blob =
      document === undefined
        ? await store.openBlob(digest)
        : toStoredBytes(document.bytes, digest, new Date(0));
    const { sizeBytes } = blob;
    const range = parseRange(request.headers['range'], undefined, sizeBytes);
    if (range.kind === 'unsatisfiable')
      throw new OciError('SIZE_INVALID', `the blob has ${sizeBytes} bytes`, {
        status: 416,
        headers: { 'Content-Range': `bytes */${sizeBytes}` },
      });
    const part = range.kind === 'part' ? range : { start: 0, end: sizeBytes - 1 };
    const headers = { ...toFacts(digest), 'Content-Length': String(part.end - part.start + 1) };
    const body = await openBody(blob, part.start, part.end);
    if (range.kind === 'whole') return { status: 200, headers, body };
    return {
      status: 206,
      headers: { ...headers, 'Content-Range': renderContentRange(part, sizeBytes) },
      body,
    };
  }
}

function toFacts(digest: string): Record<string, string> {
  return {
    'Content-Type': 'application/octet-stream',
    'Docker-Content-Digest': digest,
    'Accept-Ranges': 'bytes',
    ETag: `"${digest}"`,
  };
}

function toUnknown(digest: string): OciError {
  return new OciError('BLOB_UNKNOWN', `there is no blob ${digest}`);
}
