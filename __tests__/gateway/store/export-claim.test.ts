import { describe, expect, it } from '@jest/globals';
import {
  type ClaimedIndex,
  type ExportClaim,
  findClaimed,
  parseClaim,
  parseVerdict,
  renderClaim,
  renderVerdict,
} from '../../../src/gateway/store/export-claim.ts';
import { IndexCandidates } from '../../../src/gateway/store/index-candidates.ts';

const cacheScope = 'app.main';
const digest = `sha256:${'a'.repeat(64)}`;
const window: ExportClaim = { kind: 'window', cacheScope, fromMs: 10_000, toMs: 20_000 };

function at(beganMs: number, endedMs: number, of?: string): ClaimedIndex {
  return { beganMs, endedMs, digest: of };
}

describe('of the indexes that were stored, the build claims', () => {
  it.each<[string, readonly ClaimedIndex[], number | RegExp]>([
    ['the one within its export', [at(12_000, 13_000)], 0],
    ['one that takes all the time', [at(10_000, 20_000)], 0],
    ['its own, and not one from before', [at(1000, 2000), at(12_000, 13_000)], 1],
    ['its own, and not one from after', [at(12_000, 13_000), at(21_001, 21_500)], 0],
    ['none when there is only one from before', [at(1000, 8999)], /does not have/],
    ['none when there is only one from after', [at(21_001, 21_002)], /does not have/],
    ['none of two within', [at(12_000, 13_000), at(14_000, 15_000)], /something else stored/],
    ['none beside one that began before', [at(8000, 11_000), at(12_000, 13_000)], /something else stored/],
    ['none beside one that ended after', [at(12_000, 13_000), at(19_000, 22_000)], /something else stored/],
    ['none that began before and ended within', [at(8000, 11_000)], /something else stored/],
    ['none that was there all the time', [at(0, 30_000)], /something else stored/],
    ['its own, a moment off as clocks are', [at(9500, 9600)], 0],
    ['none of two that are that near', [at(9500, 9600), at(12_000, 13_000)], /something else stored/],
    ['none of none', [], /does not have/],
  ])('by time: %s', (_name, indexes, expected) => {
    const found = findClaimed(indexes, window);
    if (typeof expected === 'number') expect(found).toBe(expected);
    else expect(found).toMatch(expected);
  });

  it('by digest: the one with that digest, whenever it came', () => {
    const claim: ExportClaim = { kind: 'digest', cacheScope, digest };
    const other = `sha256:${'b'.repeat(64)}`;
    expect(findClaimed([at(5, 6, other), at(0, 1, digest), at(7, 8)], claim)).toBe(1);
    expect(findClaimed([at(5, 6, other), at(7, 8)], claim)).toMatch(/does not have/);
  });

  it('nothing: none', () => {
    expect(findClaimed([at(12_000, 13_000)], { kind: 'nothing', cacheScope })).toBe(
      'BuildKit stored no index',
    );
  });
});

describe('candidates', () => {
  const config = { layers: [], records: [] };
  const candidate = (beganMs: number, more: { cacheScope?: string; digest?: string } = {}) => ({
    cacheScope,
    refHash: '00000000',
    config,
    number: undefined,
    digest: undefined,
    beganMs,
    endedMs: beganMs + 1,
    ...more,
  });

  it('of a cache scope are settled together, those of another one stay', () => {
    const candidates = new IndexCandidates();
    candidates.add(candidate(1));
    candidates.add(candidate(15_000));
    candidates.add(candidate(15_000, { cacheScope: 'tool.main' }));
    expect(candidates.settle(window)).toMatchObject({ found: { beganMs: 15_000 }, dropped: 1 });
    expect(candidates.settle(window)).toMatchObject({ found: expect.any(String), dropped: 0 });
    expect(candidates.settle({ ...window, cacheScope: 'tool.main' })).toMatchObject({ dropped: 0 });
    candidates.drop();
    expect(candidates.unconfirmed).toEqual([]);
  });

  it('that nobody claims are told once, by cache scope', () => {
    const candidates = new IndexCandidates();
    for (const beganMs of [1, 2]) candidates.add(candidate(beganMs));
    candidates.drop();
    candidates.drop();
    expect(candidates.unconfirmed).toEqual([cacheScope]);
    expect(candidates.settle(window).found).toEqual(expect.any(String));
  });

  it('are one where the same manifest was sent twice', () => {
    const candidates = new IndexCandidates();
    for (const beganMs of [11_000, 12_000]) candidates.add(candidate(beganMs, { digest }));
    expect(candidates.settle({ kind: 'digest', cacheScope, digest })).toMatchObject({ dropped: 0 });
  });

  it('are few, and a flood hides nobody who stored within the export', () => {
    const candidates = new IndexCandidates();
    for (let count = 0; count < 100; count++) candidates.add(candidate(11_000 + count));
    const { found, dropped } = candidates.settle(window);
    expect(found).toMatch(/something else stored/);
    expect(dropped).toBe(4);
    expect(candidates.unconfirmed).toEqual([cacheScope]);
  });
});

