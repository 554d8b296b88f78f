import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { TestGateway } from '../../helpers/gateway.ts';
import { load, save, toBlobKey, Upstream, version } from '../../helpers/upstream.ts';

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
const index = Buffer.from(
  JSON.stringify({ layers: [{ blob: layerKey.slice(16) }], records: [{ digest: 'sha256:0' }] }),
);
const base = 'index-app.main-1-f921bd05';
const readOnly = { imports: ['app.main'], export: null };

describe.each([
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 2],
] as const)('v%d from BuildKit, v%d to the service', (down, up) => {
  it('passes layers and indexes both ways', async () => {
    const { upstream, gateway } = await start([], { protocol: up });
    const { client } = gateway.client(down);
    expect(await load(client, upstream, layerKey)).toBe('miss');
    expect(await save(client, upstream, layerKey, layer)).toBe('finalized');
    expect(await save(client, upstream, `${base}#1`, index)).toBe('finalized');
    expect(await load(client, upstream, layerKey)).toBe(layerKey);
    expect(await client.lookup({ key: base, version })).toMatchObject({
      kind: 'hit',
      matchedKey: `${base}#1`,
    });
    expect(await client.lookup({ key: `${base}#`, version })).toMatchObject({
      kind: 'hit',
      matchedKey: `${base}#1`,
    });
    expect(await load(client, upstream, base)).toBe(toBlobKey(index));
    expect(await client.create({ key: layerKey, version })).toMatchObject({ kind: 'exists' });
    // The service itself has them under the very same keys.
    const direct = upstream.client(up, await upstream.token()).client;
    expect(await load(direct, upstream, layerKey)).toBe(layerKey);
    expect(gateway.report).toMatchObject({
      blobsStored: 1,
      indexesStored: 1,
      wrongBytes: 0,
      refused: 0,
      exportFailures: 0,
    });
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
    expect(await load(client, upstream, layerKey)).toBe(layerKey);
    // BuildKit saw nothing of it.
    expect(calls.filter((call) => call.includes('again'))).toEqual([]);
    const { toService } = gateway;
    expect(toService.calls.filter((call) => call.includes('again')).length).toBeGreaterThan(5);
    expect(Math.max(...toService.clock.waits)).toBeGreaterThanOrEqual(30_000);
    expect(gateway.report).toMatchObject({ exportFailures: 0, importFailures: 0 });
  });

  it('refuses a layer whose bytes are not what its key says', async () => {
    const { upstream, gateway } = await start([], { protocol: up });
    const { client } = gateway.client(down);
    expect(await save(client, upstream, layerKey, randomBytes(layer.length))).toMatch(
      /^failed: 400 .*not what its key says: its bytes hash to sha256:/,
    );
    expect(await load(client, upstream, layerKey)).toBe('miss');
    const direct = upstream.client(up, await upstream.token()).client;
    expect(await load(direct, upstream, layerKey)).toBe('miss');
    expect(gateway.report).toMatchObject({ wrongBytes: 1, exportFailures: 1, bytesUp: 0 });
  });

  it.each([
    ['text', 'hello'],
    ['a list', '[]'],
    ['layers that are none', '{"layers":[1]}'],
    ['half a config', '{"layers":['],
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

  it('never serves bytes that are wrong upstream, and forgets the entry for the rest of the job', async () => {
    const { upstream, gateway } = await start([], { protocol: up });
    await upstream.put(up, layerKey, randomBytes(100_000));
    const { client } = gateway.client(down);
    expect(await load(client, upstream, layerKey)).toMatch(/^missing: 404 BlobNotFound/);
    expect(await load(client, upstream, layerKey)).toBe('miss');
    expect(gateway.report).toMatchObject({ wrongBytes: 1, importFailures: 1 });
  });

  it('says miss for an index that is broken upstream, before BuildKit reads it', async () => {
    const { upstream, gateway } = await start([], { protocol: up });
    await upstream.put(up, `${base}#1`, Buffer.from('<html>'));
    const { client } = gateway.client(down);
    expect(await load(client, upstream, base)).toBe('miss');
    // The exporter must still count on from it.
    expect(await client.lookup({ key: `${base}#2`, version })).toEqual({ kind: 'miss' });
  });

  it('answers 404 for a layer that vanished between look-up and download', async () => {
    const { upstream, gateway } = await start([{ call: 'download', status: 404 }], { protocol: up });
    await upstream.put(up, layerKey, layer);
    const { client } = gateway.client(down);
    expect(await load(client, upstream, layerKey)).toMatch(/^missing: 404 BlobNotFound/);
    expect(await load(client, upstream, layerKey)).toBe('miss');
  });

  it('turns a service that is down into misses for an import and into an error for an export', async () => {
    const { gateway } = await start([{ call: '*', status: 503 }], { protocol: up });
    const { client } = gateway.client(down);
    expect(await client.lookup({ key: layerKey, version })).toEqual({ kind: 'miss' });
    expect(await client.lookup({ key: base, version })).toEqual({ kind: 'miss' });
    expect(await client.lookup({ key: `${base}#`, version })).toMatchObject({ kind: 'failed', status: 503 });
    expect(await client.create({ key: layerKey, version })).toMatchObject({ kind: 'failed', status: 503 });
    expect(gateway.report.failures.map(({ step }) => step)).toContain('create');
  });

  it("passes the service's own refusal on", async () => {
    const scopes = [{ scope: 'refs/heads/main', permission: 1 }];
    const { gateway } = await start([], { protocol: up, scopes });
    const { client } = gateway.client(down);
    expect(await client.create({ key: layerKey, version })).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('cache write denied'),
    });
    expect(gateway.report).toMatchObject({ exportFailures: 1, refused: 0 });
  });

  it('fetches a layer once for two readers, and again through a fresh URL when the old one expired', async () => {
    const { upstream, gateway } = await start([], { protocol: up });
    await upstream.put(up, layerKey, layer);
    const { client } = gateway.client(down);
    expect(await Promise.all([load(client, upstream, layerKey), load(client, upstream, layerKey)])).toEqual([
      layerKey,
      layerKey,
    ]);
    expect(gateway.toService.bytes.down).toBe(layer.length);

    const late = await TestGateway.start(upstream, { protocol: up });
    closing.push(() => late.close());
    const hit = await late.client(down).client.lookup({ key: layerKey, version });
    upstream.clockOffsetMs += 11 * 60_000;
    const source = { url: hit.kind === 'hit' ? hit.url : '', renew: async () => undefined };
    const result = await late.client(down).client.download(source, upstream.toPath(), { maxBytes: 1e9 });
    expect(result).toEqual({ kind: 'downloaded', sizeBytes: layer.length });
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
    expect(upstream.statistics.totalCalls).toBe(0);
  });

  it.each([
    ['another key', 'node-modules'],
    ['an index outside the plan', 'index-other.main-1-f921bd05'],
    ['the start of a key', 'buildkit-blob-1-sha256:'],
  ])('refuses to read %s', async (_name, key) => {
    const { upstream, gateway } = await start();
    await upstream.put(2, key, index);
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
    expect(upstream.statistics.totalCalls).toBe(0);
  });

  it('lets a further step write only what its own plan adds', async () => {
    const { upstream, gateway } = await start([], { plan: readOnly });
    const { client } = gateway.client(protocol);
    gateway.service.addPlan({ imports: ['tool.main'], export: null });
    expect(await save(client, upstream, layerKey, layer)).toMatch(/^denied/);
    gateway.service.addPlan({ imports: [], export: 'tool.main' });
    expect(await save(client, upstream, 'index-tool.main-1-f921bd05#1', index)).toBe('finalized');
    expect(await save(client, upstream, `${base}#1`, index)).toMatch(/^denied/);
  });
});

