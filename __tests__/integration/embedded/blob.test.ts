import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rights, TestCache } from '../../helpers/cache.ts';
import { type Answer, send, Wire } from '../../helpers/wire.ts';

let cache: TestCache;
let main: Wire;
let count = 0;

beforeAll(async () => {
  cache = await TestCache.start();
  main = await Wire.open(cache.url, rights.main);
});
afterAll(() => cache.stop());

/** A reservation of its own: the key and its upload URL. */
const reserve = async (): Promise<{ key: string; url: string }> => {
  count += 1;
  const key = `blob-${count}`;
  return { key, url: String((await main.create(key)).json['signed_upload_url']) };
};
const block = (text: string): string => Buffer.from(text).toString('base64');
const putBlock = (url: string, id: string, body: string): Promise<Answer> =>
  send(`${url}&comp=block&blockid=${encodeURIComponent(block(id))}`, { method: 'PUT', body });
const putList = (url: string, ids: readonly string[]): Promise<Answer> =>
  send(`${url}&comp=blocklist`, {
    method: 'PUT',
    body: `<?xml version="1.0" encoding="utf-8"?><BlockList>${ids.map((id) => `<Latest>${block(id)}</Latest>`).join('')}</BlockList>`,
  });
const saved = async (text: string): Promise<string> => {
  count += 1;
  await main.save(`blob-${count}`, text);
  return String((await main.lookup(`blob-${count}`)).json['signed_download_url']);
};

describe('blocks', () => {
  it.each([
    ['in the order in which they came', ['a1', 'b2', 'c3'], 'a1-b2-c3-'],
    ['in another order', ['c3', 'a1', 'b2'], 'c3-a1-b2-'],
    ['some left out', ['c3', 'b2'], 'c3-b2-'],
    ['one twice', ['a1', 'a1', 'b2'], 'a1-a1-b2-'],
  ])('are joined %s', async (_name, ids, expected) => {
    const { key, url } = await reserve();
    for (const id of ['a1', 'b2', 'c3']) expect((await putBlock(url, id, `${id}-`)).status).toBe(201);
    expect((await putList(url, ids)).status).toBe(201);
    expect((await main.finalize(key, expected.length)).json).toMatchObject({ ok: true });
    expect((await main.read(key))?.toString()).toBe(expected);
  });

  it('sent again replace the earlier ones, and a list sent again means the same', async () => {
    const { key, url } = await reserve();
    await putBlock(url, 'a', 'first');
    await putBlock(url, 'b', '-end');
    await putBlock(url, 'a', 'second');
    expect((await putList(url, ['a', 'b'])).status).toBe(201);
    expect((await putList(url, ['a', 'b'])).status).toBe(201);
    expect((await main.finalize(key, 10)).json).toMatchObject({ ok: true });
    expect((await main.read(key))?.toString()).toBe('second-end');
  });

  it('that are in no list are nothing', async () => {
    const { key, url } = await reserve();
    await putBlock(url, 'a', 'abc');
    expect((await main.finalize(key, 3)).status).toBe(404);
  });

  it('unknown ones, ids of different lengths and odd lists are refused', async () => {
    const { url } = await reserve();
    await putBlock(url, 'aa', 'abc');
    expect(await putList(url, ['zz'])).toMatchObject({ status: 400 });
    expect((await putList(url, ['zz'])).headers.get('x-ms-error-code')).toBe('InvalidBlockList');
    expect((await putBlock(url, 'longer', 'abc')).headers.get('x-ms-error-code')).toBe('InvalidBlobOrBlock');
    expect((await send(`${url}&comp=blocklist`, { method: 'PUT', body: 'no xml' })).status).toBe(400);
    expect((await send(`${url}&comp=block&blockid=%3F`, { method: 'PUT', body: 'x' })).status).toBe(400);
  });

  it('arrive in parallel, out of order', async () => {
    const { key, url } = await reserve();
    const ids = Array.from({ length: 40 }, (_, index) => String(index).padStart(3, '0'));
    const shuffled = [...ids].sort(
      (a, b) => ((a.charCodeAt(2) * 7 + Number(a)) % 11) - ((b.charCodeAt(2) * 7 + Number(b)) % 11),
    );
    await Promise.all(shuffled.map((id) => putBlock(url, id, `${id}|`.repeat(1000))));
    expect((await putList(url, ids)).status).toBe(201);
    const expected = ids.map((id) => `${id}|`.repeat(1000)).join('');
    expect((await main.finalize(key, expected.length)).json).toMatchObject({ ok: true });
    expect((await main.read(key))?.toString()).toBe(expected);
  });
});

