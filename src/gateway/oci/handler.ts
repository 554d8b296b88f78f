import type { InFlight } from '../../async/in-flight.ts';
import {
  type CacheHandler,
  type CacheRequest,
  type CacheResponse,
  ConnectionBreak,
} from '../../cache-server/message.ts';
import { ServiceError } from '../../cache-server/service.ts';
import { toMessage } from '../../errors.ts';
import type { AccessRules } from '../access/rules.ts';
import type { ScopeDescription } from '../report/scope-description.ts';
import type { Statistics } from '../report/statistics.ts';
import type { Store } from '../store/store.ts';
import { BlobHandler } from './blob-handler.ts';
import { CachePush } from './cache-push.ts';
import { OciDocuments } from './documents.ts';
import { OciGuard } from './guard.ts';
import { HeldBlobs } from './held-blobs.ts';
import { ManifestHandler } from './manifest-handler.ts';
import { OciError, toOciError, toOciErrorResponse } from './oci-error.ts';
import type { OciUploads } from './open-uploads.ts';
import { type OciTarget, parseRequestTarget } from './route.ts';
import { ServedCaches } from './served-caches.ts';
import { UploadHandler } from './upload-handler.ts';

interface OciOptions {
  /** The password of the user `hotlayer`. */
  readonly stub: string;
  /** Of all plans so far. */
  readonly rules: () => AccessRules;
  readonly store: Store;
  readonly uploads: OciUploads;
  readonly statistics: Statistics;
  readonly inFlight: InFlight;
  /** Hears of faults of our own, which the client sees as a plain 500. */
  readonly onError?: (error: unknown) => void;
}

/** The store as a registry: one repository for each cache scope, with one tag. */
export interface OciDialect {
  readonly handle: CacheHandler;
  /** Of those cache scopes that are in a plan, once they are loaded. */
  describe(cacheScopes: readonly string[]): Promise<readonly ScopeDescription[]>;
}

export function createOciDialect(options: OciOptions): OciDialect {
  const { store, statistics, uploads, inFlight, rules } = options;
  const guard = new OciGuard(options);
  const documents = new OciDocuments();
  const held = new HeldBlobs();
  const caches = new ServedCaches({ store, documents });
  const push = new CachePush({ store, held, documents, statistics });
  const manifests = new ManifestHandler({ guard, caches, documents, push, statistics, inFlight });
  const blobs = new BlobHandler({ guard, documents, held, store, statistics });
  const uploading = new UploadHandler({ guard, uploads, push, store, statistics, inFlight });

  const dispatch = (target: OciTarget, request: CacheRequest): Promise<CacheResponse> => {
    switch (target.kind) {
      case 'root':
        return Promise.resolve({ status: 200, headers: { 'Content-Length': '2' }, body: Buffer.from('{}') });
      case 'manifest':
        return manifests.handle(target, request);
      case 'blob':
        return blobs.handle(target, request);
      case 'uploads':
      case 'upload':
        return uploading.handle(target, request);
    }
  };

  return {
    async handle(request) {
      try {
        guard.demandCredentials(request.headers['authorization']);
        return withVersion(await dispatch(parseRequestTarget(request.url.pathname), request));
      } catch (error) {
        return withVersion(toFailure(error, request, options.onError));
      }
    },

    async describe(cacheScopes) {
      const known = cacheScopes.filter((name) => rules().readScopes.has(name));
      return await Promise.all(
        known.map((name) => caches.describe(name, (refHash) => guard.mayReadRef(refHash))),
      );
    },
  };
}

function toFailure(error: unknown, request: CacheRequest, onError: OciOptions['onError']): CacheResponse {
  if (error instanceof ConnectionBreak) throw error;
  if (error instanceof OciError) return toOciErrorResponse(error);
  if (error instanceof ServiceError) return toOciErrorResponse(toOciError(error));
  // The client hung up in the middle of its own upload: there is nobody to answer.
  if (request.body.destroyed && !request.body.readableEnded)
    throw new ConnectionBreak('the request body broke off', 'reset', { cause: error });
  onError?.(error);
  const message = `internal error: ${toMessage(error)}`;
  return toOciErrorResponse(new OciError('UNSUPPORTED', message, { status: 500, cause: error }));
}

function withVersion(response: CacheResponse): CacheResponse {
  const headers = { 'Docker-Distribution-Api-Version': 'registry/2.0', ...response.headers };
  return { ...response, headers };
}
