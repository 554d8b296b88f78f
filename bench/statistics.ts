import type { CaseResult, Run, Subject, Variant } from './results.ts';

export interface Summary {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** undefined of nothing. */
export function summarize(values: readonly (number | undefined)[]): Summary | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((one, other) => one - other);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (min === undefined || max === undefined || upper === undefined || lower === undefined) return undefined;
  return { min, median: (lower + upper) / 2, max };
}

/** The runs of one side in one variant that did not fail. */
export function selectRuns(
  { runs }: Pick<CaseResult, 'runs'>,
  subject: Subject,
  variant: Variant = 'measured',
): readonly Run[] {
  return runs.filter(
    (run) => run.subject === subject && run.variant === variant && run.failure === undefined,
  );
}

/** What `pick` takes of each such run, summarized. */
export function summarizeRuns(
  benchCase: Pick<CaseResult, 'runs'>,
  subject: Subject,
  pick: (run: Run) => number | undefined,
  variant: Variant = 'measured',
): Summary | undefined {
  return summarize(selectRuns(benchCase, subject, variant).map(pick));
}

/**
 * Seconds that the export adds to the main step: the median with it less the median without it. Can be a little below
 * zero, where it is nothing but noise.
 */
export function toAddedSeconds(benchCase: Pick<CaseResult, 'runs'>, subject: Subject): number | undefined {
  const main = ({ mainSeconds }: Run): number => mainSeconds;
  const withExport = summarizeRuns(benchCase, subject, main);
  const without = summarizeRuns(benchCase, subject, main, 'no-export');
  return withExport === undefined || without === undefined ? undefined : withExport.median - without.median;
}

/** How many times less Hotlayer needs; undefined where it cannot be said. */
export function toFactor(native: number | undefined, hotlayer: number | undefined): number | undefined {
  return native === undefined || hotlayer === undefined || hotlayer <= 0 ? undefined : native / hotlayer;
}
