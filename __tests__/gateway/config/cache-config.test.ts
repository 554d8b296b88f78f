import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CacheConfig,
  listBlobs,
  parseCacheConfig,
  renderCacheConfig,
} from '../../../src/gateway/config/cache-config.ts';
import { identifyLayers, identifyRecords } from '../../../src/gateway/config/cache-config-identity.ts';
import { isSameCacheConfig, mergeCacheConfigs } from '../../../src/gateway/config/cache-config-merge.ts';
import { pruneCacheConfig } from '../../../src/gateway/config/cache-config-prune.ts';
import { parseJson } from '../../../src/json.ts';

function parse(value: unknown): CacheConfig {
  const config = parseCacheConfig(value);
  if (config === undefined) throw new Error(`No cache config: ${JSON.stringify(value)}`);
  return config;
}

/** What BuildKit's ParseConfig makes of it: it refuses loops, indexes out of range and empty inputs. */
function expectReadable(config: CacheConfig): void {
  expect(parseCacheConfig(JSON.parse(JSON.stringify(renderCacheConfig(config))))).toEqual(config);
  for (const { inputs } of config.records) for (const links of inputs) expect(links).not.toEqual([]);
}

/** Exported by BuildKit v0.33.1 with mode=max: three stages of seven steps, two builds that differ in four. */
async function readReal(name: 'red' | 'blue'): Promise<CacheConfig> {
  const file = path.join(import.meta.dirname, '../../fixtures/cache-config', `${name}.json`);
  return parse(parseJson(await readFile(file, 'utf8')));
}

/** Any config that the parser takes: few digests, so that two of them have much in common. */
const anyConfig = fc
  .record({
    layers: fc.array(fc.tuple(fc.nat(5), fc.nat(), fc.nat(3)), { maxLength: 8 }),
    records: fc.array(
      fc.record({
        digest: fc.nat(4),
        inputs: fc.array(fc.array(fc.tuple(fc.nat(), fc.nat(1)), { maxLength: 2 }), { maxLength: 2 }),
        results: fc.array(fc.tuple(fc.nat(), fc.nat(3)), { maxLength: 2 }),
        chains: fc.array(fc.tuple(fc.array(fc.nat(), { maxLength: 2 }), fc.nat(3)), { maxLength: 1 }),
      }),
      { maxLength: 10 },
    ),
    isReversed: fc.boolean(),
  })
  .map(({ layers, records, isReversed }) => {
    const toTime = (n: number) => `2026-11-21T14:00:0${n}Z`;
    const place = (index: number, count: number) => (isReversed ? count - 1 - index : index);
    const toLayer = (n: number) => place(n % layers.length, layers.length);
    const config = {
      layers: layers.map(([blob, parent, time], index) => ({
        blob: `sha256:b${blob}`,
        // Only to what is before it, so that nothing loops.
        parent: index === 0 || parent % 3 === 0 ? -1 : place(parent % index, layers.length),
        annotations: { diffID: `sha256:d${blob}`, createdAt: toTime(time) },
      })),
      records: records.map(({ digest, inputs, results, chains }, index) => ({
        digest: `sha256:r${digest}`,
        inputs:
          index === 0
            ? []
            : inputs.map((links) =>
                links.map(([link, selector]) => ({
                  link: place(link % index, records.length),
                  ...(selector === 0 ? {} : { selector: `s${selector}` }),
                })),
              ),
        layers:
          layers.length === 0
            ? []
            : results.map(([n, time]) => ({ layer: toLayer(n), createdAt: toTime(time) })),
        chains:
          layers.length === 0
            ? []
            : chains.map(([list, time]) => ({ layers: list.map(toLayer), createdAt: toTime(time) })),
      })),
    };
    return parse(
      isReversed ? { layers: [...config.layers].reverse(), records: [...config.records].reverse() } : config,
    );
  });

/** `record digest + inputs` ids with the results of each, by what they are. */
function listResults(config: CacheConfig): ReadonlySet<string> {
  const layerIds = identifyLayers(config);
  const recordIds = identifyRecords(config);
  return new Set(
    config.records.flatMap(({ layers, chains }, index) => {
      if (recordIds[index] === undefined) return [];
      return [
        ...layers.map(({ layer }) => `${recordIds[index]} layer ${layerIds[layer]}`),
        ...chains.map(
          (chain) => `${recordIds[index]} chain ${chain.layers.map((n) => config.layers[n]?.blob).join()}`,
        ),
      ];
    }),
  );
}