describe('whole and append blobs', () => {
  it('Put Blob drops what was there', async () => {
    const { key, url } = await reserve();
    await putBlock(url, 'a', 'block');
    await send(url, { method: 'PUT', body: 'a longer body' });
    await send(url, { method: 'PUT', body: 'short' });
    expect((await putList(url, ['a'])).status).toBe(400);
    expect((await main.finalize(key, 5)).json).toMatchObject({ ok: true });
    expect((await main.read(key))?.toString()).toBe('short');
  });

  it('append, then seal', async () => {
    const { key, url } = await reserve();
    const appendBlob = { method: 'PUT', headers: { 'x-ms-blob-type': 'AppendBlob' } };
    expect((await send(`${url}&comp=appendblock`, { method: 'PUT', body: 'early' })).status).toBe(404);
    expect((await send(url, appendBlob)).status).toBe(201);
    for (const body of ['one ', 'two ', 'three'])
      expect((await send(`${url}&comp=appendblock`, { method: 'PUT', body })).status).toBe(201);
    expect((await send(`${url}&comp=seal`, { method: 'PUT' })).status).toBe(200);
    expect((await main.finalize(key, 13)).json).toMatchObject({ ok: true });
    expect((await main.read(key))?.toString()).toBe('one two three');
  });

  it('a Put Blob that breaks off leaves what was there', async () => {
    const { key, url } = await reserve();
    await send(url, { method: 'PUT', body: 'whole' });
    const broken = request(url, { method: 'PUT', headers: { 'Content-Length': 1000 } });
    broken.write('partial');
    broken.once('error', () => undefined);
    await once(broken, 'socket');
    broken.destroy();
    expect((await main.finalize(key, 5)).json).toMatchObject({ ok: true });
    expect((await main.read(key))?.toString()).toBe('whole');
  });
});

