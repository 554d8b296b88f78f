import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CacheClient } from '../../../src/cache-client/client.ts';
import { toBufferSource } from '../../../src/cache-client/upload-source.ts';
import { BUILDKIT_CACHE_VERSION, PACKS_CACHE_VERSION } from '../../../src/cache-protocol/version.ts';
import { openS3, type TestS3Client } from '../../helpers/s3-client.ts';
import { S3Front } from '../../helpers/s3-front.ts';
import { S3Server } from '../../helpers/s3-server.ts';

const version = PACKS_CACHE_VERSION;
const mebibyte = 1024 * 1024;
/** S3 wants parts of 5 MiB at least. */
const shape = { partBytes: 5 * mebibyte, parallel: 2 };

let server: S3Server;
let front: S3Front;
let directory: string;
const opened: TestS3Client[] = [];

beforeAll(async () => {
  server = await S3Server.start();
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-s3-client-'));
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  front = await S3Front.start(server.url);
});
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
  await front.stop();
  await server.remove('/');
});

function connect(options: Parameters<typeof openS3>[1] = {}): TestS3Client {
  const client = openS3(front.url, { shape, ...options });
  opened.push(client);
  return client;
}

/** Create, upload, finalize: the kind of the last result, with its message if there is one. */
async function save(client: CacheClient, key: string, bytes: Uint8Array): Promise<string> {
  const created = await client.create({ key, version });
  if (created.kind !== 'created') return `${created.kind}: ${created.message}`;
  const uploaded = await client.upload(created.ticket, toBufferSource(bytes));
  if (uploaded.kind !== 'uploaded') return `${uploaded.kind}: ${uploaded.message}`;
  const finalized = await client.finalize(created.ticket, bytes.length);
  return finalized.kind === 'finalized' ? 'finalized' : `${finalized.kind}: ${finalized.message}`;
}

let files = 0;
async function load(client: CacheClient, key: string): Promise<Buffer | string> {
  const hit = await client.lookup({ key, version });
  if (hit.kind !== 'hit') return hit.kind;
  const file = path.join(directory, `file-${files++}`);
  const source = { url: hit.url, renew: async () => undefined };
  const result = await client.download(source, file, { maxBytes: 100 * mebibyte });
  return result.kind === 'downloaded' ? await readFile(file) : result.kind;
}

const pack = (n: number) => `hotlayer-pack-1-7-1-abcdef01-${n}`;
const manifest = (n: number) => `hotlayer-manifest-1-app.b-main.0123456789#${n}`;
const prefix = 'hotlayer-manifest-1-app.b-main.0123456789#';

