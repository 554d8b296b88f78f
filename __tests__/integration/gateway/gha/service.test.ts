import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PACKS_CACHE_VERSION } from '../../../../src/cache-protocol/version.ts';
import { TestGateway } from '../../../helpers/gateway.ts';
import { QuickClock } from '../../../helpers/quick-clock.ts';
import { load, save, spoilFirstByte, toBlobKey, Upstream, version } from '../../../helpers/upstream.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(
  faults: readonly object[] = [],
  knobs: Parameters<typeof TestGateway.start>[1] = {},
): Promise<{ upstream: Upstream; gateway: TestGateway }> {
  const upstream = await Upstream.start(faults);
  closing.push(() => upstream.close());
  const gateway = await TestGateway.start(upstream, knobs);
  closing.push(() => gateway.close());
  return { upstream, gateway };
}

const layer = randomBytes(300_007);
const layerKey = toBlobKey(layer);
const toDigest = (key: string): string => key.slice('buildkit-blob-1-'.length);
const sha = (character: string): string => `sha256:${character.repeat(64)}`;

/** A cache config of BuildKit's with one record for each layer. */
function toIndex(...layerKeys: readonly string[]): Buffer {
  const annotations = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', diffID: sha('a'), size: 1 };
  return Buffer.from(
    JSON.stringify({
      layers: layerKeys.map((key) => ({ blob: toDigest(key), parent: -1, annotations })),
      records: layerKeys.map((key, layer) => ({
        digest: toDigest(key),
        layers: [{ layer, createdAt: '2026-01-01T00:00:00Z' }],
      })),
    }),
  );
}

const index = toIndex(layerKey);
const base = 'index-app.main-1-f921bd05';
const readOnly = { imports: ['app.main'], export: null };

/** The digests of the layers that an index names. */
async function loadLayers(
  gateway: TestGateway,
  upstream: Upstream,
  down: 1 | 2 = 2,
): Promise<readonly string[] | string> {
  const { client } = gateway.client(down);
  const hit = await client.lookup({ key: base, version });
  if (hit.kind !== 'hit') return hit.kind;
  const file = upstream.toPath();
  await client.download({ url: hit.url, renew: async () => undefined }, file, { maxBytes: 1e9 });
  const { layers = [] } = JSON.parse(await readFile(file, 'utf8'));
  return layers.map(({ blob }: { readonly blob: string }) => blob);
}

/** One job: it exports these layers, and waits until they are on the service. */
async function exportLayers(
  upstream: Upstream,
  layers: readonly Buffer[],
  knobs: Parameters<typeof TestGateway.start>[1] = {},
): Promise<TestGateway> {
  const gateway = await TestGateway.start(upstream, knobs);
  closing.push(() => gateway.close());
  const { client } = gateway.client(2);
  for (const bytes of layers) {
    const stored = await save(client, upstream, toBlobKey(bytes), bytes);
    expect(stored).toMatch(/^finalized|^exists/);
  }
  expect(await save(client, upstream, `${base}#1`, toIndex(...layers.map(toBlobKey)))).toBe('finalized');
  await gateway.settle();
  return gateway;
}

async function openGateway(
  upstream: Upstream,
  knobs: Parameters<typeof TestGateway.start>[1] = {},
): Promise<TestGateway> {
  const gateway = await TestGateway.start(upstream, knobs);
  closing.push(() => gateway.close());
  return gateway;
}

