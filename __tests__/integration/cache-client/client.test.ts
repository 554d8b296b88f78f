import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createCacheClient } from '../../../src/cache-client/client.ts';
import { openTransport } from '../../../src/cache-client/transport.ts';
import { joinSlices } from '../../../src/cache-client/upload-source.ts';
import { load, save, toBlobKey, Upstream, version } from '../../helpers/upstream.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(...args: Parameters<typeof Upstream.start>): Promise<Upstream> {
  const upstream = await Upstream.start(...args);
  closing.push(() => upstream.close());
  return upstream;
}

/** A service of our own making, for answers that the embedded one never gives. */
async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return `http://127.0.0.1:${address.port}/`;
}

const large = randomBytes(1_000_003);
const small = randomBytes(1000);

describe.each([1, 2] as const)('v%d', (protocol) => {
  it.each([
    ['one part', small],
    ['many parts', large],
    ['parts exactly', large.subarray(0, 4 * 64 * 1024)],
  ])('stores and fetches %s', async (_name, bytes) => {
    const upstream = await start();
    const { client, bytes: counted } = upstream.client(protocol, await upstream.token());
    const key = toBlobKey(bytes);
    expect(await save(client, upstream, key, bytes)).toBe('finalized');
    expect(await load(client, upstream, key)).toBe(key);
    expect(counted).toEqual({ up: bytes.length, down: bytes.length });
  });

  it('says miss, exists and denied as results', async () => {
    const upstream = await start();
    const { client } = upstream.client(protocol, await upstream.token());
    expect(await client.lookup({ key: 'k', version })).toEqual({ kind: 'miss' });
    expect(await save(client, upstream, 'k', small)).toBe('finalized');
    expect(await client.create({ key: 'k', version })).toMatchObject({ kind: 'exists', ambiguous: false });
    const scopes = [{ scope: 'refs/heads/main', permission: 1 }];
    const reader = upstream.client(protocol, await upstream.token(scopes)).client;
    expect(await reader.create({ key: 'k2', version })).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('cache write denied'),
    });
    const blind = upstream.client(protocol, await upstream.token([])).client;
    expect(await blind.lookup({ key: 'k', version })).toMatchObject({ kind: 'denied' });
  });

  it('says so when the token is not accepted', async () => {
    const upstream = await start([], { secret: 'another' });
    const { client } = upstream.client(protocol, await upstream.token());
    expect(await client.lookup({ key: 'k', version })).toMatchObject({ kind: 'unauthenticated' });
    expect(await client.create({ key: 'k', version })).toMatchObject({ kind: 'unauthenticated' });
  });

  it('gets through 503 and broken connections in every call', async () => {
    // Fewer faults of a kind than tries, so that no part can be unlucky.
    const upstream = await start([
      { call: ['lookup', 'create', 'finalize'], status: 503, every: 2 },
      { call: ['lookup', 'finalize'], break: 'reset', count: 1 },
      { call: ['upload', 'block-list'], status: 503, skip: 1, count: 2 },
      { call: 'upload', break: 'reset', afterBytes: 1000, skip: 2, count: 2 },
      { call: 'download', status: 500, skip: 3, count: 2 },
      { call: 'download', break: 'reset', skip: 5, count: 2 },
      { call: 'download', break: 'truncate', afterBytes: 10_000, count: 8 },
    ]);
    const { client } = upstream.client(protocol, await upstream.token());
    const key = toBlobKey(large);
    expect(await save(client, upstream, key, large)).toBe('finalized');
    expect(await load(client, upstream, key)).toBe(key);
    expect(upstream.statistics.faults.every((strikes) => strikes > 0)).toBe(true);
  });

  it('waits as long as Retry-After says', async () => {
    const upstream = await start([{ call: 'create', status: 429, retryAfter: 33, count: 2 }]);
    const { client, clock } = upstream.client(protocol, await upstream.token());
    expect(await save(client, upstream, 'k', small)).toBe('finalized');
    expect(clock.waits).toHaveLength(2);
    for (const wait of clock.waits) expect(wait).toBeGreaterThanOrEqual(33_000);
  });

  it('gives up with the last answer in words', async () => {
    const upstream = await start([{ call: 'lookup', status: 503, message: 'come back later' }]);
    const { client, clock } = upstream.client(protocol, await upstream.token());
    expect(await client.lookup({ key: 'k', version })).toMatchObject({
      kind: 'failed',
      status: 503,
      message: expect.stringContaining('come back later'),
    });
    expect(clock.waits).toHaveLength(5);
  });

  it('takes a reservation whose answer was lost as taken by someone', async () => {
    const upstream = await start([{ call: 'create', break: 'reset', when: 'after', count: 1 }]);
    const { client } = upstream.client(protocol, await upstream.token());
    expect(await client.create({ key: 'k', version })).toMatchObject({ kind: 'exists', ambiguous: true });
  });

  it('takes a finalize whose answer was lost as done, when the entry is there', async () => {
    const upstream = await start([{ call: 'finalize', break: 'reset', when: 'after', count: 1 }]);
    const { client } = upstream.client(protocol, await upstream.token());
    expect(await save(client, upstream, 'k', small)).toBe('finalized');
    expect(await load(client, upstream, 'k')).toBe(toBlobKey(small));
  });

  it('asks for a finalize again for ten seconds while the service does not see the upload', async () => {
    const upstream = await start([{ call: 'finalize', status: 404, count: 4 }]);
    const { client, clock } = upstream.client(protocol, await upstream.token());
    expect(await save(client, upstream, 'k', small)).toBe('finalized');
    expect(clock.waits).toEqual([2000, 2000, 2000, 2000]);

    await upstream.restart([{ call: 'finalize', status: 404 }]);
    const late = upstream.client(protocol, await upstream.token());
    expect(await save(late.client, upstream, 'k2', small)).toMatch(/^not-found/);
    expect(late.clock.waits).toEqual([2000, 2000, 2000, 2000, 2000]);
  });

  it('fetches a fresh URL when the old one has expired', async () => {
    const upstream = await start();
    const { client, calls } = upstream.client(protocol, await upstream.token());
    await upstream.put(protocol, 'k', large);
    const hit = await client.lookup({ key: 'k', version });
    upstream.clockOffsetMs += 11 * 60_000;
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      const again = await client.lookup({ key: 'k', version });
      return again.kind === 'hit' ? again.url : undefined;
    };
    const source = { url: hit.kind === 'hit' ? hit.url : '', renew };
    const result = await client.download(source, upstream.toPath(), { maxBytes: 1e9 });
    expect(result).toEqual({ kind: 'downloaded', sizeBytes: large.length });
    expect(renewals).toBe(1);
    expect(calls.filter((call) => call === 'download').length).toBeGreaterThan(10);
  });

  it('takes an entry that vanished for missing', async () => {
    const upstream = await start([{ call: 'download', status: 404 }]);
    const { client } = upstream.client(protocol, await upstream.token());
    await upstream.put(protocol, 'k', small);
    expect(await load(client, upstream, 'k')).toMatch(/^missing/);
  });

  it('does not take more than it was told to', async () => {
    const upstream = await start();
    const { client } = upstream.client(protocol, await upstream.token());
    await upstream.put(protocol, 'k', large);
    const hit = await client.lookup({ key: 'k', version });
    const source = { url: hit.kind === 'hit' ? hit.url : '', renew: async () => undefined };
    const result = await client.download(source, upstream.toPath(), { maxBytes: 1000 });
    expect(result).toEqual({ kind: 'too-large' });
  });

  it('ends a call when its signal fires', async () => {
    const upstream = await start([], { latencyMs: 60_000 });
    const { client } = upstream.client(protocol, await upstream.token());
    const stop = new AbortController();
    const answer = client.lookup({ key: 'k', version }, { signal: stop.signal });
    stop.abort(new Error('cancelled'));
    expect(await answer).toMatchObject({ kind: 'failed', message: 'cancelled' });
  });

  it('takes a service that is not there for a failure', async () => {
    const upstream = await start();
    const { client } = upstream.client(protocol, await upstream.token(), 'http://127.0.0.1:1/');
    expect(await client.lookup({ key: 'k', version })).toMatchObject({ kind: 'failed', status: undefined });
  });
});

