import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toRepository } from '../../../src/gateway/access/oci-name.ts';
import { TestGateway } from '../../helpers/gateway.ts';
import {
  gzipLayer,
  OciClient,
  toConfig,
  toDescriptor,
  toDigest,
  toManifest,
  toText,
  until,
  zstdLayer,
} from '../../helpers/oci-client.ts';
import { QuickClock } from '../../helpers/quick-clock.ts';
import { load, save, spoilFirstByte, toBlobKey, Upstream, version } from '../../helpers/upstream.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Knobs = NonNullable<Parameters<typeof TestGateway.start>[1]>;

async function startUpstream(faults: readonly object[] = []): Promise<Upstream> {
  const upstream = await Upstream.start(faults);
  closing.push(() => upstream.close());
  return upstream;
}

/** A job: its gateway, and a client of it as a registry. */
async function openJob(
  upstream: Upstream,
  knobs: Knobs = {},
): Promise<{ readonly gateway: TestGateway; readonly registry: OciClient }> {
  const gateway = await TestGateway.start(upstream, knobs);
  closing.push(() => gateway.close());
  return { gateway, registry: connect(gateway) };
}

function connect(gateway: TestGateway, cacheScope = 'app.main', stub = gateway.stub): OciClient {
  return new OciClient(gateway.url, toRepository(cacheScope), `hotlayer:${stub}`);
}

const layer = randomBytes(300_007);
const digest = toDigest(layer);
const base = 'index-app.main-1-f921bd05';
const readOnly = { imports: ['app.main'], export: null };