describe.each([
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 2],
] as const)('v%d from BuildKit, v%d to the service', (down, up) => {
  it('takes layers and an index, and the next job gets them out of packs', async () => {
    const { upstream, gateway } = await start([], { protocol: up });
    const { client } = gateway.client(down);
    expect(await load(client, upstream, layerKey)).toBe('miss');
    expect(await client.lookup({ key: base, version })).toEqual({ kind: 'miss' });
    expect(await save(client, upstream, layerKey, layer)).toBe('finalized');
    expect(await save(client, upstream, `${base}#1`, index)).toBe('finalized');
    // At once, also before anything is on the service.
    expect(await load(client, upstream, layerKey)).toBe(layerKey);
    expect(await client.lookup({ key: `${base}#`, version })).toEqual({ kind: 'miss' });
    await gateway.confirm();
    expect(await client.lookup({ key: `${base}#`, version })).toMatchObject({ matchedKey: `${base}#1` });
    expect(await client.create({ key: layerKey, version })).toMatchObject({ kind: 'exists' });
    expect(await gateway.settle()).toMatchObject({
      blobsStored: 1,
      indexesStored: 1,
      packsWritten: 1,
      manifestsWritten: 1,
      wrongBytes: 0,
      refused: 0,
      exportFailures: 0,
      exports: [{ cacheScope: 'app.main', state: 'exported', number: 1, packs: 1, blobs: 1, merges: 0 }],
    });
    // BuildKit's own client finds nothing: packs are not its entries.
    const direct = upstream.client(up, await upstream.token()).client;
    expect(await load(direct, upstream, layerKey)).toBe('miss');

    const next = await openGateway(upstream, { protocol: up, plan: readOnly });
    expect(await loadLayers(next, upstream, down)).toEqual([toDigest(layerKey)]);
    const reader = next.client(down);
    expect(await reader.client.lookup({ key: base, version })).toMatchObject({ matchedKey: `${base}#1` });
    expect(await load(reader.client, upstream, layerKey)).toBe(layerKey);
    expect(next.report).toMatchObject({ misses: 0, importFailures: 0, bytesUp: 0, droppedRecords: 0 });
  });

  it('writes nothing when nothing has changed', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [layer], { protocol: up });
    const keys = await upstream.listKeys('');
    const again = await exportLayers(upstream, [layer], { protocol: up });
    expect(again.report).toMatchObject({
      bytesUp: 0,
      exportFailures: 0,
      exports: [{ state: 'unchanged', number: 1 }],
    });
    // Manifest, BuildKit's own index, the pack, the manifest once more at the end; the bytes of the manifest.
    expect(again.toService.calls.toSorted()).toEqual(['download', ...Array(4).fill('lookup')]);
    expect(await upstream.listKeys('')).toEqual(keys);
  });

  it('gets through a service in trouble', async () => {
    const { upstream, gateway } = await start(
      [
        { call: ['lookup', 'create', 'finalize'], status: 503, every: 2 },
        { call: 'create', status: 429, retryAfter: 30, count: 1 },
        { call: 'upload', break: 'reset', afterBytes: 1000, count: 3 },
        { call: 'download', break: 'truncate', afterBytes: 10_000, count: 5 },
      ],
      { protocol: up },
    );
    const { client, calls } = gateway.client(down);
    expect(await save(client, upstream, layerKey, layer)).toBe('finalized');
    expect(await save(client, upstream, `${base}#1`, index)).toBe('finalized');
    expect(await gateway.settle()).toMatchObject({
      exports: [{ state: 'exported' }],
      exportFailures: 0,
      importFailures: 0,
    });
    // BuildKit saw nothing of it.
    expect(calls.filter((call) => call.includes('again'))).toEqual([]);
    const { toService } = gateway;
    expect(toService.calls.filter((call) => call.includes('again')).length).toBeGreaterThan(5);
    expect(Math.max(...toService.clock.waits)).toBeGreaterThanOrEqual(29_000);

    const next = await openGateway(upstream, { protocol: up, plan: readOnly });
    expect(await load(next.client(down).client, upstream, layerKey)).toBe(layerKey);
    expect(next.report).toMatchObject({ importFailures: 0 });
  });

  it('refuses a layer whose bytes are not what its key says', async () => {
    const { upstream, gateway } = await start([], { protocol: up });
    const { client } = gateway.client(down);
    expect(await save(client, upstream, layerKey, randomBytes(layer.length))).toMatch(
      /^failed: 400 .*not what its key says: its bytes hash to sha256:/,
    );
    expect(await load(client, upstream, layerKey)).toBe('miss');
    expect(await save(client, upstream, `${base}#1`, index)).toMatch(
      /^failed: 400 .*1 blobs that are not there/,
    );
    expect(await gateway.settle()).toMatchObject({
      wrongBytes: 1,
      exportFailures: 2,
      bytesUp: 0,
      exports: [],
    });
    expect(await upstream.listKeys('')).toEqual([]);
  });

  it.each([
    ['text', 'hello'],
    ['a list', '[]'],
    ['layers that are none', '{"layers":[1]}'],
    ['half a config', '{"layers":['],
    ['a link to no record', '{"records":[{"digest":"sha256:0","inputs":[[{"link":3}]]}]}'],
  ])('refuses an index that is no cache config: %s', async (_name, text) => {
    const { upstream, gateway } = await start([], { protocol: up });
    const stored = await save(gateway.client(down).client, upstream, `${base}#1`, Buffer.from(text));
    expect(stored).toMatch(/^failed: 400 .*no cache config/);
  });

  it('refuses a size that is not that of the upload', async () => {
    const { gateway } = await start([], { protocol: up });
    const { client } = gateway.client(down);
    const created = await client.create({ key: layerKey, version });
    if (created.kind !== 'created') throw new Error(created.kind);
    const result = await client.finalize(created.ticket, 10);
    expect(result.kind).toBe('not-found');
  });

  it('never serves bytes that are wrong in a pack, and forgets the layer for the rest of the job', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    const other = randomBytes(1000);
    await exportLayers(upstream, [layer, other], { protocol: up });
    await upstream.tamper('hotlayer-pack-', spoilFirstByte);
    const gateway = await openGateway(upstream, { protocol: up });
    const { client } = gateway.client(down);
    expect(await load(client, upstream, layerKey)).toMatch(/^missing: 404 BlobNotFound/);
    expect(await load(client, upstream, layerKey)).toBe('miss');
    // What is right in it is served.
    expect(await load(client, upstream, toBlobKey(other))).toBe(toBlobKey(other));
    expect(gateway.report).toMatchObject({ wrongBytes: 1, importFailures: 1 });
    // The layer is taken anew.
    expect(await save(client, upstream, layerKey, layer)).toBe('finalized');
  });

  it('drops from the index what lay in a pack that is gone, and nothing else', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [layer], { protocol: up });
    const [lost] = await upstream.listKeys('hotlayer-pack-');
    const other = randomBytes(5000);
    await exportLayers(upstream, [layer, other], { protocol: up });
    expect(await upstream.listKeys('hotlayer-pack-')).toHaveLength(2);
    expect(await upstream.evict(lost ?? '')).toBe(1);

    const gateway = await openGateway(upstream, { protocol: up });
    expect(await loadLayers(gateway, upstream, down)).toEqual([toDigest(toBlobKey(other))]);
    const { client } = gateway.client(down);
    expect(await load(client, upstream, layerKey)).toBe('miss');
    expect(await load(client, upstream, toBlobKey(other))).toBe(toBlobKey(other));
    expect(gateway.report).toMatchObject({ droppedRecords: 1, importFailures: 0 });
    // The next export heals it.
    const healed = await exportLayers(upstream, [layer, other], { protocol: up });
    expect(healed.report).toMatchObject({ blobsStored: 1, exports: [{ state: 'exported', blobs: 2 }] });
  });

  it('answers 404 for a layer whose pack vanished between check and read', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [layer], { protocol: up });
    const gateway = await openGateway(upstream, { protocol: up });
    await gateway.loaded();
    await upstream.vanish('hotlayer-pack-');
    const { client } = gateway.client(down);
    expect(await load(client, upstream, layerKey)).toMatch(/^missing: 404 BlobNotFound/);
    expect(await load(client, upstream, layerKey)).toBe('miss');
  });

  it('is cold without a manifest that can be read, and says so', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [layer], { protocol: up });
    await upstream.tamper('hotlayer-manifest-', (bytes) => Buffer.from('x'.repeat(bytes.length)));
    const gateway = await openGateway(upstream, { protocol: up });
    expect(await loadLayers(gateway, upstream, down)).toBe('miss');
    expect(gateway.report).toMatchObject({ importFailures: 1 });
    expect(gateway.report.failures[0]?.message).toContain('cannot be read');
    const healed = await exportLayers(upstream, [layer], { protocol: up });
    expect(healed.report).toMatchObject({ exports: [{ state: 'exported', number: 2 }] });
  });

  it('turns a service that is down into misses for an import and into a failed export', async () => {
    const { upstream, gateway } = await start([{ call: '*', status: 503 }], { protocol: up });
    const { client } = gateway.client(down);
    expect(await client.lookup({ key: layerKey, version })).toEqual({ kind: 'miss' });
    expect(await client.lookup({ key: base, version })).toEqual({ kind: 'miss' });
    expect(await client.lookup({ key: `${base}#`, version })).toEqual({ kind: 'miss' });
    expect(await save(client, upstream, layerKey, layer)).toBe('finalized');
    expect(await save(client, upstream, `${base}#1`, index)).toBe('finalized');
    const report = await gateway.settle();
    expect(report).toMatchObject({ exports: [{ state: 'failed' }], exportFailures: 1 });
    expect(report.exports[0]?.reason).toContain('503');
  });

  it('refuses to write where the token gives no right to it, without a call', async () => {
    const scopes = [{ scope: 'refs/heads/main', permission: 1 }];
    const { gateway } = await start([], { protocol: up, scopes });
    await gateway.loaded();
    const { client } = gateway.client(down);
    expect(await client.create({ key: layerKey, version })).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('cache write denied'),
    });
    expect(gateway.toService.calls).not.toContain('create');
    expect(gateway.report).toMatchObject({ exportFailures: 1, refused: 0 });
  });

  it('fetches a layer once for two readers, and again through a fresh URL when the old one expired', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [layer], { protocol: up });
    const gateway = await openGateway(upstream, { protocol: up });
    await gateway.loaded();
    const before = gateway.toService.bytes.down;
    const { client } = gateway.client(down);
    expect(await Promise.all([load(client, upstream, layerKey), load(client, upstream, layerKey)])).toEqual([
      layerKey,
      layerKey,
    ]);
    expect(gateway.toService.bytes.down - before).toBe(layer.length);

    const late = await openGateway(upstream, { protocol: up });
    await late.loaded();
    upstream.clockOffsetMs += 11 * 60_000;
    expect(await load(late.client(down).client, upstream, layerKey)).toBe(layerKey);
    expect(late.report).toMatchObject({ importFailures: 0 });
  });

  it("reads what BuildKit's own client wrote, and packs it with the next export", async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await upstream.put(up, layerKey, layer);
    await upstream.put(up, `${base}#7`, index);
    const gateway = await openGateway(upstream, { protocol: up });
    const { client } = gateway.client(down);
    expect(await loadLayers(gateway, upstream, down)).toEqual([toDigest(layerKey)]);
    expect(await client.lookup({ key: `${base}#`, version })).toMatchObject({ matchedKey: `${base}#7` });
    expect(await client.create({ key: layerKey, version })).toMatchObject({ kind: 'exists' });
    expect(await save(client, upstream, `${base}#8`, index)).toBe('finalized');
    expect(await gateway.settle()).toMatchObject({ exports: [{ state: 'exported', blobs: 1, packs: 1 }] });
    await upstream.evict('buildkit-blob-');
    await upstream.evict('index-');
    const next = await openGateway(upstream, { protocol: up, plan: readOnly });
    expect(await loadLayers(next, upstream, down)).toEqual([toDigest(layerKey)]);
    expect(await load(next.client(down).client, upstream, layerKey)).toBe(layerKey);
  });

  it("takes BuildKit's own index up again only when there is a newer one", async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await upstream.put(up, layerKey, layer);
    await upstream.put(up, `${base}#1`, index);
    const other = randomBytes(2000);
    await exportLayers(upstream, [other], { protocol: up });
    const after = await openGateway(upstream, { protocol: up });
    expect(await loadLayers(after, upstream, down)).toEqual([toDigest(toBlobKey(other))]);
    await upstream.put(up, `${base}#2`, index);
    const both = await openGateway(upstream, { protocol: up });
    const layers = await loadLayers(both, upstream, down);
    expect(new Set(layers)).toEqual(new Set([toDigest(toBlobKey(other)), toDigest(layerKey)]));
    expect(await load(both.client(down).client, upstream, layerKey)).toBe(layerKey);
  });

  it("says miss for an index of BuildKit's own that is broken, before BuildKit reads it", async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await upstream.put(up, `${base}#1`, Buffer.from('<html>'));
    await upstream.put(up, layerKey, randomBytes(100_000));
    const gateway = await openGateway(upstream, { protocol: up });
    expect(await loadLayers(gateway, upstream, down)).toBe('miss');
    await upstream.put(up, `${base}#2`, index);
    const wrong = await openGateway(upstream, { protocol: up });
    const { client } = wrong.client(down);
    expect(await load(client, upstream, layerKey)).toMatch(/^missing: 404 BlobNotFound/);
    expect(await load(client, upstream, layerKey)).toBe('miss');
    expect(wrong.report).toMatchObject({ wrongBytes: 1 });
  });
});

