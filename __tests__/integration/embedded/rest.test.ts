import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mintToken } from '../../../src/embedded/signed-token.ts';
import { readField } from '../../../src/json.ts';
import { rights, TestCache } from '../../helpers/cache.ts';
import { type Answer, send, version, Wire } from '../../helpers/wire.ts';

/** GitHub's REST of caches as https://docs.github.com/en/rest/actions/cache has it. */
const refs = {
  'O/R': {
    default_branch: 'main',
    branches: ['feature/a'],
    tags: ['v1'],
    pull_requests: { '7': 'open', '8': 'closed' },
  },
};
const all = { actions: 'write', contents: 'read', pull_requests: 'read' } as const;
const startMs = Date.UTC(2026, 0, 1);

let cache: TestCache;
let time: number;
let main: Wire;
let pr: Wire;

type Options = Parameters<typeof TestCache.start>[0];
async function start(options: Options = {}): Promise<void> {
  time = startMs;
  cache = await TestCache.start({ now: () => time, readRefs: () => Promise.resolve(refs), ...options });
  main = await Wire.open(cache.url, rights.main);
  pr = await Wire.open(cache.url, rights.pr7);
}
beforeEach(() => start());
afterEach(() => cache.stop());

async function call(
  method: string,
  path: string,
  given: {
    readonly permissions?: Record<string, 'read' | 'write'>;
    readonly repository?: string;
    readonly prefix?: string;
    readonly authorization?: string;
  } = {},
): Promise<Answer> {
  const { permissions = all, repository = 'o/r', prefix = '' } = given;
  const token = await mintToken({ scopes: [], repository, permissions });
  return await send(`${cache.url.replace(/\/$/, '')}${prefix}/repos/o/r${path}`, {
    method,
    headers: { Authorization: given.authorization ?? `Bearer ${token}` },
  });
}
const list = (query = '') => call('GET', `/actions/caches${query}`);
const keysOf = ({ json }: Answer): unknown => {
  const found = json['actions_caches'];
  return Array.isArray(found) ? found.map((entry: unknown) => readField(entry, 'key')) : found;
};

async function saveSome(): Promise<void> {
  for (const [wire, key, bytes] of [
    [main, 'b-2', 'xxx'],
    [main, 'a-1', 'xx'],
    [pr, 'a-3', 'x'],
  ] as const) {
    time += 1000;
    await wire.save(key, bytes);
  }
  time += 1000;
  await main.read('b-2');
}

describe('a list of caches', () => {
  it('has the fields of GitHub', async () => {
    await main.save('k', 'hello');
    time += 5000;
    await main.read('k');
    const answer = await list();
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      total_count: 1,
      actions_caches: [
        {
          id: expect.any(Number),
          ref: 'refs/heads/main',
          key: 'k',
          version,
          last_accessed_at: '2026-01-01T00:00:05.000Z',
          created_at: expect.stringMatching(/^2026-01-01T00:00:00/),
          size_in_bytes: 5,
        },
      ],
    });
    expect(answer.headers.get('link')).toBeNull();
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it.each([
    ['', ['b-2', 'a-3', 'a-1']],
    ['?direction=asc', ['a-1', 'a-3', 'b-2']],
    ['?sort=created_at', ['a-3', 'a-1', 'b-2']],
    ['?sort=created_at&direction=asc', ['b-2', 'a-1', 'a-3']],
    ['?sort=size_in_bytes', ['b-2', 'a-1', 'a-3']],
    ['?sort=size_in_bytes&direction=asc', ['a-3', 'a-1', 'b-2']],
    ['?key=a-', ['a-3', 'a-1']],
    ['?key=a-&ref=refs%2Fheads%2Fmain', ['a-1']],
    ['?ref=refs/pull/7/merge', ['a-3']],
    ['?ref=refs/heads/mai', []],
    ['?key=nothing', []],
    ['?per_page=2&page=2', ['a-1']],
    ['?per_page=2&page=3', []],
    ['?per_page=0&page=0', ['b-2']],
  ])('%s', async (query, keys) => {
    await saveSome();
    expect(keysOf(await list(query))).toEqual(keys);
  });

  it('has links to its pages, and at most 100 a page', async () => {
    for (let n = 0; n < 5; n += 1) await main.save(`k${n}`, 'x');
    const page = async (number: number) => {
      const { headers, json } = await list(`?per_page=2&page=${number}`);
      expect(json['total_count']).toBe(5);
      return [...(headers.get('link') ?? '').matchAll(/[?&]page=(\d+)>; rel="(\w+)"/g)].map(
        ([, to, rel]) => `${rel} ${to}`,
      );
    };
    expect(await page(1)).toEqual(['next 2', 'last 3']);
    expect(await page(2)).toEqual(['prev 1', 'next 3', 'last 3', 'first 1']);
    expect(await page(3)).toEqual(['prev 2', 'first 1']);
  });

  it('is told of use', async () => {
    await saveSome();
    expect((await call('GET', '/actions/cache/usage')).json).toEqual({
      full_name: 'o/r',
      active_caches_size_in_bytes: 6,
      active_caches_count: 3,
    });
  });
});

