import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toBufferSource } from '../../../src/cache-client/upload-source.ts';
import { PACKS_CACHE_VERSION } from '../../../src/cache-protocol/version.ts';
import { toRepository } from '../../../src/gateway/access/oci-name.ts';
import { type Manifest, parseManifest, renderManifest } from '../../../src/gateway/packs/manifest.ts';
import { readServiceState } from '../../chaos/service-state.ts';
import { TestGateway } from '../../helpers/gateway.ts';
import { OciClient, toDigest } from '../../helpers/oci-client.ts';
import { Upstream } from '../../helpers/upstream.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const [a, b, c] = [randomBytes(3000), randomBytes(2000), randomBytes(1000)];
/** Two of them, of which one names digests, a layer's own among them. */
const sections = {
  mounts: [{ id: '/go/pkg', entry: 'hotlayer-mount-1-7', tree: toDigest(a), other: toDigest(c) }, '#', '#7'],
  hints: { 'first-step': null, weights: [0.5, -1, 1e300], nested: { empty: {}, list: [] } },
};

async function startUpstream(): Promise<Upstream> {
  const upstream = await Upstream.start();
  closing.push(() => upstream.close());
  return upstream;
}

type Knobs = Parameters<typeof TestGateway.start>[1];

async function open(upstream: Upstream, knobs: Knobs = {}): Promise<TestGateway> {
  const gateway = await TestGateway.start(upstream, knobs);
  closing.push(() => gateway.close());
  await gateway.loaded();
  return gateway;
}

async function exportFrom(gateway: TestGateway, layers: readonly Buffer[]) {
  const registry = new OciClient(gateway.url, toRepository('app.main'), `hotlayer:${gateway.stub}`);
  expect(await registry.pushCache(layers.map((bytes) => ({ bytes })))).toBe('created');
  return await gateway.settle();
}

async function readManifest(upstream: Upstream, number: number): Promise<Manifest> {
  const directory = path.join(upstream.directory, 'service');
  const isIt = (key: string) => key === `hotlayer-manifest-1-app.main#${number}`;
  const [id] = [...(await readServiceState(directory))].find(([, { key }]) => isIt(key)) ?? [];
  if (id === undefined) throw new Error(`there is no manifest ${number}`);
  const parsed = parseManifest(await readFile(path.join(directory, 'blobs', String(id))));
  if (parsed.kind !== 'manifest') throw new Error(`manifest ${number} is ${parsed.kind}`);
  return parsed.manifest;
}

/** As a newer Hotlayer would write it: the last one, and what only that version knows. */
async function writeAsNewer(upstream: Upstream, number: number, foreignSections: object): Promise<void> {
  const last = await readManifest(upstream, number - 1);
  const bytes = renderManifest({ ...last, foreignSections: { ...foreignSections } });
  const { client } = upstream.client(2, await upstream.token());
  const key = `hotlayer-manifest-1-app.main#${number}`;
  const created = await client.create({ key, version: PACKS_CACHE_VERSION });
  if (created.kind !== 'created') throw new Error(created.message);
  await client.upload(created.ticket, toBufferSource(bytes));
  expect(await client.finalize(created.ticket, bytes.length)).toEqual({ kind: 'finalized' });
}

/** One job of this version, and then one of a newer version that adds its sections. */
async function startWithSections(layers: readonly Buffer[]): Promise<Upstream> {
  const upstream = await startUpstream();
  await exportFrom(await open(upstream), layers);
  await writeAsNewer(upstream, 2, sections);
  return upstream;
}

describe('sections that a newer Hotlayer wrote', () => {
  it('survive each export of this version, whatever becomes of records and packs', async () => {
    const upstream = await startWithSections([a, b]);
    for (const [number, layers] of [
      [3, [a, b, c]],
      [4, [b]],
      [5, [c]],
    ] as const) {
      expect(await exportFrom(await open(upstream), layers)).toMatchObject({
        exports: [{ state: 'exported', number }],
        failures: [],
      });
      const { config, foreignSections } = await readManifest(upstream, number);
      expect(foreignSections).toEqual(sections);
      expect(config.layers.map(({ blob }) => blob)).toEqual(layers.map(toDigest));
    }
  });

  it('survive the merging of packs', async () => {
    const upstream = await startWithSections([a, b]);
    const layers = [a, b];
    for (let build = 0; build < 12; build++) {
      layers.push(randomBytes(500));
      await exportFrom(await open(upstream), layers);
    }
    const { packs, foreignSections } = await readManifest(upstream, 14);
    expect(packs.length).toBeLessThanOrEqual(8);
    expect(foreignSections).toEqual(sections);
  });

  it('are no reason to write what has not changed', async () => {
    const upstream = await startWithSections([a, b]);
    expect(await exportFrom(await open(upstream), [a, b])).toMatchObject({
      exports: [{ state: 'unchanged', number: 2 }],
    });
  });

  it('are those of the parallel job that was first, also where it has removed some', async () => {
    const upstream = await startWithSections([a]);
    const job = await open(upstream);
    const { mounts } = sections;
    await writeAsNewer(upstream, 3, { mounts: [...mounts, 'more'], plan: 7 });
    expect(await exportFrom(job, [a, b])).toMatchObject({ exports: [{ number: 4, merges: 1 }] });
    expect((await readManifest(upstream, 4)).foreignSections).toEqual({
      mounts: [...mounts, 'more'],
      plan: 7,
    });
  });

  it('survive two parallel jobs of this version', async () => {
    const upstream = await startWithSections([a]);
    const [one, other] = [await open(upstream), await open(upstream)];
    await exportFrom(one, [a, b]);
    await exportFrom(other, [a, c]);
    const { config, foreignSections } = await readManifest(upstream, 4);
    expect(foreignSections).toEqual(sections);
    expect(new Set(config.layers.map(({ blob }) => blob))).toEqual(new Set([a, b, c].map(toDigest)));
  });

  it('that are larger than any may be make a cold job that says so once, and the next export goes on', async () => {
    const upstream = await startUpstream();
    await exportFrom(await open(upstream), [a]);
    await writeAsNewer(upstream, 2, { huge: 'x'.repeat(1024 * 1024) });
    const job = await open(upstream);
    expect(job.report.failures).toEqual([
      { step: 'load', message: expect.stringContaining('its unknown sections have more than 1048576 bytes') },
    ]);
    expect(await exportFrom(job, [b])).toMatchObject({ exports: [{ state: 'exported', number: 3 }] });
    expect((await readManifest(upstream, 3)).foreignSections).toEqual({});
  });
});
