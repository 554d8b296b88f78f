import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BUILDKIT_CACHE_VERSION, PACKS_CACHE_VERSION } from '../../src/cache-protocol/version.ts';
import { decideRemovals, type RefState, type RepositoryFacts } from '../../src/cleanup/decide.ts';
import { type CacheEntry, classifyEntry } from '../../src/cleanup/entry.ts';
import { listDecidingManifests } from '../../src/cleanup/packs.ts';
import { type History, hourMs, nowMs, plan, play, refs } from './repository-history.ts';

const dayMs = 24 * hourMs;
const rules = { otherTools: true, refs: undefined };
const main = 'refs/heads/main';
const pr = 'refs/pull/7/merge';

/** `M5` is manifest 5, `P1` a pack, `I5` an index of BuildKit's, all others keys of other tools; with its age in days. */
function toEntry([name, ageDays, ref = main]: readonly [string, number, string?], index: number): CacheEntry {
  const number = name.slice(1);
  const [key, version] = /^M\d+$/.test(name)
    ? [`hotlayer-manifest-1-app.main.0123#${number}`, PACKS_CACHE_VERSION]
    : /^P\d+$/.test(name)
      ? [`hotlayer-pack-1-${number}-1-abc-1`, PACKS_CACHE_VERSION]
      : /^I\d+$/.test(name)
        ? [`index-app-1-01234567#${number}`, BUILDKIT_CACHE_VERSION]
        : [name, 'c'.repeat(64)];
  const createdMs = nowMs - ageDays * dayMs;
  return { id: index + 1, ref, key, version, sizeBytes: 1, createdMs, accessedMs: createdMs };
}

type Line = readonly [name: string, ageDays: number, ref?: string];
interface Case {
  readonly entries: readonly Line[];
  readonly states?: Readonly<Record<string, RefState>>;
  /** By the name of a manifest the packs that it names; others cannot be read. */
  readonly named?: Readonly<Record<string, readonly string[]>>;
  readonly facts?: Partial<RepositoryFacts>;
  readonly rules?: Partial<Parameters<typeof decideRemovals>[1]>;
}

function removed(given: Case): readonly string[] {
  const entries = given.entries.map(toEntry);
  const nameOf = (entry: CacheEntry | undefined) =>
    entry === undefined ? '' : (given.entries[entry.id - 1]?.[0] ?? '');
  const named = new Map(
    entries.flatMap((entry) => {
      const packs = given.named?.[nameOf(entry)];
      return packs === undefined
        ? []
        : [[entry.id, new Set(packs.map((name, index) => toEntry([name, 0], index).key))]];
    }),
  );
  const facts = {
    ...{ entries, isComplete: true, defaultBranch: 'main', named, nowMs },
    refs: new Map(Object.entries(given.states ?? {})),
    ...given.facts,
  };
  return decideRemovals(facts, { ...rules, ...given.rules })
    .map(({ entry }) => nameOf(entry))
    .toSorted();
}

const closed: RefState = { kind: 'dead', reason: 'pull-request-closed' };
const unknown: RefState = { kind: 'unknown', reason: 'r' };

