import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CacheConfig, parseCacheConfig } from '../../src/gateway/config/cache-config.ts';
import { mergeCacheConfigs } from '../../src/gateway/config/cache-config-merge.ts';
import { pruneCacheConfig } from '../../src/gateway/config/cache-config-prune.ts';
import { parseForeignJson } from '../../src/gateway/config/foreign-json.ts';
import { findLayerRoles } from '../../src/gateway/config/layer-roles.ts';
import { packDigests } from '../../src/gateway/packs/digest-table.ts';
import { parseManifest } from '../../src/gateway/packs/manifest.ts';

const digest = (name: string) => `sha256:${createHash('sha256').update(name).digest('hex')}`;

function toFile(json: string | Buffer): Buffer {
  const body = brotliCompressSync(json, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  const checksum = createHash('sha256').update(body).digest();
  return Buffer.concat([Buffer.from('hotlayer-manifest 1\n'), checksum, body]);
}

const sound = {
  refHash: 'f921bd05',
  writer: { runId: '17', attempt: '2' },
  legacyIndex: null,
  packs: [['hotlayer-pack-1-17-2-00000000-1', 9]],
  blobs: [[digest('a'), 0, 4, 5]],
  config: {
    layers: [{ blob: digest('a'), parent: -1, annotations: { size: 5 } }],
    records: [
      { digest: digest('r') },
      {
        digest: digest('s'),
        inputs: [[{ link: 0, selector: 'x' }]],
        layers: [{ layer: 0, createdAt: '2026' }],
      },
    ],
  },
};

/** Every place in a document, as a path of keys. */
function listPaths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => listPaths(item, [...path, key]))];
}

function change(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value))
    return value.flatMap((item, index) => (String(index) === key ? change(item, rest, to) : item));
  const entries = Object.entries(value ?? {}).map(([name, item]) => [
    name,
    name === key ? change(item, rest, to) : item,
  ]);
  return Object.fromEntries(entries);
}

const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
const odd: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1,
  1.5,
  9e15,
  -9e15,
  1e308,
  2 ** 53,
  '',
  '#',
  '#9e9',
  'x'.repeat(100_000),
  digest('z'),
  [],
  {},
  [[]],
  [[0, 0, 0, 0]],
  Array(3000).fill(0),
  JSON.parse('{"__proto__":{"layers":7}}'),
];

describe('a manifest that others wrote', () => {
  it('is sound, or broken, whatever stands where in it; and what is sound can be worked with', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...listPaths(sound)), fc.constantFrom(...odd)), {
          minLength: 1,
          maxLength: 3,
        }),
        (changes) => {
          const changed = changes.reduce<unknown>((value, [path, to]) => change(value, path, to), sound);
          const parsed = parseManifest(toFile(JSON.stringify(packDigests(changed)) ?? ''));
          expect(['manifest', 'broken']).toContain(parsed.kind);
          if (parsed.kind !== 'manifest') return;
          const { config, packs, blobs } = parsed.manifest;
          for (const { sizeBytes } of packs) expect(sizeBytes).toBeLessThanOrEqual(64 * 1024 ** 3);
          for (const { pack, offset, length } of blobs.values()) {
            const within = packs.find(({ key }) => key === pack)?.sizeBytes ?? -1;
            expect(offset >= 0 && length >= 0 && offset + length <= within).toBe(true);
          }
          workWith(config);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a pack of 9e15 bytes', { packs: [['p', 9e15]], blobs: [] }],
    ['a pack of 65 GiB', { packs: [['p', 65 * 1024 ** 3]], blobs: [] }],
    [
      'a pack twice',
      {
        packs: [
          ['p', 9],
          ['p', 10],
        ],
        blobs: [],
      },
    ],
    ['ten thousand packs', { packs: Array.from({ length: 10_000 }, (_, n) => [`p${n}`, 9]), blobs: [] }],
    ['a pack whose key would be several', { packs: [['a,b', 9]], blobs: [] }],
    ['a deep config', { config: { layers: [], records: [], deep } }],
    ['a digest that is none', { blobs: [['sha256:x', 0, 4, 5]] }],
    [
      'a blob twice',
      {
        blobs: [
          [digest('a'), 0, 0, 5],
          [digest('a'), 0, -5, 5],
        ],
      },
    ],
    ['a run that is none', { writer: { runId: 'x'.repeat(100), attempt: '1' } }],
    ['a text of 100 kB as digest', { config: { records: [{ digest: 'x'.repeat(100_000) }] } }],
  ])('with %s is broken', (_name, more) => {
    expect(parseManifest(toFile(toJson({ ...sound, ...more }))).kind).toBe('broken');
  });

  it('of ten million records is broken before one of them is made', () => {
    const record = '{"digest":"#"},';
    const head = `{"digests":"","value":{"config":{"records":[`;
    const json = Buffer.alloc(head.length + 10_000_000 * 6, record.slice(0, 0) || '{},{},');
    json.write(head);
    const before = process.memoryUsage().heapUsed;
    expect(parseManifest(toFile(json)).kind).toBe('broken');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024);
  });

  it('that unpacks without end is broken', () => {
    expect(parseManifest(toFile(Buffer.alloc(300 * 1024 * 1024, ' '))).kind).toBe('broken');
  });
});

/** packDigests is not made for what is this deep. */
function toJson(body: object): string {
  try {
    return JSON.stringify(packDigests(body));
  } catch {
    return `{"digests":"","value":${'['.repeat(5000)}${']'.repeat(5000)}}`;
  }
}

function workWith(config: CacheConfig): void {
  pruneCacheConfig(config, () => true);
  const merged = mergeCacheConfigs([config, config]);
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  findLayerRoles(merged);
  JSON.stringify(merged);
}

describe('JSON that others wrote', () => {
  it('reads as JSON does, within its bounds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseForeignJson(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['brackets in a text', '{"a":"[[[[[[{{{{{{,,,,,,,,"}', true],
    ['an escaped quote', '{"a":"\\"[[[[[[[["}', true],
    ['a backslash at the end of a text', '{"a":"\\\\"}', true],
    ['too many values', '[1,2,3,4,5,6,7,8,9]', false],
    ['too deep', '[[[[[[]]]]]]', false],
    ['too long', `"${'x'.repeat(100)}"`, false],
  ])('%s', (_name, text, isRead) => {
    const bounds = { maxBytes: 60, maxDepth: 5, maxValues: 8 };
    expect(parseForeignJson(Buffer.from(text), bounds) !== undefined).toBe(isRead);
  });
});

describe('a config of the size that may be', () => {
  it('with many results on one long chain is looked through once, not once for each', () => {
    const count = 50_000;
    const config = parseCacheConfig({
      layers: Array.from({ length: count }, (_, n) => ({ blob: `b${n}`, parent: n - 1 })),
      records: Array.from({ length: count }, (_, n) => ({ digest: `r${n}`, layers: [{ layer: count - 1 }] })),
    });
    if (config === undefined) throw new Error('not read');
    expect(findLayerRoles(config).own.size).toBe(0);
    expect(pruneCacheConfig(config, () => true).config.layers).toHaveLength(count);
  });
});