describe('parallel jobs', () => {
  it.each([
    ['at the same moment', [], [1, 2]],
    // The other one takes it for dead, and writes number 2 meanwhile.
    [
      'when one stops in the middle for a while',
      [{ call: 'upload', key: 'hotlayer-manifest-', delayMs: 1000, count: 1 }],
      [2, 3],
    ],
  ])('both keep their records %s: one writes the union', async (_name, faults, numbers) => {
    const upstream = await Upstream.start(faults);
    closing.push(() => upstream.close());
    const [one, two] = [randomBytes(4000), randomBytes(5000)];
    const clock = new QuickClock();
    const first = await openGateway(upstream, { runId: '1', clock });
    const second = await openGateway(upstream, { runId: '2', clock });
    await Promise.all([first.loaded(), second.loaded()]);
    const exportOne = async (gateway: TestGateway, bytes: Buffer) => {
      const { client } = gateway.client(2);
      expect(await save(client, upstream, toBlobKey(bytes), bytes)).toBe('finalized');
      expect(await save(client, upstream, `${base}#1`, toIndex(toBlobKey(bytes)))).toBe('finalized');
      return (await gateway.settle()).exports[0];
    };
    const exported = await Promise.all([exportOne(first, one), exportOne(second, two)]);
    expect(exported.map((report) => report?.state)).toEqual(['exported', 'exported']);
    expect(exported.map((report) => report?.number).toSorted()).toEqual(numbers);
    expect(exported.map((report) => report?.merges).toSorted()).toEqual([0, 1]);
    const next = await openGateway(upstream, { plan: readOnly });
    const layers = await loadLayers(next, upstream);
    expect(new Set(layers)).toEqual(new Set([toDigest(toBlobKey(one)), toDigest(toBlobKey(two))]));
    for (const bytes of [one, two]) {
      expect(await load(next.client(2).client, upstream, toBlobKey(bytes))).toBe(toBlobKey(bytes));
    }
  });

  it('one that changed nothing keeps its records when the other has replaced them meanwhile', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    const other = randomBytes(5000);
    await exportLayers(upstream, [layer]);
    const unchanged = await openGateway(upstream);
    await unchanged.loaded();
    await exportLayers(upstream, [other]);
    const { client } = unchanged.client(2);
    expect(await save(client, upstream, `${base}#1`, index)).toBe('finalized');
    expect((await unchanged.settle()).exports).toMatchObject([{ state: 'exported', number: 3, merges: 1 }]);
    const next = await openGateway(upstream, { plan: readOnly });
    const layers = new Set(await loadLayers(next, upstream));
    expect(layers).toEqual(new Set([toDigest(layerKey), toDigest(toBlobKey(other))]));
  });

  it('get a manifest whose bytes came wrong once more, and lose nothing that it names', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [layer]);
    const faults = [
      { call: 'download', key: 'hotlayer-manifest-', break: 'corrupt', afterBytes: 70, count: 1 },
    ];
    await upstream.restart(faults);
    const next = await openGateway(upstream, { plan: readOnly });
    expect(await loadLayers(next, upstream)).toEqual([toDigest(layerKey)]);
    expect(next.report.importFailures).toBe(0);
  });

  it('pass over a number that somebody reserved and never finished', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    const { client } = upstream.client(2, await upstream.token());
    await client.create({ key: 'hotlayer-manifest-1-app.main#1', version: PACKS_CACHE_VERSION });
    const gateway = await exportLayers(upstream, [layer]);
    expect(gateway.report).toMatchObject({ exports: [{ state: 'exported', number: 2 }] });
    const next = await openGateway(upstream, { plan: readOnly });
    expect(await loadLayers(next, upstream)).toEqual([toDigest(layerKey)]);
  });
});

