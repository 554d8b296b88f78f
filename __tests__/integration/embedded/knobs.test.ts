import { once } from 'node:events';
import { Agent, get, request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { rights, TestCache } from '../../helpers/cache.ts';
import { send, Wire } from '../../helpers/wire.ts';

let cache: TestCache;
let main: Wire;
const start = async (options: Parameters<typeof TestCache.start>[0]): Promise<void> => {
  cache = await TestCache.start(options);
  main = await Wire.open(cache.url, rights.main);
};
const faults = (...rules: readonly object[]) => ({ faults: rules });
afterEach(() => cache.stop());

it('creates per minute: then 429 with Retry-After, by repository, until the minute is over', async () => {
  let time = 1_800_000_000_000;
  await start({ createsPerMinute: 3, now: () => time });
  for (const key of ['a', 'b', 'c']) expect((await main.create(key)).status).toBe(200);
  time += 20_000;
  const limited = await main.create('d');
  expect(limited).toMatchObject({
    status: 429,
    json: { code: 'resource_exhausted', msg: 'rate limit exceeded' },
  });
  expect(limited.headers.get('retry-after')).toBe('40');
  expect((await main.v1('POST', 'caches', { body: '{"key":"d","version":"v"}' })).json).toMatchObject({
    typeKey: 'RequestBlockedException',
  });
  expect((await main.lookup('a')).status).toBe(200);
  expect((await (await Wire.open(cache.url, rights.main, 'o/other')).create('d')).status).toBe(200);
  time += 40_001;
  expect((await main.create('d')).status).toBe(200);
});

it('latency is waited before every call, and blob calls may have their own', async () => {
  await start({ latencyMs: 60, blobLatencyMs: 1 });
  const startedAt = performance.now();
  await main.lookup('k');
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59);
});

it('bandwidth is kept, on one stream and on all together', async () => {
  await start({ streamBytesPerSecond: 2_000_000, totalBytesPerSecond: 3_000_000 });
  const bytes = Buffer.alloc(600_000, 'x');
  let startedAt = performance.now();
  await main.save('k', bytes);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(295);
  startedAt = performance.now();
  const copies = await Promise.all([main.read('k'), main.read('k')]);
  expect(copies.map((copy) => copy?.equals(bytes))).toEqual([true, true]);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(395);
});