function listRecords(config: CacheConfig): ReadonlySet<string> {
  return new Set(identifyRecords(config).filter((id) => id !== undefined));
}

describe('a cache config', () => {
  it('reads what Go leaves out, and keeps what it does not know', () => {
    const config = parse({
      layers: [
        { blob: 'sha256:a', parent: -1 },
        { blob: 'sha256:b', new: 1 },
      ],
      records: [{ digest: 'sha256:r', inputs: [null], other: [] }],
      version: 3,
    });
    expect(config).toEqual({
      layers: [
        { blob: 'sha256:a', parent: -1 },
        { blob: 'sha256:b', parent: 0, new: 1 },
      ],
      records: [{ digest: 'sha256:r', inputs: [[]], layers: [], chains: [], other: [] }],
      version: 3,
    });
    expect([...listBlobs(config)]).toEqual(['sha256:a', 'sha256:b']);
  });

  it.each([
    ['a list', []],
    ['layers of another shape', { layers: {} }],
    ['a layer without a blob', { layers: [{ parent: -1 }] }],
    ['a parent that is no layer', { layers: [{ blob: 'a', parent: 1 }] }],
    ['a layer on itself', { layers: [{ blob: 'a', parent: 0 }] }],
    [
      'layers in a ring',
      {
        layers: [
          { blob: 'a', parent: 1 },
          { blob: 'b', parent: 0 },
        ],
      },
    ],
    ['a link that is no record', { records: [{ digest: 'r', inputs: [[{ link: 1 }]] }] }],
    ['a record that links to itself', { records: [{ digest: 'r', inputs: [[{ link: 0 }]] }] }],
    ['a result that is no layer', { records: [{ digest: 'r', layers: [{ layer: 0 }] }] }],
    ['a chain of what is no layer', { records: [{ digest: 'r', chains: [{ layers: [0] }] }] }],
    [
      'a time that is no text',
      {
        layers: [{ blob: 'a', parent: -1 }],
        records: [{ digest: 'r', layers: [{ layer: 0, createdAt: 1 }] }],
      },
    ],
  ])('is not %s', (_, value) => {
    expect(parseCacheConfig(value)).toBeUndefined();
  });

  it('may chain 20,000 steps', () => {
    const records = Array.from({ length: 20_000 }, (_, n) => ({
      digest: `sha256:${n}`,
      inputs: n === 0 ? [] : [[{ link: n - 1 }]],
      layers: [{ layer: n }],
    }));
    const config = parse({
      layers: records.map(({ digest }, n) => ({ blob: digest, parent: n - 1 })),
      records,
    });
    expect(pruneCacheConfig(config, (digest) => digest !== 'sha256:19000')).toMatchObject({
      droppedResults: 1000,
      droppedRecords: 1000,
    });
    expect(isSameCacheConfig(mergeCacheConfigs([config, config]), config)).toBe(true);
  });
});

