import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toRepository } from '../../../src/gateway/access/oci-name.ts';
import { TestGateway } from '../../helpers/gateway.ts';
import { OciClient, toDigest } from '../../helpers/oci-client.ts';
import { Upstream } from '../../helpers/upstream.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Knobs = Parameters<typeof TestGateway.start>[1];

async function open(upstream: Upstream, knobs: Knobs = {}) {
  const gateway = await TestGateway.start(upstream, knobs);
  closing.push(() => gateway.close());
  const registry = new OciClient(gateway.url, toRepository('app.main'), `hotlayer:${gateway.stub}`);
  const list = async () => new Set((await registry.readCache()).layers.map(({ digest }) => digest));
  return { gateway, registry, list };
}

async function startUpstream(): Promise<Upstream> {
  const upstream = await Upstream.start();
  closing.push(() => upstream.close());
  return upstream;
}

/** One job that exports these layers and nothing else. */
async function exportLayers(upstream: Upstream, layers: readonly Buffer[], knobs: Knobs = {}) {
  const job = await open(upstream, knobs);
  expect(await job.registry.pushCache(layers.map((bytes) => ({ bytes })))).toBe('created');
  return await job.gateway.settle();
}

async function listNext(upstream: Upstream): Promise<ReadonlySet<string>> {
  return await (await open(upstream, { plan: { imports: ['app.main'], export: null } })).list();
}

const [a, b, c, d] = [randomBytes(3000), randomBytes(2000), randomBytes(1000), randomBytes(1500)];
const digests = (...layers: readonly Buffer[]) => new Set(layers.map(toDigest));
const superset = (found: ReadonlySet<string>, wanted: ReadonlySet<string>) =>
  [...wanted].filter((digest) => !found.has(digest));

describe('a call of a warm job that fails', () => {
  const kinds = [{ status: 503 }, { status: 429, retryAfter: 1 }, { break: 'reset' }];
  const places = Array.from({ length: 10 }, (_, place) => place);

  it.each(kinds.flatMap((kind) => places.map((place) => [place, kind] as const)))(
    'forgets nothing: call %d, %j',
    async (place, kind) => {
      const upstream = await startUpstream();
      await exportLayers(upstream, [a]);
      await exportLayers(upstream, [a, b]);
      // All tries of that one call, and of what comes at the same time.
      await upstream.restart([{ call: '*', ...kind, skip: place, count: 6 }]);
      const job = await open(upstream);
      const seen = await job.list();
      // BuildKit exports what it saw or made; what it did not see it made anew, in other bytes.
      const layers = [...[a, b].filter((bytes) => seen.has(toDigest(bytes))), c];
      const isPushed = await job.registry.pushCache(layers.map((bytes) => ({ bytes })));
      expect(isPushed).toBe('created');
      const report = await job.gateway.settle();
      await upstream.restart();
      const next = await listNext(upstream);
      expect(superset(next, digests(a, b))).toEqual([]);
      if (report.exports[0]?.state !== 'failed') expect(superset(next, digests(c))).toEqual([]);
    },
  );
});