describe('faults', () => {
  it('of status have the shape of their dialect', async () => {
    await start(faults({ call: '*', status: 503, retryAfter: 7 }));
    const answers = [
      await main.create('k'),
      await main.v1('GET', 'cache?keys=k&version=v'),
      await send(`${cache.url}devstoreaccount1/actions-cache/1`),
    ];
    expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(
      Array(3).fill([503, '7']),
    );
    expect(answers[0]?.json).toMatchObject({ code: 'unavailable' });
    expect(answers[1]?.json).toHaveProperty('typeKey');
    expect(answers[2]?.headers.get('x-ms-error-code')).toBe('ServerBusy');
    expect(cache.statistics.faults).toEqual([3]);
    expect(cache.statistics.calls.create).toMatchObject({ count: 1, failed: 1 });
  });

  it('strike the key that they name, in every call about it', async () => {
    await start(faults({ call: ['create', 'upload', 'download', 'lookup'], key: 'bad', status: 500 }));
    await main.save('good', 'x');
    expect((await main.read('good'))?.toString()).toBe('x');
    expect((await main.create('a-bad-one')).status).toBe(500);
    expect((await main.lookup('bad')).status).toBe(500);
    const v1 = await main.v1('POST', 'caches', { body: '{"key":"bad","version":"v"}' });
    expect(v1.status).toBe(500);
  });

  it('find the key of a blob URL', async () => {
    await start(faults({ call: 'upload', key: 'bad', status: 503, count: 1 }));
    await main.save('good', 'x');
    await expect(main.save('bad', 'x')).rejects.toThrow('503');
  });

  it('after the call: the deed is done, the answer lost', async () => {
    await start(
      faults(
        { call: 'create', status: 500, when: 'after', count: 1 },
        { call: 'finalize', break: 'reset', when: 'after', count: 1 },
      ),
    );
    expect((await main.create('k')).status).toBe(500);
    expect((await main.create('k')).status).toBe(409);
    const url = String((await main.create('l')).json['signed_upload_url']);
    await send(url, { method: 'PUT', body: 'abc' });
    await expect(main.finalize('l', 3)).rejects.toThrow();
    expect(await main.find('l')).toBe('l');
  });

  it('reset before any answer', async () => {
    await start(faults({ call: 'lookup', break: 'reset', count: 1 }));
    await expect(main.lookup('k')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect((await main.lookup('k')).status).toBe(200);
  });

  it.each(['reset', 'truncate'])('%s in the middle of a download', async (manner) => {
    await start(faults({ call: 'download', break: manner, afterBytes: 100_000, count: 1 }));
    await main.save('k', Buffer.alloc(3_000_000, 'x'));
    const url = String((await main.lookup('k')).json['signed_download_url']);
    let received = 0;
    const outcome = await new Promise<unknown>((resolve) => {
      const call = get(url, (response) => {
        response.on('data', (chunk: Buffer) => {
          received += chunk.length;
        });
        response.once('error', resolve).once('end', () => resolve('complete'));
      });
      // A reset may overtake what was sent before it.
      call.once('error', resolve);
    });
    expect(outcome).toMatchObject({ code: 'ECONNRESET' });
    expect(received).toBeLessThanOrEqual(100_000);
    if (manner === 'truncate') expect(received).toBe(100_000);
    expect(await main.read('k')).toHaveLength(3_000_000);
  });

  it('corrupt one byte of a download, and of an upload', async () => {
    await start(
      faults(
        { call: 'download', break: 'corrupt', afterBytes: 100_000, count: 1 },
        { call: 'upload', key: 'bad', break: 'corrupt' },
      ),
    );
    const bytes = Buffer.alloc(300_000, 'x');
    await main.save('good', bytes);
    const received = (await main.read('good')) ?? Buffer.alloc(0);
    expect([...received.entries()].filter(([at, byte]) => byte !== bytes[at])).toEqual([[100_000, 0x79]]);
    expect(await main.read('good')).toEqual(bytes);
    await main.save('bad', 'xyz');
    expect((await main.read('bad'))?.toString('latin1')).toBe('yyz');
  });

  it('corrupt a byte twice, and it does not come out right', async () => {
    await start(faults({ call: 'upload', break: 'corrupt' }, { call: 'download', break: 'corrupt' }));
    await main.save('k', 'abc');
    expect((await main.read('k'))?.toString('latin1')).toBe('cbc');
  });

  it('evict an entry between its look-up and its read', async () => {
    await start(faults({ call: 'download', key: 'k', evict: true, count: 1 }));
    await main.save('k', 'x');
    const url = String((await main.lookup('k')).json['signed_download_url']);
    expect((await send(url)).status).toBe(404);
    expect(await main.find('k')).toBe('');
    expect(cache.statistics.storage).toMatchObject({ entries: 0, evicted: 1 });
  });

  it('reset in the middle of an upload, which then counts for nothing', async () => {
    await start(faults({ call: 'upload', break: 'reset', afterBytes: 1_000_000, count: 1 }));
    const url = String((await main.create('k')).json['signed_upload_url']);
    const body = Buffer.alloc(4_000_000, 'x');
    await expect(send(url, { method: 'PUT', body })).rejects.toThrow();
    expect((await main.finalize('k', 4_000_000)).status).toBe(404);
    expect((await send(url, { method: 'PUT', body })).status).toBe(201);
    expect((await main.finalize('k', 4_000_000)).status).toBe(200);
  });

  it('delay', async () => {
    await start(faults({ call: 'lookup', delayMs: 80, skip: 1, count: 1 }));
    await main.lookup('k');
    const startedAt = performance.now();
    await main.lookup('k');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(79);
  });
});

it('counts calls and bytes by kind', async () => {
  await start({});
  await main.save('k', Buffer.alloc(1000));
  await main.read('k');
  await main.lookup('miss');
  const { calls, totalCalls } = cache.statistics;
  expect(calls.create.count).toBe(1);
  expect(calls.upload).toMatchObject({ count: 1, failed: 0, bytesIn: 1000 });
  expect(calls.finalize.count).toBe(1);
  expect(calls.lookup.count).toBe(2);
  expect(calls.download).toMatchObject({ count: 1, bytesOut: 1000 });
  expect(totalCalls).toBe(6);
});

it('a client that hangs up in mid upload does no harm', async () => {
  const errors: unknown[] = [];
  await start({ onError: (error) => errors.push(error) });
  const url = String((await main.create('k')).json['signed_upload_url']);
  for (let round = 0; round < 5; round += 1) {
    const call = request(url, { method: 'PUT', headers: { 'Content-Length': 1_000_000 } });
    call.on('error', () => undefined);
    call.write(Buffer.alloc(100_000));
    await new Promise((resolve) => setTimeout(resolve, 5));
    call.destroy();
  }
  expect((await send(url, { method: 'PUT', body: 'abc' })).status).toBe(201);
  expect((await main.finalize('k', 3)).status).toBe(200);
  expect(errors).toEqual([]);
});

it('nor one that hangs up after it was refused in the middle of its body', async () => {
  await start({});
  const url = String((await main.create('k')).json['signed_upload_url']);
  for (const target of [`${url}&comp=blocklist`, url.replace('sig=', 'sig=x')]) {
    const call = request(target, { method: 'PUT', headers: { 'Content-Length': 60_000_000 } });
    call.on('error', () => undefined);
    call.write(Buffer.alloc(20_000_000));
    const [response] = await once(call, 'response');
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    call.destroy();
  }
  expect((await main.lookup('k')).status).toBe(200);
});

it('a refused upload on a kept-alive connection leaves it usable', async () => {
  await start({});
  const url = String((await main.create('k')).json['signed_upload_url']);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const statuses: number[] = [];
    for (const target of [url.replace('sig=', 'sig=x'), url]) {
      const call = request(target, { method: 'PUT', agent });
      call.end(Buffer.alloc(3_000_000, 'x'));
      const [response] = await once(call, 'response');
      response.resume();
      await once(response, 'end');
      statuses.push(response.statusCode);
    }
    expect(statuses).toEqual([403, 201]);
    expect((await main.finalize('k', 3_000_000)).status).toBe(200);
  } finally {
    agent.destroy();
  }
});