describe('the union', () => {
  it('of two builds by BuildKit has the records of both, the common ones once', async () => {
    const red = await readReal('red');
    const blue = await readReal('blue');
    const union = mergeCacheConfigs([red, blue]);
    expectReadable(union);
    expect(listRecords(union)).toEqual(new Set([...listRecords(red), ...listRecords(blue)]));
    expect(union.records.length).toBeLessThan(red.records.length + blue.records.length);
    expect(listResults(union)).toEqual(new Set([...listResults(red), ...listResults(blue)]));
    expect(isSameCacheConfig(red, blue)).toBe(false);
    expect(isSameCacheConfig(union, mergeCacheConfigs([blue, red, union]))).toBe(true);
    expect(mergeCacheConfigs([red, red]).records).toHaveLength(red.records.length);
  });

  it('keeps all of each, adds nothing, and does not depend on the order', () => {
    fc.assert(
      fc.property(anyConfig, anyConfig, anyConfig, (a, b, c) => {
        const union = mergeCacheConfigs([a, b]);
        expectReadable(union);
        expect(listRecords(union)).toEqual(new Set([...listRecords(a), ...listRecords(b)]));
        expect(listResults(union)).toEqual(new Set([...listResults(a), ...listResults(b)]));
        expect(union.records).toHaveLength(listRecords(union).size);
        expect(isSameCacheConfig(union, mergeCacheConfigs([b, a]))).toBe(true);
        expect(
          isSameCacheConfig(mergeCacheConfigs([union, c]), mergeCacheConfigs([a, mergeCacheConfigs([b, c])])),
        ).toBe(true);
        expect(mergeCacheConfigs([union, union])).toEqual(union);
        expect(mergeCacheConfigs([union, a])).toEqual(union);
      }),
    );
  });

  it('names each result with its newest time, the newest first', () => {
    const toConfig = (...times: readonly [number, string][]) =>
      parse({
        layers: [
          { blob: 'a', parent: -1 },
          { blob: 'b', parent: -1 },
        ],
        records: [{ digest: 'r', layers: times.map(([layer, createdAt]) => ({ layer, createdAt })) }],
      });
    const old = toConfig([0, '2026-11-21T10:00:00Z'], [1, '2026-11-21T10:00:00.5Z']);
    // Earlier than it looks: one hour east.
    const newer = toConfig([0, '2026-11-21T11:00:02+01:00'], [1, '2026-11-21T10:59:59+01:00']);
    const expected = [
      { layer: 0, createdAt: '2026-11-21T11:00:02+01:00' },
      { layer: 1, createdAt: '2026-11-21T10:00:00.5Z' },
    ];
    expect(mergeCacheConfigs([old, newer]).records[0]?.layers).toEqual(expected);
    expect(mergeCacheConfigs([newer, old]).records[0]?.layers).toEqual(expected);
    expect(isSameCacheConfig(old, newer)).toBe(true);
  });

  it('leaves out a record for which BuildKit would refuse the whole config', () => {
    const broken = parse({
      records: [
        { digest: 'x', inputs: [null] },
        { digest: 'y', inputs: [[{ link: 0 }]] },
        { digest: 'z', inputs: [[{ link: 0 }, { link: 3 }]] },
        { digest: 'w' },
      ],
    });
    const digests = mergeCacheConfigs([broken]).records.map(({ digest }) => digest);
    expect(digests.sort()).toEqual(['w', 'z']);
  });

  it('of nothing is empty', () => {
    expect(mergeCacheConfigs([])).toEqual({ layers: [], records: [] });
  });
});

describe('pruning', () => {
  it('of a build by BuildKit drops what needs the lost blob, and that alone', async () => {
    const red = await readReal('red');
    for (const lost of listBlobs(red)) {
      const { config, droppedResults, droppedRecords } = pruneCacheConfig(red, (digest) => digest !== lost);
      expectReadable(config);
      expect(listBlobs(config)).not.toContain(lost);
      expect(droppedResults).toBeGreaterThan(0);
      expect(config.records).toHaveLength(red.records.length - droppedRecords);
    }
    expect(pruneCacheConfig(red, () => true)).toEqual({ config: red, droppedResults: 0, droppedRecords: 0 });
    expect(pruneCacheConfig(red, () => false).config).toEqual({ ...red, layers: [], records: [] });
  });

  it('keeps exactly the results whose blobs are all there, and the records that lead to one', () => {
    fc.assert(
      fc.property(anyConfig, fc.uniqueArray(fc.nat(5)), (config, lost) => {
        const hasBlob = (digest: string) => !lost.some((blob) => digest === `sha256:b${blob}`);
        const pruned = pruneCacheConfig(config, hasBlob);
        expectReadable(pruned.config);
        expect([...listBlobs(pruned.config)].every(hasBlob)).toBe(true);

        const isWhole = (index: number): boolean => {
          const layer = config.layers[index];
          return index === -1 || (layer !== undefined && hasBlob(layer.blob) && isWhole(layer.parent));
        };
        const expected = {
          ...config,
          records: config.records.map((record) => ({
            ...record,
            layers: record.layers.filter(({ layer }) => isWhole(layer)),
            chains: record.chains.filter(({ layers }) =>
              layers.every((n) => hasBlob(config.layers[n]?.blob ?? '')),
            ),
          })),
        };
        expect(listResults(pruned.config)).toEqual(listResults(expected));
        // Every record that is left leads to a result.
        const leads = (index: number): boolean => {
          const record = pruned.config.records[index];
          return (
            (record !== undefined && record.layers.length + record.chains.length > 0) ||
            pruned.config.records.some(
              ({ inputs }, from) => inputs.flat().some(({ link }) => link === index) && leads(from),
            )
          );
        };
        expect([...pruned.config.records.keys()].every(leads)).toBe(true);
        expect(pruneCacheConfig(pruned.config, hasBlob)).toMatchObject({
          droppedResults: 0,
          droppedRecords: 0,
        });
        expect(pruned.config.records.length + pruned.droppedRecords).toBe(config.records.length);
      }),
      { numRuns: 500 },
    );
  });
});