describe('over the wire', () => {
  it.each<ExportClaim>([window, { kind: 'digest', cacheScope, digest }, { kind: 'nothing', cacheScope }])(
    'claims come back as they went: $kind',
    (claim) => {
      expect(parseClaim(JSON.parse(JSON.stringify(renderClaim(claim))))).toEqual(claim);
    },
  );

  it.each([
    undefined,
    {},
    { kind: 'window', cacheScope },
    { kind: 'digest', cacheScope },
    { kind: 'x', cacheScope },
  ])('%p is no claim', (value) => {
    expect(parseClaim(value)).toBeUndefined();
  });

  it('verdicts come back as they went', () => {
    for (const verdict of [
      { kind: 'confirmed', dropped: 1 },
      { kind: 'refused', reason: 'x', dropped: 0 },
    ] as const)
      expect(parseVerdict(JSON.parse(JSON.stringify(renderVerdict(verdict))))).toEqual(verdict);
    expect(parseVerdict({ kind: 'refused', dropped: 0 })).toBeUndefined();
    expect(parseVerdict({ kind: 'confirmed' })).toBeUndefined();
  });
});

describe('of the indexes that were stored, builds of later steps claim', () => {
  const other = `sha256:${'b'.repeat(64)}`;
  const windows = [
    { fromMs: 10_000, toMs: 20_000 },
    { fromMs: 30_000, toMs: 40_000 },
  ];
  const claim = (over: object): ExportClaim => ({
    ...{ kind: 'builds', cacheScope, sinceMs: 5000, digests: [], windows: [] },
    ...over,
  });
  it.each<[string, readonly ClaimedIndex[], object, number | RegExp, readonly number[]]>([
    ['the newest that is theirs', [at(1, 2, other), at(3, 4, digest)], { digests: [digest, other] }, 1, []],
    [
      'none that a step has stored after theirs',
      [at(1, 2, digest), at(3, 4, other)],
      { digests: [digest] },
      0,
      [],
    ],
    ['none of a step alone', [at(1, 2, other)], { digests: [digest] }, /no build of this job/, []],
    ['none where there is none', [], { digests: [digest], windows }, /stored no index/, []],
    ['the newest in its time', [at(12_000, 13_000), at(31_000, 32_000)], { windows }, 1, [12_000, 31_000]],
    ['none out of its time', [at(22_000, 23_000)], { windows }, /no build of this job/, [22_000]],
    [
      'none where more came than builds exported, to whatever cache scope',
      [at(12_000, 13_000)],
      { windows },
      /3 indexes were stored and builds exported 2/,
      [12_000, 14_000, 31_000],
    ],
    [
      'its own, whatever came before the later steps',
      [at(12_000, 13_000)],
      { windows },
      0,
      [1000, 2000, 12_000, 31_000],
    ],
  ])('%s', (_name, indexes, over, expected, timed) => {
    const found = findClaimed(indexes, claim(over), timed);
    if (typeof expected === 'number') expect(found).toBe(expected);
    else expect(found).toMatch(expected);
  });

  it('the newest, where the daemon remembers nothing', () => {
    const unwatched: ExportClaim = { kind: 'unwatched', cacheScope };
    expect(findClaimed([at(1, 2), at(3, 4, digest)], unwatched)).toBe(1);
    expect(findClaimed([], unwatched)).toMatch(/stored no index/);
  });

  it('goes over the wire as it is', () => {
    const whole = claim({ digests: [digest], windows });
    expect(parseClaim(renderClaim(whole))).toEqual(whole);
    expect(parseClaim({ ...renderClaim(whole), windows: 'all' })).toBeUndefined();
  });
});
