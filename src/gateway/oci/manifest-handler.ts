import type { InFlight } from '../../async/in-flight.ts';
import { readRequestText } from '../../cache-server/body.ts';
import type { CacheRequest, CacheResponse } from '../../cache-server/message.ts';
import { toEmptyResponse } from '../../cache-server/response.ts';
import { ServiceError } from '../../cache-server/service.ts';
import { toMessage } from '../../errors.ts';
import { cacheTag } from '../access/oci-name.ts';
import type { Statistics } from '../report/statistics.ts';
import { manifestMediaType, toDigest } from './cache-manifest.ts';
import type { CachePush } from './cache-push.ts';
import type { OciDocument, OciDocuments } from './documents.ts';
import type { OciGuard } from './guard.ts';
import { OciError } from './oci-error.ts';
import { isDigest, type OciTarget } from './route.ts';
import type { ServedCaches } from './served-caches.ts';

type ManifestTarget = Extract<OciTarget, { readonly kind: 'manifest' }>;

interface ManifestHandlerOptions {
  readonly guard: OciGuard;
  readonly caches: ServedCaches;
  readonly documents: OciDocuments;
  readonly push: CachePush;
  readonly statistics: Statistics;
  readonly inFlight: InFlight;
}

/** What registries take, too. */
const maxManifestBytes = 4 * 1024 * 1024;

/** `/v2/<repository>/manifests/<tag or digest>` */
export class ManifestHandler {
  readonly #options: ManifestHandlerOptions;

  constructor(options: ManifestHandlerOptions) {
    this.#options = options;
  }

  async handle(target: ManifestTarget, request: CacheRequest): Promise<CacheResponse> {
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return await this.#read(target);
      case 'PUT':
        return await this.#options.inFlight.track(() => this.#write(target, request));
      default:
        throw new OciError('UNSUPPORTED', `${request.method} is not for manifests here`);
    }
  }

  async #read({ repository, reference }: ManifestTarget): Promise<CacheResponse> {
    const { guard, statistics } = this.#options;
    statistics.onBuildkit('lookup');
    const cacheScope = guard.demandRead(repository);
    const found = await this.#find(cacheScope, reference);
    statistics.add(found === undefined ? 'misses' : 'hits');
    if (found === undefined) throw new OciError('MANIFEST_UNKNOWN', `there is no manifest ${reference}`);
    const headers = {
      'Content-Type': found.mediaType,
      'Content-Length': String(found.bytes.length),
      'Docker-Content-Digest': toDigest(found.bytes),
    };
    return { status: 200, headers, body: found.bytes };
  }

  async #find(cacheScope: string, reference: string): Promise<OciDocument | undefined> {
    const { guard, caches, documents } = this.#options;
    if (reference === cacheTag) {
      const { manifest } = await caches.render(cacheScope, (refHash) => guard.mayReadRef(refHash));
      return { mediaType: manifestMediaType, bytes: manifest };
    }
    const document = isDigest(reference) ? documents.get(reference) : undefined;
    return document?.mediaType === manifestMediaType ? document : undefined;
  }

  async #write({ repository, reference }: ManifestTarget, request: CacheRequest): Promise<CacheResponse> {
    const { guard, push, statistics } = this.#options;
    statistics.onBuildkit('commit');
    const cacheScope = guard.demandWrite(repository);
    const refHash = guard.writeRefHash;
    try {
      const bytes = await readManifest(request);
      if (reference !== cacheTag) throw new OciError('DENIED', `the only tag is ${cacheTag}`);
      const digest = await push.takeManifest(bytes, { cacheScope, refHash });
      return toEmptyResponse(201, {
        Location: `/v2/${repository}/manifests/${digest}`,
        'Docker-Content-Digest': digest,
      });
    } catch (error) {
      statistics.failed('export', 'commit', `${repository}: ${toMessage(error)}`);
      if (error instanceof ServiceError && error.code === 'invalid_argument')
        throw new OciError('MANIFEST_BLOB_UNKNOWN', error.message, { cause: error });
      throw error;
    }
  }
}

async function readManifest(request: CacheRequest): Promise<Buffer> {
  try {
    return Buffer.from(await readRequestText(request.body, maxManifestBytes));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new OciError('MANIFEST_INVALID', error.message, { status: 413, cause: error });
  }
}
