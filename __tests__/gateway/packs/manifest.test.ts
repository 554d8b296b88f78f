import { createHash } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CacheConfig } from '../../../src/gateway/config/cache-config.ts';
import { packDigests, unpackDigests } from '../../../src/gateway/packs/digest-table.ts';
import { type Manifest, parseManifest, renderManifest } from '../../../src/gateway/packs/manifest.ts';

function toDigest(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

const small: Manifest = {
  formatVersion: 1,
  refHash: 'f921bd05',
  writer: { runId: '17', attempt: '2' },
  config: {
    layers: [{ blob: toDigest('a'), parent: -1, annotations: { diffID: toDigest('A'), size: 5 } }],
    records: [{ digest: toDigest('r'), inputs: [], layers: [{ layer: 0 }], chains: [] }],
  },
  packs: [{ key: 'hotlayer-pack-1-17-2-00000000-1', sizeBytes: 9 }],
  blobs: new Map([[toDigest('a'), { pack: 'hotlayer-pack-1-17-2-00000000-1', offset: 4, length: 5 }]]),
  legacyIndex: 'index-App-1-f921bd05#3',
  foreignSections: {},
};

function toBody(change: object): Buffer {
  const body = {
    refHash: 'f921bd05',
    writer: { runId: '1', attempt: '1' },
    legacyIndex: null,
    packs: [['p', 9]],
  };
  const json = JSON.stringify(packDigests({ ...body, blobs: [], config: {}, ...change }));
  return toFile(brotliCompressSync(json));
}

function toFile(body: Buffer): Buffer {
  const checksum = createHash('sha256').update(body).digest();
  return Buffer.concat([Buffer.from('hotlayer-manifest 1\n'), checksum, body]);
}

describe('a manifest', () => {
  it('reads as it was written', () => {
    expect(parseManifest(renderManifest(small))).toEqual({ kind: 'manifest', manifest: small });
  });

  it('reads as it was written, whatever the packs and blobs are', () => {
    const pack = fc.record({ key: fc.uuid(), sizeBytes: fc.nat(1_000_000) });
    const blob = fc.tuple(fc.nat(), fc.nat(), fc.nat());
    fc.assert(
      fc.property(
        fc.uniqueArray(pack, { selector: ({ key }) => key, minLength: 1 }),
        fc.array(blob),
        fc.option(fc.string()),
        (packs, places, legacyIndex) => {
          const blobs = new Map(
            places.map(([number, from, to], index) => {
              const within = packs[number % packs.length] ?? { key: '', sizeBytes: 0 };
              const offset = from % (within.sizeBytes + 1);
              const length = to % (within.sizeBytes - offset + 1);
              return [toDigest(String(index)), { pack: within.key, offset, length }] as const;
            }),
          );
          const manifest = { ...small, packs, blobs, legacyIndex };
          expect(parseManifest(renderManifest(manifest))).toEqual({ kind: 'manifest', manifest });
        },
      ),
    );
  });

  it('carries whatever sections it does not know, as they are', () => {
    const known = ['refHash', 'writer', 'legacyIndex', 'packs', 'blobs', 'config'];
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'digests', 'value', '#', '7', toDigest('x')),
    );
    const section = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>('#', '##0', toDigest('a'), [toDigest('b'), { x: toDigest('b') }]),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, section)), (entries) => {
        const all = entries.filter(([key]) => !known.includes(key));
        const text = JSON.stringify(Object.fromEntries(all));
        const parsed = parseManifest(renderManifest({ ...small, foreignSections: Object.fromEntries(all) }));
        expect(parsed.kind === 'manifest' && JSON.stringify(parsed.manifest.foreignSections)).toBe(text);
        expect(parsed.kind === 'manifest' && { ...parsed.manifest, foreignSections: {} }).toEqual(small);
      }),
    );
  });

  it('has room for a mebibyte of sections that it does not know, and no more', () => {
    const toSections = (bytes: number) => ({
      more: 'é'.repeat((bytes - '{"more":""}'.length - 1) / 2),
      m: 1,
    });
    const atMost = { ...small, foreignSections: { x: 'x'.repeat(1024 * 1024 - '{"x":""}'.length) } };
    expect(parseManifest(renderManifest(atMost))).toEqual({ kind: 'manifest', manifest: atMost });
    const reason = 'its unknown sections have more than 1048576 bytes together';
    for (const foreignSections of [toSections(1024 * 1024), { ...atMost.foreignSections, y: 0 }])
      expect(parseManifest(renderManifest({ ...small, foreignSections }))).toEqual({
        kind: 'broken',
        reason,
      });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'it is no manifest'],
    ['another file', Buffer.from('{"layers":[]}'), 'it is no manifest'],
    [
      'a cut one',
      Buffer.from(renderManifest(small)).subarray(0, 60),
      'its bytes are not those that were written',
    ],
    ['one that does not unpack', toFile(Buffer.from('x')), 'its body cannot be unpacked'],
    [
      'a blob past the end of its pack',
      toBody({ blobs: [[toDigest('a'), 0, 5, 5]] }),
      'a blob lies outside its packs',
    ],
    [
      'a blob before its pack',
      toBody({ blobs: [[toDigest('a'), 0, -1, 5]] }),
      'a blob lies outside its packs',
    ],
    ['a blob of no pack', toBody({ blobs: [[toDigest('a'), 1, 0, 5]] }), 'a blob lies outside its packs'],
    ['packs of another shape', toBody({ packs: ['p'] }), 'its packs are not a list of keys and sizes'],
    [
      'a config that loops',
      toBody({ config: { layers: [{ blob: 'a' }] } }),
      'its cache config cannot be read',
    ],
    ['no ref scope', toBody({ refHash: 7 }), 'its ref scope is missing'],
    ['no writer', toBody({ writer: {} }), 'its writer is missing'],
    ['an index that is no key', toBody({ legacyIndex: 7 }), 'its absorbed index is no key'],
  ])('%s is broken', (_, bytes, reason) => {
    expect(parseManifest(bytes)).toEqual({ kind: 'broken', reason });
  });

  it('carries when it was written, and passes over what is no time', () => {
    const parse = (writer: unknown) => parseManifest(toBody({ writer }));
    const run = { runId: '17', attempt: '2' };
    for (const atMs of [0, 1_700_000_000_000])
      expect(parse({ ...run, atMs })).toMatchObject({
        kind: 'manifest',
        manifest: { writer: { ...run, atMs } },
      });
    for (const atMs of [-1, 1.5, 1e16, '2026', null]) {
      const parsed = parse({ ...run, atMs });
      expect(parsed.kind === 'manifest' ? parsed.manifest.writer : parsed).toEqual(run);
    }
    const written = { ...small, writer: { ...small.writer, atMs: 1_700_000_000_000 } };
    expect(parseManifest(renderManifest(written))).toEqual({ kind: 'manifest', manifest: written });
  });

  it('with any one bit wrong after its first line is broken: it might lead to other layers', () => {
    const whole = Buffer.from(renderManifest(small));
    for (let bit = 'hotlayer-manifest 1\n'.length * 8; bit < whole.length * 8; bit++) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(parseManifest(changed).kind).toBe('broken');
    }
  });

  it('any other bytes are broken, not an error', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(200), (bytes, at) => {
        const whole = renderManifest(small);
        expect(parseManifest(bytes).kind).toBe('broken');
        const changed = Uint8Array.from([
          ...whole.subarray(0, at),
          ...bytes,
          ...whole.subarray(at + bytes.length),
        ]);
        expect(() => parseManifest(changed)).not.toThrow();
      }),
    );
  });

  it('of a newer format is known as such, whatever its body is', () => {
    const bytes = Buffer.from('hotlayer-manifest 2\nwho knows');
    expect(parseManifest(bytes)).toEqual({ kind: 'newer', formatVersion: 2 });
  });

  it('does not name a blob in a pack that it does not name', () => {
    expect(() => renderManifest({ ...small, packs: [] })).toThrow('which the manifest does not name');
  });

  it('of 2,000 blobs, with a record and a half for each, is smaller than 300 KiB', () => {
    const bytes = renderManifest(toLarge(2000, 3000));
    expect(bytes.length).toBeLessThan(300 * 1024);
    const parsed = parseManifest(bytes);
    expect(parsed).toEqual({ kind: 'manifest', manifest: toLarge(2000, 3000) });
  });
});

