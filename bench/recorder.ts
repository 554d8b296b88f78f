import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';
import { createDeferred } from '../src/async/deferred.ts';

/** Times are milliseconds since 1970. */
export interface RecordedCall {
  readonly kind: string;
  readonly startMs: number;
  endMs: number | undefined;
}

export interface Recorder {
  readonly url: string;
  readonly calls: readonly RecordedCall[];
  close(): Promise<void>;
}

/**
 * A proxy on 127.0.0.1 that notes the calls to a service, for a timeline. It hands the Host header on, so that the blob URLs of
 * the answers lead through it as well.
 */
export async function startRecorder(target: string): Promise<Recorder> {
  const calls: RecordedCall[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    const kind = classifyCall(request.method ?? 'GET', request.url ?? '/');
    const call: RecordedCall = { kind, startMs: Date.now(), endMs: undefined };
    calls.push(call);
    const finish = (): void => {
      call.endMs ??= Date.now();
    };
    const { hostname, port } = new URL(target);
    const upstream = send(
      { hostname, port, agent, method: request.method, path: request.url, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.once('close', finish);
      },
    );
    upstream.once('error', () => {
      finish();
      response.destroy();
    });
    response.once('close', () => {
      if (!response.writableFinished) upstream.destroy();
    });
    request.pipe(upstream);
  });
  const listening = createDeferred<void>();
  server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the recorder has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
      await once(server, 'close');
    },
  };
}

/** What a call to the cache service is for, in v1, v2 and on blob URLs. */
export function classifyCall(method: string, url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  if (pathname.includes('/actions-cache/')) {
    if (method === 'PUT') return searchParams.get('comp') === 'blocklist' ? 'block-list' : 'upload';
    return method === 'GET' ? 'download' : 'head';
  }
  const twirp = /\/(GetCacheEntryDownloadURL|CreateCacheEntry|FinalizeCacheEntryUpload)$/.exec(pathname)?.[1];
  if (twirp === 'CreateCacheEntry') return 'create';
  if (twirp !== undefined) return twirp === 'FinalizeCacheEntryUpload' ? 'finalize' : 'lookup';
  if (method === 'GET') return 'lookup';
  if (method === 'PATCH') return 'upload';
  return /\/caches\/\d+$/.test(pathname) ? 'finalize' : 'create';
}
