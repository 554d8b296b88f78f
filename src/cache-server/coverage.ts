/** Which bytes of a file are written: disjoint ranges in order, `end` exclusive. */
export type Coverage = readonly CoveredRange[];

interface CoveredRange {
  readonly start: number;
  readonly end: number;
}

export function addRange(coverage: Coverage, start: number, end: number): Coverage {
  if (end <= start) return coverage;
  const apart = coverage.filter((range) => range.end < start || range.start > end);
  const touching = coverage.filter((range) => range.end >= start && range.start <= end);
  const joined = {
    start: Math.min(start, ...touching.map((range) => range.start)),
    end: Math.max(end, ...touching.map((range) => range.end)),
  };
  return [...apart, joined].sort((a, b) => a.start - b.start);
}

export function removeRange(coverage: Coverage, start: number, end: number): Coverage {
  return coverage.flatMap((range) => {
    const before = { start: range.start, end: Math.min(range.end, start) };
    const after = { start: Math.max(range.start, end), end: range.end };
    return [before, after].filter((part) => part.start < part.end);
  });
}

/** N when exactly [0, N) is covered; undefined when there is a gap. Nothing covered is 0. */
export function toContiguousSize(coverage: Coverage): number | undefined {
  const [first, ...rest] = coverage;
  if (first === undefined) return 0;
  return first.start === 0 && rest.length === 0 ? first.end : undefined;
}
