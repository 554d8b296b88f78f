import path from 'node:path';
import type { TraceEvent, Vertex } from './trace.ts';
import type { BuildWarning } from './trace-message.ts';
import { renderTask } from './trace-tasks.ts';

/** Of src/log.ts, which makes everything printable. */
export interface BuildLog {
  info(message: string): void;
  warning(message: string, properties?: { title?: string; file?: string; startLine?: number }): void;
}

/** Writes a build's events as lines of the log: a step's name when it starts, its output, and how it ended. */
export class ProgressLog {
  readonly #log: BuildLog;
  readonly #dockerfile: string | undefined;
  readonly #annotates: boolean;
  /** Output after the last newline, by vertex. */
  readonly #pending = new Map<string, string>();

  /**
   * @param dockerfile its path in the workspace, for annotations; without it no warning points to a file
   * @param annotates false: warnings are lines of the log
   */
  constructor(log: BuildLog, dockerfile: string | undefined, annotates = true) {
    this.#log = log;
    this.#dockerfile = dockerfile;
    this.#annotates = annotates;
  }

  write(event: TraceEvent): void {
    switch (event.kind) {
      case 'started':
        // A cached vertex starts and ends in one breath: its end says it all.
        if (!event.vertex.cached) this.#log.info(`#${event.vertex.number} ${toTitle(event.vertex)}`);
        return;
      case 'output':
        this.#writeOutput(event.vertex, event.text);
        return;
      case 'completed':
        this.#flush(event.vertex);
        this.#log.info(renderEnd(event.vertex));
        return;
      case 'task': {
        const text = renderTask(event.task);
        if (text !== undefined) this.#log.info(`#${event.number} ${text}`);
        return;
      }
      case 'lost':
        this.#log.info(`#${event.vertex.number} its cached layer is gone: it is run again`);
        return;
      case 'warning':
        this.#writeWarning(event.warning);
        return;
      case 'text':
        if (event.line.trim() !== '') this.#log.info(event.line);
        return;
      default:
        event satisfies never;
    }
  }

  #writeOutput(vertex: Vertex, text: string): void {
    const [first = '', ...others] = text.split('\n');
    const last = others.pop();
    // Not looked at again before it is whole: a line may come in many thousand pieces.
    const begun = `${this.#pending.get(vertex.digest) ?? ''}${first}`;
    this.#pending.set(vertex.digest, last ?? begun);
    if (last === undefined) return;
    for (const line of [begun, ...others]) this.#writeLine(vertex, line);
  }

  #writeLine(vertex: Vertex, line: string): void {
    // A progress bar redraws its line with \r: only its last state is worth a line.
    const shown = line.replace(/\r$/, '').split('\r').at(-1) ?? '';
    this.#log.info(`#${vertex.number} | ${shown}`);
  }

  #flush(vertex: Vertex): void {
    const rest = this.#pending.get(vertex.digest) ?? '';
    this.#pending.delete(vertex.digest);
    if (rest !== '') this.#writeLine(vertex, rest);
  }

  #writeWarning({ text, detail, url, file, line }: BuildWarning): void {
    const more = [...detail, ...(url === undefined ? [] : [url])].join(' ');
    const message = more === '' ? text : `${text}: ${more}`;
    const title = 'Dockerfile';
    // A frontend of one's own, or a context of another name, may warn of another file than the one that was given.
    const dockerfile = this.#dockerfile;
    if (!this.#annotates) {
      this.#log.info(`${[file, line].filter((part) => part !== undefined).join(':')} ${message}`.trim());
    } else if (file !== undefined && dockerfile !== undefined && isSameName(file, dockerfile)) {
      const place = line === undefined ? {} : { startLine: line };
      this.#log.warning(message, { title, file: dockerfile, ...place });
    } else {
      const place = [file, line].filter((part) => part !== undefined).join(':');
      this.#log.warning(place === '' ? message : `${place}: ${message}`, { title });
    }
  }
}

function renderEnd(vertex: Vertex): string {
  const { number, error, cached, seconds } = vertex;
  if (error !== undefined)
    return `#${number} FAILED after ${seconds.toFixed(1)} s: ${error.split('\n', 1)[0] ?? ''}`;
  if (cached) return `#${number} ${toTitle(vertex)} CACHED`;
  return `#${number} done in ${seconds.toFixed(1)} s`;
}

function toTitle({ name }: Vertex): string {
  return name
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .join(' ');
}

/** The frontend knows the Dockerfile by its name alone, and takes `dockerfile` for `Dockerfile` too. */
function isSameName(file: string, dockerfile: string): boolean {
  return file.toLowerCase() === path.basename(dockerfile).toLowerCase();
}
