import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toBufferSource } from '../../../src/cache-client/upload-source.ts';
import { toRepository } from '../../../src/gateway/access/oci-name.ts';
import { TestGateway } from '../../helpers/gateway.ts';
import { OciClient, toConfig, toDigest, toManifest } from '../../helpers/oci-client.ts';
import { save, toBlobKey, Upstream, version } from '../../helpers/upstream.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const base = 'index-app.main-1-f921bd05';
const cacheScope = 'app.main';
const [own, foreign] = [randomBytes(2000), randomBytes(3000)];

function toIndex(bytes: Buffer): Buffer {
  const blob = toDigest(bytes);
  const annotations = {
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    diffID: blob,
    size: bytes.length,
  };
  const records = [{ digest: blob, layers: [{ layer: 0, createdAt: '2026-01-01T00:00:00Z' }] }];
  return Buffer.from(JSON.stringify({ layers: [{ blob, parent: -1, annotations }], records }));
}

/** Somebody with the stub, in either dialect: BuildKit, or a step that has sniffed it. */
class Client {
  readonly #gateway: TestGateway;
  readonly #upstream: Upstream;
  readonly #dialect: 'v1' | 'v2' | 'oci';

  constructor(gateway: TestGateway, upstream: Upstream, dialect: 'v1' | 'v2' | 'oci') {
    this.#gateway = gateway;
    this.#upstream = upstream;
    this.#dialect = dialect;
  }

