import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rights, TestCache } from '../../helpers/cache.ts';
import { send, Wire } from '../../helpers/wire.ts';

let cache: TestCache;
let main: Wire;

beforeEach(async () => {
  cache = await TestCache.start();
  main = await Wire.open(cache.url, rights.main);
});
afterEach(() => cache.stop());

const reserve = async (key: string): Promise<string> => {
  const answer = await main.v1('POST', 'caches', { body: JSON.stringify({ key, version: 'v1' }) });
  expect(answer.status).toBe(201);
  expect(typeof answer.json['cacheId']).toBe('number');
  return String(answer.json['cacheId']);
};
const patch = (id: string, start: number, text: string) =>
  main.v1('PATCH', `caches/${id}`, {
    body: text,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Range': `bytes ${start}-${start + text.length - 1}/*`,
    },
  });
const commit = (id: string, size: number) =>
  main.v1('POST', `caches/${id}`, { body: JSON.stringify({ size }) });

it('reserve, chunks out of order and twice, commit, look up, read', async () => {
  const id = await reserve('Linux-Key');
  const statuses = [
    await patch(id, 5, 'fghij'),
    await patch(id, 0, 'abcde'),
    await patch(id, 5, 'fghij'),
  ].map(({ status }) => status);
  expect(statuses).toEqual([204, 204, 204]);
  expect((await commit(id, 10)).status).toBe(204);
  const hit = await main.v1('GET', 'cache?keys=linux-key%2Cother&version=v1', {
    prefix: '/some/opaque-token',
  });
  expect(hit).toMatchObject({
    status: 200,
    json: { cacheKey: 'Linux-Key', scope: 'refs/heads/main', cacheVersion: 'v1' },
  });
  expect(Date.parse(String(hit.json['creationTime']))).toBeGreaterThan(0);
  expect((await send(String(hit.json['archiveLocation']))).bytes.toString()).toBe('abcdefghij');
  const part = await send(String(hit.json['archiveLocation']), { headers: { Range: 'bytes=3-' } });
  expect([part.status, part.headers.get('content-range'), part.bytes.toString()]).toEqual([
    206,
    'bytes 3-9/10',
    'defghij',
  ]);
});

it('a miss is 204 without a body', async () => {
  const miss = await main.v1('GET', 'cache?keys=none&version=v1');
  expect([miss.status, miss.bytes.length]).toEqual([204, 0]);
});

describe('commit', () => {
  it.each([
    [
      'a gap',
      [
        [0, 'abc'],
        [6, 'ghi'],
      ],
      9,
    ],
    ['a missing start', [[3, 'def']], 6],
    ['a missing end', [[0, 'abc']], 6],
    ['more than said', [[0, 'abcdef']], 3],
  ] as const)('refuses %s', async (_name, chunks, size) => {
    const id = await reserve('k');
    for (const [start, text] of chunks) await patch(id, start, text);
    const refused = await commit(id, size);
    expect(refused.status).toBe(400);
    expect(refused.json['message']).toEqual(expect.any(String));
    expect((await main.v1('GET', 'cache?keys=k&version=v1')).status).toBe(204);
  });

  it('takes chunks that overlap, and an empty archive', async () => {
    const id = await reserve('k');
    await patch(id, 0, 'abcd');
    await patch(id, 2, 'cdef');
    expect((await commit(id, 6)).status).toBe(204);
    expect((await commit(await reserve('empty'), 0)).status).toBe(204);
    const hit = await main.v1('GET', 'cache?keys=empty&version=v1');
    expect((await send(String(hit.json['archiveLocation']))).bytes).toHaveLength(0);
  });

  it('happens once', async () => {
    const id = await reserve('k');
    await patch(id, 0, 'abc');
    expect((await commit(id, 3)).status).toBe(204);
    expect((await commit(id, 3)).status).toBe(404);
    expect((await patch(id, 0, 'xyz')).status).toBe(404);
  });
});

it('a key in another case is the same key', async () => {
  await commit(await reserve('Key'), 0);
  const again = await main.v1('POST', 'caches', { body: JSON.stringify({ key: 'kEY', version: 'v1' }) });
  expect(again).toMatchObject({
    status: 409,
    json: {
      typeKey: 'ArtifactCacheItemAlreadyExistsException',
      message: expect.stringMatching(/^Cache already exists\. Scope: refs\/heads\/main, Key: kEY/),
    },
  });
});

it('another job cannot write to a reservation by its number', async () => {
  const id = await reserve('k');
  const pr = await Wire.open(cache.url, rights.pr7);
  const headers = { 'Content-Range': 'bytes 0-2/*' };
  expect((await pr.v1('PATCH', `caches/${id}`, { body: 'bad', headers })).status).toBe(404);
  expect((await pr.v1('POST', `caches/${id}`, { body: '{"size":3}' })).status).toBe(404);
});

it('rights: 403 both ways, with a message', async () => {
  const reader = await Wire.open(cache.url, rights.mainReadOnly);
  const body = JSON.stringify({ key: 'k', version: 'v1' });
  expect(await reader.v1('POST', 'caches', { body })).toMatchObject({
    status: 403,
    json: { message: expect.stringMatching(/^cache write denied/) },
  });
  const nobody = await Wire.open(cache.url, []);
  expect(await nobody.v1('GET', 'cache?keys=k&version=v1')).toMatchObject({
    status: 403,
    json: { message: expect.stringMatching(/^cache read denied/) },
  });
});

it.each([
  ['a chunk without a range', 'PATCH', 'caches/1', undefined, 400],
  ['an unknown reservation', 'PATCH', 'caches/99', 'bytes 0-2/*', 404],
  ['an unknown path', 'GET', 'nothing', undefined, 404],
])('%s', async (_name, method, path, range, status) => {
  const init =
    method === 'PATCH' ? { body: 'abc', headers: range === undefined ? {} : { 'Content-Range': range } } : {};
  expect((await main.v1(method, path, init)).status).toBe(status);
});

it('lists committed entries by prefix', async () => {
  await commit(await reserve('list-a'), 0);
  await commit(await reserve('other'), 0);
  await reserve('list-reserved');
  const list = await main.v1('GET', 'caches?key=list-');
  expect(list.json).toMatchObject({ totalCount: 1, artifactCaches: [{ cacheKey: 'list-a' }] });
});
