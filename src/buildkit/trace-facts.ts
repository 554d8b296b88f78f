import type { Vertex } from './trace.ts';

export interface StepCounts {
  readonly cachedSteps: number;
  readonly totalSteps: number;
  /** Steps that the cache's index named, but whose layers are gone: they were run. */
  readonly lostSteps: number;
}

/** How the cache export ended; `none`: the build never came to one. */
export type CacheExportResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'exported'; readonly layersWritten: number }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Steps are the Dockerfile's instructions that make a layer: RUN, COPY, ADD, WORKDIR. The frontend names them
 * `[stage 2/5] RUN …`, with the platform before the stage in a multi-platform build. A FROM pulls and is not counted; nor
 * are `[internal]`, `[auth]`, imports and exports.
 */
export function isStep(vertex: Pick<Vertex, 'name'>): boolean {
  return /^\[(?:[^\]]* )?\d+\/\d+\] (?!FROM\b)/.test(vertex.name);
}

export function countSteps(vertices: readonly Vertex[]): StepCounts {
  const steps = vertices.filter(isStep);
  return {
    cachedSteps: steps.filter(({ cached }) => cached).length,
    totalSteps: steps.length,
    lostSteps: steps.filter(({ isLost }) => isLost).length,
  };
}

export function isCacheExport({ name }: Pick<Vertex, 'name'>): boolean {
  return exportNames.has(name);
}

export function isCacheImport({ name }: Pick<Vertex, 'name'>): boolean {
  return name.startsWith('importing cache manifest from ');
}

/** Of `type=gha` and `type=registry` (Name of their exporters in cache/remotecache). */
const exportNames: ReadonlySet<string> = new Set([
  'exporting to GitHub Actions Cache',
  'exporting cache to registry',
]);

/** With `ignore-error=true` BuildKit ends the build well and leaves the failure on the export's vertex only. */
export function findCacheExport(vertices: readonly Vertex[]): CacheExportResult {
  const vertex = vertices.find(isCacheExport);
  if (vertex === undefined) return { kind: 'none' };
  if (vertex.error !== undefined) return { kind: 'failed', reason: firstLine(vertex.error) };
  if (!vertex.isCompleted) return { kind: 'failed', reason: 'it was interrupted' };
  const layersWritten = vertex.tasks.filter(({ id }) => id.startsWith('writing layer ')).length;
  return { kind: 'exported', layersWritten };
}

/** Why imports failed; a build goes on without them. A cache scope that is merely empty is no error. */
export function listImportErrors(vertices: readonly Vertex[]): readonly string[] {
  const errors = vertices
    .filter(isCacheImport)
    .flatMap(({ error }) => (error === undefined ? [] : [firstLine(error)]));
  return [...new Set(errors)];
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