describe('a cache that is pushed', () => {
  it('is served at once, and to the next job out of packs, in both dialects', async () => {
    const upstream = await startUpstream();
    const { gateway, registry } = await openJob(upstream);
    const other = randomBytes(1000);
    const annotations = { 'containerd.io/snapshot/stargz/toc.digest': digest };
    const pushed = [{ bytes: layer, annotations }, { bytes: other }];
    expect(await registry.pushCache(pushed)).toBe('created');
    await gateway.confirm();
    expect((await registry.readCache()).layers).toEqual(pushed.map(expectDescriptor));
    expect(await gateway.settle()).toMatchObject({
      blobsStored: 2,
      indexesStored: 1,
      packsWritten: 1,
      manifestsWritten: 1,
      wrongBytes: 0,
      refused: 0,
      exportFailures: 0,
      exports: [{ cacheScope: 'app.main', state: 'exported', number: 1, packs: 1, blobs: 2, merges: 0 }],
    });
    // Neither a layer nor the config is left.
    expect(await gateway.listSpool()).toEqual([]);

    const next = await openJob(upstream, { plan: readOnly });
    const seen = await next.registry.readCache();
    expect(seen.layers).toEqual(pushed.map(expectDescriptor));
    expect(seen.config.records).toHaveLength(2);
    for (const { bytes } of pushed)
      expect(await next.registry.readBlob(toDigest(bytes))).toBe(toDigest(bytes));
    // As BuildKit's gha exporter would have written it.
    expect(await readIndex(next.gateway)).toMatchObject({
      layers: [
        {
          blob: digest,
          parent: -1,
          annotations: {
            mediaType: zstdLayer,
            diffID: expect.stringMatching(/^sha256:/),
            size: layer.length,
            createdAt: '2026-01-01T10:00:00.123456789Z',
          },
        },
        { blob: toDigest(other) },
      ],
    });
    expect(await load(next.gateway.client(2).client, upstream, toBlobKey(layer))).toBe(toBlobKey(layer));
    expect(next.gateway.report).toMatchObject({ misses: 0, importFailures: 0, refused: 0, bytesUp: 0 });
  });

  it('and that BuildKit writes in the gha dialect as well, is the same: nothing is written', async () => {
    const upstream = await startUpstream();
    const { gateway, registry } = await openJob(upstream);
    expect(await registry.pushCache([{ bytes: layer }])).toBe('created');
    await gateway.settle();
    const again = await openJob(upstream);
    const index = Buffer.from(JSON.stringify(await readIndex(again.gateway)));
    expect(await save(again.gateway.client(2).client, upstream, `${base}#2`, index)).toBe('finalized');
    expect(await again.gateway.settle()).toMatchObject({ exports: [{ state: 'unchanged' }], bytesUp: 0 });
    const third = await openJob(upstream);
    expect(await third.registry.pushCache([{ bytes: layer }])).toBe('created');
    expect(await third.gateway.settle()).toMatchObject({
      exports: [{ state: 'unchanged' }],
      blobsStored: 0,
      bytesUp: 0,
    });
  });

  it('keeps the media type and true size of each layer, whichever dialect it came in', async () => {
    const upstream = await startUpstream();
    const { gateway, registry } = await openJob(upstream);
    const { client } = gateway.client(2);
    const other = randomBytes(2000);
    expect(await save(client, upstream, toBlobKey(other), other)).toBe('finalized');
    // Of what the index claims about a size, the bytes know better.
    expect(await save(client, upstream, `${base}#1`, toIndex([other], 17))).toBe('finalized');
    await gateway.confirm();
    const gzipped = { bytes: other, mediaType: gzipLayer };
    expect(await registry.readCache()).toMatchObject({
      layers: [{ digest: toDigest(other), size: other.length, mediaType: gzipLayer }],
    });
    expect(await registry.pushCache([gzipped, { bytes: layer }])).toBe('created');
    await gateway.settle();
    const next = await openJob(upstream, { plan: readOnly });
    expect(await next.registry.readCache()).toMatchObject({
      layers: [
        { digest: toDigest(other), size: other.length, mediaType: gzipLayer },
        { digest, size: layer.length, mediaType: zstdLayer },
      ],
    });
    expect(await next.gateway.oci.describe(['app.main', 'other.main'])).toMatchObject([
      { name: 'app.main', fitsOci: true, layers: { base: ['gzip', 'zstd'] } },
    ]);
  });

  it('may be an index, as exporters without image-manifest write it', async () => {
    const { gateway, registry } = await openJob(await startUpstream());
    const config = toConfig([layer]);
    for (const bytes of [layer, config]) expect(await registry.pushBlob(bytes)).toBe('created');
    const { config: configDescriptor } = JSON.parse(toManifest([], config).toString());
    const manifests = [toDescriptor({ bytes: layer }), configDescriptor];
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
    expect(await registry.pushManifest(index)).toBe('created');
    await gateway.confirm();
    expect((await registry.readCache()).layers).toEqual([expectDescriptor({ bytes: layer })]);
  });

  it('can be read by its own digest, and what was served before as well', async () => {
    const { registry } = await openJob(await startUpstream());
    const empty = await registry.readCache();
    expect(empty).toMatchObject({ layers: [], config: { layers: [], records: [] } });
    expect(await registry.pushCache([{ bytes: layer }])).toBe('created');
    const own = toDigest(toManifest([{ bytes: layer }], toConfig([layer])));
    for (const reference of [own, empty.digest])
      expect((await registry.call(`manifests/${reference}`, { method: 'HEAD' })).status).toBe(200);
    expect(toText(await registry.call(`manifests/${digest}`))).toMatch(/^404 MANIFEST_UNKNOWN/);
    expect(toText(await registry.call('manifests/latest'))).toMatch(/^404 MANIFEST_UNKNOWN/);
  });

  it('replaces the one before, twice in a job, with the same config', async () => {
    const { gateway, registry } = await openJob(await startUpstream());
    for (const bytes of [layer, randomBytes(100), layer]) {
      expect(await registry.pushCache([{ bytes }])).toBe('created');
      await gateway.confirm();
      expect(await registry.readBlob(toDigest(bytes))).toBe(toDigest(bytes));
      expect((await registry.readCache()).layers).toMatchObject([{ digest: toDigest(bytes) }]);
    }
    expect((await gateway.settle()).exports.map(({ state }) => state)).toEqual(Array(3).fill('exported'));
  });

  it('may hold a layer that looks like JSON', async () => {
    const upstream = await startUpstream();
    const { gateway, registry } = await openJob(upstream);
    const tar = Buffer.concat([Buffer.from('{file'), randomBytes(2000)]);
    expect(
      await registry.pushCache([{ bytes: tar, mediaType: 'application/vnd.oci.image.layer.v1.tar' }]),
    ).toBe('created');
    expect(await gateway.settle()).toMatchObject({ exports: [{ state: 'exported', blobs: 1 }] });
    expect(await gateway.listSpool()).toEqual([]);
    const next = await openJob(upstream, { plan: readOnly });
    expect(await next.registry.readBlob(toDigest(tar))).toBe(toDigest(tar));
    expect(await next.gateway.oci.describe(['app.main'])).toMatchObject([
      { layers: { base: ['uncompressed'] } },
    ]);
  });

  it('joins what a parallel job wrote', async () => {
    const upstream = await startUpstream();
    const clock = new QuickClock();
    const jobs = [
      await openJob(upstream, { runId: '1', clock }),
      await openJob(upstream, { runId: '2', clock }),
    ];
    await Promise.all(jobs.map(({ gateway }) => gateway.loaded()));
    const layers = [randomBytes(4000), randomBytes(5000)];
    const merges = await Promise.all(
      jobs.map(async ({ gateway, registry }, index) => {
        expect(await registry.pushCache([{ bytes: layers[index] ?? layer }])).toBe('created');
        return (await gateway.settle()).exports[0]?.merges;
      }),
    );
    expect(merges.toSorted()).toEqual([0, 1]);
    const next = await openJob(upstream, { plan: readOnly });
    const seen = (await next.registry.readCache()).layers.map((descriptor) => descriptor.digest);
    expect(new Set(seen)).toEqual(new Set(layers.map(toDigest)));
  });

  it('is one with what another ref that the token reads holds, and with no other', async () => {
    const upstream = await startUpstream();
    const pr = [
      { scope: 'refs/pull/7/merge', permission: 3 },
      { scope: 'refs/heads/main', permission: 1 },
    ];
    const main = await openJob(upstream);
    expect(await main.registry.pushCache([{ bytes: layer }])).toBe('created');
    await main.gateway.settle();
    const other = randomBytes(1000);
    const ofPr = await openJob(upstream, { scopes: pr });
    expect(await ofPr.registry.pushCache([{ bytes: other }])).toBe('created');
    await ofPr.gateway.confirm();
    const seen = (await ofPr.registry.readCache()).layers.map((descriptor) => descriptor.digest);
    expect(new Set(seen)).toEqual(new Set([digest, toDigest(other)]));
    await ofPr.gateway.settle();
    const after = await openJob(upstream, { plan: readOnly });
    expect(await after.registry.readCache()).toMatchObject({ layers: [{ digest }] });
  });
});

