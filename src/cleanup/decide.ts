import { type CacheEntry, classifyEntry } from './entry.ts';
import { listUnnamedPacks } from './packs.ts';
import { groupIndexes, groupManifests, listSuperseded } from './superseded.ts';

/** Whether anybody can still read the caches of a ref. `unknown`: nobody could say, and then nothing is removed for it. */
export type RefState =
  | { readonly kind: 'live' }
  | { readonly kind: 'dead'; readonly reason: 'pull-request-closed' | 'branch-deleted' | 'tag-deleted' }
  | { readonly kind: 'unknown'; readonly reason: string };

export type RemovalReason =
  | Extract<RefState, { kind: 'dead' }>['reason']
  | 'superseded-manifest'
  | 'superseded-index'
  | 'unnamed-pack';

export interface Removal {
  readonly entry: CacheEntry;
  readonly reason: RemovalReason;
}

export interface RepositoryFacts {
  readonly entries: readonly CacheEntry[];
  /** False: the list changed while it was read, so that a manifest may be missing in it. */
  readonly isComplete: boolean;
  /** By ref, as entries have it; one that is not in it is not known. */
  readonly refs: ReadonlyMap<string, RefState>;
  readonly defaultBranch: string | undefined;
  /** See PackFacts. */
  readonly named: ReadonlyMap<number, ReadonlySet<string>>;
  readonly nowMs: number;
}

export interface RemovalRules {
  /** Whether entries of other tools go with their ref. */
  readonly otherTools: boolean;
  /** Refs to clean; undefined: all. */
  readonly refs: ReadonlySet<string> | undefined;
}

/** What goes, the largest first: where GitHub stops a clean-up short, most is won. */
export function decideRemovals(facts: RepositoryFacts, rules: RemovalRules): readonly Removal[] {
  const { entries, refs, nowMs } = facts;
  const dead = entries.flatMap((entry) => {
    const state = refs.get(entry.ref);
    return state?.kind === 'dead' ? [{ entry, reason: state.reason }] : [];
  });
  const read = listReadable(facts);
  const removals: readonly Removal[] = [
    ...dead.filter(({ entry }) => rules.otherTools || classifyEntry(entry).kind !== 'other'),
    ...groupManifests(read)
      .flatMap((group) => listSuperseded(group, nowMs))
      .map((entry) => ({ entry, reason: 'superseded-manifest' as const })),
    ...groupIndexes(read)
      .flatMap((group) => listSuperseded(group, nowMs))
      .map((entry) => ({ entry, reason: 'superseded-index' as const })),
    ...(facts.isComplete ? listUnnamedPacks({ ...facts, entries: read }) : []).map((entry) => ({
      entry,
      reason: 'unnamed-pack' as const,
    })),
  ];
  return removals
    .filter(({ entry }) => rules.refs === undefined || rules.refs.has(entry.ref))
    .sort((a, b) => b.entry.sizeBytes - a.entry.sizeBytes || a.entry.id - b.entry.id);
}

/** The entries that somebody may still read, for all that is known. */
export function listReadable({
  entries,
  refs,
}: Pick<RepositoryFacts, 'entries' | 'refs'>): readonly CacheEntry[] {
  return entries.filter(({ ref }) => refs.get(ref)?.kind !== 'dead');
}
