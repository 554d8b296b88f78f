import type { CacheRequest } from './message.ts';
import type { CacheService } from './service.ts';
import type { UrlGrant, UrlSigner } from './url-signer.ts';

/** What the handlers of one dialect share. */
export interface HandlerContext {
  readonly service: CacheService;
  readonly signer: UrlSigner;
  signUrl(request: CacheRequest, grant: Omit<UrlGrant, 'origin'>): string;
}
