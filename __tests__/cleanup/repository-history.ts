import fc from 'fast-check';
import { BUILDKIT_CACHE_VERSION, PACKS_CACHE_VERSION } from '../../src/cache-protocol/version.ts';
import type { RefState } from '../../src/cleanup/decide.ts';
import type { CacheEntry } from '../../src/cleanup/entry.ts';

export const hourMs = 60 * 60_000;
export const nowMs = Date.UTC(2026, 5, 1);

/** By its ref, which is all that a cache scope's name is made of here. */
export const refs = [
  'refs/heads/main',
  'refs/heads/feature',
  'refs/heads/release',
  'refs/pull/7/merge',
  'refs/pull/8/merge',
  'refs/heads/gh-readonly-queue/main/pr-7-0123abc',
  'refs/tags/v1',
] as const;
type Ref = (typeof refs)[number];

/** One job that may export: it loads manifests, writes packs, and last of all its own manifest. */
interface Job {
  readonly ref: Ref;
  readonly startHoursAgo: number;
  readonly hours: number;
  readonly packs: number;
  /** It dies before it writes the manifest. */
  readonly isCut: boolean;
  /** Which of the packs that it has loaded are in its manifest again. */
  readonly kept: readonly boolean[];
}

const toHours = (minutes: number): number => minutes / 60;

const job: fc.Arbitrary<Job> = fc.record({
  ref: fc.constantFrom('refs/heads/main', 'refs/pull/7/merge', ...refs),
  // Doubles would be tiny or huge most of the time.
  startHoursAgo: fc
    .oneof(fc.integer({ min: 0, max: 40 * 60 }), fc.integer({ min: 0, max: 400 * 60 }))
    .map(toHours),
  hours: fc.integer({ min: 1, max: 6 * 60 }).map(toHours),
  packs: fc.integer({ min: 0, max: 2 }),
  isCut: fc.boolean(),
  kept: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
});

const state: fc.Arbitrary<RefState> = fc.oneof(
  fc.constant({ kind: 'live' } as const),
  fc.constant({ kind: 'dead', reason: 'branch-deleted' } as const),
  fc.constant({ kind: 'unknown', reason: 'r' } as const),
);

export const plan = fc.record({
  jobs: fc.array(job, { maxLength: 30, size: 'max' }),
  states: fc.array(state, { minLength: refs.length - 1, maxLength: refs.length - 1 }),
  /** Of each entry in turn: GitHub has evicted it. */
  evicted: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 7, maxLength: 7 }),
  readable: fc.oneof(fc.constant([...refs]), fc.subarray([...refs])),
  knowsDefault: fc.boolean(),
  otherTools: fc.boolean(),
});

interface Manifest {
  readonly entry: CacheEntry;
  readonly number: number;
  readonly packs: readonly string[];
}

export interface History {
  readonly entries: readonly CacheEntry[];
  readonly states: ReadonlyMap<string, RefState>;
  readonly manifests: readonly Manifest[];
  /** Keys of packs that jobs which still run may put into their manifest. */
  readonly held: ReadonlySet<string>;
}

const canSee = (reader: Ref, owner: Ref): boolean =>
  owner === reader ||
  owner === 'refs/heads/main' ||
  // A pull request into another branch.
  (reader === 'refs/pull/8/merge' && owner === 'refs/heads/release');