describe('packs', () => {
  it('take few calls for many layers', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    const layers = Array.from({ length: 300 }, () => randomBytes(500));
    const cold = await exportLayers(upstream, layers);
    expect(cold.toService.calls.length).toBeLessThanOrEqual(15);
    const next = await openGateway(upstream, { plan: readOnly });
    const { client } = next.client(2);
    for (const bytes of layers.slice(0, 50)) {
      expect(await load(client, upstream, toBlobKey(bytes))).toBe(toBlobKey(bytes));
    }
    expect(next.report.toService.lookup).toBe(0);
    expect(next.toService.calls.length).toBeLessThanOrEqual(10);
  });

  it('stay within 1.5 times the live bytes over 50 builds that each change one layer', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    const layers = Array.from({ length: 8 }, () => randomBytes(20_000));
    for (let build = 0; build < 50; build++) {
      layers[build % layers.length] = randomBytes(20_000);
      const { report } = await exportLayers(upstream, layers);
      const [exported] = report.exports;
      expect(exported?.state).toBe('exported');
      expect(exported?.bytes).toBeLessThanOrEqual(1.5 * 8 * 20_000);
      expect(exported?.packs).toBeLessThanOrEqual(8);
      await closing.pop()?.();
    }
    const next = await openGateway(upstream, { plan: readOnly });
    for (const bytes of layers) {
      expect(await load(next.client(2).client, upstream, toBlobKey(bytes))).toBe(toBlobKey(bytes));
    }
  });
});

