import { toMessage } from '../errors.ts';
import { handleApi } from './api-handler.ts';
import { handleBlob } from './blob-handler.ts';
import { classifyCall, parseBlobPath } from './call.ts';
import type { HandlerContext } from './handler-context.ts';
import { type CacheHandler, type CacheRequest, ConnectionBreak } from './message.ts';
import type { RepositoryApi } from './repository-api.ts';
import { toFailure, toFailureResponse } from './response.ts';
import { type CacheService, ServiceError } from './service.ts';
import { handleTwirp } from './twirp-handler.ts';
import type { UrlSigner } from './url-signer.ts';
import { handleV1 } from './v1-handler.ts';

interface HandlerOptions {
  readonly service: CacheService;
  readonly signer: UrlSigner;
  /** undefined: GitHub's REST is not served. */
  readonly api?: RepositoryApi;
  /** Host name in the blob URLs handed out, with the port that the request came to; undefined: the request's own host. */
  readonly blobHost?: string | undefined;
  /** Hears of faults of our own, which the client sees as a plain 500. */
  readonly onError?: ((error: unknown, request: CacheRequest) => void) | undefined;
}

/** Serves v1, v2, blob URLs and the REST of caches over a service, on one origin. Twirp lives at its root, v1 under any prefix. */
export function createCacheHandler(options: HandlerOptions): CacheHandler {
  const { service, signer, api, blobHost, onError } = options;
  const context: HandlerContext = {
    service,
    signer,
    signUrl: (request, grant) => {
      const { origin, port } = request.url;
      return signer.sign({
        ...grant,
        origin: blobHost === undefined ? origin : `http://${blobHost}:${port || 80}`,
      });
    },
  };
  return async (request) => {
    const { dialect } = classifyCall(request);
    try {
      if (dialect === 'api') return await handleApi(api, request);
      if (dialect === 'v1') return await handleV1(context, request);
      if (parseBlobPath(request.url.pathname) !== undefined) return await handleBlob(context, request);
      return await handleTwirp(context, request);
    } catch (error) {
      if (error instanceof ConnectionBreak) throw error;
      const version = request.headers['x-ms-version'];
      if (error instanceof ServiceError)
        return toFailureResponse(dialect, toFailure(dialect, error), version);
      // The client hung up in the middle of its own upload: there is nobody to answer.
      if (request.body.destroyed && !request.body.readableEnded) {
        throw new ConnectionBreak('the request body broke off', 'reset', { cause: error });
      }
      onError?.(error, request);
      return toFailureResponse(
        dialect,
        { status: 500, message: `internal error: ${toMessage(error)}` },
        version,
      );
    }
  };
}
