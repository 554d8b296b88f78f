import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CacheConfig, parseCacheConfig } from '../../../src/gateway/config/cache-config.ts';
import { isSameCacheConfig } from '../../../src/gateway/config/cache-config-merge.ts';
import {
  configMediaType,
  manifestMediaType,
  parsePushedManifest,
  renderCacheManifest,
  toDigest,
} from '../../../src/gateway/oci/cache-manifest.ts';
import { toCompression, toLayerAnnotations, toUtc } from '../../../src/gateway/oci/layer-descriptor.ts';
import { parseJson } from '../../../src/json.ts';

function parse(value: unknown): CacheConfig {
  const config = parseCacheConfig(value);
  if (config === undefined) throw new Error(`No cache config: ${JSON.stringify(value)}`);
  return config;
}

/** What the gateway makes of what it served itself, pushed back. */
function pushBack(cache: CacheConfig, sizeOf: (digest: string) => number | undefined): CacheConfig {
  const { manifest, config } = renderCacheManifest(cache, sizeOf);
  const pushed = parsePushedManifest(parseJson(manifest.toString()));
  expect(pushed?.configDigest).toBe(toDigest(config));
  const parsed = parse(parseJson(config.toString()));
  const layers = parsed.layers.map((layer) => {
    expect(layer.annotations).toBeUndefined();
    return { ...layer, annotations: toLayerAnnotations(pushed?.layers.get(layer.blob)) };
  });
  return parse({ ...parsed, layers });
}

async function readReal(name: 'red' | 'blue'): Promise<CacheConfig> {
  const file = path.join(import.meta.dirname, '../../fixtures/cache-config', `${name}.json`);
  return parse(parseJson(await readFile(file, 'utf8')));
}

const digest = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
  .map((digits) => `sha256:${digits.join('')}`);

