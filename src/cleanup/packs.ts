import { classifyRef } from '../policy/ref.ts';
import { type CacheEntry, classifyEntry } from './entry.ts';
import { graceMs, groupManifests, listSuperseded, type NumberedEntry } from './superseded.ts';

/** What is known of a repository's packs and manifests, on refs that somebody may still read. */
export interface PackFacts {
  readonly entries: readonly CacheEntry[];
  /** undefined: not known, and then every branch may be it. */
  readonly defaultBranch: string | undefined;
  /** Keys of the packs that a manifest names, in lower case, by the id of its entry; only of those that could be read. */
  readonly named: ReadonlyMap<number, ReadonlySet<string>>;
  readonly nowMs: number;
}

/** Clocks of one service: what was written after a pack has hardly an earlier time. */
const slackMs = 60_000;

/** Something that may name packs. `entry` undefined: its history is not there any more. */
interface Witness {
  readonly ref: string;
  readonly createdMs: number;
  readonly entry: CacheEntry | undefined;
}

/**
 * The packs that no manifest names which counts now, or counted within the last day. A pack that may be named by a
 * manifest that could not be read is not among them, nor is one that was written or looked up within a day: a job that
 * needs it may still run, and writes its manifest last.
 */
export function listUnnamedPacks(facts: PackFacts): readonly CacheEntry[] {
  const witnesses = listWitnesses(facts);
  return listOldPacks(facts).filter((pack) =>
    witnesses
      .filter((witness) => mayName(witness, pack, facts.defaultBranch))
      .every(({ entry }) => {
        const packs = entry === undefined ? undefined : facts.named.get(entry.id);
        return packs !== undefined && !packs.has(pack.key.toLowerCase());
      }),
  );
}

/** The manifests that decide about packs, or about whose the packs are: to be read before. */
export function listDecidingManifests(facts: Omit<PackFacts, 'named'>): readonly CacheEntry[] {
  return listWitnesses(facts).flatMap(({ entry }) =>
    entry !== undefined && classifyEntry(entry).kind === 'manifest' ? [entry] : [],
  );
}

/** A job looks up each pack that a manifest names which it loads, so that the time of the last use tells of it too. */
function listOldPacks({ entries, nowMs }: Omit<PackFacts, 'named'>): readonly CacheEntry[] {
  return entries.filter(
    (entry) =>
      classifyEntry(entry).kind === 'pack' && Math.max(entry.createdMs, entry.accessedMs) <= nowMs - graceMs,
  );
}

function listWitnesses({ entries, nowMs }: Omit<PackFacts, 'named'>): readonly Witness[] {
  const newer = entries.filter((entry) => classifyEntry(entry).kind === 'newer');
  return [
    ...newer.map((entry) => ({ ref: entry.ref, createdMs: Number.POSITIVE_INFINITY, entry })),
    ...groupManifests(entries).flatMap((group) => listWitnessesOf(group, nowMs)),
  ];
}

function listWitnessesOf(group: readonly NumberedEntry[], nowMs: number): readonly Witness[] {
  const superseded = new Set(listSuperseded(group, nowMs));
  const kept = group.filter(({ entry }) => !superseded.has(entry));
  const witnesses = kept.map(({ entry }) => ({ ref: entry.ref, createdMs: entry.createdMs, entry }));
  const isWhole =
    kept.some(({ entry }) => entry.createdMs <= nowMs - graceMs) || kept.some(({ number }) => number === 1);
  const [first] = kept;
  // A job that still runs may have loaded one that was evicted meanwhile.
  return isWhole || first === undefined
    ? witnesses
    : [...witnesses, { ref: first.entry.ref, createdMs: Number.POSITIVE_INFINITY, entry: undefined }];
}

/** A manifest names packs that were there before it, and that its job could read. */
function mayName(witness: Witness, pack: CacheEntry, defaultBranch: string | undefined): boolean {
  return witness.createdMs + slackMs >= pack.createdMs && canRead(witness.ref, pack.ref, defaultBranch);
}

/**
 * Whether a run on `reader` may see entries of `owner`: its own, those of the default branch, and in a pull request or
 * a merge queue those of the base, which is not asked for.
 */
function canRead(reader: string, owner: string, defaultBranch: string | undefined): boolean {
  if (reader === owner) return true;
  const [from, to] = [classifyRef(reader), classifyRef(owner)];
  switch (to.kind) {
    case 'pr':
    case 'tag':
      // Two spellings of one ref are one ref.
      return from.kind === to.kind && from.name === to.name;
    case 'branch':
    case 'bot':
    case 'queue':
      if (defaultBranch === undefined || to.name === defaultBranch) return true;
      return from.kind !== 'tag' && !(from.kind === 'branch' && from.name !== to.name);
    case 'empty':
    case 'other':
      return true;
    default:
      return to satisfies never;
  }
}