describe('what is stored can be read', () => {
  it.each([
    ['a pack in one piece', pack(1), 1000],
    ['a pack of one byte', pack(2), 1],
    ['a pack of exactly one part', pack(3), shape.partBytes],
    ['a pack of one part and a byte', pack(4), shape.partBytes + 1],
    ['a pack of four parts', pack(5), 18 * mebibyte],
    ['a manifest', manifest(1), 5000],
    ['a manifest of more than a part', manifest(2), shape.partBytes + 9],
  ])('%s', async (_what, key, sizeBytes) => {
    const { client, bytes } = connect();
    const stored = randomBytes(sizeBytes);
    expect(await load(client, key)).toBe('miss');
    expect(await save(client, key, stored)).toBe('finalized');
    const found = await load(client, key);
    expect(Buffer.isBuffer(found) && found.equals(stored)).toBe(true);
    expect(bytes).toEqual({ up: sizeBytes, down: sizeBytes });
    expect(await server.countOpenUploads()).toBe(0);
  });

  it('a range of a pack, into a place of a file', async () => {
    const { client } = connect();
    const stored = randomBytes(3 * mebibyte);
    await save(client, pack(1), stored);
    const hit = await client.lookup({ key: pack(1), version });
    const handle = await open(path.join(directory, 'range'), 'w+');
    const source = { url: hit.kind === 'hit' ? hit.url : '', renew: async () => undefined };
    expect(
      await client.downloadRange(source, { start: 1000, end: 2_000_000 }, { handle, offset: 7 }),
    ).toMatchObject({ kind: 'downloaded' });
    const { buffer } = await handle.read(Buffer.alloc(1_999_001), 0, 1_999_001, 7);
    await handle.close();
    expect(buffer.equals(stored.subarray(1000, 2_000_001))).toBe(true);
  });

  it('the newest manifest is found with one call of one key, whatever the number', async () => {
    const test = connect();
    for (const n of [1, 2, 9, 10, 99, 100]) await save(test.client, manifest(n), Buffer.from(`m${n}`));
    front.seen.length = 0;
    expect(await test.client.lookup({ key: prefix, version })).toMatchObject({ matchedKey: manifest(100) });
    expect(front.seen).toEqual([expect.stringMatching(/^GET \/caches\/\?list-type=2&max-keys=1&prefix=/)]);
  });

  it('a prefix that begins like another finds nothing of it', async () => {
    const { client } = connect();
    await save(client, 'hotlayer-manifest-1-app.b-main.0123456789ab#3', Buffer.from('other'));
    await save(client, 'hotlayer-manifest-1-app.b-main.012345678#3', Buffer.from('other'));
    expect(await client.lookup({ key: prefix, version })).toEqual({ kind: 'miss' });
  });

  it('two prefixes share a bucket and nothing in it', async () => {
    const { client } = connect();
    await save(client, pack(1), Buffer.from('x'));
    await save(client, manifest(1), Buffer.from('x'));
    const other = connect({ prefix: 'o/r2/' }).client;
    expect(await other.lookup({ key: pack(1), version })).toEqual({ kind: 'miss' });
    expect(await other.lookup({ key: prefix, version })).toEqual({ kind: 'miss' });
    expect((await server.listKeys()).every((key) => key.startsWith('o/r/'))).toBe(true);
  });

  it.each([
    ['a layer of BuildKit', 'buildkit-blob-1-sha256:00', BUILDKIT_CACHE_VERSION],
    ['an index of BuildKit', 'index-main-0', BUILDKIT_CACHE_VERSION],
  ])('%s is a miss, without a call', async (_what, key, of) => {
    const { client, calls } = connect();
    expect(await client.lookup({ key, version: of })).toEqual({ kind: 'miss' });
    expect(calls).toEqual([]);
  });

  it.each(['hotlayer-pack-1-../../secret', 'hotlayer-pack-1-..', 'hotlayer-manifest-1-..#1', 'secret'])(
    'no key leads out of the prefix: %s',
    async (key) => {
      const { client } = connect();
      expect(await client.lookup({ key, version })).toEqual({ kind: 'miss' });
      expect(await save(client, key, Buffer.from('x'))).toMatch(/^failed: .* is no key of an entry/);
    },
  );
});