describe.each([1, 2] as const)('confinement in v%d', (protocol) => {
  it('refuses a call without the stub', async () => {
    const { upstream, gateway } = await start();
    for (const token of ['x', `${gateway.stub}x`, await upstream.token()]) {
      const { client } = gateway.client(protocol, token);
      expect(await client.lookup({ key: layerKey, version })).toMatchObject({ kind: 'unauthenticated' });
      expect(await client.create({ key: layerKey, version })).toMatchObject({ kind: 'unauthenticated' });
    }
    expect(gateway.report.refused).toBe(6);
    await gateway.loaded();
    // Only what the gateway itself looked up at its start.
    expect(gateway.toService.calls).toEqual(['lookup', 'lookup']);
  });

  it.each([
    ['another key', 'node-modules'],
    ['an index outside the plan', 'index-other.main-1-f921bd05'],
    ['the start of a key', 'buildkit-blob-1-sha256:'],
  ])('refuses to read %s', async (_name, key) => {
    const { upstream, gateway } = await start();
    await upstream.put(2, key, index);
    await gateway.loaded();
    expect(await gateway.client(protocol).client.lookup({ key, version })).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('cache read denied'),
    });
    expect(gateway.report).toMatchObject({ refused: 1, misses: 0 });
  });

  it('refuses to write on a plan without export, in the words of the service', async () => {
    const { upstream, gateway } = await start([], { plan: readOnly });
    const { client } = gateway.client(protocol);
    for (const key of [layerKey, `${base}#1`]) {
      expect(await save(client, upstream, key, layer)).toMatch(
        /^denied: .*cache write denied: the plan has no export/,
      );
    }
    await gateway.loaded();
    expect(gateway.toService.calls).toEqual(['lookup', 'lookup']);
  });

  it('refuses to write a signed cache, which it could not serve as it is', async () => {
    const { upstream, gateway } = await start();
    const { client } = gateway.client(protocol);
    for (const key of [`${layerKey}-sig`, `${base}-sig#1`])
      expect(await save(client, upstream, key, layer)).toMatch(/^denied: .*gateway: false/);
    expect(await client.lookup({ key: `${base}-sig`, version })).toEqual({ kind: 'miss' });
  });

  it('lets a further step write only what its own plan adds', async () => {
    const { upstream, gateway } = await start([], { plan: readOnly });
    const { client } = gateway.client(protocol);
    gateway.service.addPlan({ imports: ['tool.main'], export: null });
    expect(await save(client, upstream, layerKey, layer)).toMatch(/^denied/);
    gateway.service.addPlan({ imports: [], export: 'tool.main' });
    expect(await save(client, upstream, layerKey, layer)).toBe('finalized');
    expect(await save(client, upstream, 'index-tool.main-1-f921bd05#1', index)).toBe('finalized');
    expect(await save(client, upstream, `${base}#1`, index)).toMatch(/^denied/);
  });
});