describe('deletion', () => {
  it('by id: 204, then 404, and the entry is gone for look-ups too', async () => {
    await saveSome();
    const { json } = await list('?key=b-2');
    const id = readField(Array.isArray(json['actions_caches']) ? json['actions_caches'][0] : undefined, 'id');
    const first = await call('DELETE', `/actions/caches/${id}`);
    expect([first.status, first.bytes.length]).toEqual([204, 0]);
    expect((await call('DELETE', `/actions/caches/${id}`)).status).toBe(404);
    expect(await main.find('b-2')).toBe('');
    expect(cache.statistics.storage).toMatchObject({ entries: 2, evicted: 0 });
    await cache.restart();
    expect(cache.statistics.storage.entries).toBe(2);
  });

  it('by key: the whole key, on all refs or on one, with the list of what went', async () => {
    for (const wire of [main, pr]) await wire.save('same', 'x');
    await main.save('same-2', 'x');
    const one = await call('DELETE', '/actions/caches?key=same&ref=refs/pull/7/merge');
    expect([one.status, one.json['total_count'], keysOf(one)]).toEqual([200, 1, ['same']]);
    expect((await call('DELETE', '/actions/caches?key=same')).json['total_count']).toBe(1);
    expect((await call('DELETE', '/actions/caches?key=same')).status).toBe(404);
    expect((await call('DELETE', '/actions/caches')).status).toBe(422);
    expect(keysOf(await list())).toEqual(['same-2']);
  });

  it('of an id of another repository is not found', async () => {
    const other = await Wire.open(cache.url, rights.main, 'o/other');
    await other.save('theirs', 'x');
    expect((await call('DELETE', '/actions/caches/1')).status).toBe(404);
    expect(await other.find('theirs')).toBe('theirs');
    expect(keysOf(await list())).toEqual([]);
  });
});

describe('rights', () => {
  it.each([
    ['GET', '/actions/caches', {}, 'actions=read'],
    ['GET', '/actions/cache/usage', { contents: 'write' }, 'actions=read'],
    ['DELETE', '/actions/caches/1', { actions: 'read' }, 'actions=write'],
    ['DELETE', '/actions/caches?key=a', { actions: 'read' }, 'actions=write'],
    ['GET', '/git/ref/heads/main', { actions: 'write' }, 'contents=read'],
    ['GET', '/pulls/7', { actions: 'write' }, 'pull_requests=read'],
  ] as const)('%s %s with %j is a 403 that names %s', async (method, path, permissions, needed) => {
    const answer = await call(method, path, { permissions });
    expect(answer.status).toBe(403);
    expect(answer.json).toMatchObject({ message: 'Resource not accessible by integration', status: '403' });
    expect(answer.headers.get('x-accepted-github-permissions')).toBe(needed);
  });

  it('no token and a bad one are 401, a token of another repository is 404', async () => {
    const bad = await call('GET', '/actions/caches', { authorization: 'Bearer opaque' });
    expect([bad.status, bad.json['message']]).toEqual([401, expect.stringContaining('not accepted')]);
    const none = await send(`${cache.url}repos/o/r/actions/caches`);
    expect([none.status, none.json['message']]).toEqual([401, 'Requires authentication']);
    expect((await call('GET', '/actions/caches', { repository: 'o/other' })).status).toBe(404);
  });

  it('a runtime token has none here, and a token of another secret is refused', async () => {
    const { status } = await call('GET', '/actions/caches', { authorization: `token ${main.token}` });
    expect(status).toBe(403);
    await cache.restart({ secret: 'right' });
    expect((await call('GET', '/actions/caches')).status).toBe(401);
  });
});