describe('blob URLs', () => {
  it('are those that the gateway signed, for what it signed them', async () => {
    const { upstream, gateway } = await start();
    await upstream.put(2, layerKey, layer);
    const { client } = gateway.client(2);
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
    const { upstream, gateway } = await start();
    await upstream.put(2, layerKey, layer);
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
    const { upstream, gateway } = await start([], { plan });
    const folded = 'index-app.main-1-f921bd05#12';
    await upstream.put(1, folded, index);
    // v1 of the embedded service ignores case and answers the key as it was saved: here in lower case.
    const viaV1 = await TestGateway.start(upstream, { plan, protocol: 1 });
    closing.push(() => viaV1.close());
    const key = 'index-App.Main-1-f921bd05#';
    expect(await viaV1.client(2).client.lookup({ key, version })).toMatchObject({
      kind: 'hit',
      matchedKey: 'index-App.Main-1-f921bd05#12',
    });
    expect(await gateway.client(2).client.lookup({ key, version })).toEqual({ kind: 'miss' });
  });

  it('with one scope of no name, as act has it, can be read and written', async () => {
    const scopes = [{ scope: '', permission: 3 }];
    const { upstream, gateway } = await start([], { scopes });
    const { client } = gateway.client(2);
    const key = 'index-app.main-1-e3b0c442#1';
    expect(await save(client, upstream, key, index)).toBe('finalized');
    expect(await load(client, upstream, 'index-app.main-1-e3b0c442')).toBe(toBlobKey(index));
  });

  it('a signed index is no answer to the question for an unsigned one', async () => {
    const { upstream, gateway } = await start();
    const { client } = gateway.client(2);
    expect(await save(client, upstream, `${base}#3`, index)).toBe('finalized');
    expect(await save(client, upstream, `${base}-sig#9`, index)).toBe('finalized');
    expect(await client.lookup({ key: base, version })).toMatchObject({ matchedKey: `${base}#3` });
    expect(await client.lookup({ key: `${base}-sig`, version })).toMatchObject({
      matchedKey: `${base}-sig#9`,
    });
  });
});

describe('local disk', () => {
  it('holds nothing after an upload', async () => {
    const { upstream, gateway } = await start();
    expect(await save(gateway.client(2).client, upstream, layerKey, layer)).toBe('finalized');
    expect(await save(gateway.client(2).client, upstream, layerKey.replace(/.$/, '!'), layer)).toMatch(
      /^denied/,
    );
    expect(await gateway.listSpool()).toEqual([]);
  });
});
