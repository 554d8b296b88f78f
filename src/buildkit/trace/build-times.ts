import type { Span, Vertex } from './trace.ts';
import { isCacheImport, isExport, isStep } from './trace-facts.ts';

/** Where the time of a build went, in seconds. No moment is counted twice, so they never add up to more than the build took. */
export interface BuildTimes {
  /** Layers of base images and of the cache were pulled or extracted. */
  readonly layers: number;
  /** Steps ran. */
  readonly steps: number;
  /** The cache was imported or exported. */
  readonly cache: number;
  /** The image was made, sent or pushed. */
  readonly imageExport: number;
}

/**
 * BuildKit does much side by side. A moment in which more than one thing went on counts for the first of this order:
 * layers (steps and exports that need them have begun, and wait for them), steps, cache, image.
 *
 * @param exporters names under which BuildKit exports the cache of this build
 */
export function measureBuildTimes(vertices: readonly Vertex[], exporters: readonly string[]): BuildTimes {
  const pulls = vertices.flatMap(({ tasks }) =>
    tasks.filter(({ id }) => /^(?:extracting )?sha\d+:/.test(id)),
  );
  const runs = (matches: (vertex: Vertex) => boolean) =>
    vertices.filter(matches).flatMap((vertex) => vertex.runs);
  // What a cached step takes, it takes for its layers.
  const layers = [...pulls, ...runs((vertex) => isFrom(vertex) || (isStep(vertex) && vertex.cached))];
  const steps = [...layers, ...runs((vertex) => isStep(vertex) && !vertex.cached)];
  const cache = [...steps, ...runs((vertex) => isCacheImport(vertex) || exporters.includes(vertex.name))];
  const all = [...cache, ...runs(isExport)];
  const [ofLayers, ofSteps, ofCache, ofAll] = [layers, steps, cache, all].map(measureUnion);
  return {
    layers: ofLayers ?? 0,
    steps: (ofSteps ?? 0) - (ofLayers ?? 0),
    cache: (ofCache ?? 0) - (ofSteps ?? 0),
    imageExport: (ofAll ?? 0) - (ofCache ?? 0),
  };
}

/** Of two builds, one after the other. */
export function addBuildTimes(first: BuildTimes, second: BuildTimes): BuildTimes {
  return {
    layers: first.layers + second.layers,
    steps: first.steps + second.steps,
    cache: first.cache + second.cache,
    imageExport: first.imageExport + second.imageExport,
  };
}

function isFrom({ name }: Vertex): boolean {
  return /^\[[^\]]*\] FROM\b/.test(name);
}

/** Seconds in which at least one of the spans was going on. */
function measureUnion(spans: readonly Span[]): number {
  let milliseconds = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    milliseconds += Math.max(span.endMs - Math.max(span.startMs, end), 0);
    end = Math.max(end, span.endMs);
  }
  return milliseconds / 1000;
}
