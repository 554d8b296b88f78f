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
  | {
      readonly kind: 'exported';
      readonly layersWritten: number;
      /** Digest of the manifest that `type=registry` pushed; undefined: there is none, as always with `type=gha`. */
      readonly manifest: string | undefined;
      /** When it ran, in milliseconds of the daemon's clock; undefined unless each step had ended before. */
      readonly window: { readonly fromMs: number; readonly toMs: number } | undefined;
    }
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

/**
 * The same of a target of a bake. A step that targets share may be there twice, once as each of two targets sees it
 * (their contexts differ by the files that are sent): BuildKit runs one of them, and calls the other cached.
 */
export function countSharedSteps(vertices: readonly Vertex[]): StepCounts {
  const all = vertices.filter(isStep);
  const steps = [...new Set(all.map(({ name }) => name))].map((name) => {
    const same = all.filter((vertex) => vertex.name === name);
    const begun = same.filter(hasBegun);
    return begun.length === 0 ? same : begun;
  });
  return {
    cachedSteps: steps.filter((same) => same.every(({ cached }) => cached)).length,
    totalSteps: steps.length,
    lostSteps: steps.filter((same) => same.some(({ isLost }) => isLost)).length,
  };
}

/** BuildKit has said something of it, beyond that it is there. */
export function hasBegun({ isStarted, isCompleted, isLost, cached }: Vertex): boolean {
  return isStarted || isCompleted || isLost || cached;
}

/** In a bake the name of the target stands before it. */
export function isCacheImport({ name }: Pick<Vertex, 'name'>): boolean {
  return /^(?:\[[\w-]+\] )?importing cache manifest from /.test(name);
}

/** Of the result, and of a cache as well: its own names are told apart before. */
export function isExport({ name }: Pick<Vertex, 'name'>): boolean {
  return /^(?:\[[\w-]+\] )?exporting to /.test(name);
}

/**
 * With `ignore-error=true` BuildKit ends the build well and leaves the failure on the export's vertex only.
 *
 * @param exporters names under which BuildKit exports the cache of this build
 * @param all what the daemon did meanwhile, where that is more than this build
 */
export function findCacheExport(
  vertices: readonly Vertex[],
  exporters: readonly string[],
  all = vertices,
): CacheExportResult {
  const [vertex, another] = vertices.filter(({ name }) => exporters.includes(name));
  if (vertex === undefined) return { kind: 'none' };
  // A frontend may give any name to what it builds.
  if (another !== undefined)
    return { kind: 'failed', reason: 'two parts of the build claim to be its export' };
  if (vertex.error !== undefined) return { kind: 'failed', reason: firstLine(vertex.error) };
  if (!vertex.isCompleted) return { kind: 'failed', reason: 'it was interrupted' };
  const names = vertex.tasks.map(({ id }) => id);
  const layersWritten = names.filter((name) => name.startsWith('writing layer ')).length;
  return {
    kind: 'exported',
    layersWritten,
    manifest: findManifest(names),
    window: findWindow(vertex, all),
  };
}

/**
 * All that a build has exported to caches: manifests by their digests, and when it exported where there are none.
 *
 * @param exporters names under which BuildKit exports, with manifests (`named`) and without
 */
export function listExported(
  vertices: readonly Vertex[],
  exporters: { readonly named: readonly string[]; readonly timed: readonly string[] },
) {
  // A part of the build proper may have any name, and BuildKit's exports stand on nothing.
  const done = vertices.filter(
    ({ hasInputs, isCompleted, error }) => !hasInputs && isCompleted && error === undefined,
  );
  const named = done.filter(({ name }) => exporters.named.includes(name));
  const timed = done.filter(({ name }) => exporters.timed.includes(name));
  return {
    manifests: named.flatMap(({ tasks }) => findManifest(tasks.map(({ id }) => id)) ?? []),
    windows: timed.flatMap((vertex) => findWindow(vertex, vertices) ?? []),
  };
}

/** BuildKit names what it pushes (cache/remotecache/export.go, Finalize); more than one is none. */
function findManifest(tasks: readonly string[]): string | undefined {
  const digests = tasks.flatMap(
    (task) => /^writing cache (?:image )?manifest (sha256:[0-9a-f]{64})$/.exec(task)?.[1] ?? [],
  );
  return digests.length === 1 ? digests[0] : undefined;
}

/** Whatever ran beside the export could have written to the cache: only without any step the time tells who did. */
function findWindow(exporter: Vertex, vertices: readonly Vertex[]) {
  const { startedMs: fromMs, completedMs: toMs } = exporter;
  if (fromMs === undefined || toMs === undefined || exporter.hasInputs) return undefined;
  const isAlone = vertices.every(
    ({ hasInputs, isStarted, completedMs }) =>
      !hasInputs || !isStarted || (completedMs !== undefined && completedMs <= fromMs),
  );
  return isAlone ? { fromMs, toMs } : undefined;
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