describe('blob URLs', () => {
  it('are those that the gateway signed, for what it signed them', async () => {
    const { upstream, gateway } = await start();
    const { client } = gateway.client(2);
    expect(await save(client, upstream, layerKey, layer)).toBe('finalized');
    const hit = await client.lookup({ key: layerKey, version });
    if (hit.kind !== 'hit') throw new Error(hit.kind);
    expect(new URL(hit.url).origin).toBe(new URL(gateway.url).origin);
    const tampered = new URL(hit.url);
    tampered.searchParams.set('sp', 'cw');
    const foreign = new URL(hit.url);
    foreign.searchParams.set('sig', Buffer.alloc(32).toString('base64url'));
    const unsigned = new URL(hit.url);
    unsigned.search = '';
    for (const url of [tampered, foreign, unsigned]) expect((await fetch(url)).status).toBe(403);
    expect((await fetch(hit.url, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await fetch(hit.url)).status).toBe(200);
  });

  it('answer ranges in both spellings, from the checked copy', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [randomBytes(77), layer]);
    const gateway = await openGateway(upstream);
    const hit = await gateway.client(2).client.lookup({ key: layerKey, version });
    if (hit.kind !== 'hit') throw new Error(hit.kind);
    for (const name of ['range', 'x-ms-range']) {
      const response = await fetch(hit.url, { headers: { [name]: 'bytes=100-' } });
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(`bytes 100-${layer.length - 1}/${layer.length}`);
      expect(toBlobKey(Buffer.from(await response.arrayBuffer()))).toBe(toBlobKey(layer.subarray(100)));
    }
  });
});