describe('odd services', () => {
  async function lookupAt(
    handle: (request: IncomingMessage, response: ServerResponse) => void,
    protocol: 1 | 2 = 2,
  ) {
    const upstream = await start();
    return upstream.client(protocol, 't', await serve(handle)).client.lookup({ key: 'k', version });
  }

  it('a page with status 200 is no answer', async () => {
    const result = await lookupAt((_request, response) =>
      response.end('<html><b>Proxy</b> says hello</html>'),
    );
    expect(result).toMatchObject({ kind: 'failed', message: 'answer not understood: 200 Proxy says hello' });
  });

  it('a byte order mark before the message is nothing', async () => {
    const result = await lookupAt((_request, response) => {
      response.statusCode = 400;
      response.end('\uFEFF{"message":"the key is bad","typeKey":"X"}');
    }, 1);
    expect(result).toEqual({ kind: 'failed', status: 400, message: '400 the key is bad' });
  });

  it('the shut-down v1 of github.com is told in its own words', async () => {
    const result = await lookupAt((_request, response) => {
      response.statusCode = 422;
      response.end('{"message":"This legacy service is shutting down"}');
    }, 1);
    expect(result).toMatchObject({ kind: 'failed', message: '422 This legacy service is shutting down' });
  });

  it('an empty answer of v1 is a miss', async () => {
    expect(await lookupAt((_request, response) => response.end(), 1)).toEqual({ kind: 'miss' });
  });

  it('the key is sent among the restore keys', async () => {
    let body = '';
    await lookupAt((incoming, response) => {
      incoming.on('data', (chunk) => {
        body += String(chunk);
      });
      incoming.on('end', () => response.end('{"ok":false}'));
    });
    expect(JSON.parse(body)).toEqual({ key: 'k', restore_keys: ['k'], version });
  });

  it.each([
    ['with its length', true],
    ['without', false],
  ])(
    'a download without ranges is one stream, %s, that starts again after a break',
    async (_name, withLength) => {
      let calls = 0;
      const url = await serve((_request, response) => {
        calls += 1;
        if (withLength) response.setHeader('content-length', large.length);
        if (calls > 2) return response.end(large);
        response.write(large.subarray(0, 300_000));
        setImmediate(() => response.destroy());
        return undefined;
      });
      const upstream = await start();
      const { client } = upstream.client(2, 't', url);
      const file = upstream.toPath();
      const result = await client.download({ url, renew: async () => undefined }, file, { maxBytes: 1e9 });
      expect(result).toEqual({ kind: 'downloaded', sizeBytes: large.length });
    },
  );

  it('a refused create without a reason, as Gitea gives it, means that someone has the key', async () => {
    const upstream = await start();
    const url = await serve((_request, response) => response.end('{"ok":false}'));
    const result = await upstream.client(2, 't', url).client.create({ key: 'k', version });
    expect(result).toMatchObject({ kind: 'exists' });
  });

  it('uploads through v1 are chunked, as its servers expect', async () => {
    const upstream = await start();
    const seen: (string | undefined)[][] = [];
    const url = await serve((incoming, response) => {
      seen.push([
        incoming.headers['transfer-encoding'],
        incoming.headers['content-length'],
        incoming.headers['content-range'],
      ]);
      incoming.resume().on('end', () => {
        response.statusCode = 204;
        response.end();
      });
    });
    const { client } = upstream.client(1, 't', url);
    const file = upstream.toPath();
    await writeFile(file, small);
    const ticket = { protocol: 1, cacheId: '7', key: 'k', version } as const;
    expect(await client.upload(ticket, joinSlices([{ file, sizeBytes: small.length }]))).toEqual({
      kind: 'uploaded',
    });
    expect(seen).toEqual([['chunked', undefined, 'bytes 0-999/*']]);
  });
});

