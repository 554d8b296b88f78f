import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideCompaction, type PackUse } from '../../../src/gateway/packs/compaction.ts';

const mib = 1024 * 1024;
const target = 32 * mib;

function toPack(key: string, sizeMiB: number, liveMiB: number): PackUse {
  return { key, sizeBytes: sizeMiB * mib, liveBytes: liveMiB * mib };
}

it.each([
  ['no packs', [], []],
  ['packs that are all alive', [toPack('a', 40, 40), toPack('b', 5, 5)], []],
  ['a third of the bytes dead', [toPack('a', 60, 40)], []],
  ['more than that', [toPack('a', 61, 40)], ['a']],
  ['the one with the smallest share of live bytes', [toPack('a', 40, 30), toPack('b', 40, 1)], ['b']],
  ['a dead pack is left out, not rewritten', [toPack('a', 40, 40), toPack('b', 400, 0)], []],
  ['many large packs', Array.from({ length: 50 }, (_, n) => toPack(`p${n}`, 32, 32)), []],
  ['eight small packs', Array.from({ length: 8 }, (_, n) => toPack(`p${n}`, 1, 1)), []],
  [
    'nine small packs of one size: all of them, as one pack',
    Array.from({ length: 9 }, (_, n) => toPack(`p${n}`, 1, 1)),
    Array.from({ length: 9 }, (_, n) => `p${n}`),
  ],
  [
    'nine small packs, four of them far larger: the rest',
    [1, 1, 1, 1, 1, 20, 21, 22, 23].map((size, n) => toPack(`p${n}`, size, size)),
    ['p0', 'p1', 'p2', 'p3', 'p4'],
  ],
])('%s', (_, packs, keys) => {
  expect(decideCompaction(packs)).toEqual(keys);
});

/** The packs after the rewrite: its live bytes in packs of the target size and a rest. */
function compact(packs: readonly PackUse[]): readonly PackUse[] {
  const keys = new Set(decideCompaction(packs));
  const kept = packs.filter(({ key, liveBytes }) => !keys.has(key) && liveBytes > 0);
  let bytes = packs.filter(({ key }) => keys.has(key)).reduce((sum, { liveBytes }) => sum + liveBytes, 0);
  const written: PackUse[] = [];
  while (bytes > 0) {
    const sizeBytes = Math.min(bytes, target);
    written.push({ key: `new-${written.length}`, sizeBytes, liveBytes: sizeBytes });
    bytes -= sizeBytes;
  }
  return [...kept, ...written];
}

it('keeps both limits, and decides nothing more right after', () => {
  const pack = fc
    .tuple(fc.integer({ min: 1, max: 64 * mib }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([sizeBytes, share]) => ({ sizeBytes, liveBytes: Math.floor(sizeBytes * share) }));
  fc.assert(
    fc.property(fc.array(pack, { maxLength: 40 }), (uses) => {
      const packs = compact(uses.map((use, index) => ({ ...use, key: `p${index}` })));
      const sizeBytes = packs.reduce((sum, use) => sum + use.sizeBytes, 0);
      const liveBytes = packs.reduce((sum, use) => sum + use.liveBytes, 0);
      expect(sizeBytes).toBeLessThanOrEqual(1.5 * liveBytes);
      expect(packs.filter((use) => use.sizeBytes < target).length).toBeLessThanOrEqual(8);
      expect(decideCompaction(packs)).toEqual([]);
    }),
  );
});

interface Layer {
  readonly sizeBytes: number;
  readonly pack: number;
}

/** One branch over `builds` builds; each replaces one of 20 layers. Answers what was written, and the worst it kept. */
function simulate(
  sizes: readonly number[],
  changes: readonly { readonly layer: number; readonly sizeBytes: number }[],
) {
  const packs = new Map<number, number>();
  let layers: Layer[] = [];
  let nextPack = 0;
  let writtenBytes = 0;
  let rewrites = 0;
  const worst = { ratio: 0, packs: 0, surplus: 0 };

  /** Packs as the writer makes them: full ones of the target size, and the rest. */
  const write = (blobs: readonly number[]): readonly Layer[] => {
    let filled = 0;
    let pack = nextPack++;
    return blobs.map((sizeBytes) => {
      if (filled >= target) {
        pack = nextPack++;
        filled = 0;
      }
      filled += sizeBytes;
      writtenBytes += sizeBytes;
      packs.set(pack, (packs.get(pack) ?? 0) + sizeBytes);
      return { sizeBytes, pack };
    });
  };
  const measure = () =>
    [...packs].map(([pack, sizeBytes]) => ({
      key: String(pack),
      sizeBytes,
      liveBytes: layers
        .filter((layer) => layer.pack === pack)
        .reduce((sum, layer) => sum + layer.sizeBytes, 0),
    }));

  layers = [...write(sizes)];
  for (const change of changes) {
    layers[change.layer] = { sizeBytes: change.sizeBytes, pack: -1 };
    const [written] = write([change.sizeBytes]);
    if (written !== undefined) layers[change.layer] = written;
    const keys = new Set(decideCompaction(measure()).map(Number));
    if (keys.size > 0) rewrites += 1;
    const moved = [...layers.keys()].filter((index) => keys.has(layers[index]?.pack ?? -1));
    const places = write(moved.map((index) => layers[index]?.sizeBytes ?? 0));
    for (const [at, index] of moved.entries()) {
      const place = places[at];
      if (place !== undefined) layers[index] = place;
    }
    for (const { key, liveBytes } of measure()) if (liveBytes === 0) packs.delete(Number(key));
    const uses = measure();
    const sizeBytes = uses.reduce((sum, use) => sum + use.sizeBytes, 0);
    const liveBytes = uses.reduce((sum, use) => sum + use.liveBytes, 0);
    worst.ratio = Math.max(worst.ratio, sizeBytes / liveBytes);
    worst.packs = Math.max(worst.packs, uses.length);
    worst.surplus = Math.max(worst.surplus, uses.length - (8 + sizeBytes / target));
    expect(liveBytes).toBe(layers.reduce((sum, layer) => sum + layer.sizeBytes, 0));
  }
  const newBytes = [...sizes, ...changes.map((change) => change.sizeBytes)].reduce(
    (sum, size) => sum + size,
    0,
  );
  return { ...worst, amplification: writtenBytes / newBytes, rewrites };
}

it('50 builds that change one layer of 20 each stay within 1.5 times the live bytes, in few packs', () => {
  // As many small layers as large ones: the logarithm of the size is even between 1 KiB and 20 MiB.
  const size = fc
    .double({ min: Math.log(1024), max: Math.log(20 * mib), noNaN: true })
    .map((logarithm) => Math.round(Math.exp(logarithm)));
  const sizes = fc.array(size, { minLength: 20, maxLength: 20 });
  const changes = fc.array(fc.record({ layer: fc.nat(19), sizeBytes: size }), {
    minLength: 50,
    maxLength: 50,
  });
  fc.assert(
    fc.property(sizes, changes, (before, later) => {
      const { ratio, surplus, amplification, rewrites } = simulate(before, later);
      expect(ratio).toBeLessThanOrEqual(1.5);
      expect(surplus).toBeLessThanOrEqual(0);
      // Nothing is moved again and again, and not in every build.
      expect(amplification).toBeLessThan(4);
      expect(rewrites).toBeLessThan(40);
    }),
    { numRuns: 50 },
  );
});
