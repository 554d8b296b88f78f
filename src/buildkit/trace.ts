import { type BuildWarning, parseTraceLine, type VertexUpdate } from './trace-message.ts';

/** One node of the build graph, with all that was said about it so far. */
export interface Vertex {
  readonly digest: string;
  /** Position in order of appearance, from 1. */
  readonly number: number;
  readonly name: string;
  hasInputs: boolean;
  cached: boolean;
  /** It was cached, but its layer is gone from the cache: it is run again. */
  isLost: boolean;
  isStarted: boolean;
  isCompleted: boolean;
  /** First start and first end, in milliseconds of the daemon's clock; the end that counts for a lost one is the second. */
  startedMs: number | undefined;
  completedMs: number | undefined;
  /** Time that it ran, over all its runs. */
  seconds: number;
  error: string | undefined;
  /** Everything that it printed. */
  output: string;
  /** Sub-tasks that ended, for example `writing layer sha256:…`. */
  readonly doneTasks: Set<string>;
}

export type TraceEvent =
  | { readonly kind: 'started'; readonly vertex: Vertex }
  | { readonly kind: 'output'; readonly vertex: Vertex; readonly text: string }
  | { readonly kind: 'completed'; readonly vertex: Vertex }
  | { readonly kind: 'lost'; readonly vertex: Vertex }
  | { readonly kind: 'warning'; readonly warning: BuildWarning }
  /** A line that is not part of the trace: buildctl's own words, its error among them. */
  | { readonly kind: 'text'; readonly line: string };

/** The state of one build, fed line by line; each line answers what is new. Pure: no clock, no output. */
export class BuildTrace {
  readonly #vertices = new Map<string, Vertex>();
  readonly #warnings = new Map<string, BuildWarning>();
  readonly #text: string[] = [];

  add(line: string): readonly TraceEvent[] {
    const message = parseTraceLine(line);
    if (message === undefined) {
      this.#text.push(line);
      return [{ kind: 'text', line }];
    }
    const events = message.vertices.flatMap((update) => this.#update(update));
    for (const { vertex, id, isCompleted } of message.statuses) {
      if (isCompleted) this.#vertices.get(vertex)?.doneTasks.add(id);
    }
    for (const { vertex: digest, text } of message.logs) {
      const vertex = this.#vertices.get(digest);
      if (vertex === undefined) continue;
      vertex.output += text;
      events.push({ kind: 'output', vertex, text });
    }
    for (const warning of message.warnings) {
      // The same finding comes again with every platform and every solve.
      const identity = `${warning.file}:${warning.line}:${warning.text}`;
      if (this.#warnings.has(identity)) continue;
      this.#warnings.set(identity, warning);
      events.push({ kind: 'warning', warning });
    }
    return events;
  }

  get vertices(): readonly Vertex[] {
    return [...this.#vertices.values()];
  }

  get warnings(): readonly BuildWarning[] {
    return [...this.#warnings.values()];
  }

  /** Lines outside the trace, in order. */
  get text(): readonly string[] {
    return this.#text;
  }

  #update(update: VertexUpdate): TraceEvent[] {
    const vertex = this.#find(update);
    const events: TraceEvent[] = [];
    if (update.cached) vertex.cached = true;
    if (update.hasInputs) vertex.hasInputs = true;
    vertex.startedMs ??= toMilliseconds(update.started);
    if (update.started !== undefined && !vertex.isStarted) {
      vertex.isStarted = true;
      events.push({ kind: 'started', vertex });
    }
    if (update.completed === undefined) return events;
    vertex.error = update.error;
    if (vertex.cached && update.error !== undefined) {
      // The index named a layer that is no longer there: the solver runs the step after all.
      vertex.cached = false;
      vertex.isLost = true;
      vertex.isStarted = false;
      vertex.isCompleted = false;
      vertex.completedMs = undefined;
      return [...events, { kind: 'lost', vertex }];
    }
    vertex.seconds += toSeconds(update.started, update.completed);
    // BuildKit runs some vertices twice (the Dockerfile's transfer, for one): the first end is told, and any error.
    if (!vertex.isCompleted || update.error !== undefined) events.push({ kind: 'completed', vertex });
    vertex.isCompleted = true;
    vertex.completedMs ??= toMilliseconds(update.completed);
    return events;
  }

  #find({ digest, name }: VertexUpdate): Vertex {
    const known = this.#vertices.get(digest);
    if (known !== undefined) return known;
    const vertex: Vertex = {
      digest,
      number: this.#vertices.size + 1,
      name,
      hasInputs: false,
      cached: false,
      isLost: false,
      isStarted: false,
      isCompleted: false,
      startedMs: undefined,
      completedMs: undefined,
      seconds: 0,
      error: undefined,
      output: '',
      doneTasks: new Set(),
    };
    this.#vertices.set(digest, vertex);
    return vertex;
  }
}

/** Whole ones, as Date.now() counts them. */
function toMilliseconds(time: string | undefined): number | undefined {
  const milliseconds = Date.parse(time ?? '');
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds);
}

function toSeconds(started: string | undefined, completed: string): number {
  const milliseconds = started === undefined ? 0 : Date.parse(completed) - Date.parse(started);
  return Number.isFinite(milliseconds) ? Math.max(milliseconds, 0) / 1000 : 0;
}
