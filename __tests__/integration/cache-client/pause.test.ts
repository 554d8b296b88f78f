import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createCacheClient } from '../../../src/cache-client/client.ts';
import { readProxies } from '../../../src/cache-client/proxy.ts';
import { defaultRetryPolicy } from '../../../src/cache-client/retry.ts';
import { openTransport } from '../../../src/cache-client/transport.ts';
import { toBufferSource } from '../../../src/cache-client/upload-source.ts';
import { SteppedClock } from '../../helpers/stepped-clock.ts';
import { Upstream, version } from '../../helpers/upstream.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(protocol: 1 | 2, faults: readonly object[]) {
  const upstream = await Upstream.start(faults);
  closing.push(() => upstream.close());
  const transport = openTransport(readProxies({}), 'test');
  closing.push(() => transport.close());
  const clock = new SteppedClock();
  const pauses: string[] = [];
  const client = createCacheClient({
    protocol,
    baseUrl: upstream.url,
    token: await upstream.token(),
    transport,
    clock,
    observer: {
      onCall: () => undefined,
      onRetry: () => undefined,
      onBytes: () => undefined,
      onPause: (kind, waitMs) => pauses.push(`${kind} ${waitMs}`),
    },
  });
  return { upstream, client, clock, pauses };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await nextTurn();
}

describe.each([1, 2] as const)('v%d: Retry-After to one request', (protocol) => {
  it('pauses all of them, and uses up none of their tries', async () => {
    const { upstream, client, clock, pauses } = await start(protocol, [
      { call: 'lookup', status: 429, retryAfter: 30, count: 1 },
    ]);
    const refused = client.lookup({ key: 'k', version });
    await until(() => clock.sleeping === 1);

    const bytes = randomBytes(1000);
    const onceOnly = { policy: { ...defaultRetryPolicy, attempts: 1 } };
    const lookups = Array.from({ length: 10 }, () => client.lookup({ key: 'k', version }, onceOnly));
    const created = client.create({ key: 'k', version }, onceOnly);
    await until(() => clock.sleeping === 12);
    clock.advance(29_999);
    await nextTurn();
    expect(upstream.statistics.totalCalls).toBe(1);
    expect(pauses).toEqual([...Array(10).fill('lookup 30000'), 'create 30000']);

    clock.advance(1);
    for (const result of await Promise.all([refused, ...lookups])) expect(result.kind).toBe('miss');
    const result = await created;
    if (result.kind !== 'created') throw new Error(result.message);
    expect(await client.upload(result.ticket, toBufferSource(bytes))).toEqual({ kind: 'uploaded' });
    expect(upstream.statistics.calls.lookup).toMatchObject({ count: 12, failed: 1 });
  });

  it('pauses the parts of uploads and downloads too', async () => {
    const { upstream, client, clock } = await start(protocol, [
      { call: 'lookup', status: 429, retryAfter: 30, skip: 1, count: 1 },
    ]);
    const bytes = randomBytes(1000);
    await upstream.put(protocol, 'k', bytes);
    const hit = await client.lookup({ key: 'k', version });
    if (hit.kind !== 'hit') throw new Error(hit.kind);
    const created = await client.create({ key: 'k2', version });
    if (created.kind !== 'created') throw new Error(created.message);
    const before = upstream.statistics.totalCalls;
    const refused = client.lookup({ key: 'k', version });
    await until(() => clock.sleeping === 1);
    const upload = client.upload(created.ticket, toBufferSource(bytes));
    const source = { url: hit.url, renew: async () => undefined };
    const download = client.download(source, upstream.toPath(), { maxBytes: 1e6 });
    await until(() => clock.sleeping === 3);
    expect(upstream.statistics.totalCalls).toBe(before + 1);
    clock.advance(30_000);
    expect(await upload).toEqual({ kind: 'uploaded' });
    expect(await download).toEqual({ kind: 'downloaded', sizeBytes: 1000 });
    expect((await refused).kind).toBe('hit');
  });

  it('fails a request at once that has not the time to wait', async () => {
    const { upstream, client, clock } = await start(protocol, [
      { call: 'lookup', status: 429, retryAfter: 30, count: 1 },
    ]);
    const refused = client.lookup({ key: 'k', version });
    await until(() => clock.sleeping === 1);
    const hasty = { policy: { ...defaultRetryPolicy, deadlineMs: 10_000 } };
    expect(await client.lookup({ key: 'k', version }, hasty)).toEqual({
      kind: 'failed',
      status: 429,
      message: 'not sent: the service limits requests, and asked to wait for another 30 s',
    });
    expect(upstream.statistics.totalCalls).toBe(1);
    clock.advance(30_000);
    expect((await refused).kind).toBe('miss');
  });
});
