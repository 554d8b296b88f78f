import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rights, TestCache } from '../../helpers/cache.ts';
import { send, version, Wire } from '../../helpers/wire.ts';

let cache: TestCache;
let main: Wire;
let pr: Wire;

beforeEach(async () => {
  cache = await TestCache.start();
  main = await Wire.open(cache.url, rights.main);
  pr = await Wire.open(cache.url, rights.pr7);
});
afterEach(() => cache.stop());

describe('the life of an entry', () => {
  it('create, put, finalize, find, read', async () => {
    const created = await main.create('Key, "ü" #%?/../\n');
    expect(created.json).toEqual({
      ok: true,
      signed_upload_url: expect.stringMatching(/^http:\/\/127/),
      message: '',
    });
    const put = await send(String(created.json['signed_upload_url']), { method: 'PUT', body: 'hello' });
    expect(put.status).toBe(201);
    expect(await main.find('Key')).toBe('');
    const done = await main.finalize('Key, "ü" #%?/../\n', '5');
    expect(done.json).toEqual({ ok: true, entry_id: expect.stringMatching(/^\d+$/), message: '' });
    expect(await main.find('Key')).toBe('Key, "ü" #%?/../\n');
    expect((await main.read('Key'))?.toString()).toBe('hello');
  });

  it('is immutable: same key again is a 409, reserved or committed', async () => {
    const { json } = await main.create('k');
    const conflict = {
      code: 'already_exists',
      msg: 'cache entry with the same key, version, and scope already exists',
    };
    expect(await main.create('k')).toMatchObject({ status: 409, json: conflict });
    await send(String(json['signed_upload_url']), { method: 'PUT', body: 'one' });
    expect((await main.finalize('k', 3)).status).toBe(200);
    expect(await main.create('k')).toMatchObject({ status: 409, json: conflict });
    expect((await send(String(json['signed_upload_url']), { method: 'PUT', body: 'two' })).status).toBe(404);
    expect((await main.read('k'))?.toString()).toBe('one');
    expect((await main.finalize('k', 3)).status).toBe(404);
  });

  it('a parallel create has exactly one winner', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => main.create('race')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  it('another version is another entry', async () => {
    await main.save('k', 'x');
    const other = 'c'.repeat(64);
    expect((await main.rpc('CreateCacheEntry', { key: 'k', version: other })).json).toMatchObject({
      ok: true,
    });
    expect((await main.rpc('GetCacheEntryDownloadURL', { key: 'k', version: other })).json).toMatchObject({
      ok: false,
    });
  });

  it('cases of keys differ', async () => {
    await main.save('Key', 'upper');
    await main.save('key', 'lower');
    expect((await main.read('Key'))?.toString()).toBe('upper');
    expect(await main.find('KEY')).toBe('');
  });
});

describe('finalize checks the size', () => {
  it.each([
    ['too small', 4],
    ['too large', 6],
  ])('%s: not found, and the right size still works', async (_name, size) => {
    const { json } = await main.create('k');
    await send(String(json['signed_upload_url']), { method: 'PUT', body: 'hello' });
    expect(await main.finalize('k', size)).toMatchObject({ status: 404, json: { code: 'not_found' } });
    expect((await main.finalize('k', 5)).json).toMatchObject({ ok: true });
  });

  it('nothing uploaded, never reserved', async () => {
    await main.create('k');
    expect((await main.finalize('k', 1)).status).toBe(404);
    expect((await main.finalize('unknown', 1)).status).toBe(404);
  });
});

describe('look-up order', () => {
  it('own ref, whole sequence, then the base: an own prefix beats an exact match of the default branch', async () => {
    await main.save('deps-1', 'main');
    expect(await pr.find('deps-1')).toBe('deps-1');
    await pr.save('deps-1-own', 'pr');
    expect(await pr.find('deps-1')).toBe('deps-1-own');
    expect(await main.find('deps-1')).toBe('deps-1');
  });

  it('newest is what was finalized last, whatever its name', async () => {
    for (const key of ['i#9', 'i#10', 'i#2']) await main.save(key, key);
    expect(await main.find('i#')).toBe('i#2');
    expect(await main.find('none', ['none-either', 'i#1', 'i#9'])).toBe('i#10');
  });
});

describe('isolation', () => {
  it('main does not see a pull request, nor one pull request another', async () => {
    await pr.save('secret', 'x');
    const other = await Wire.open(cache.url, [
      { scope: 'refs/pull/8/merge', permission: 3 },
      { scope: 'refs/heads/main', permission: 1 },
    ]);
    expect(await main.find('secret')).toBe('');
    expect(await other.find('secret')).toBe('');
    expect(await pr.find('secret')).toBe('secret');
    expect((await main.create('secret')).status).toBe(200);
  });

  it('a pull request may save what main has, for itself', async () => {
    await main.save('k', 'main');
    await pr.save('k', 'pr');
    expect((await main.read('k'))?.toString()).toBe('main');
    expect((await pr.read('k'))?.toString()).toBe('pr');
  });

  it('a repository does not see another', async () => {
    await main.save('k', 'x');
    expect(await (await Wire.open(cache.url, rights.main, 'o/other')).find('k')).toBe('');
  });

  it('the empty scope of emulators is a scope like others', async () => {
    const emulator = await Wire.open(cache.url, [{ scope: '', permission: 3 }]);
    await emulator.save('k', 'x');
    expect(await emulator.find('k')).toBe('k');
    expect(await main.find('k')).toBe('');
  });
});

describe('rights', () => {
  it('without a writable scope create says no with 200, and finalize finds nothing to write to', async () => {
    const reader = await Wire.open(cache.url, rights.mainReadOnly);
    const denied = {
      ok: false,
      signed_upload_url: '',
      message: 'cache write denied: token has no writable scopes',
    };
    expect(await reader.create('k')).toMatchObject({ status: 200, json: denied });
    expect((await reader.finalize('k', 1)).status).toBe(403);
  });

  it('without a readable scope look-up is a 403', async () => {
    const writer = await Wire.open(cache.url, [{ scope: 'refs/heads/main', permission: 2 }]);
    await writer.save('k', 'x');
    const denied = { code: 'permission_denied', msg: 'cache read denied: token has no readable scopes' };
    expect(await writer.lookup('k')).toMatchObject({ status: 403, json: denied });
  });

  it('without a token, or with a wrong signature: 401', async () => {
    const url = `${cache.url}twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry`;
    expect(
      await send(url, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }),
    ).toMatchObject({
      status: 401,
      json: { code: 'unauthenticated' },
    });
    await cache.restart({ secret: 'right' });
    expect((await (await Wire.open(cache.url, rights.main, 'o/r', 'wrong')).create('k')).status).toBe(401);
    expect((await (await Wire.open(cache.url, rights.main, 'o/r', 'right')).create('k')).status).toBe(200);
  });
});

