import { classifyCall } from '../../cache-server/call.ts';
import type { CacheHandler, CacheRequest } from '../../cache-server/message.ts';
import { toEmptyResponse } from '../../cache-server/response.ts';
import type { GatewayProtocol } from '../access/protocols.ts';
import { isOciPath } from '../oci/route.ts';

interface MountOptions {
  /** What the steps of the job offer their BuildKit, all of them so far. */
  readonly offered: () => ReadonlySet<GatewayProtocol>;
  readonly gha: CacheHandler;
  readonly oci: CacheHandler;
  readonly refused: (what: string) => void;
}

/** Serves the protocols that the job offers BuildKit; the others are not there, whoever asks. */
export function mountProtocols({ offered, gha, oci, refused }: MountOptions): CacheHandler {
  return (request) => {
    const candidates = listProtocols(request);
    if (candidates.some((protocol) => offered().has(protocol)))
      return candidates.includes('oci') ? oci(request) : gha(request);
    refused(
      `${request.method} ${JSON.stringify(request.url.pathname.slice(0, shownLength))}: this job does not offer ${candidates.join(' or ')}`,
    );
    return Promise.resolve(toEmptyResponse(404));
  };
}

const shownLength = 200;

/** The protocols that have such a request. Unknown paths are of v2, which begins at the root. */
export function listProtocols(
  request: Pick<CacheRequest, 'method' | 'url' | 'headers'>,
): readonly GatewayProtocol[] {
  if (isOciPath(request.url.pathname)) return ['oci'];
  const { dialect, kind } = classifyCall(request);
  switch (dialect) {
    case 'v1':
      return ['gha-v1'];
    case 'twirp':
      return ['gha-v2'];
    case 'blob':
      // Both read from such a URL; in v1 an upload goes to the service itself.
      return kind === 'download' || kind === 'head' ? ['gha-v1', 'gha-v2'] : ['gha-v2'];
    case 'api':
      return [];
    default:
      return dialect satisfies never;
  }
}
