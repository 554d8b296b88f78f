import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BUILDKIT_CACHE_VERSION, PACKS_CACHE_VERSION } from '../../../src/cache-protocol/version.ts';
import { createRandom } from '../../../src/embedded/simulator/random.ts';
import { toManifestPrefix } from '../../../src/gateway/packs/entry-key.ts';
import { type Manifest, parseManifest } from '../../../src/gateway/packs/manifest.ts';
import { TestGateway } from '../../helpers/gateway.ts';
import { QuickClock } from '../../helpers/quick-clock.ts';
import { openS3, type TestS3Client } from '../../helpers/s3-client.ts';
import { S3Front } from '../../helpers/s3-front.ts';
import { S3Server } from '../../helpers/s3-server.ts';
import { save, toBlobKey, Upstream } from '../../helpers/upstream.ts';

const base = 'index-app.main-1-f921bd05';
const mebibyte = 1024 * 1024;
const toDigest = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function toIndex(layers: readonly Buffer[]): Buffer {
  const annotations = {
    ...{
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      diffID: `sha256:${'a'.repeat(64)}`,
      size: 1,
    },
  };
  return Buffer.from(
    JSON.stringify({
      layers: layers.map((bytes) => ({ blob: toDigest(bytes), parent: -1, annotations })),
      records: layers.map((bytes, layer) => ({
        digest: toDigest(bytes),
        layers: [{ layer, createdAt: '2026-01-01T00:00:00Z' }],
      })),
    }),
  );
}

describe('the gateway over a bucket that has faults', () => {
  let server: S3Server;
  let upstream: Upstream;
  let front: S3Front;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await S3Server.start();
    // For the files of clients only: nothing is stored there.
    upstream = await Upstream.start();
  });
  afterAll(async () => {
    await upstream.close();
    await server.stop();
  });
  beforeEach(async () => {
    front = await S3Front.start(server.url);
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await front.stop();
    await server.remove('/');
  });

  function connect(): TestS3Client {
    const bucket = openS3(front.url, { shape: { partBytes: 5 * mebibyte, parallel: 2 } });
    closing.push(() => bucket.close());
    return bucket;
  }

  /** One job: it exports layers of its own, and ends. Answers them if its export has arrived. */
  async function runJob(runId: number, clock: QuickClock): Promise<readonly Buffer[]> {
    const bucket = connect();
    const gateway = await TestGateway.start(upstream, {
      bucket,
      clock,
      runId: String(runId),
      smallestPackBytes: 200_000,
    });
    closing.push(() => gateway.close());
    const { client } = gateway.client(2);
    const layers = [
      ...[1000, 90_000, 150_000, 250_000].map((size) => randomBytes(size)),
      // In parts.
      ...(runId % 2 === 0 ? [randomBytes(11 * mebibyte)] : []),
    ];
    for (const bytes of layers)
      expect(await save(client, upstream, toBlobKey(bytes), bytes)).toBe('finalized');
    expect(await save(client, upstream, `${base}#1`, toIndex(layers))).toBe('finalized');
    const { exports } = await gateway.settle();
    expect(exports).toHaveLength(1);
    return exports[0]?.state === 'exported' ? layers : [];
  }

  async function readManifest(reader: TestS3Client): Promise<Manifest | undefined> {
    const query = { key: toManifestPrefix('app.main'), version: PACKS_CACHE_VERSION };
    const hit = await reader.client.lookup(query);
    if (hit.kind !== 'hit') return undefined;
    const bytes = await fetchEntry(reader, hit.url);
    const parsed = parseManifest(bytes);
    if (parsed.kind !== 'manifest') throw new Error(`the newest manifest is ${parsed.kind}`);
    return parsed.manifest;
  }

  async function fetchEntry(reader: TestS3Client, url: string): Promise<Buffer> {
    const file = upstream.toPath();
    const source = { url, renew: async () => undefined };
    const result = await reader.client.download(source, file, { maxBytes: 1e9 });
    if (result.kind !== 'downloaded') throw new Error(`${url} is ${result.kind}`);
    return await readFile(file);
  }

  it.each([
    ['conditional writes', 1, [] as const],
    ['conditional writes', 2, [] as const],
    ['conditional writes', 3, [] as const],
    ['none of them', 4, [{ method: 'PUT', fault: { kind: 'no-condition' } }] as const],
  ])('with %s, seed %d: no manifest names what is not there', async (how, seed, always) => {
    front.random = createRandom(seed);
    front.rules = [
      { chance: 0.05, fault: { kind: 'status', status: 503, code: 'SlowDown' } },
      { chance: 0.03, fault: { kind: 'lost-answer' } },
      { chance: 0.03, fault: { kind: 'cut', afterBytes: 20_000 } },
      { chance: 0.3, method: 'PUT', url: /manifests/, fault: { kind: 'lost-answer' } },
      {
        chance: 0.1,
        method: 'PUT',
        url: /manifests/,
        fault: { kind: 'status', status: 412, code: 'PreconditionFailed' },
      },
      {
        chance: 0.05,
        method: 'PUT',
        url: /manifests/,
        fault: { kind: 'status', status: 409, code: 'ConditionalRequestConflict' },
      },
      ...always,
    ];
    const clock = new QuickClock();
    const first = await runJob(1, clock);
    const exported = [first, ...(await Promise.all([2, 3, 4].map((runId) => runJob(runId, clock))))];
    for (const close of closing.splice(0).reverse()) await close();
    front.rules = [];

    const reader = connect();
    const manifest = await readManifest(reader);
    expect(exported.flat().length).toBeGreaterThan(0);
    const packs = new Map<string, Buffer>();
    for (const { key, sizeBytes } of manifest?.packs ?? []) {
      const hit = await reader.client.lookup({ key, version: PACKS_CACHE_VERSION });
      expect({ key, kind: hit.kind }).toEqual({ key, kind: 'hit' });
      if (hit.kind === 'hit') packs.set(key, await fetchEntry(reader, hit.url));
      expect(packs.get(key)?.length).toBe(sizeBytes);
    }
    for (const [digest, { pack, offset, length }] of manifest?.blobs ?? [])
      expect(toDigest(packs.get(pack)?.subarray(offset, offset + length) ?? Buffer.alloc(0))).toBe(digest);
    expect(await server.countOpenUploads()).toBe(0);
    // What was said to be exported at the same time is there: each number is taken once, and losers join.
    const parallel = exported.slice(1).flat().map(toDigest);
    const lost = parallel.filter((digest) => manifest?.blobs.has(digest) !== true);
    if (how === 'conditional writes') expect(lost).toEqual([]);
  });

  it('a bucket that loses a pack: what lay in it is a miss, and all else is read', async () => {
    const layers = await runJob(1, new QuickClock());
    const [gone] = (await server.listKeys()).filter((key) => key.includes('/packs/'));
    await server.remove(gone ?? '');
    const bucket = connect();
    const next = await TestGateway.start(upstream, { bucket, plan: { imports: ['app.main'], export: null } });
    closing.push(() => next.close());
    await next.loaded();
    const { client } = next.client(2);
    const kinds = await Promise.all(
      layers.map(
        async (bytes) =>
          (await client.lookup({ key: toBlobKey(bytes), version: BUILDKIT_CACHE_VERSION })).kind,
      ),
    );
    expect(new Set(kinds)).toEqual(new Set(['hit', 'miss']));
  });
});
