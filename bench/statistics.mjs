/** Minimum, median and maximum; undefined of nothing. */
export function summarize(values) {
  const sorted = values.filter((value) => value !== undefined).sort((one, other) => one - other);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length / 2;
  const median =
    sorted.length % 2 === 1
      ? sorted[Math.floor(middle)]
      : (sorted[Math.floor(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return { min: sorted[0], median, max: sorted.at(-1) };
}

/** The runs of one side in one variant that did not fail; `variant` is `measured`, `no-export`, `no-latency` or `compress`. */
export function selectRuns(benchCase, subject, variant = 'measured') {
  return benchCase.runs.filter(
    (run) => run.subject === subject && run.variant === variant && run.failure === undefined,
  );
}

/** What `pick` takes of each such run, summarized. */
export function summarizeRuns(benchCase, subject, pick, variant = 'measured') {
  return summarize(selectRuns(benchCase, subject, variant).map(pick));
}

/**
 * Seconds that the export adds to the main step: the median with it less the median without it. Can be a little below
 * zero, where it is nothing but noise.
 */
export function toAddedSeconds(benchCase, subject) {
  const main = ({ mainSeconds }) => mainSeconds;
  const withExport = summarizeRuns(benchCase, subject, main);
  const without = summarizeRuns(benchCase, subject, main, 'no-export');
  return withExport === undefined || without === undefined ? undefined : withExport.median - without.median;
}

/** How many times less Hotlayer needs; undefined where it cannot be said. */
export function toFactor(native, hotlayer) {
  return native === undefined || hotlayer === undefined || hotlayer <= 0 ? undefined : native / hotlayer;
}