  async store(bytes: Buffer): Promise<void> {
    if (this.#dialect === 'oci') {
      const registry = new OciClient(
        this.#gateway.url,
        toRepository(cacheScope),
        `hotlayer:${this.#gateway.stub}`,
      );
      expect(await registry.pushCache([{ bytes }])).toBe('created');
      return;
    }
    const { client } = this.#gateway.client(this.#dialect === 'v1' ? 1 : 2);
    expect(await save(client, this.#upstream, toBlobKey(bytes), bytes)).toMatch(/^finalized|^exists/);
    expect(await save(client, this.#upstream, `${base}#1`, toIndex(bytes))).toBe('finalized');
  }

  /** BuildKit's export, and what main hears of it. */
  async export(bytes: Buffer, meanwhile?: () => Promise<void>) {
    const fromMs = Date.now();
    await this.store(bytes);
    await meanwhile?.();
    const toMs = Date.now();
    return this.#dialect === 'oci'
      ? ({
          kind: 'digest',
          cacheScope,
          digest: toDigest(toManifest([{ bytes }], toConfig([bytes]))),
        } as const)
      : ({ kind: 'window', cacheScope, fromMs, toMs } as const);
  }
}

async function open(upstream: Upstream): Promise<TestGateway> {
  const gateway = await TestGateway.start(upstream);
  closing.push(() => gateway.close());
  return gateway;
}

async function listLayers(gateway: TestGateway): Promise<readonly string[]> {
  const registry = new OciClient(gateway.url, toRepository(cacheScope), `hotlayer:${gateway.stub}`);
  return (await registry.readCache()).layers.map(({ digest }) => digest);
}

/** What the next job of the repository finds. */
async function listNext(upstream: Upstream): Promise<readonly string[]> {
  return await listLayers(await open(upstream));
}

describe.each(['v1', 'v2', 'oci'] as const)(
  'the stub, sniffed, against a build that exports in %s',
  (dialect) => {
    // Of a manifest BuildKit tells the digest; of an index only when it came, which is the same for both here.
    const left = dialect === 'oci' ? [toDigest(own)] : [];
    const expectNotForeign = (verdict: object) =>
      expect(verdict).toMatchObject(
        dialect === 'oci'
          ? { kind: 'confirmed', dropped: 1 }
          : { kind: 'refused', reason: expect.stringContaining('something else stored') },
      );

    async function start() {
      const upstream = await Upstream.start();
      closing.push(() => upstream.close());
      const gateway = await open(upstream);
      const settled = async () => {
        gateway.dropUnconfirmed();
        return await gateway.settle();
      };
      const attackers = (['v1', 'v2', 'oci'] as const).map((name) => new Client(gateway, upstream, name));
      return { upstream, gateway, buildkit: new Client(gateway, upstream, dialect), attackers, settled };
    }

    it('does not get an index to the service, or to a later step, in place of one', async () => {
      const { upstream, gateway, attackers, settled } = await start();
      for (const attacker of attackers) {
        await attacker.store(foreign);
        expect(await listLayers(gateway)).toEqual([]);
        expect(await gateway.claim({ kind: 'nothing', cacheScope })).toMatchObject({
          kind: 'refused',
          dropped: 1,
        });
      }
      await attackers[0]?.store(foreign);
      expect(await settled()).toMatchObject({ exports: [], unconfirmed: [cacheScope], manifestsWritten: 0 });
      expect(await upstream.listKeys('hotlayer-manifest-')).toEqual([]);
      expect(await listNext(upstream)).toEqual([]);
    });

    it.each([0, 1, 2])('does not get an index confirmed before the export (attacker %d)', async (index) => {
      const { upstream, gateway, buildkit, attackers, settled } = await start();
      await attackers[index]?.store(foreign);
      const claim = await buildkit.export(own);
      expectNotForeign(await gateway.claim(claim));
      expect(await listLayers(gateway)).toEqual(left);
      expect(await settled()).toMatchObject({ unconfirmed: [] });
      expect(await listNext(upstream)).toEqual(left);
    });

    it.each([0, 1, 2])('does not get an index confirmed after the export (attacker %d)', async (index) => {
      const { upstream, gateway, buildkit, attackers, settled } = await start();
      const claim = await buildkit.export(own);
      await attackers[index]?.store(foreign);
      expectNotForeign(await gateway.claim(claim));
      await attackers[index]?.store(foreign);
      expect(await settled()).toMatchObject({ unconfirmed: [cacheScope] });
      expect(await listNext(upstream)).toEqual(left);
    });

    it.each([0, 1, 2])('does not get an index confirmed beside the export (attacker %d)', async (index) => {
      const { upstream, gateway, buildkit, attackers, settled } = await start();
      const claim = await buildkit.export(own, async () => attackers[index]?.store(foreign));
      expectNotForeign(await gateway.claim(claim));
      await settled();
      expect(await listNext(upstream)).toEqual(left);
    });

    it('does not get an upload of an index confirmed that it had begun before the export', async () => {
      const { gateway, buildkit } = await start();
      const { client } = gateway.client(2);
      const key = `${base}#1`;
      const created = await client.create({ key, version });
      if (created.kind !== 'created') throw new Error(created.kind);
      const claim = await buildkit.export(own, async () => {
        const bytes = toIndex(own);
        await client.upload(created.ticket, toBufferSource(bytes));
        expect((await client.finalize(created.ticket, bytes.length)).kind).toBe('finalized');
      });
      expect((await gateway.claim(claim)).kind).toBe(dialect === 'oci' ? 'confirmed' : 'refused');
    });

    it('two steps of a job export one after the other, the second out of what the first left', async () => {
      const { upstream, gateway, buildkit, settled } = await start();
      expect(await gateway.claim(await buildkit.export(own))).toEqual({ kind: 'confirmed', dropped: 0 });
      expect(await listLayers(gateway)).toEqual([toDigest(own)]);
      expect(await gateway.claim(await buildkit.export(foreign))).toEqual({ kind: 'confirmed', dropped: 0 });
      expect(await settled()).toMatchObject({ exports: [{ state: 'exported' }, { state: 'exported' }] });
      expect(await listNext(upstream)).toEqual([toDigest(foreign)]);
    });

    it('what main did not confirm before it was killed is dropped at the drain', async () => {
      const { upstream, gateway, buildkit, settled } = await start();
      const claim = await buildkit.export(own);
      gateway.dropUnconfirmed();
      expect(await gateway.claim(claim)).toMatchObject({ kind: 'refused' });
      expect(await settled()).toMatchObject({ exports: [], unconfirmed: [cacheScope] });
      expect(await upstream.listKeys('hotlayer-manifest-')).toEqual([]);
    });
  },
);