describe('what is refused', () => {
  it.each([
    ['empty key', 'CreateCacheEntry', { key: '', version }, 400, 'invalid_argument'],
    ['long key', 'GetCacheEntryDownloadURL', { key: 'k'.repeat(513), version }, 400, 'invalid_argument'],
    ['short version', 'CreateCacheEntry', { key: 'k', version: 'v' }, 400, 'invalid_argument'],
    [
      'empty entry',
      'FinalizeCacheEntryUpload',
      { key: 'k', version, size_bytes: 0 },
      400,
      'invalid_argument',
    ],
    ['odd body', 'CreateCacheEntry', [], 400, 'invalid_argument'],
    ['dropped method', 'DeleteCacheEntry', { key: 'k' }, 404, 'bad_route'],
  ])('%s', async (_name, method, body, status, code) => {
    expect(await main.rpc(method, body)).toMatchObject({ status, json: { code } });
  });

  it('other paths, methods and content types are no routes', async () => {
    const url = `${cache.url}twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry`;
    const protobuf = { method: 'POST', body: 'x', headers: { 'Content-Type': 'application/protobuf' } };
    const answers = await Promise.all([send(cache.url), send(url), send(url, protobuf)]);
    expect(answers.map(({ status, json }) => [status, json['code']])).toEqual(
      Array(3).fill([404, 'bad_route']),
    );
  });
});