describe('what is served', () => {
  it('is without what lay in a pack that is gone', async () => {
    const upstream = await startUpstream();
    const first = await openJob(upstream);
    expect(await first.registry.pushCache([{ bytes: layer }])).toBe('created');
    await first.gateway.settle();
    const [lost] = await upstream.listKeys('hotlayer-pack-');
    const other = randomBytes(5000);
    const second = await openJob(upstream);
    expect(await second.registry.pushCache([{ bytes: layer }, { bytes: other }])).toBe('created');
    await second.gateway.settle();
    expect(await upstream.evict(lost ?? '')).toBe(1);
    const next = await openJob(upstream);
    const seen = await next.registry.readCache();
    expect(seen).toMatchObject({ layers: [{ digest: toDigest(other) }], config: { records: [{}] } });
    expect(toText(await next.registry.call(`blobs/${digest}`))).toMatch(/^404 BLOB_UNKNOWN/);
    // The next export heals it.
    expect(await next.registry.pushCache([{ bytes: layer }, { bytes: other }])).toBe('created');
    expect(await next.gateway.settle()).toMatchObject({ blobsStored: 1, exports: [{ blobs: 2 }] });
  });

  it('never holds bytes that are wrong in a pack, and does without that layer from then on', async () => {
    const upstream = await startUpstream();
    const first = await openJob(upstream);
    const other = randomBytes(1000);
    expect(await first.registry.pushCache([{ bytes: layer }, { bytes: other }])).toBe('created');
    await first.gateway.settle();
    await upstream.tamper('hotlayer-pack-', spoilFirstByte);
    const { gateway, registry } = await openJob(upstream);
    expect((await registry.readCache()).layers).toHaveLength(2);
    expect(await registry.readBlob(digest)).toMatch(/^404 BLOB_UNKNOWN/);
    expect(await registry.readBlob(toDigest(other))).toBe(toDigest(other));
    expect(await registry.readCache()).toMatchObject({ layers: [{ digest: toDigest(other) }] });
    expect(gateway.report).toMatchObject({ wrongBytes: 1, importFailures: 1 });
    // The layer is taken anew.
    expect(await registry.pushBlob(layer)).toBe('created');
  });

  it("is also what BuildKit's own gha client wrote, but for the layers that are gone", async () => {
    const upstream = await startUpstream();
    const other = randomBytes(3000);
    await upstream.put(2, toBlobKey(layer), layer);
    await upstream.put(2, `${base}#7`, toIndex([layer, other], layer.length));
    const { gateway, registry } = await openJob(upstream);
    expect(await registry.readCache()).toMatchObject({
      layers: [{ digest, size: layer.length, mediaType: gzipLayer }],
    });
    expect(await registry.readBlob(digest)).toBe(digest);
    // It goes into a pack with the next export, without being sent again.
    expect(await registry.pushCache([{ bytes: layer, mediaType: gzipLayer }])).toBe('created');
    expect(await gateway.settle()).toMatchObject({
      blobsStored: 0,
      exports: [{ state: 'exported', blobs: 1 }],
    });
    await upstream.evict('buildkit-blob-');
    await upstream.evict('index-');
    const next = await openJob(upstream, { plan: readOnly });
    expect(await next.registry.readBlob(digest)).toBe(digest);
  });

  it('is an empty cache when the service is down', async () => {
    const { gateway, registry } = await openJob(await startUpstream([{ call: '*', status: 503 }]));
    expect(await registry.readCache()).toMatchObject({ layers: [] });
    expect(await gateway.oci.describe(['app.main'])).toEqual([
      { name: 'app.main', fitsOci: true, layers: { base: [], own: [], result: [] } },
    ]);
  });

  it('says when BuildKit would find it too large', async () => {
    const { gateway, registry } = await openJob(await startUpstream());
    const layers = Array.from({ length: 4000 }, (_, n) => ({
      blob: toDigest(Buffer.from([n, n >> 8])),
      parent: -1,
    }));
    const records = layers.map(({ blob }) => ({ digest: blob, layers: [] }));
    const config = Buffer.from(
      JSON.stringify({
        layers: [{ blob: digest, parent: -1 }],
        // Far more than 1 MiB of records, all of which lead to a result.
        records: [
          ...records,
          {
            digest,
            inputs: [records.map((_, link) => ({ link, selector: 's'.repeat(300) }))],
            layers: [{ layer: 0 }],
          },
        ],
      }),
    );
    for (const bytes of [layer, config]) expect(await registry.pushBlob(bytes)).toBe('created');
    expect(await registry.pushManifest(toManifest([{ bytes: layer }], config))).toBe('created');
    await gateway.confirm();
    expect(await gateway.oci.describe(['app.main'])).toMatchObject([{ fitsOci: false }]);
    expect((await registry.readCache()).config.records).toHaveLength(4001);
  });

  it('comes in ranges', async () => {
    const { registry } = await openJob(await startUpstream());
    await registry.pushBlob(layer);
    const get = (range: string) => registry.call(`blobs/${digest}`, { headers: { range } });
    const part = await get('bytes=100-');
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-${layer.length - 1}/${layer.length}`);
    expect(toDigest(part.bytes)).toBe(toDigest(layer.subarray(100)));
    expect((await get('bytes=5-9')).bytes).toEqual(layer.subarray(5, 10));
    const beyond = await get(`bytes=${layer.length}-`);
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe(`bytes */${layer.length}`);
    const head = await registry.call(`blobs/${digest}`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(layer.length));
    expect(head.headers.get('docker-content-digest')).toBe(digest);
  });
});

describe('an upload', () => {
  it('may come in chunks, in order only', async () => {
    const { registry } = await openJob(await startUpstream());
    let location = await registry.begin();
    const patch = (start: number, end: number) =>
      registry.call(location, {
        method: 'PATCH',
        body: layer.subarray(start, end),
        headers: { 'content-range': `${start}-${end - 1}` },
      });
    const first = await patch(0, 1000);
    expect(first.status).toBe(202);
    expect(first.headers.get('range')).toBe('0-999');
    location = first.headers.get('location') ?? '';
    for (const wrong of [0, 999, 1001]) {
      const refused = await patch(wrong, 2000);
      expect(toText(refused)).toMatch(/^416 BLOB_UPLOAD_INVALID .*byte 1000/);
      expect(refused.headers.get('range')).toBe('0-999');
    }
    const lying = await registry.call(location, {
      method: 'PATCH',
      body: 'abc',
      headers: { 'content-range': '1000-1999' },
    });
    expect(lying.status).toBe(400);
    // Without a range it goes on where the last one ended.
    const second = await registry.call(location, { method: 'PATCH', body: layer.subarray(1000, 200_000) });
    location = second.headers.get('location') ?? '';
    const status = await registry.call(location);
    expect([status.status, status.headers.get('range')]).toEqual([204, '0-199999']);
    expect((await registry.put(location, digest, layer.subarray(200_000))).status).toBe(201);
    expect(await registry.readBlob(digest)).toBe(digest);
    expect(toText(await registry.call(location))).toMatch(/^404 BLOB_UPLOAD_UNKNOWN/);
  });

  it('may end without a body', async () => {
    const { registry } = await openJob(await startUpstream());
    const location = await registry.begin();
    const patched = await registry.call(location, { method: 'PATCH', body: layer });
    expect((await registry.put(patched.headers.get('location') ?? '', digest)).status).toBe(201);
    expect(await registry.readBlob(digest)).toBe(digest);
  });

  it('may be one request, or none when the blob is there', async () => {
    const upstream = await startUpstream();
    const plan = { imports: ['app.main', 'tool.main'], export: 'app.main' };
    const { gateway, registry } = await openJob(upstream, { plan });
    const post = (query: string, body?: Buffer) =>
      registry.call(`blobs/uploads/${query}`, { method: 'POST', ...(body === undefined ? {} : { body }) });
    expect(toText(await post(`?digest=${digest}`, Buffer.from('other')))).toMatch(/^400 DIGEST_INVALID/);
    const mount = `?mount=${digest}&from=${toRepository('tool.main')}`;
    expect((await post(mount)).status).toBe(202);
    const put = await post(`?digest=${digest}`, layer);
    expect([put.status, put.headers.get('docker-content-digest')]).toEqual([201, digest]);
    expect((await post(mount)).status).toBe(201);
    expect((await post(`?mount=${digest}&from=${toRepository('secret.main')}`)).status).toBe(202);
    expect(gateway.report).toMatchObject({ blobsStored: 1, wrongBytes: 1, refused: 0 });
  });

  it('goes on where a connection broke off', async () => {
    const { gateway, registry } = await openJob(await startUpstream());
    const location = await registry.begin();
    const begun = layer.subarray(0, 150_000);
    await registry.hangUp('PATCH', location, begun, async () => (await gateway.listSpool()).length === 1);
    const readReceived = async () => {
      const range = (await registry.call(location)).headers.get('range') ?? '';
      return Number(/^0-(\d+)$/.exec(range)?.[1] ?? 0);
    };
    await until(async () => (await readReceived()) > 0);
    const received = (await readReceived()) + 1;
    expect(received).toBeLessThanOrEqual(begun.length);
    const headers = { 'content-range': `${received}-${layer.length - 1}` };
    expect((await registry.put(location, digest, layer.subarray(received), headers)).status).toBe(201);
    expect(await registry.readBlob(digest)).toBe(digest);
    expect(gateway.report).toMatchObject({ wrongBytes: 0 });
    expect(gateway.log.join()).not.toContain('internal error');
  });

  it('that broke off in its only request leaves nothing, and may be sent again to the same address', async () => {
    const { gateway, registry } = await openJob(await startUpstream());
    const location = await registry.begin();
    const isSpooled = async () => (await gateway.listSpool()).length === 1;
    await registry.hangUp('PUT', `${location}&digest=${digest}`, layer.subarray(0, 150_000), isSpooled);
    await until(async () => !(await isSpooled()));
    expect((await registry.call(location)).headers.get('range')).toBe('0-0');
    expect((await registry.put(location, digest, layer)).status).toBe(201);
    expect(await registry.readBlob(digest)).toBe(digest);
    expect(gateway.log.join()).not.toContain('internal error');
    expect(gateway.report).toMatchObject({ blobsStored: 1, exportFailures: 0 });
  });

  it('begins anew when the whole blob comes again', async () => {
    const { registry } = await openJob(await startUpstream());
    const location = await registry.begin();
    expect((await registry.call(location, { method: 'PATCH', body: layer.subarray(0, 1000) })).status).toBe(
      202,
    );
    expect((await registry.put(location, digest, layer)).status).toBe(201);
    expect(await registry.readBlob(digest)).toBe(digest);
  });

  it('keeps nothing of bytes that are not those of the digest', async () => {
    const { gateway, registry } = await openJob(await startUpstream());
    const location = await registry.begin();
    expect(toText(await registry.put(location, digest, randomBytes(layer.length)))).toMatch(
      /^400 DIGEST_INVALID .*hash to sha256:/,
    );
    expect(await gateway.listSpool()).toEqual([]);
    expect((await registry.call(`blobs/${digest}`, { method: 'HEAD' })).status).toBe(404);
    const nothing = toDigest(Buffer.alloc(0));
    expect(toText(await registry.put(await registry.begin(), nothing))).toMatch(/^400 DIGEST_INVALID/);
    expect(gateway.report).toMatchObject({ wrongBytes: 2, blobsStored: 0, exportFailures: 2 });
  });

  it('can be given up', async () => {
    const { gateway, registry } = await openJob(await startUpstream());
    const location = await registry.begin();
    await registry.call(location, { method: 'PATCH', body: layer });
    expect(await gateway.listSpool()).toHaveLength(1);
    expect((await registry.call(location, { method: 'DELETE' })).status).toBe(204);
    expect(await gateway.listSpool()).toEqual([]);
    expect((await registry.put(location, digest, layer)).status).toBe(404);
  });

  it('of one blob may come several times at once, and once more', async () => {
    const upstream = await startUpstream();
    const { gateway, registry } = await openJob(upstream);
    const config = toConfig([layer]);
    const locations = await Promise.all(Array.from({ length: 6 }, () => registry.begin()));
    const puts = locations.map((location, index) => {
      const bytes = index % 2 === 0 ? layer : config;
      return registry.put(location, toDigest(bytes), bytes);
    });
    expect((await Promise.all(puts)).map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect((await registry.put(await registry.begin(), digest, layer)).status).toBe(201);
    expect(await registry.pushManifest(toManifest([{ bytes: layer }], config))).toBe('created');
    expect(await gateway.settle()).toMatchObject({ exports: [{ state: 'exported', packs: 1, blobs: 1 }] });
    expect(await gateway.listSpool()).toEqual([]);
    expect(await registry.readBlob(digest)).toBe(digest);
  });

  it('ends the export of the job with one failure when the disk is full, and reads go on', async () => {
    const upstream = await startUpstream();
    const first = await openJob(upstream);
    expect(await first.registry.pushCache([{ bytes: layer }])).toBe('created');
    await first.gateway.settle();
    const disk = upstream.toPath();
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'hotlayer-test', disk]);
    closing.push(async () => void execFileSync('umount', ['--lazy', disk]));
    const { gateway, registry } = await openJob(upstream, { disk });
    expect(await registry.pushBlob(randomBytes(4_000_000))).toMatch(
      /^403 DENIED .*disk of the runner is full/,
    );
    expect(await registry.pushBlob(randomBytes(100))).toMatch(/^403 DENIED .*disk of the runner is full/);
    expect(await registry.readBlob(digest)).toBe(digest);
    const report = await gateway.settle();
    expect(report).toMatchObject({ importFailures: 0, exports: [] });
    expect(report.failures[0]?.message).toContain('disk of the runner is full');
  });
});

describe('a manifest is refused', () => {
  const config = toConfig([layer]);
  const good = JSON.parse(toManifest([{ bytes: layer }], config).toString());
  const [descriptor] = good.layers;
  it.each([
    ['that is text', 'hello', /^400 MANIFEST_INVALID/],
    [
      'of an image',
      { ...good, config: { ...good.config, mediaType: 'application/json' } },
      /^400 MANIFEST_INVALID/,
    ],
    ['without a config', { ...good, config: undefined }, /^400 MANIFEST_INVALID/],
    ['with layers that are none', { ...good, layers: [1] }, /^400 MANIFEST_INVALID/],
    [
      'with a config that is not there',
      { ...good, config: { ...good.config, digest } },
      /^400 MANIFEST_BLOB_UNKNOWN/,
    ],
    ['that lacks a layer of the config', { ...good, layers: [] }, /^400 MANIFEST_INVALID .*sha256:/],
    [
      'with a layer of no type',
      { ...good, layers: [{ ...descriptor, mediaType: 1 }] },
      /^400 MANIFEST_INVALID/,
    ],
    ['with a layer of another size', { ...good, layers: [{ ...descriptor, size: 5 }] }, /^400 MANIFEST_BLOB/],
    [
      'without what a layer is uncompressed',
      { ...good, layers: [{ ...descriptor, annotations: {} }] },
      /^400 MANI/,
    ],
    ['of more than 4 MiB', 'x'.repeat(4 * 1024 * 1024 + 1), /^413 MANIFEST_INVALID/],
  ])('%s', async (_name, manifest, refusal) => {
    const { gateway, registry } = await openJob(await startUpstream());
    for (const bytes of [layer, config]) expect(await registry.pushBlob(bytes)).toBe('created');
    const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
    expect(await registry.pushManifest(Buffer.from(text))).toMatch(refusal);
    expect(await registry.readCache()).toMatchObject({ layers: [] });
    expect(await gateway.settle()).toMatchObject({ indexesStored: 0, exportFailures: 1, exports: [] });
  });

  it.each([
    ['with a layer that was not sent', [config]],
    ['with a config that was not sent', [layer]],
  ])('%s', async (_name, sent) => {
    const { registry } = await openJob(await startUpstream());
    for (const bytes of sent) await registry.pushBlob(bytes);
    expect(await registry.pushManifest(toManifest([{ bytes: layer }], config))).toMatch(
      /^400 MANIFEST_BLOB_UNKNOWN/,
    );
  });

  it('whose config loops', async () => {
    const { registry } = await openJob(await startUpstream());
    const loop = Buffer.from(JSON.stringify({ layers: [{ blob: digest, parent: 0 }], records: [] }));
    for (const bytes of [layer, loop]) expect(await registry.pushBlob(bytes)).toBe('created');
    expect(await registry.pushManifest(toManifest([{ bytes: layer }], loop))).toMatch(
      /^400 MANIFEST_INVALID/,
    );
  });
});

describe('confinement', () => {
  it('asks for the credentials of this job', async () => {
    const upstream = await startUpstream();
    const { gateway, registry } = await openJob(upstream);
    expect((await registry.call('/v2/')).status).toBe(200);
    const knock = await new OciClient(gateway.url, 'hotlayer/app.main', undefined).call('/v2/');
    expect(toText(knock)).toMatch(/^401 UNAUTHORIZED/);
    expect(knock.headers.get('www-authenticate')).toBe('Basic realm="hotlayer"');
    expect(gateway.report.refused).toBe(0);
    const wrong = [
      `hotlayer:${gateway.stub}x`,
      `hotlayer:${await upstream.token()}`,
      `root:${gateway.stub}`,
      'x',
    ];
    for (const credentials of wrong) {
      const other = new OciClient(gateway.url, 'hotlayer/app.main', credentials);
      expect(await other.pushBlob(layer)).toMatch(/^401 UNAUTHORIZED/);
    }
    const bearer = await fetch(`${gateway.url}v2/`, { headers: { authorization: `Bearer ${gateway.stub}` } });
    expect(bearer.status).toBe(401);
    expect(gateway.report).toMatchObject({ refused: 9, blobsStored: 0 });
    expect(gateway.log.join('\n')).not.toContain(gateway.stub);
  });

  it('serves no repository outside the plan', async () => {
    const { gateway } = await openJob(await startUpstream());
    const other = connect(gateway, 'other.main');
    expect(toText(await other.call('manifests/cache'))).toMatch(/^403 DENIED cache read denied/);
    expect(toText(await other.call(`blobs/${digest}`))).toMatch(/^403 DENIED/);
    expect((await other.call(`blobs/${digest}`, { method: 'HEAD' })).status).toBe(403);
    expect(await other.pushManifest(Buffer.from('{}'))).toMatch(/^403 DENIED cache write denied/);
    const begun = await other.call('blobs/uploads/', { method: 'POST' });
    expect(toText(begun)).toMatch(/^403 DENIED cache write denied/);
    expect(gateway.report.refused).toBe(5);
  });

  it('takes nothing on a plan without export, nor where the plan exports something else', async () => {
    const upstream = await startUpstream();
    const { gateway, registry } = await openJob(upstream, { plan: readOnly });
    const refused = /^403 DENIED cache write denied: the plan has no export/;
    expect(await registry.pushBlob(layer)).toMatch(refused);
    expect(await registry.pushManifest(toManifest([], toConfig([])))).toMatch(refused);
    expect((await registry.readCache()).layers).toEqual([]);
    gateway.service.addPlan({ imports: [], export: 'tool.main' });
    expect(await registry.pushBlob(layer)).toMatch(/^403 DENIED .*not the export of the plan/);
    expect(await connect(gateway, 'tool.main').pushCache([{ bytes: layer }])).toBe('created');
    await gateway.settle();
    expect(await upstream.listKeys('app.main')).toEqual([]);
  });

  it('takes nothing where the token gives no right to it, without a call', async () => {
    const scopes = [{ scope: 'refs/heads/main', permission: 1 }];
    const { gateway, registry } = await openJob(await startUpstream(), { scopes });
    expect(await registry.pushBlob(layer)).toMatch(/^403 DENIED .*no writable scopes/);
    expect(gateway.toService.calls).not.toContain('create');
    expect(gateway.report).toMatchObject({ exportFailures: 1, refused: 0 });
  });

  it('binds an upload to the repository where it began', async () => {
    const { gateway, registry } = await openJob(await startUpstream());
    gateway.service.addPlan({ imports: [], export: 'tool.main' });
    const location = await registry.begin();
    const moved = location.replace(toRepository('app.main'), toRepository('tool.main'));
    expect(moved).not.toBe(location);
    expect(toText(await registry.call(moved, { method: 'PATCH', body: layer }))).toMatch(/^404 BLOB_UPLOAD/);
  });

  it.each([
    ['GET', '/v2/_catalog', 404],
    ['GET', '/v2/hotlayer/app.main/tags/list', 404],
    ['GET', `/v2/hotlayer/app.main/referrers/${digest}`, 404],
    ['DELETE', `/v2/hotlayer/app.main/blobs/${digest}`, 405],
    ['DELETE', '/v2/hotlayer/app.main/manifests/cache', 405],
    ['GET', '/v2/hotlayer/app.main/blobs/uploads/', 405],
    ['POST', '/v2/hotlayer/app.main/manifests/cache', 405],
    ['GET', '/v2/hotlayer/app.main/blobs/sha256:00', 400],
    ['GET', '/v2/hotlayer/app.main/blobs/sha512:00', 400],
    ['GET', `/v2/hotlayer/app.main/blobs/${digest.replace(':', '%3a')}`, 400],
    ['GET', '/v2/hotlayer%2fapp.main/manifests/cache', 404],
    ['GET', '/v2/hotlayer/app.main/manifests/%63ache', 404],
    ['GET', '/v2/hotlayer/app.main/manifests/cache/', 404],
    ['GET', '/v2/hotlayer//app.main/manifests/cache', 403],
    ['GET', '/v2/hotlayer/other/../app.main/manifests/latest', 404],
    ['GET', '/v2/hotlayer/app.main/../../_hotlayer/report', 404],
    ['GET', '/v2/HOTLAYER/app.main/manifests/cache', 404],
    ['POST', '/v2/hotlayer/app.main/blobs/uploads/?digest=sha256:1', 400],
    ['POST', `/v2/hotlayer/app.main/blobs/uploads/?digest=${digest}&digest=${digest}`, 400],
    ['PUT', `/v2/hotlayer/app.main/blobs/uploads/${'0'.repeat(32)}?digest=${digest}`, 404],
    ['PUT', '/v2/hotlayer/app.main/manifests/latest', 403],
  ])('has no answer but a refusal for %s %s', async (method, path, status) => {
    const { gateway, registry } = await openJob(await startUpstream());
    expect(await registry.callRaw(path, method)).toBe(status);
    expect(gateway.log.join()).not.toContain('internal error');
  });
});

function toIndex(layers: readonly Buffer[], size: number): Buffer {
  const annotations = { mediaType: gzipLayer, diffID: toDigest(Buffer.from('tar')), size };
  const config = JSON.parse(toConfig(layers).toString());
  return Buffer.from(
    JSON.stringify({ ...config, layers: config.layers.map((item: object) => ({ ...item, annotations })) }),
  );
}

/** BuildKit's index, as the gha dialect serves it. */
async function readIndex(gateway: TestGateway): Promise<unknown> {
  const hit = await gateway.client(2).client.lookup({ key: base, version });
  if (hit.kind !== 'hit') throw new Error(hit.kind);
  return await (await fetch(hit.url)).json();
}

/** What was pushed, but for the time, which is told in UTC. */
function expectDescriptor(pushed: Parameters<typeof toDescriptor>[0]): object {
  const text = JSON.stringify(toDescriptor(pushed));
  return JSON.parse(text.replace('T12:00:00.123456789+02:00', 'T10:00:00.123456789Z'));
}