describe('a proxy', () => {
  it('carries all calls to hosts that are not exempt, by CONNECT', async () => {
    const upstream = await start();
    const target = new URL(upstream.url);
    const tunnels: string[] = [];
    const proxy = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    proxy.on('connect', (incoming, socket, head) => {
      tunnels.push(`${incoming.url} ${incoming.headers['proxy-authorization']}`);
      // The name resolves nowhere: only the proxy knows the way.
      const onward = connect(Number(target.port), target.hostname, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.write(head);
        socket.pipe(onward).pipe(socket);
      });
      socket.on('error', () => onward.destroy());
      onward.on('error', () => socket.destroy());
    });
    closing.push(() => new Promise((resolve) => proxy.close(() => resolve())));
    const address = proxy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const settings = {
      httpProxy: `http://me:pass@127.0.0.1:${port}`,
      httpsProxy: undefined,
      noProxy: undefined,
    };
    const transport = openTransport(settings, 'test');
    closing.push(async () => transport.close());
    const baseUrl = `http://cache.invalid:${target.port}/`;
    const client = createCacheClient({ protocol: 2, baseUrl, token: await upstream.token(), transport });
    expect(await save(client, upstream, 'k', small)).toBe('finalized');
    expect(await load(client, upstream, 'k')).toBe(toBlobKey(small));
    const credentials = `Basic ${Buffer.from('me:pass').toString('base64')}`;
    expect(new Set(tunnels)).toEqual(new Set([`cache.invalid:${target.port} ${credentials}`]));
  });

  it('that refuses is a failure in words', async () => {
    const url = await serve(() => undefined);
    const proxy = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    proxy.on('connect', (_incoming, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
    );
    closing.push(() => new Promise((resolve) => proxy.close(() => resolve())));
    const address = proxy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const settings = { httpProxy: `http://127.0.0.1:${port}`, httpsProxy: undefined, noProxy: undefined };
    const transport = openTransport(settings, 'test');
    closing.push(async () => transport.close());
    const policy = { attempts: 1, firstDelayMs: 1, maxDelayMs: 1, deadlineMs: 10_000 };
    const baseUrl = url.replace('127.0.0.1', 'cache.invalid');
    const client = createCacheClient({ protocol: 2, baseUrl, token: 't', transport, policy });
    expect(await client.lookup({ key: 'k', version })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('answered 407 to CONNECT'),
    });
  });
});