describe('what could not be found out', () => {
  it('of a pack is told once, and the layers in it are asked for once more', async () => {
    const upstream = await startUpstream();
    await exportLayers(upstream, [a]);
    await upstream.restart([{ call: 'lookup', key: 'hotlayer-pack-', status: 503, count: 4 }]);
    const { gateway, list } = await open(upstream);
    await gateway.loaded();
    expect(gateway.report.failures).toMatchObject([
      { step: 'load', message: expect.stringMatching(/^app\.main: 1 of 1 packs could not be checked \(503/) },
    ]);
    expect(await list()).toEqual(digests(a));
    expect(gateway.report).toMatchObject({ importFailures: 1, droppedRecords: 0 });
  });

  it('of a pack keeps its layers in the next manifest, with the places that were there', async () => {
    const upstream = await startUpstream();
    await exportLayers(upstream, [a]);
    await upstream.restart([{ call: 'lookup', key: 'hotlayer-pack-', status: 503 }]);
    const { gateway, registry, list } = await open(upstream);
    expect(await list()).toEqual(new Set());
    expect(await registry.pushCache([{ bytes: c }])).toBe('created');
    expect(await gateway.settle()).toMatchObject({ exports: [{ state: 'exported', blobs: 2, packs: 2 }] });
    await upstream.restart();
    expect(await listNext(upstream)).toEqual(digests(a, c));
  });

  it('of a pack that is gone in truth costs the next job nothing but that', async () => {
    const upstream = await startUpstream();
    await exportLayers(upstream, [a]);
    await upstream.restart([{ call: 'lookup', key: 'hotlayer-pack-', status: 503 }]);
    const { gateway, registry } = await open(upstream);
    expect(await registry.pushCache([{ bytes: c }])).toBe('created');
    await gateway.settle();
    const [oldest] = [...(await upstream.listKeys('hotlayer-pack-'))];
    expect(oldest).toBeDefined();
    await upstream.evict(oldest ?? '');
    expect((await listNext(upstream)).size).toBe(1);
  });

  it('of the manifest withholds the export when it still cannot be found out at the end', async () => {
    const upstream = await startUpstream();
    await exportLayers(upstream, [a]);
    await upstream.restart([{ call: 'lookup', key: 'hotlayer-manifest-', status: 503 }]);
    const report = await exportLayers(upstream, [c]);
    expect(report).toMatchObject({
      manifestsWritten: 0,
      exports: [{ state: 'failed', reason: expect.stringContaining('not to be forgotten') }],
    });
    await upstream.restart();
    expect(await listNext(upstream)).toEqual(digests(a));
  });

  it('of the manifest is found out at the end, and joined, also where its number is free again', async () => {
    const upstream = await startUpstream();
    await exportLayers(upstream, [a]);
    await exportLayers(upstream, [a, b]);
    await upstream.evict('hotlayer-manifest-1-app.main#1');
    await upstream.restart([{ call: 'lookup', key: 'hotlayer-manifest-', status: 503, count: 4 }]);
    expect(await exportLayers(upstream, [c])).toMatchObject({ exports: [{ state: 'exported', number: 3 }] });
    await upstream.restart();
    expect(await listNext(upstream)).toEqual(digests(a, b, c));
  });

  it('of the bytes of a pack keeps its layers in the next manifest', async () => {
    const upstream = await startUpstream();
    await exportLayers(upstream, [a]);
    await upstream.restart([{ call: 'download', key: 'hotlayer-pack-', status: 503 }]);
    const { gateway, registry, list } = await open(upstream);
    expect(await list()).toEqual(digests(a));
    expect(await registry.readBlob(toDigest(a))).toMatch(/^404/);
    expect(await list()).toEqual(new Set());
    expect(await registry.pushCache([{ bytes: c }])).toBe('created');
    expect(await gateway.settle()).toMatchObject({ exports: [{ state: 'exported' }] });
    await upstream.restart();
    expect(await listNext(upstream)).toEqual(digests(a, c));
  });
});

describe('an old run', () => {
  it('that may not be the tip keeps what a newer run has exported, and stays the older one', async () => {
    const upstream = await startUpstream();
    await exportLayers(upstream, [a], { runId: '9' });
    expect(await exportLayers(upstream, [b], { runId: '5' })).toMatchObject({ exports: [{ blobs: 2 }] });
    await exportLayers(upstream, [c], { runId: '10' });
    expect(await listNext(upstream)).toEqual(digests(c));
    await exportLayers(upstream, [b], { runId: '5' });
    await exportLayers(upstream, [d], { runId: '6' });
    expect(await listNext(upstream)).toEqual(digests(b, c, d));
  });

  it('that is known to be the tip replaces it', async () => {
    const upstream = await startUpstream();
    const plan = { imports: ['app.main'], export: 'app.main', isTip: true };
    await exportLayers(upstream, [a], { runId: '9' });
    await exportLayers(upstream, [b], { runId: '5', plan });
    expect(await listNext(upstream)).toEqual(digests(b));
  });

  it('whose number says nothing keeps what is there', async () => {
    const upstream = await startUpstream();
    await exportLayers(upstream, [a], { runId: 'abc' });
    await exportLayers(upstream, [b], { runId: '5' });
    expect(await listNext(upstream)).toEqual(digests(a, b));
  });
});
