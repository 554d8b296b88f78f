import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';

/**
 * A proxy on 127.0.0.1 that notes the calls to a service, for a timeline: `{url, calls, close()}`, a call is `{kind, startMs, endMs,
 * status}` in milliseconds since 1970. It hands the Host header on, so that the blob URLs of the answers lead through it as well.
 */
export async function startRecorder(target) {
  const calls = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    const call = { kind: classifyCall(request.method, request.url), startMs: Date.now() };
    calls.push(call);
    const finish = (status) => {
      call.endMs ??= Date.now();
      call.status ??= status;
    };
    const { hostname, port } = new URL(target);
    const upstream = send(
      { hostname, port, agent, method: request.method, path: request.url, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
        answer.once('close', () => finish(answer.statusCode));
      },
    );
    upstream.once('error', () => {
      finish(0);
      response.destroy();
    });
    response.once('close', () => {
      if (!response.writableFinished) upstream.destroy();
    });
    request.pipe(upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
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
export function classifyCall(method, url) {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  if (pathname.includes('/actions-cache/')) {
    if (method === 'PUT') return searchParams.get('comp') === 'blocklist' ? 'block-list' : 'upload';
    return method === 'GET' ? 'download' : 'head';
  }
  const twirp = /\/(GetCacheEntryDownloadURL|CreateCacheEntry|FinalizeCacheEntryUpload)$/.exec(pathname)?.[1];
  const kinds = {
    GetCacheEntryDownloadURL: 'lookup',
    CreateCacheEntry: 'create',
    FinalizeCacheEntryUpload: 'finalize',
  };
  if (twirp !== undefined) return kinds[twirp];
  if (method === 'GET') return 'lookup';
  if (method === 'PATCH') return 'upload';
  return /\/caches\/\d+$/.test(pathname) ? 'finalize' : 'create';
}