describe('emulators', () => {
  it('that fold case get their keys back as they were', async () => {
    const plan = { imports: ['App.Main'], export: 'App.Main' };
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await upstream.put(2, layerKey, layer);
    // v1 of the embedded service ignores case and answers the key as it was saved: here in lower case.
    await upstream.put(1, 'index-app.main-1-f921bd05#12', index);
    const key = 'index-App.Main-1-f921bd05#';
    const viaV1 = await openGateway(upstream, { plan, protocol: 1 });
    expect(await viaV1.client(2).client.lookup({ key, version })).toMatchObject({
      kind: 'hit',
      matchedKey: 'index-App.Main-1-f921bd05#12',
    });
    const viaV2 = await openGateway(upstream, { plan });
    expect(await viaV2.client(2).client.lookup({ key, version })).toEqual({ kind: 'miss' });
  });

  it('with one scope of no name, as act has it, can be read and written', async () => {
    const scopes = [{ scope: '', permission: 3 }];
    const { upstream, gateway } = await start([], { scopes });
    const { client } = gateway.client(2);
    const key = 'index-app.main-1-e3b0c442';
    expect(await save(client, upstream, layerKey, layer)).toBe('finalized');
    expect(await save(client, upstream, `${key}#1`, index)).toBe('finalized');
    expect(await gateway.settle()).toMatchObject({ exports: [{ state: 'exported' }] });
    const next = await openGateway(upstream, { scopes });
    expect(await next.client(2).client.lookup({ key, version })).toMatchObject({ matchedKey: `${key}#1` });
    expect(await load(next.client(2).client, upstream, layerKey)).toBe(layerKey);
  });
});

