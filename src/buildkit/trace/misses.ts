import type { Vertex } from './trace.ts';
import { isStep } from './trace-facts.ts';

/** A step that ran although all that it stands on came from the cache; names are BuildKit's, which are foreign text. */
export interface FirstMiss {
  readonly name: string;
  /** The step that it stands on; undefined: it is the first of its stage. */
  readonly before: string | undefined;
  /** The cache had it, but its layer was gone. */
  readonly isLost: boolean;
}

/** Where the cache ended: all other steps that ran stand on one of these. In the order of the build's own list of steps. */
export function listFirstMisses(vertices: readonly Vertex[]): readonly FirstMiss[] {
  const byDigest = new Map(vertices.map((vertex) => [vertex.digest, vertex]));
  const hasRun = (vertex: Vertex | undefined): boolean =>
    vertex !== undefined && isStep(vertex) && !vertex.cached && (vertex.isStarted || vertex.isLost);
  return vertices
    .filter((vertex) => hasRun(vertex) && !vertex.inputs.some((digest) => hasRun(byDigest.get(digest))))
    .toSorted((a, b) => (a.startedMs ?? 0) - (b.startedMs ?? 0))
    .map(({ name, inputs, isLost }) => {
      const before = inputs
        .map((digest) => byDigest.get(digest))
        .find((vertex) => vertex !== undefined && isStep(vertex));
      return { name, before: before?.name, isLost };
    });
}