/** The facts about some blobs, each used by one layer or two. */
const anyCache = fc
  .uniqueArray(
    fc.record({
      blob: digest,
      diffID: digest,
      mediaType: fc.constantFrom(
        'application/vnd.oci.image.layer.v1.tar',
        'application/vnd.oci.image.layer.v1.tar+gzip',
        'application/vnd.oci.image.layer.v1.tar+zstd',
        'application/vnd.docker.image.rootfs.diff.tar.gzip',
      ),
      size: fc.integer({ min: 1 }),
      createdAt: fc.option(
        fc.date({ min: new Date('1971-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
      ),
      others: fc.dictionary(fc.stringMatching(/^[a-z.]{1,9}$/), fc.string(), { maxKeys: 2 }),
      uses: fc.integer({ min: 1, max: 2 }),
    }),
    { selector: ({ blob }) => blob },
  )
  .map((blobs) => {
    const layers = blobs.flatMap(({ blob, uses, createdAt, others, ...facts }) => {
      const time = toUtc(createdAt?.toISOString() ?? '') ?? '0001-01-01T00:00:00Z';
      const known = { ...facts, createdAt: time };
      const annotations = Object.keys(others).length === 0 ? known : { ...known, others: { ...others } };
      return Array.from({ length: uses }, () => ({ blob, parent: -1, annotations }));
    });
    const records = layers.map((_, layer) => ({ digest: `sha256:${layer}`, layers: [{ layer }] }));
    return parse({ layers, records });
  });

describe('renderCacheManifest', () => {
  it('and what is pushed lead back to the same cache, whatever it holds', () => {
    fc.assert(
      fc.property(anyCache, (cache) => {
        expect(pushBack(cache, () => undefined)).toEqual(cache);
      }),
    );
  });

  it.each(['red', 'blue'] as const)(
    'tells all of what BuildKit wrote in the gha dialect: %s',
    async (name) => {
      const cache = await readReal(name);
      const back = pushBack(cache, () => undefined);
      expect(back).toEqual(cache);
      expect(isSameCacheConfig(back, cache)).toBe(true);
    },
  );

  it('names each blob once, with the size that is known', async () => {
    const cache = await readReal('red');
    const { manifest, config } = renderCacheManifest(cache, () => 7);
    const parsed = JSON.parse(manifest.toString());
    const digests = parsed.layers.map((layer: { readonly digest: string }) => layer.digest);
    expect(digests).toEqual([...new Set(cache.layers.map(({ blob }) => blob))]);
    expect(digests.length).toBeLessThan(cache.layers.length);
    for (const layer of parsed.layers) expect(layer.size).toBe(7);
    expect(parsed).toMatchObject({
      schemaVersion: 2,
      mediaType: manifestMediaType,
      config: { mediaType: configMediaType, digest: toDigest(config), size: config.length },
    });
  });

  it('leaves out a layer of which the config does not say enough', () => {
    const annotations = { mediaType: 'x', diffID: toDigest(Buffer.from('tar')), size: 5 };
    const blobs = [
      annotations,
      { ...annotations, diffID: 'sha256:0' },
      { ...annotations, mediaType: 1 },
      undefined,
    ];
    const layers = blobs.map((item, index) => ({
      blob: toDigest(Buffer.from([index])),
      parent: -1,
      annotations: item,
    }));
    const { manifest } = renderCacheManifest(parse({ layers }), () => undefined);
    expect(JSON.parse(manifest.toString()).layers).toEqual([
      {
        mediaType: 'x',
        digest: toDigest(Buffer.from([0])),
        size: 5,
        annotations: { 'containerd.io/uncompressed': annotations.diffID },
      },
    ]);
  });

  it('is the same for the same cache', async () => {
    const [one, two] = [await readReal('blue'), await readReal('blue')];
    expect(renderCacheManifest(one, () => 1)).toEqual(renderCacheManifest(two, () => 1));
  });
});

describe('toLayerAnnotations', () => {
  const diffID = toDigest(Buffer.from('tar'));
  const descriptor = { mediaType: 'x', size: 5, annotations: { 'containerd.io/uncompressed': diffID } };

  it('forgets from which registry a layer came', () => {
    const annotations = {
      ...descriptor.annotations,
      'containerd.io/distribution.source.127.0.0.1:5000': 'a/b',
      k: 'v',
    };
    expect(toLayerAnnotations({ ...descriptor, annotations })).toEqual({
      mediaType: 'x',
      diffID,
      size: 5,
      createdAt: '0001-01-01T00:00:00Z',
      others: { k: 'v' },
    });
  });

  it.each([
    ['no media type', { ...descriptor, mediaType: undefined }],
    ['no digest of the tar', { ...descriptor, annotations: {} }],
    ['a digest that is none', { ...descriptor, annotations: { 'containerd.io/uncompressed': 'sha256:1' } }],
    ['no size', { ...descriptor, size: undefined }],
    ['a size that is none', { ...descriptor, size: 1.5 }],
    ['no bytes', { ...descriptor, size: 0 }],
    [
      'a time that is none',
      { ...descriptor, annotations: { ...descriptor.annotations, 'buildkit/createdat': 'x' } },
    ],
    ['no shape', undefined],
  ])('answers nothing for a descriptor with %s', (_name, value) => {
    expect(toLayerAnnotations(value)).toBeUndefined();
  });
});

describe('toUtc', () => {
  it.each([
    ['2026-01-01T12:00:00Z', '2026-01-01T12:00:00Z'],
    ['2026-01-01T12:00:00.100Z', '2026-01-01T12:00:00.1Z'],
    ['2026-01-01T12:00:00.000000000Z', '2026-01-01T12:00:00Z'],
    ['2026-01-01T00:30:00.123456789+01:00', '2025-12-31T23:30:00.123456789Z'],
    ['2026-01-01T23:30:00-01:00', '2026-01-02T00:30:00Z'],
  ])('writes %s as Go does', (text, utc) => {
    expect(toUtc(text)).toBe(utc);
  });

  it.each(['', '2026-01-01', '2026-01-01T12:00:00', '2026-13-01T12:00:00Z', 'x2026-01-01T12:00:00Z'])(
    'takes %j for no time',
    (text) => {
      expect(toUtc(text)).toBeUndefined();
    },
  );
});

describe('toCompression', () => {
  it.each([
    ['application/vnd.oci.image.layer.v1.tar', 'uncompressed'],
    ['application/vnd.oci.image.layer.v1.tar+gzip', 'gzip'],
    ['application/vnd.oci.image.layer.v1.tar+zstd', 'zstd'],
    ['application/vnd.docker.image.rootfs.diff.tar.gzip', 'gzip'],
    ['application/vnd.docker.image.rootfs.diff.tar', 'uncompressed'],
    ['application/vnd.docker.image.rootfs.diff.tar.zstd', 'zstd'],
    ['application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', 'gzip'],
  ])('reads it off %s', (mediaType, compression) => {
    expect(toCompression(mediaType)).toBe(compression);
  });
});