describe('refs and pull requests', () => {
  it.each([
    ['', 200, { full_name: 'o/r', default_branch: 'main' }],
    ['/git/ref/heads/main', 200, { ref: 'refs/heads/main' }],
    ['/git/ref/heads/feature/a', 200, { ref: 'refs/heads/feature/a' }],
    ['/git/ref/heads/feature%2Fa', 200, { ref: 'refs/heads/feature/a' }],
    ['/git/ref/heads/feature', 404, { message: 'Not Found' }],
    ['/git/ref/tags/v1', 200, { ref: 'refs/tags/v1' }],
    ['/git/ref/tags/main', 404, { message: 'Not Found' }],
    ['/pulls/7', 200, { number: 7, state: 'open' }],
    ['/pulls/8', 200, { number: 8, state: 'closed' }],
    ['/pulls/9', 404, { message: 'Not Found' }],
    ['/issues', 404, { message: 'Not Found' }],
  ])('%s: %s', async (path, status, body) => {
    for (const prefix of ['', '/api/v3']) {
      const answer = await call('GET', path, { prefix });
      expect(answer.status).toBe(status);
      expect(answer.json).toMatchObject(body);
    }
  });

  it('that cannot be read are a 503, and not a 404', async () => {
    await cache.restart({ readRefs: () => Promise.resolve({ 'o/r': { default_branch: 7 } }) });
    expect((await call('GET', '/git/ref/heads/gone')).status).toBe(503);
    await cache.restart({ readRefs: () => Promise.reject(new Error('no file')) });
    expect((await call('GET', '/pulls/9')).json['message']).toContain('no file');
  });
});

describe('limits and faults', () => {
  it('a used-up limit is a 403 with the time of its end', async () => {
    await cache.stop();
    await start({ apiCallsPerHour: 2 });
    const headers = async () => {
      const answer = await list();
      return [
        answer.status,
        ...['limit', 'remaining', 'reset'].map((name) => answer.headers.get(`x-ratelimit-${name}`)),
      ];
    };
    const reset = String(startMs / 1000 + 3600);
    expect(await headers()).toEqual([200, '2', '1', reset]);
    expect(await headers()).toEqual([200, '2', '0', reset]);
    expect(await headers()).toEqual([403, '2', '0', reset]);
    expect((await list()).json['message']).toMatch(/^API rate limit exceeded/);
    time += 3_600_000;
    expect((await headers())[0]).toBe(200);
  });

  it('of a fault file have the shape of this API, and are counted', async () => {
    await cache.stop();
    await start({
      faults: [
        { call: 'api-list', status: 429, retryAfter: 7, message: 'secondary rate limit', count: 1 },
        { call: 'api-delete', status: 502, count: 1 },
        { call: 'api-refs', break: 'reset', count: 1 },
      ],
    });
    const limited = await list();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(limited.json).toMatchObject({ message: 'secondary rate limit', status: '429' });
    expect((await call('DELETE', '/actions/caches/1')).status).toBe(502);
    await expect(call('GET', '/pulls/7')).rejects.toThrow();
    expect(cache.statistics.calls).toMatchObject({
      'api-list': { count: 1, failed: 1 },
      'api-delete': { count: 1, failed: 1 },
      'api-refs': { count: 1, failed: 1 },
    });
  });
});
