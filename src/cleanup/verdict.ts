import type { CleanupResult } from './clean.ts';
import type { CleanupTarget } from './target.ts';

/** What somebody has to know beside the figures, whole sentences. */
export interface Verdict {
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** undefined: the step is green. */
  readonly failure: string | undefined;
}

interface VerdictFacts {
  readonly result: CleanupResult;
  readonly target: CleanupTarget;
  /** GitHub gives this run a token that may only read. */
  readonly isReadOnly: boolean;
}

/** Fails when something was to be removed and nothing could be; what is left is a warning. */
export function decideVerdict({ result, target, isReadOnly }: VerdictFacts): Verdict {
  const { facts, deletion } = result;
  const warnings = describeUnknown(facts.refs);
  const notes = [...describeTarget(result, target), ...describeList(result, target)];
  const { fault, left, deleted, gone } = deletion;
  if (fault === undefined) return { notes, warnings, failure: undefined };
  const done = deleted.length + gone.length;
  if (done === 0 && fault.kind !== 'stopped') {
    const sentence = `None of ${countCaches(left.length)} could be removed: ${fault.reason}.`;
    if (!isReadOnly) return { notes, warnings, failure: sentence };
    const why = 'GitHub gives pull requests of forks and of Dependabot a token that may only read';
    return {
      notes,
      warnings: [...warnings, `${sentence} ${why}: a run on a schedule removes them.`],
      failure: undefined,
    };
  }
  const next = 'The next run goes on with them';
  return {
    notes,
    warnings: [...warnings, `${countCaches(left.length)} are left: ${fault.reason}. ${next}.`],
    failure: undefined,
  };
}

/** One sentence for each reason. */
function describeUnknown(refs: CleanupResult['facts']['refs']): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const [ref, state] of refs) {
    if (state.kind !== 'unknown') continue;
    byReason.set(state.reason, [...(byReason.get(state.reason) ?? []), ref]);
  }
  return [...byReason].map(([reason, names]) => {
    const [first = '', ...more] = names;
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return `The caches of ${first}${others} are taken for live: ${reason}.`;
  });
}

function describeTarget({ facts }: CleanupResult, target: CleanupTarget): readonly string[] {
  if (target.kind !== 'event') return [];
  if (facts.entries.length === 0) return [`There are no caches of ${target.subject}.`];
  const isLive = [...facts.refs.values()].some(({ kind }) => kind === 'live');
  return isLive ? [`${target.subject} is there: its caches stay.`] : [];
}

function describeList({ facts }: CleanupResult, target: CleanupTarget): readonly string[] {
  return facts.isComplete || target.kind === 'event'
    ? []
    : ['The list of caches changed each time that it was read: no pack is removed in this run.'];
}

export function countCaches(count: number): string {
  return count === 1 ? '1 cache' : `${count} caches`;
}