describe('one number of a manifest is taken once', () => {
  it('the second one hears that it exists', async () => {
    const { client } = connect();
    expect(await save(client, manifest(1), Buffer.from('first'))).toBe('finalized');
    expect(await save(client, manifest(1), Buffer.from('second'))).toMatch(/^exists: /);
    expect(String(await load(client, manifest(1)))).toBe('first');
  });

  it.each(['with', 'without'])('of eight at once %s conditional writes one wins', async (how) => {
    const tests = Array.from({ length: 8 }, () => connect());
    if (how === 'without') front.rules = [{ method: 'PUT', fault: { kind: 'no-condition' } }];
    const results = await Promise.all(
      tests.map(({ client }, index) => save(client, manifest(1), Buffer.from(`writer ${index}`))),
    );
    const winners = results.flatMap((result, index) => (result === 'finalized' ? [index] : []));
    const stays = String(await load(connect().client, manifest(1)));
    // Without conditions an early one may have been overwritten after it looked, but the last one is among them.
    expect(winners.map((index) => `writer ${index}`)).toContain(stays);
    if (how === 'with') expect(winners).toHaveLength(1);
    expect(tests.map(({ notices }) => notices.length)).toEqual(tests.map(() => (how === 'with' ? 0 : 1)));
  });

  it('a lost answer of the write is found to be our own', async () => {
    const { client, calls } = connect();
    front.rules = [{ method: 'PUT', url: /manifests/, fault: { kind: 'lost-answer' }, count: 1 }];
    expect(await save(client, manifest(1), Buffer.from('mine'))).toBe('finalized');
    expect(calls.filter((call) => call.includes('again'))).toHaveLength(1);
  });

  it('a lost answer of a write that somebody else has won is theirs', async () => {
    const { client } = connect();
    await save(client, manifest(1), Buffer.from('theirs'));
    front.rules = [{ method: 'PUT', url: /manifests/, fault: { kind: 'lost-answer' }, count: 1 }];
    expect(await save(client, manifest(1), Buffer.from('mine'))).toMatch(/^exists: /);
  });

  it('a conflict with a write that is under way is tried again', async () => {
    const { client } = connect();
    const fault = { kind: 'status', status: 409, code: 'ConditionalRequestConflict' } as const;
    front.rules = [{ method: 'PUT', url: /manifests/, fault, count: 2 }];
    expect(await save(client, manifest(1), Buffer.from('mine'))).toBe('finalized');
  });

  it.each([
    ['it does not know the header', { kind: 'status', status: 501, code: 'NotImplemented' } as const],
    ['it ignores the header', { kind: 'no-condition' } as const],
  ])('a store without conditions is found out once and said: %s', async (_what, fault) => {
    const { client, notices } = connect();
    front.rules = [
      { method: 'PUT', url: /conditional-write/, fault },
      { method: 'PUT', fault: { kind: 'no-condition' } },
    ];
    expect(await save(client, manifest(1), Buffer.from('a'))).toBe('finalized');
    expect(await save(client, manifest(1), Buffer.from('b'))).toMatch(/^exists/);
    expect(await save(client, manifest(2), Buffer.from('c'))).toBe('finalized');
    expect(notices).toHaveLength(1);
    expect(front.seen.filter((call) => call.includes('conditional-write'))).toHaveLength(2);
  });

  it('what could not be found out opens nothing: the write fails', async () => {
    const { client, notices } = connect();
    const fault = { kind: 'status', status: 403, code: 'AccessDenied' } as const;
    front.rules = [{ method: 'PUT', url: /conditional-write/, fault, count: 1 }];
    expect(await save(client, manifest(1), Buffer.from('a'))).toMatch(/^denied: 403 AccessDenied/);
    expect(await save(client, manifest(1), Buffer.from('a'))).toBe('finalized');
    expect(notices).toEqual([]);
  });
});