/** Plays the jobs hour by hour. */
export function play({
  jobs,
  states,
  evicted,
}: typeof plan extends fc.Arbitrary<infer P> ? P : never): History {
  const entries: CacheEntry[] = [];
  const manifests: Manifest[] = [];
  const held = new Set<string>();
  const add = (entry: Omit<CacheEntry, 'id' | 'sizeBytes' | 'accessedMs'>): CacheEntry => {
    const made = {
      ...entry,
      id: entries.length + 1,
      sizeBytes: 1 + (entries.length % 5),
      accessedMs: entry.createdMs,
    };
    entries.push(made);
    return made;
  };
  const newestOf = (ref: Ref): Manifest | undefined =>
    manifests
      .filter(({ entry }) => entry.ref === ref)
      .reduce<Manifest | undefined>((a, b) => (a !== undefined && a.number > b.number ? a : b), undefined);
  const events = jobs.flatMap((each, index) => {
    const startMs = nowMs - each.startHoursAgo * hourMs;
    const loaded: { packs: readonly string[] } = { packs: [] };
    const own: string[] = [];
    const load = () => {
      const seen = refs.filter((ref) => canSee(each.ref, ref)).flatMap((ref) => newestOf(ref)?.packs ?? []);
      loaded.packs = [...new Set(seen)];
      // As every job does it.
      for (const [place, entry] of entries.entries())
        if (loaded.packs.includes(entry.key)) entries[place] = { ...entry, accessedMs: startMs };
      if (startMs + each.hours * hourMs > nowMs) for (const key of loaded.packs) held.add(key);
    };
    const pack = (atMs: number) => () => {
      for (let n = 0; n < each.packs; n += 1) {
        const key = `hotlayer-pack-1-${index}-1-abc-${n}`;
        add({ key, ref: each.ref, version: PACKS_CACHE_VERSION, createdMs: atMs });
        own.push(key);
      }
    };
    const finish = (atMs: number) => () => {
      if (each.isCut) return;
      const before = newestOf(each.ref);
      const kept = loaded.packs.filter((_, place) => each.kept[place % each.kept.length]);
      const packs = [
        ...new Set([...own, ...kept, ...(before?.packs ?? []).filter((key) => !loaded.packs.includes(key))]),
      ];
      const number = (before?.number ?? 0) + 1;
      const key = `hotlayer-manifest-1-scope-of-${each.ref.replaceAll('/', '-')}#${number}`;
      manifests.push({
        number,
        packs,
        entry: add({ key, ref: each.ref, version: PACKS_CACHE_VERSION, createdMs: atMs }),
      });
    };
    const [middleMs, endMs] = [startMs + (each.hours / 2) * hourMs, startMs + each.hours * hourMs];
    return [
      { atMs: startMs, act: load },
      { atMs: middleMs, act: pack(middleMs) },
      { atMs: endMs, act: finish(endMs) },
    ].filter(({ atMs }) => atMs <= nowMs);
  });
  for (const { act } of events.toSorted((a, b) => a.atMs - b.atMs)) act();
  for (const ref of refs) addOthers(ref, add);
  const isEvicted = (entry: CacheEntry): boolean => evicted[entry.id % evicted.length] === 0;
  return {
    entries: entries.filter((entry) => !isEvicted(entry)),
    manifests: manifests.filter(({ entry }) => !isEvicted(entry)),
    states: new Map(
      refs.map((ref, index) => [
        ref,
        index === 0 ? { kind: 'live' } : (states[index - 1] ?? { kind: 'live' }),
      ]),
    ),
    held,
  };
}

/** What others keep on a ref, some of it with keys like ours. */
function addOthers(
  ref: Ref,
  add: (entry: Omit<CacheEntry, 'id' | 'sizeBytes' | 'accessedMs'>) => CacheEntry,
): void {
  const createdMs = nowMs - 300 * hourMs;
  const foreign = [
    'node-modules-1',
    'hotlayer-pack-1-9-1-abc-1',
    'hotlayer-manifest-1-a#1',
    'index-a-1-01234567#1',
    'hotlayer-tools_x',
  ];
  for (const key of foreign) add({ key, ref, version: 'c'.repeat(64), createdMs });
  add({ key: `buildkit-blob-1-sha256:${'0'.repeat(64)}`, ref, version: BUILDKIT_CACHE_VERSION, createdMs });
  for (let number = 1; number <= 3; number += 1)
    add({
      key: `index-a-1-01234567#${number}`,
      ref,
      version: BUILDKIT_CACHE_VERSION,
      createdMs: createdMs + number * hourMs,
    });
}
