import { BuildTrace, type Vertex } from './trace.ts';
import { parseTraceLine, type TraceMessage } from './trace-message.ts';

/**
 * The traces of a bake's targets, each as if it were built alone. buildx gives all in one stream, with the name of the
 * target before that of each vertex where there are several (util/progress/multiwriter.go): `[app stage 1/2] …`,
 * `[app] exporting …`. A vertex that targets share comes once for each, under one digest.
 */
export class TargetTraces {
  readonly #traces: ReadonlyMap<string, BuildTrace>;

  /** @param names of all targets */
  constructor(names: readonly string[]) {
    this.#traces = new Map(names.map((name) => [name, new BuildTrace()]));
  }

  add(line: string): void {
    const message = parseTraceLine(line);
    if (message === undefined) return;
    for (const [target, trace] of this.#traces) trace.addMessage(this.#select(message, target, trace));
  }

  verticesOf(target: string): readonly Vertex[] {
    return this.#traces.get(target)?.vertices ?? [];
  }

  #select(message: TraceMessage, target: string, trace: BuildTrace): TraceMessage {
    const isOnly = this.#traces.size === 1;
    const vertices = isOnly
      ? message.vertices
      : message.vertices.flatMap((vertex) => {
          const name = findOwnName(vertex.name, target);
          return name === undefined ? [] : [{ ...vertex, name }];
        });
    const known = new Set([...trace.vertices, ...vertices].map(({ digest }) => digest));
    // What steps print is told by the trace of all.
    return {
      vertices,
      statuses: message.statuses.filter(({ vertex }) => known.has(vertex)),
      logs: [],
      warnings: [],
    };
  }
}

/** The name that a vertex has where the target is built alone; undefined: it is of another one. */
export function findOwnName(name: string, target: string): string | undefined {
  if (name.startsWith(`[${target}] `)) return name.slice(target.length + 3);
  return name.startsWith(`[${target} `) ? `[${name.slice(target.length + 2)}` : undefined;
}