it('digests are stored once, and text that looks like a reference stays text', () => {
  const value = {
    '#0': ['#0', '##1', 'x', '#', '', toDigest('a'), toDigest('a'), 'sha256:00', null, 1, true],
  };
  const packed = packDigests(value);
  expect(Buffer.from(packed.digests, 'base64')).toHaveLength(32);
  expect(unpackDigests(JSON.parse(JSON.stringify(packed)))).toEqual(value);
  expect(unpackDigests({ digests: packed.digests, value: ['#', '#'] })).toBeUndefined();
  expect(unpackDigests({ digests: 'AAAA', value: [] })).toBeUndefined();
  expect(unpackDigests('x')).toBeUndefined();
});

/** As BuildKit would export it: chains of 20 steps, times to the nanosecond, sizes of any kind. */
function toLarge(blobs: number, records: number): Manifest {
  const toNumber = (name: string, below: number) =>
    createHash('sha256').update(name).digest().readUInt32BE(0) % below;
  const toTime = (name: string) =>
    `2026-11-${String(10 + toNumber(`${name} day`, 18))}T09:15:${String(10 + toNumber(`${name} s`, 49))}.${String(100_000_000 + toNumber(name, 899_999_999))}Z`;
  const sizes = Array.from({ length: blobs }, (_, n) => 200 + toNumber(`size ${n}`, 4_000_000));
  const perPack = 20;
  const packs = Array.from({ length: Math.ceil(blobs / perPack) }, (_, n) => ({
    key: `hotlayer-pack-1-1234567890-1-a1b2c3d4-${n}`,
    sizeBytes: sizes.slice(n * perPack, (n + 1) * perPack).reduce((sum, size) => sum + size, 0),
  }));
  const config: CacheConfig = {
    layers: sizes.map((size, n) => ({
      blob: toDigest(`blob ${n}`),
      parent: n % 20 === 0 ? -1 : n - 1,
      annotations: {
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        diffID: toDigest(`diff ${n}`),
        size,
        createdAt: toTime(`layer ${n}`),
      },
    })),
    records: Array.from({ length: records }, (_, n) => ({
      digest: toDigest(`record ${n}`),
      inputs: n % 20 === 0 ? [] : [[{ selector: '', link: n - 1 }]],
      layers: n < blobs ? [{ layer: n, createdAt: toTime(`record ${n}`) }] : [],
      chains: [],
    })),
  };
  const places = sizes.map((length, n) => {
    const first = n - (n % perPack);
    const offset = sizes.slice(first, n).reduce((sum, size) => sum + size, 0);
    return [toDigest(`blob ${n}`), { pack: packs[first / perPack]?.key ?? '', offset, length }] as const;
  });
  const withoutEmpty = config.records.map((record) => ({
    ...record,
    inputs: record.inputs.map((links) => links.map(({ link }) => ({ link }))),
  }));
  return { ...small, config: { ...config, records: withoutEmpty }, packs, blobs: new Map(places) };
}
