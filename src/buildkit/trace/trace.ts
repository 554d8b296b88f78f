import { StringDecoder } from 'node:string_decoder';
import {
  type BuildWarning,
  type OutputPiece,
  parseTraceLine,
  type StatusUpdate,
  type TraceMessage,
  type VertexUpdate,
} from './trace-message.ts';

/** Unix time in milliseconds, by the daemon's clock. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** A sub-task of a vertex that has ended, for example `writing layer sha256:…`. */
export interface Task extends Span {
  readonly id: string;
  /** 0 where it counts none. */
  readonly bytes: number;
}

/** One node of the build graph, with all that was said about it so far. */
export interface Vertex {
  readonly digest: string;
  /** Position in order of appearance, from 1. */
  readonly number: number;
  readonly name: string;
  hasInputs: boolean;
  /** Digests of the vertices that it stands on. */
  inputs: readonly string[];
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
  /** When it ran, once for each of its runs that ended. */
  readonly runs: Span[];
  /** In the order in which they ended. */
  readonly tasks: Task[];
}

export type TraceEvent =
  | { readonly kind: 'started'; readonly vertex: Vertex }
  | { readonly kind: 'output'; readonly vertex: Vertex; readonly text: string }
  | { readonly kind: 'completed'; readonly vertex: Vertex }
  /** `number` is the vertex's. */
  | { readonly kind: 'task'; readonly number: number; readonly task: Task }
  | { readonly kind: 'lost'; readonly vertex: Vertex }
  | { readonly kind: 'warning'; readonly warning: BuildWarning }
  /** A line that is not part of the trace: buildx's own words, its error among them. */
  | { readonly kind: 'text'; readonly line: string };

/** The state of one build, fed line by line; each line answers what is new. Pure: no clock, no output. */
export class BuildTrace {
  readonly #vertices = new Map<string, Vertex>();
  readonly #warnings = new Map<string, BuildWarning>();
  readonly #text: string[] = [];
  /** By vertex and stream. */
  readonly #decoders = new Map<string, StringDecoder>();

  add(line: string): readonly TraceEvent[] {
    const message = parseTraceLine(line);
    if (message !== undefined) return this.addMessage(message);
    this.#text.push(line);
    return [{ kind: 'text', line }];
  }

  addMessage(message: TraceMessage): readonly TraceEvent[] {
    const changes = message.vertices.flatMap((update) => this.#update(update));
    const tasks = message.statuses.flatMap((status) => this.#endTask(status));
    // The tasks of a vertex end before it does.
    const started = changes.filter(({ kind }) => kind === 'started');
    const events = [...started, ...tasks, ...changes.filter(({ kind }) => kind !== 'started')];
    for (const piece of message.logs) {
      const vertex = this.#vertices.get(piece.vertex);
      if (vertex === undefined) continue;
      const text = this.#decode(piece);
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

  #decode({ vertex, stream, bytes }: OutputPiece): string {
    const key = `${stream} ${vertex}`;
    const decoder = this.#decoders.get(key) ?? new StringDecoder('utf8');
    this.#decoders.set(key, decoder);
    return decoder.write(bytes);
  }

  #update(update: VertexUpdate): TraceEvent[] {
    const vertex = this.#find(update);
    const events: TraceEvent[] = [];
    if (update.cached) vertex.cached = true;
    if (update.hasInputs) vertex.hasInputs = true;
    if (update.inputs.length > 0) vertex.inputs = update.inputs;
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
    const run = toSpan(update.started, update.completed);
    vertex.runs.push(run);
    vertex.seconds += (run.endMs - run.startMs) / 1000;
    // BuildKit runs some vertices twice (the Dockerfile's transfer, for one): the first end is told, and any error.
    if (!vertex.isCompleted || update.error !== undefined) events.push({ kind: 'completed', vertex });
    vertex.isCompleted = true;
    vertex.completedMs ??= toMilliseconds(update.completed);
    return events;
  }

  #endTask({ vertex: digest, id, current, started, completed }: StatusUpdate): TraceEvent[] {
    const vertex = this.#vertices.get(digest);
    // BuildKit says more than once that a task has ended.
    if (vertex === undefined || completed === undefined || vertex.tasks.some((task) => task.id === id))
      return [];
    const task = { id, bytes: current, ...toSpan(started, completed) };
    vertex.tasks.push(task);
    return [{ kind: 'task', number: vertex.number, task }];
  }

  #find({ digest, name }: VertexUpdate): Vertex {
    const known = this.#vertices.get(digest);
    if (known !== undefined) return known;
    const vertex: Vertex = {
      digest,
      number: this.#vertices.size + 1,
      name,
      hasInputs: false,
      inputs: [],
      cached: false,
      isLost: false,
      isStarted: false,
      isCompleted: false,
      startedMs: undefined,
      completedMs: undefined,
      seconds: 0,
      error: undefined,
      output: '',
      runs: [],
      tasks: [],
    };
    this.#vertices.set(digest, vertex);
    return vertex;
  }
}

/** A span without a start, or of a clock that was set back, is empty. */
function toSpan(started: string | undefined, completed: string): Span {
  const end = Date.parse(completed);
  const start = started === undefined ? end : Date.parse(started);
  return Number.isFinite(start) && Number.isFinite(end)
    ? { startMs: Math.min(start, end), endMs: end }
    : { startMs: 0, endMs: 0 };
}

/** Whole ones, as Date.now() counts them. */
function toMilliseconds(time: string | undefined): number | undefined {
  const milliseconds = Date.parse(time ?? '');
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds);
}