describe('faults', () => {
  const big = randomBytes(12 * mebibyte);

  it.each([
    ['a store that is busy', { kind: 'status', status: 503, code: 'SlowDown' } as const, {}],
    ['an internal error', { kind: 'status', status: 500, code: 'InternalError' } as const, {}],
    ['a request that timed out', { kind: 'status', status: 400, code: 'RequestTimeout' } as const, {}],
    ['a part that breaks off', { kind: 'cut', afterBytes: mebibyte } as const, { url: /partNumber=2/ }],
    ['a lost answer of a part', { kind: 'lost-answer' } as const, { url: /partNumber=2/ }],
    ['a lost answer of the beginning', { kind: 'lost-answer' } as const, { url: /uploads=/ }],
    ['a lost answer of the end', { kind: 'lost-answer' } as const, { url: /\?uploadId=/, method: 'POST' }],
    [
      'an error in the answer of the end',
      { kind: 'status', status: 200, code: 'InternalError' } as const,
      {
        url: /\?uploadId=/,
        method: 'POST',
      },
    ],
    ['a download that breaks off', { kind: 'cut', afterBytes: 3 * mebibyte } as const, { method: 'GET' }],
  ])('%s costs a try', async (_what, fault, where) => {
    const { client, calls } = connect();
    front.rules = [{ ...where, fault, count: 2 }];
    expect(await save(client, pack(1), big)).toBe('finalized');
    const found = await load(client, pack(1));
    expect(Buffer.isBuffer(found) && found.equals(big)).toBe(true);
    expect(calls.some((call) => call.includes('again')) || fault.kind === 'cut').toBe(true);
  });

  it('a download goes on where it broke', async () => {
    const test = connect();
    await save(test.client, pack(1), big);
    front.rules = [{ method: 'GET', fault: { kind: 'cut', afterBytes: 2 * mebibyte }, count: 1 }];
    const found = await load(test.client, pack(1));
    expect(Buffer.isBuffer(found) && found.equals(big)).toBe(true);
    // What came twice is at most what was on the way when it broke.
    expect(test.bytes.down).toBe(big.length);
  });

  it.each([
    [
      'no such user',
      { credentials: { accessKeyId: 'NOBODY', secretAccessKey: 'x' } },
      'unauthenticated',
      /XAdminUserNotFound for the bucket caches/,
    ],
    [
      'a wrong secret',
      { credentials: { accessKeyId: 'HOTLAYERTESTKEY', secretAccessKey: 'x' } },
      'unauthenticated',
      /403 SignatureDoesNotMatch for the bucket caches/,
    ],
    ['no such bucket', { bucket: 'nobodys' }, 'failed', /404 NoSuchBucket for the bucket nobodys/],
  ])('%s is said, and not tried again', async (_what, options, kind, said) => {
    const { client, calls } = connect(options);
    const answer = await client.lookup({ key: prefix, version });
    expect(answer).toMatchObject({ kind });
    expect(answer.kind === 'hit' || answer.kind === 'miss' ? '' : answer.message).toMatch(said);
    expect(calls).toEqual(['lookup']);
    expect(JSON.stringify(answer)).not.toContain('Signature=');
  });

  it('an upload in parts that is given up leaves nothing', async () => {
    const { client } = connect();
    const fault = { kind: 'status', status: 403, code: 'AccessDenied' } as const;
    front.rules = [{ method: 'PUT', url: /partNumber=2/, fault }];
    expect(await save(client, pack(1), big)).toMatch(/^failed: 403 AccessDenied/);
    expect(await server.countOpenUploads()).toBe(0);
    expect(await client.lookup({ key: pack(1), version })).toEqual({ kind: 'miss' });
  });

  it('the end removes uploads that are neither finished nor failed', async () => {
    const { client } = connect();
    const created = await client.create({ key: pack(1), version });
    if (created.kind !== 'created') throw new Error(created.kind);
    await client.upload(created.ticket, toBufferSource(big));
    expect(await server.countOpenUploads()).toBeGreaterThan(0);
    await client.close();
    expect(await server.countOpenUploads()).toBe(0);
  });

  it('an upload whose signal ends it leaves nothing', async () => {
    const { client } = connect();
    const ended = new AbortController();
    const created = await client.create({ key: pack(1), version });
    if (created.kind !== 'created') throw new Error(created.kind);
    front.rules = [{ method: 'PUT', url: /partNumber=3/, fault: { kind: 'cut', afterBytes: 10 } }];
    const uploading = client.upload(created.ticket, toBufferSource(big), { signal: ended.signal });
    ended.abort(new Error('the gateway ends'));
    expect(await uploading).toMatchObject({ kind: 'failed' });
    await client.close();
    expect(await server.countOpenUploads()).toBe(0);
  });

  it('a store that is away is an outage, and its end too', async () => {
    const { client, health } = connect();
    await front.stop();
    expect(await client.lookup({ key: prefix, version })).toMatchObject({ kind: 'failed' });
    expect(health.outage?.reason).toMatch(/ECONNREFUSED/);
    front = await S3Front.start(server.url);
  });
});