describe('large layers', () => {
  const large = randomBytes(20 * 1024 * 1024 + 1);
  const largeKey = toBlobKey(large);

  /** What a reader of the whole gets, as far as it comes. */
  async function readLarge(gateway: TestGateway): Promise<{ bytes: Buffer; isBroken: boolean }> {
    const hit = await gateway.client(1).client.lookup({ key: largeKey, version });
    if (hit.kind !== 'hit') throw new Error(hit.kind);
    const response = await fetch(hit.url);
    if (!(response.ok && response.body)) throw new Error(String(response.status));
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of response.body) chunks.push(chunk);
      return { bytes: Buffer.concat(chunks), isBroken: false };
    } catch {
      return { bytes: Buffer.concat(chunks), isBroken: true };
    }
  }

  it('are read whole', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [large]);
    const gateway = await openGateway(upstream);
    const [one, other] = await Promise.all([readLarge(gateway), readLarge(gateway)]);
    expect(one.bytes.equals(large)).toBe(true);
    expect(other.bytes.equals(large)).toBe(true);
  });

  it('are served while they are checked, and never to their end when their bytes are wrong', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [large]);
    await upstream.tamper('hotlayer-pack-', (bytes) => {
      bytes.writeUInt8(bytes.readUInt8(9_000_000) ^ 1, 9_000_000);
      return bytes;
    });
    const gateway = await openGateway(upstream);
    const { bytes, isBroken } = await readLarge(gateway);
    expect(isBroken).toBe(true);
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.length).toBeLessThan(large.length);
    expect(gateway.report).toMatchObject({ wrongBytes: 1, importFailures: 1 });
    const { client } = gateway.client(1);
    expect(await load(client, upstream, largeKey)).toBe('miss');
    expect(await save(client, upstream, largeKey, large)).toBe('finalized');
  });

  it('give no part of wrong bytes to who asks for a part', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [large]);
    await upstream.tamper('hotlayer-pack-', (bytes) => {
      bytes.writeUInt8(bytes.readUInt8(19_000_000) ^ 1, 19_000_000);
      return bytes;
    });
    const gateway = await openGateway(upstream);
    const hit = await gateway.client(1).client.lookup({ key: largeKey, version });
    if (hit.kind !== 'hit') throw new Error(hit.kind);
    expect((await fetch(hit.url, { headers: { range: 'bytes=0-99' } })).status).toBe(404);
  });
});

describe('local disk', () => {
  it('that is full ends the export of the job with one failure, and reads go on', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await exportLayers(upstream, [layer]);
    const disk = upstream.toPath();
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'hotlayer-test', disk]);
    closing.push(async () => void execFileSync('umount', ['--lazy', disk]));
    const gateway = await openGateway(upstream, { disk });
    const { client } = gateway.client(2);
    const big = randomBytes(4_000_000);
    expect(await save(client, upstream, toBlobKey(big), big)).toMatch(/^failed|^denied/);
    expect(await client.create({ key: toBlobKey(big), version })).toMatchObject({ kind: 'denied' });
    expect(await load(client, upstream, layerKey)).toBe(layerKey);
    const report = await gateway.settle();
    expect(report).toMatchObject({ exportFailures: 1, importFailures: 0, exports: [] });
    expect(report.failures[0]?.message).toMatch(
      new RegExp(
        `disk of the runner is full\\. The file system at ${disk} \\(tmpfs, 2\\.0 MiB\\) (?:is|was) full: [\\d.]+ MiB`,
      ),
    );
  });

  it('holds nothing once the export is on the service', async () => {
    const { upstream, gateway } = await start();
    const { client } = gateway.client(2);
    expect(await save(client, upstream, layerKey, layer)).toBe('finalized');
    expect(await save(client, upstream, layerKey.replace(/.$/, '!'), layer)).toMatch(/^denied/);
    expect(await gateway.listSpool()).toHaveLength(1);
    expect(await save(client, upstream, `${base}#1`, index)).toBe('finalized');
    await gateway.settle();
    expect(await gateway.listSpool()).toEqual([]);
  });
});