describe('reading', () => {
  it.each([
    ['whole', {}, 200, '0123456789', null],
    ['Range', { Range: 'bytes=2-4' }, 206, '234', 'bytes 2-4/10'],
    ['x-ms-range', { 'x-ms-range': 'bytes=7-' }, 206, '789', 'bytes 7-9/10'],
    ['x-ms-range before Range', { Range: 'bytes=0-0', 'x-ms-range': 'bytes=1-2' }, 206, '12', 'bytes 1-2/10'],
    ['past the end', { Range: 'bytes=10-12' }, 416, undefined, 'bytes */10'],
  ])('%s', async (_name, headers, status, text, contentRange) => {
    const answer = await send(await saved('0123456789'), {
      headers: { ...headers, 'Accept-Encoding': 'gzip' },
    });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([status, contentRange]);
    if (text !== undefined) expect(answer.bytes.toString()).toBe(text);
    expect(answer.headers.get('content-encoding')).toBeNull();
  });

  it('HEAD and GET carry the headers that the SDKs need', async () => {
    const url = await saved('0123456789');
    const head = await send(url, { method: 'HEAD', headers: { 'x-ms-version': '2026-02-06' } });
    const get = await send(url, { headers: { 'x-ms-version': '2026-02-06' } });
    expect(head.bytes).toHaveLength(0);
    for (const { status, headers } of [head, get]) {
      expect(status).toBe(200);
      expect(headers.get('content-length')).toBe('10');
      expect(headers.get('etag')).toMatch(/^"0x[0-9A-F]+"$/);
      expect(Date.parse(headers.get('last-modified') ?? '')).toBeGreaterThan(0);
      expect(headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-ms-version')).toBe('2026-02-06');
      expect(headers.get('x-ms-blob-type')).toBe('BlockBlob');
      expect(headers.get('accept-ranges')).toBe('bytes');
      expect(headers.get('date')).not.toBeNull();
    }
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });

  it('PUT answers carry them too', async () => {
    const { headers } = await send((await reserve()).url, { method: 'PUT', body: 'x' });
    expect(headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('etag')).toMatch(/^".+"$/);
    expect(headers.get('content-length')).toBe('0');
    expect(headers.get('x-ms-request-server-encrypted')).toBe('true');
  });
});

describe('signatures', () => {
  const codeOf = ({ status, headers, bytes }: Answer) => [
    status,
    headers.get('x-ms-error-code'),
    bytes.toString().includes('<Error><Code>'),
  ];

  it('read URLs do not write, write URLs do not read', async () => {
    const read = await saved('x');
    expect(codeOf(await send(read, { method: 'PUT', body: 'y' }))).toEqual([
      403,
      'AuthorizationPermissionMismatch',
      true,
    ]);
    expect(codeOf(await send((await reserve()).url))).toEqual([403, 'AuthorizationPermissionMismatch', true]);
  });

  it('forged ones are 403, also on a large upload that nobody reads', async () => {
    const { url } = await reserve();
    const forged = url.replace(/sig=[^&]{4}/, 'sig=AAAA');
    const big = Buffer.alloc(8 * 1024 * 1024);
    expect(codeOf(await send(forged, { method: 'PUT', body: big }))).toEqual([
      403,
      'AuthenticationFailed',
      true,
    ]);
    expect(codeOf(await send(url.replace('sp=cw', 'sp=r')))).toEqual([403, 'AuthenticationFailed', true]);
    expect(codeOf(await send(url.split('?')[0] ?? ''))).toEqual([403, 'AuthenticationFailed', true]);
  });

  it('end: ten minutes to read, an hour to write', async () => {
    let time = Date.now();
    const dated = await TestCache.start({ now: () => time });
    try {
      const wire = await Wire.open(dated.url, rights.main);
      await wire.save('k', 'abc');
      const read = String((await wire.lookup('k')).json['signed_download_url']);
      const write = String((await wire.create('l')).json['signed_upload_url']);
      time += 9.9 * 60_000;
      expect((await send(read)).status).toBe(200);
      time += 0.2 * 60_000;
      expect(codeOf(await send(read))).toEqual([403, 'AuthenticationFailed', true]);
      time += 49 * 60_000;
      expect((await send(write, { method: 'PUT', body: 'x' })).status).toBe(201);
      time += 2 * 60_000;
      expect(codeOf(await send(write, { method: 'PUT', body: 'x' }))).toEqual([
        403,
        'AuthenticationFailed',
        true,
      ]);
    } finally {
      await dated.stop();
    }
  });
});

it('a client that expects 100-continue gets it, and no leave with a bad signature', async () => {
  const { key, url } = await reserve();
  const put = async (target: string): Promise<{ status: number | undefined; continued: boolean }> => {
    const call = request(target, { method: 'PUT', headers: { Expect: '100-continue', 'Content-Length': 5 } });
    let continued = false;
    call.once('continue', () => {
      continued = true;
      call.end('hello');
    });
    call.flushHeaders();
    const [response] = await once(call, 'response');
    response.resume();
    if (!continued) call.destroy();
    else await once(response, 'end');
    return { status: response.statusCode, continued };
  };
  expect(await put(url.replace('sig=', 'sig=x'))).toEqual({ status: 403, continued: false });
  expect(await put(url)).toEqual({ status: 201, continued: true });
  expect((await main.finalize(key, 5)).json).toMatchObject({ ok: true });
});

it('a body of chunks without a length is taken', async () => {
  const { key, url } = await reserve();
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from('no '));
      controller.enqueue(Buffer.from('length'));
      controller.close();
    },
  });
  const init = { method: 'PUT', body: stream, duplex: 'half' } as const;
  expect((await send(`${url}&comp=block&blockid=${encodeURIComponent(block('a'))}`, init)).status).toBe(201);
  expect((await putList(url, ['a'])).status).toBe(201);
  expect((await main.finalize(key, 9)).json).toMatchObject({ ok: true });
  expect((await main.read(key))?.toString()).toBe('no length');
});
