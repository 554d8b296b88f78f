import type { Span, Task, Vertex } from './trace.ts';
import { isCacheImport, isExport, isStep } from './trace-facts.ts';

/** `ran`: steps that ran; `cached`: those that came from the cache. */
export type TimelineSection =
  | 'prepare'
  | 'cache import'
  | 'layers'
  | 'cached'
  | 'ran'
  | 'image'
  | 'push'
  | 'cache export';

/** One thing that a build did, in milliseconds since its begin. */
export interface TimelineBar {
  readonly section: TimelineSection;
  /** Of a step: BuildKit's name for it, which is foreign text. */
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** `cut`: it had not ended when the build did. */
  readonly end: 'done' | 'failed' | 'cut';
}

/**
 * What a build did and when, in the order of its begins: steps, and what BuildKit did for them. Layers are told as one
 * pull and one extraction for each vertex that needed them.
 *
 * @param exporters names under which BuildKit exports the cache of this build
 */
export function listTimeline(
  vertices: readonly Vertex[],
  exporters: readonly string[],
): readonly TimelineBar[] {
  const times = vertices.flatMap(({ runs, tasks, startedMs }) => [
    ...[...runs, ...tasks].flatMap(({ startMs, endMs }) => [startMs, endMs]),
    ...(startedMs === undefined ? [] : [startedMs]),
  ]);
  // A vertex without times is at 0: nobody knows when it was.
  const known = times.filter((time) => time > 0);
  const beginMs = known.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const lastMs = known.reduce((most, time) => Math.max(most, time), 0);
  return vertices
    .filter(({ isStarted, isLost }) => isStarted || isLost)
    .flatMap((vertex) => toBars(vertex, exporters, lastMs))
    .filter(({ startMs }) => startMs > 0)
    .map((bar) => ({
      ...bar,
      startMs: bar.startMs - beginMs,
      endMs: Math.max(bar.endMs, bar.startMs) - beginMs,
    }))
    .toSorted((a, b) => a.startMs - b.startMs);
}

function toBars(vertex: Vertex, exporters: readonly string[], lastMs: number): readonly TimelineBar[] {
  const { name, cached } = vertex;
  const layers = toLayerBars(vertex);
  if (isStep(vertex)) {
    // A cached step takes no time but for its layers.
    if (cached)
      return [...layers, ...toBar(vertex, 'cached', lastMs).map((bar) => ({ ...bar, endMs: bar.startMs }))];
    return [...layers, ...toBar(vertex, 'ran', lastMs)];
  }
  if (isCacheImport(vertex))
    return toBar({ ...vertex, name: 'read the cache index' }, 'cache import', lastMs);
  if (exporters.includes(name)) return toBar({ ...vertex, name: 'export the cache' }, 'cache export', lastMs);
  if (isExport(vertex)) return toExportBars(vertex, lastMs);
  if (/^\[[^\]]*\] FROM\b/.test(name)) return layers.length > 0 ? layers : toBar(vertex, 'layers', lastMs);
  return toBar({ ...vertex, name: name.replace(/^\[internal\] /, '') }, 'prepare', lastMs);
}

/** Pushing is another matter than making the image, and has tasks of its own. */
function toExportBars(vertex: Vertex, lastMs: number): readonly TimelineBar[] {
  const pushes = vertex.tasks.filter(({ id }) => id.startsWith('pushing '));
  const pushed = joinTasks(pushes);
  const image = toBar(
    { ...vertex, name: vertex.name.replace('exporting to ', 'export to ') },
    'image',
    lastMs,
  );
  if (pushed === undefined) return image;
  const isFailed = vertex.error !== undefined;
  const push = {
    section: 'push',
    name: 'push the image',
    ...pushed,
    end: isFailed ? 'failed' : 'done',
  } as const;
  return [
    ...image.map((bar) => ({
      ...bar,
      endMs: Math.max(bar.startMs, Math.min(bar.endMs, pushed.startMs)),
      end: 'done' as const,
    })),
    push,
  ];
}

function toLayerBars({ tasks, name }: Vertex): readonly TimelineBar[] {
  const kinds = [
    { what: 'pull', own: tasks.filter(({ id }) => /^sha\d+:/.test(id)) },
    { what: 'extract', own: tasks.filter(({ id }) => /^extracting sha\d+:/.test(id)) },
  ];
  return kinds.flatMap(({ what, own }): readonly TimelineBar[] => {
    const span = joinTasks(own);
    if (span === undefined) return [];
    const count = own.length === 1 ? '1 layer' : `${own.length} layers`;
    return [{ section: 'layers', name: `${what} ${count} for ${name}`, ...span, end: 'done' }];
  });
}

function joinTasks(tasks: readonly Task[]): Span | undefined {
  const known = tasks.filter(({ startMs }) => startMs > 0);
  if (known.length === 0) return undefined;
  return {
    startMs: Math.min(...known.map(({ startMs }) => startMs)),
    endMs: Math.max(...known.map(({ endMs }) => endMs)),
  };
}

/** From its first begin to its last end. */
function toBar(
  { name, runs, startedMs, isCompleted, error }: Vertex,
  section: TimelineSection,
  lastMs: number,
): readonly TimelineBar[] {
  const startMs = runs.reduce(
    (least, run) => Math.min(least, run.startMs),
    startedMs ?? Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(startMs)) return [];
  const endMs = isCompleted ? runs.reduce((most, run) => Math.max(most, run.endMs), startMs) : lastMs;
  const isCut = !isCompleted || /context canceled|CANCELED/.test(error ?? '');
  return [{ section, name, startMs, endMs, end: isCut ? 'cut' : error === undefined ? 'done' : 'failed' }];
}
