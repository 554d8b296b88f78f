import { forEachParallel } from '../async/parallel.ts';
import { cutParts, type TransferShape } from '../cache-client/block-upload.ts';
import type { BucketTicket, FinalizeResult } from '../cache-client/results.ts';
import type { RetryPolicy } from '../cache-client/retry.ts';
import type { CallOptions } from '../cache-client/session.ts';
import type { UploadSource } from '../cache-client/upload-source.ts';
import { toMessage } from '../errors.ts';
import { callS3, S3RefusedError, type S3Session } from './calls.ts';
import type { ConditionalWrites } from './conditional-write.ts';
import { toObjectKey } from './object-key.ts';
import { parseUploadId, renderParts } from './xml.ts';

type Upload =
  /** Written as a whole once it is finalized. */
  | { readonly kind: 'held'; readonly key: string; readonly source: UploadSource }
  | { readonly kind: 'stored' }
  | {
      readonly kind: 'parts';
      readonly key: string;
      readonly uploadId: string;
      readonly tags: readonly string[];
    };

/** Nobody waits for them but the end of the job. */
const abortPolicy: RetryPolicy = { attempts: 3, firstDelayMs: 200, maxDelayMs: 1000, deadlineMs: 5000 };

/** The uploads of one client, from their first byte to the end. What was begun in parts and is not finished is removed. */
export class Uploads {
  readonly #s3: S3Session;
  readonly #shape: TransferShape;
  readonly #writes: ConditionalWrites;
  readonly #uploads = new Map<BucketTicket, Upload>();
  /** Keys by upload id, of all that lie in parts. */
  readonly #inParts = new Map<string, string>();

  constructor(s3: S3Session, shape: TransferShape, writes: ConditionalWrites) {
    this.#s3 = s3;
    this.#shape = shape;
    this.#writes = writes;
  }

  /** Throws what a call throws. */
  async send(ticket: BucketTicket, source: UploadSource, options: CallOptions): Promise<void> {
    const object = toObjectKey(this.#s3.bucket.prefix, ticket.key);
    if (object.kind !== 'manifest' && object.kind !== 'pack')
      throw new Error(`${ticket.key} is no key of an entry`);
    const { key } = object;
    if (object.kind === 'manifest') {
      this.#uploads.set(ticket, { kind: 'held', key, source });
      return;
    }
    if (source.sizeBytes > this.#shape.partBytes) {
      this.#uploads.set(ticket, await this.#sendParts(key, source, options));
      return;
    }
    const bytes = { source, start: 0, end: source.sizeBytes - 1 };
    await callS3(this.#s3, 'upload', { method: 'PUT', key, headers: contentType, bytes }, options);
    this.#s3.session.observer.onBytes('up', source.sizeBytes);
    this.#uploads.set(ticket, { kind: 'stored' });
  }

  async #sendParts(key: string, source: UploadSource, options: CallOptions): Promise<Upload> {
    const begin = { method: 'POST', key, query: { uploads: '' }, headers: contentType } as const;
    const begun = await callS3(this.#s3, 'create', begin, options);
    const uploadId = parseUploadId(begun.text);
    if (uploadId === undefined) throw new S3RefusedError(begun, this.#s3.bucket);
    this.#inParts.set(uploadId, key);
    try {
      const parts = cutParts(source.sizeBytes, this.#shape.partBytes);
      const tags: string[] = parts.map(() => '');
      await forEachParallel(parts, this.#shape.parallel, async ({ index, start, end }) => {
        const query = { partNumber: String(index + 1), uploadId };
        const bytes = { source, start, end };
        const sent = await callS3(this.#s3, 'upload', { method: 'PUT', key, query, bytes }, options);
        const tag = sent.headers.etag;
        if (tag === undefined) throw new S3RefusedError(sent, this.#s3.bucket);
        tags[index] = tag;
        this.#s3.session.observer.onBytes('up', end - start + 1);
      });
      return { kind: 'parts', key, uploadId, tags };
    } catch (error) {
      await this.#abort(uploadId);
      throw error;
    }
  }

  /** Throws what a call throws. */
  async finish(ticket: BucketTicket, sizeBytes: number, options: CallOptions): Promise<FinalizeResult> {
    const upload = this.#uploads.get(ticket);
    this.#uploads.delete(ticket);
    if (upload === undefined) throw new Error(`nothing was uploaded for ${ticket.key}`);
    switch (upload.kind) {
      case 'stored':
        return { kind: 'finalized' };
      case 'held': {
        const written = await this.#writes.write(upload.key, upload.source, options);
        if (written === 'taken') return { kind: 'exists', message: `${ticket.key} is there already` };
        this.#s3.session.observer.onBytes('up', sizeBytes);
        return { kind: 'finalized' };
      }
      case 'parts':
        return await this.#complete(upload, sizeBytes, options);
      default:
        return upload satisfies never;
    }
  }

  async #complete(
    { key, uploadId, tags }: Extract<Upload, { readonly kind: 'parts' }>,
    sizeBytes: number,
    options: CallOptions,
  ): Promise<FinalizeResult> {
    const headers = { 'content-type': 'application/xml' };
    const request = { method: 'POST', key, query: { uploadId }, headers, body: renderParts(tags) } as const;
    try {
      const answer = await callS3(this.#s3, 'finalize', request, options, [404]);
      this.#inParts.delete(uploadId);
      if (answer.status !== 404) return { kind: 'finalized' };
      // Somebody has removed the parts, or a try whose answer was lost has put them together.
      const there = await callS3(this.#s3, 'lookup', { method: 'HEAD', key }, options, [404]);
      if (there.status !== 404 && Number(there.headers['content-length']) === sizeBytes)
        return { kind: 'finalized' };
      return { kind: 'not-found', message: `the store has forgotten the parts of ${key}` };
    } catch (error) {
      await this.#abort(uploadId);
      throw error;
    }
  }

  /** Removes what lies there in parts; a rule of the bucket finds what is left. Never throws. */
  async close(): Promise<void> {
    this.#uploads.clear();
    await Promise.all([...this.#inParts.keys()].map((uploadId) => this.#abort(uploadId)));
  }

  async #abort(uploadId: string): Promise<void> {
    const key = this.#inParts.get(uploadId);
    if (key === undefined) return;
    this.#inParts.delete(uploadId);
    // Its own signal: that of the upload is what may have ended it.
    const request = { method: 'DELETE', key, query: { uploadId } } as const;
    await callS3(this.#s3, 'upload', request, { policy: abortPolicy }, [404]).catch((error: unknown) => {
      this.#s3.session.observer.onRetry('upload', `parts of ${key} were not removed: ${toMessage(error)}`, 0);
    });
  }
}

const contentType = { 'content-type': 'application/octet-stream' };
