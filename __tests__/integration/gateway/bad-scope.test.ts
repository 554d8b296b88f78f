import { createHash, randomBytes } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { afterEach, expect, it } from '@jest/globals';
import { toBufferSource } from '../../../src/cache-client/upload-source.ts';
import { PACKS_CACHE_VERSION } from '../../../src/cache-protocol/version.ts';
import { toRepository } from '../../../src/gateway/access/oci-name.ts';
import { TestGateway } from '../../helpers/gateway.ts';
import { OciClient, toDigest } from '../../helpers/oci-client.ts';
import { Upstream } from '../../helpers/upstream.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function toFile(json: string | Buffer): Buffer {
  const body = brotliCompressSync(json, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  const checksum = createHash('sha256').update(body).digest();
  return Buffer.concat([Buffer.from('hotlayer-manifest 1\n'), checksum, body]);
}

const head =
  '{"digests":"","value":{"refHash":"f921bd05","writer":{"runId":"1","attempt":"1"},"legacyIndex":null';

it.each([
  ['bytes that are none', Buffer.from('x')],
  ['a bomb', toFile(Buffer.alloc(100 * 1024 * 1024, ' '))],
  [
    'a deep config',
    toFile(`${head},"packs":[],"blobs":[],"config":{"x":${'['.repeat(9000)}${']'.repeat(9000)}}}}`),
  ],
  ['a pack of 9e15 bytes', toFile(`${head},"packs":[["p",9000000000000000]],"blobs":[],"config":{}}}`)],
  [
    'millions of records',
    toFile(Buffer.concat([Buffer.from(`${head},"config":{"records":[`), Buffer.alloc(9_000_000, '{},')])),
  ],
])('a cache scope with %s costs one warning, and the other one stays warm', async (_name, bytes) => {
  const upstream = await Upstream.start();
  closing.push(() => upstream.close());
  const layer = randomBytes(2000);
  const open = async (plan: { imports: readonly string[]; export: string | null }) => {
    const gateway = await TestGateway.start(upstream, { plan });
    closing.push(() => gateway.close());
    return gateway;
  };
  const connect = (gateway: TestGateway) =>
    new OciClient(gateway.url, toRepository('app.main'), `hotlayer:${gateway.stub}`);
  const first = await open({ imports: [], export: 'app.main' });
  expect(await connect(first).pushCache([{ bytes: layer }])).toBe('created');
  await first.settle();

  const { client } = upstream.client(2, await upstream.token());
  const created = await client.create({
    key: 'hotlayer-manifest-1-bad.main#1',
    version: PACKS_CACHE_VERSION,
  });
  if (created.kind !== 'created') throw new Error(created.kind);
  await client.upload(created.ticket, toBufferSource(bytes));
  expect((await client.finalize(created.ticket, bytes.length)).kind).toBe('finalized');

  const next = await open({ imports: ['bad.main', 'app.main'], export: null });
  expect((await connect(next).readCache()).layers).toMatchObject([{ digest: toDigest(layer) }]);
  expect(await connect(next).readBlob(toDigest(layer))).toBe(toDigest(layer));
  expect(next.report).toMatchObject({ importFailures: 1 });
  expect(next.report.failures[0]?.message).toContain('bad.main');
});