describe('what goes', () => {
  it.each<readonly [string, Case, readonly string[]]>([
    [
      'all of a closed pull request, however young',
      {
        entries: [
          ['M1', 0, pr],
          ['P1', 0, pr],
          ['npm', 0, pr],
        ],
        states: { [pr]: closed },
      },
      ['M1', 'P1', 'npm'],
    ],
    [
      'of a closed pull request without those of other tools',
      {
        entries: [
          ['M1', 0, pr],
          ['I1', 0, pr],
          ['npm', 0, pr],
        ],
        states: { [pr]: closed },
        rules: { otherTools: false },
      },
      ['I1', 'M1'],
    ],
    [
      'nothing of a ref of which nobody could say',
      {
        entries: [
          ['M1', 9, pr],
          ['npm', 9, pr],
        ],
        states: { [pr]: unknown },
      },
      [],
    ],
    ['nothing of a ref that is not known', { entries: [['npm', 9, pr]] }, []],
    [
      'nothing of other refs than those that are asked for',
      {
        entries: [
          ['M1', 9],
          ['M2', 8],
          ['npm', 0, pr],
        ],
        states: { [pr]: closed },
        rules: { refs: new Set([pr]) },
      },
      ['npm'],
    ],
    [
      'older manifests, when the newer one is a day old',
      {
        entries: [
          ['M1', 9],
          ['M2', 5],
          ['M3', 1.1],
        ],
      },
      ['M1', 'M2'],
    ],
    [
      'not the manifest that a job of today may have loaded',
      {
        entries: [
          ['M1', 9],
          ['M2', 5],
          ['M3', 0.9],
        ],
      },
      ['M1'],
    ],
    [
      'not a higher number that was written earlier',
      {
        entries: [
          ['M3', 9],
          ['M2', 5],
        ],
      },
      [],
    ],
    [
      'not a manifest of another ref',
      {
        entries: [
          ['M1', 9],
          ['M2', 5, pr],
        ],
      },
      [],
    ],
    [
      "older indexes of BuildKit's, and no layer",
      {
        entries: [
          ['I1', 9],
          ['I2', 5],
          [`buildkit-blob-1-sha256:${'0'.repeat(64)}`, 9],
        ],
      },
      ['I1'],
    ],
    ['a pack without any manifest after a day', { entries: [['P1', 1.1]] }, ['P1']],
    ['not a pack of a job that may still run', { entries: [['P1', 0.9]] }, []],
    [
      'not a pack that a job of today has looked up',
      {
        entries: [['P1', 9]],
        facts: { entries: [{ ...toEntry(['P1', 9], 0), accessedMs: nowMs - hourMs }] },
      },
      [],
    ],
    [
      'a pack that the manifest does not name',
      {
        entries: [
          ['P1', 9],
          ['P2', 9],
          ['M1', 8],
        ],
        named: { M1: ['P1'] },
      },
      ['P2'],
    ],
    [
      'a pack that was written after all manifests',
      {
        entries: [
          ['M1', 9],
          ['P1', 8],
        ],
      },
      ['P1'],
    ],
    [
      'not a pack that a manifest may name which cannot be read',
      {
        entries: [
          ['P1', 9],
          ['M1', 8],
        ],
      },
      [],
    ],
    [
      'not a pack of the default branch that a pull request may name',
      {
        entries: [
          ['P1', 9],
          ['M1', 8],
          ['M2', 7, pr],
        ],
        named: { M1: [] },
      },
      [],
    ],
    [
      'such a pack when the pull request is closed',
      {
        entries: [
          ['P1', 9],
          ['M1', 8],
          ['M2', 7, pr],
        ],
        named: { M1: [] },
        states: { [pr]: closed },
      },
      ['M2', 'P1'],
    ],
    [
      'a pack of a pull request that main cannot name',
      {
        entries: [
          ['P1', 9, pr],
          ['M1', 8],
        ],
      },
      ['P1'],
    ],
    [
      'not a pack that yesterday’s manifest names',
      {
        entries: [
          ['P1', 9],
          ['M1', 8],
          ['M2', 0.5],
        ],
        named: { M1: ['P1'], M2: [] },
      },
      [],
    ],
    [
      'a pack that only a superseded manifest names',
      {
        entries: [
          ['P1', 9],
          ['M1', 8],
          ['M2', 2],
        ],
        named: { M1: ['P1'], M2: [] },
      },
      ['M1', 'P1'],
    ],
    [
      'not a pack when the manifest before is gone, and jobs may have read it',
      {
        entries: [
          ['P1', 9],
          ['M7', 0.5],
        ],
        named: { M7: [] },
      },
      [],
    ],
    ['not a pack when the list was not whole', { entries: [['P1', 9]], facts: { isComplete: false } }, []],
    [
      'not a pack of any branch when the default one is not known',
      {
        entries: [
          ['P1', 9],
          ['M1', 8, 'refs/heads/x'],
        ],
        facts: { defaultBranch: undefined },
      },
      [],
    ],
    [
      'a pack of another branch, which a branch cannot name',
      {
        entries: [
          ['P1', 9, 'refs/heads/y'],
          ['M1', 8, 'refs/heads/x'],
        ],
      },
      ['P1'],
    ],
    [
      'no pack next to keys of a newer Hotlayer',
      {
        entries: [['P1', 9]],
        facts: {
          entries: [
            toEntry(['P1', 9], 0),
            { ...toEntry(['x', 9], 1), key: 'hotlayer-manifest-2-a', version: PACKS_CACHE_VERSION },
          ],
        },
      },
      [],
    ],
  ])('%s', (_name, given, expected) => {
    expect(removed(given)).toEqual([...expected].toSorted());
  });

  it('the largest first', () => {
    const entries = [3, 9, 5].map((sizeBytes, index) => ({ ...toEntry(['npm', 1, pr], index), sizeBytes }));
    const facts = {
      entries,
      isComplete: true,
      defaultBranch: 'main',
      named: new Map(),
      nowMs,
      refs: new Map([[pr, closed]]),
    };
    expect(decideRemovals(facts, rules).map(({ entry }) => entry.sizeBytes)).toEqual([9, 5, 3]);
  });
});

