import { untilCancelled } from '../async/cancellation.ts';
import { CancelledError } from '../errors.ts';
import * as log from '../log.ts';

export interface Phase {
  readonly name: string;
  readonly seconds: number;
}

/** Its seconds are told in parts. */
export const buildPhase = 'Build';

/** The parts of main: each is one group of the log, and its seconds go into the summary. */
export class Phases {
  readonly #signal: AbortSignal;
  readonly #done: Phase[] = [];

  /** @param signal cuts a phase short; it then throws CancelledError with the name of the phase */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** @param graceMs how long work that was told to stop may take for it; the runner kills 10 s after its first signal */
  async run<T>(name: string, work: () => Promise<T>, graceMs = 0): Promise<T> {
    const started = performance.now();
    try {
      return await log.group(name, () => this.#runCancellable(name, work, graceMs));
    } finally {
      this.#done.push({ name, seconds: (performance.now() - started) / 1000 });
    }
  }

  async #runCancellable<T>(name: string, work: () => Promise<T>, graceMs: number): Promise<T> {
    try {
      this.#signal.throwIfAborted();
      const result = await untilCancelled(work(), this.#signal, graceMs);
      this.#signal.throwIfAborted();
      return result;
    } catch (error) {
      throw this.#signal.aborted ? new CancelledError(name, { cause: error }) : error;
    }
  }

  get done(): readonly Phase[] {
    return this.#done;
  }
}
