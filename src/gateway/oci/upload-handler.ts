import type { InFlight } from '../../async/in-flight.ts';
import type { CacheRequest, CacheResponse } from '../../cache-server/message.ts';
import { toEmptyResponse } from '../../cache-server/response.ts';
import { toMessage } from '../../errors.ts';
import type { Statistics } from '../report/statistics.ts';
import type { Store } from '../store/store.ts';
import { toReceivedRange } from './blob-upload.ts';
import type { CachePush } from './cache-push.ts';
import type { OciGuard } from './guard.ts';
import { OciError } from './oci-error.ts';
import type { OciUploads } from './open-uploads.ts';
import { type OciTarget, readDigestParameter } from './route.ts';

type UploadsTarget = Extract<OciTarget, { readonly kind: 'uploads' }>;
type UploadTarget = Extract<OciTarget, { readonly kind: 'upload' }>;

interface UploadHandlerOptions {
  readonly guard: OciGuard;
  readonly uploads: OciUploads;
  readonly push: CachePush;
  readonly store: Pick<Store, 'hasBlob'>;
  readonly statistics: Statistics;
  readonly inFlight: InFlight;
}

/** `/v2/<repository>/blobs/uploads/…` */
export class UploadHandler {
  readonly #options: UploadHandlerOptions;

  constructor(options: UploadHandlerOptions) {
    this.#options = options;
  }

  async handle(target: UploadsTarget | UploadTarget, request: CacheRequest): Promise<CacheResponse> {
    const { guard, uploads } = this.#options;
    const { repository } = target;
    if (target.kind === 'uploads') {
      if (request.method !== 'POST') throw toUnsupported(request);
      guard.demandWrite(repository);
      return await this.#begin(repository, request);
    }
    guard.demandWrite(repository);
    switch (request.method) {
      case 'GET':
        return this.#toStatus(204, repository, target.id);
      case 'PATCH':
        return await this.#append(target, request);
      case 'PUT':
        return await this.#finish(target, request);
      case 'DELETE':
        await uploads.cancel(repository, target.id);
        return toEmptyResponse(204);
      default:
        throw toUnsupported(request);
    }
  }

  async #begin(repository: string, request: CacheRequest): Promise<CacheResponse> {
    const { guard, uploads, store, statistics } = this.#options;
    statistics.onBuildkit('create');
    const mounted = readDigestParameter(request.url, 'mount');
    const from = request.url.searchParams.get('from') ?? repository;
    if (mounted !== undefined && guard.mayRead(from) && (await store.hasBlob(mounted)))
      return toCreated(repository, mounted);
    const digest = readDigestParameter(request.url, 'digest');
    const id = uploads.begin(repository);
    if (digest === undefined) return this.#toStatus(202, repository, id);
    statistics.onBuildkit('upload');
    try {
      return await this.#complete({ kind: 'upload', repository, id }, request, { digest, start: 0 });
    } catch (error) {
      // Its address was told to nobody.
      await uploads.cancel(repository, id).catch(() => undefined);
      throw error;
    }
  }

  async #append({ repository, id }: UploadTarget, request: CacheRequest): Promise<CacheResponse> {
    const { uploads, statistics } = this.#options;
    statistics.onBuildkit('upload');
    await uploads.append(repository, id, request.body, readStart(request));
    return this.#toStatus(202, repository, id);
  }

  async #finish(target: UploadTarget, request: CacheRequest): Promise<CacheResponse> {
    const digest = readDigestParameter(request.url, 'digest');
    if (digest === undefined) throw new OciError('DIGEST_INVALID', 'the end of an upload needs its digest');
    const hasBody = request.headers['content-length'] !== '0';
    if (hasBody) this.#options.statistics.onBuildkit('upload');
    // Sent to the address of its beginning, a body is the whole blob: containerd sends it again when a try has failed.
    const start = readStart(request) ?? (hasBody ? readOffset(request) : undefined);
    return await this.#complete(target, request, { digest, start });
  }

  async #complete(
    { repository, id }: UploadTarget,
    request: CacheRequest,
    { digest, start }: { readonly digest: string; readonly start: number | undefined },
  ): Promise<CacheResponse> {
    const { uploads, push, statistics, inFlight } = this.#options;
    statistics.onBuildkit('commit');
    return await inFlight.track(async () => {
      try {
        const blob = await uploads.finish(repository, id, { body: request.body, start, digest });
        await uploads.guardDisk(() => push.takeBlob(digest, blob));
        return toCreated(repository, digest);
      } catch (error) {
        // Who hung up may come again; BuildKit says itself when it gives up.
        if (request.body.destroyed && !request.body.readableEnded) throw error;
        if (error instanceof OciError && error.code === 'DIGEST_INVALID') statistics.add('wrongBytes');
        statistics.failed('export', 'commit', `${digest}: ${toMessage(error)}`);
        throw error;
      }
    });
  }

  #toStatus(status: 202 | 204, repository: string, id: string): CacheResponse {
    const sizeBytes = this.#options.uploads.sizeOf(repository, id);
    return toEmptyResponse(status, {
      Location: `/v2/${repository}/blobs/uploads/${id}?offset=${sizeBytes}`,
      Range: toReceivedRange(sizeBytes),
      'Docker-Upload-UUID': id,
    });
  }
}

function toCreated(repository: string, digest: string): CacheResponse {
  return toEmptyResponse(201, {
    Location: `/v2/${repository}/blobs/${digest}`,
    'Docker-Content-Digest': digest,
  });
}

/** Where a chunk begins, as it says itself; undefined: it goes on where the last one ended. */
function readStart({ headers }: CacheRequest): number | undefined {
  const text = headers['content-range'];
  if (text === undefined) return undefined;
  const [, start, end] = /^(?:bytes[ =])?(\d{1,15})-(\d{1,15})(?:\/(?:\d+|\*))?$/.exec(text) ?? [];
  const length = headers['content-length'];
  const isRange = start !== undefined && end !== undefined && Number(start) <= Number(end);
  if (isRange && (length === undefined || Number(length) === Number(end) - Number(start) + 1))
    return Number(start);
  throw new OciError('BLOB_UPLOAD_INVALID', 'Content-Range is not the range of the body');
}

/** How much had come when the address was given out. */
function readOffset({ url }: CacheRequest): number | undefined {
  const text = url.searchParams.get('offset') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function toUnsupported({ method }: CacheRequest): OciError {
  return new OciError('UNSUPPORTED', `${method} is not for uploads here`);
}
