import { BuildTrace } from '../src/buildkit/trace/trace.ts';
import { countSteps } from '../src/buildkit/trace/trace-facts.ts';
import type { Span } from './results.ts';

export interface TraceSummary {
  readonly totalSteps: number;
  readonly cachedSteps: number;
  readonly exportSpans: readonly Span[];
  readonly exportSeconds: number | undefined;
}

/**
 * Of the output of `buildctl build --progress rawjson`: steps from the cache, all steps, and when the cache was exported, in
 * seconds since `startedAtMs` (milliseconds since 1970).
 */
export function summarizeTrace(output: string, startedAtMs: number): TraceSummary {
  const trace = new BuildTrace();
  for (const line of output.split('\n')) trace.add(line);
  const { cachedSteps, totalSteps } = countSteps(trace.vertices);
  const toSeconds = (timeMs: number): number => (timeMs - startedAtMs) / 1000;
  const exportSpans = trace.vertices.filter(isCacheExport).flatMap(({ startedMs, completedMs }) =>
    startedMs === undefined || completedMs === undefined
      ? []
      : [
          {
            name: 'Export the cache',
            startSeconds: toSeconds(startedMs),
            endSeconds: toSeconds(completedMs),
          },
        ],
  );
  const exportSeconds =
    Math.max(...exportSpans.map(({ endSeconds }) => endSeconds)) -
    Math.min(...exportSpans.map(({ startSeconds }) => startSeconds));
  return {
    totalSteps,
    cachedSteps,
    exportSpans,
    exportSeconds: exportSpans.length === 0 ? undefined : exportSeconds,
  };
}

/** To GitHub's cache, to a registry or to a directory, by the vertex's name. */
export function isCacheExport({ name }: { readonly name: string }): boolean {
  return /^exporting (?:to GitHub Actions Cache|cache )/.test(name);
}