describe('any repository', () => {
  type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;
  const toFacts = (history: History, { readable, knowsDefault }: Plan): RepositoryFacts => ({
    ...{ entries: history.entries, isComplete: true, refs: history.states, nowMs },
    defaultBranch: knowsDefault ? 'main' : undefined,
    named: new Map(
      history.manifests
        .filter(({ entry }) => readable.some((ref) => ref === entry.ref))
        .map(({ entry, packs }) => [entry.id, new Set(packs)]),
    ),
  });
  const isDead = (history: History, ref: string) => history.states.get(ref)?.kind === 'dead';
  const without = (facts: RepositoryFacts, gone: ReadonlySet<CacheEntry>) => ({
    ...facts,
    entries: facts.entries.filter((entry) => !gone.has(entry)),
  });
  const tally = { packs: 0, manifests: 0 };

  it('keeps what is live, foreign or not known, and a second run removes nothing', () => {
    fc.assert(
      fc.property(plan, (given) => {
        const history = play(given);
        const facts = toFacts(history, given);
        const removals = decideRemovals(facts, { otherTools: given.otherTools, refs: undefined });
        const gone = new Set(removals.map(({ entry }) => entry));
        const lost = [...gone].filter(({ ref }) => !isDead(history, ref));
        expect(gone.size).toBe(removals.length);
        // Of others on refs that are there.
        expect(
          lost.filter((entry) => ['other', 'layer', 'tools', 'newer'].includes(classifyEntry(entry).kind)),
        ).toEqual([]);
        // What a look-up answers.
        for (const ref of refs.filter((each) => !isDead(history, each))) {
          const own = history.manifests.filter(({ entry }) => entry.ref === ref);
          const newest = own.toSorted((a, b) => b.number - a.number)[0];
          if (newest === undefined) continue;
          expect(lost).not.toContain(newest.entry);
          // What it names.
          expect(lost.filter(({ key }) => newest.packs.includes(key)).map(({ key }) => key)).toEqual([]);
        }
        // What a job that runs may put into its manifest, and what it has written.
        expect(lost.filter(({ key }) => history.held.has(key))).toEqual([]);
        expect(lost.filter(({ createdMs }) => createdMs > nowMs - dayMs)).toEqual([]);
        if (!given.otherTools)
          expect([...gone].filter((entry) => classifyEntry(entry).kind === 'other')).toEqual([]);
        expect(
          decideRemovals(without(facts, gone), { otherTools: given.otherTools, refs: undefined }),
        ).toEqual([]);
        tally.packs += lost.filter((entry) => classifyEntry(entry).kind === 'pack').length;
        tally.manifests += lost.filter((entry) => classifyEntry(entry).kind === 'manifest').length;
      }),
      { numRuns: 600 },
    );
    // Else it would prove nothing.
    expect(tally.packs).toBeGreaterThan(50);
    expect(tally.manifests).toBeGreaterThan(50);
  });

  it('removes no more for knowing less', () => {
    fc.assert(
      fc.property(plan, (given) => {
        const history = play(given);
        const all = decideRemovals(
          toFacts(history, { ...given, readable: [...refs], knowsDefault: true }),
          rules,
        );
        for (const removal of decideRemovals(toFacts(history, given), rules))
          expect(all).toContainEqual(removal);
      }),
      { numRuns: 100 },
    );
  });

  it('is decided by the manifests that are asked for, and by no others', () => {
    fc.assert(
      fc.property(plan, (given) => {
        const history = play(given);
        const facts = toFacts(history, { ...given, readable: [...refs] });
        const readable = facts.entries.filter(({ ref }) => !isDead(history, ref));
        const asked = new Set(listDecidingManifests({ ...facts, entries: readable }).map(({ id }) => id));
        const named = new Map([...facts.named].filter(([id]) => asked.has(id)));
        expect(decideRemovals({ ...facts, named }, rules)).toEqual(decideRemovals(facts, rules));
      }),
      { numRuns: 100 },
    );
  });
});
