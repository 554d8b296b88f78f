/**
 * Of the output of `buildctl build --progress rawjson`: steps from the cache, all steps, and when the cache was exported, in
 * seconds since `startedAt` (milliseconds since 1970).
 */
export function summarizeTrace(output, startedAt) {
  const vertexes = new Map();
  for (const line of output.split('\n')) {
    for (const vertex of parseVertexes(line))
      vertexes.set(vertex.digest, { ...vertexes.get(vertex.digest), ...vertex });
  }
  const all = [...vertexes.values()];
  const steps = all.filter(({ name }) => /^\[(?!internal\])/.test(name ?? ''));
  const toSeconds = (time) => (Date.parse(time) - startedAt) / 1000;
  const exportSpans = all
    .filter(({ name, started, completed }) => isExport(name) && started && completed)
    .map(({ started, completed }) => ({
      name: 'Export the cache',
      startSeconds: toSeconds(started),
      endSeconds: toSeconds(completed),
    }));
  return {
    totalSteps: steps.length,
    cachedSteps: steps.filter(({ cached }) => cached).length,
    exportSpans,
    exportSeconds:
      exportSpans.length === 0
        ? undefined
        : Math.max(...exportSpans.map(({ endSeconds }) => endSeconds)) -
          Math.min(...exportSpans.map(({ startSeconds }) => startSeconds)),
  };
}

/** The vertex of a cache export, by its name: to GitHub's cache, or to a directory. */
export function isExport(name = '') {
  return /^exporting (?:to GitHub Actions Cache|cache )/.test(name);
}

function parseVertexes(line) {
  try {
    return JSON.parse(line).vertexes ?? [];
  } catch {
    // Errors and warnings of buildctl stand between the lines of the trace.
    return [];
  }
}
