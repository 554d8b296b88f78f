import { untilCancelled } from '../async/cancellation.ts';
import { isSettled } from '../async/deferred.ts';

/** Work for later runs that goes on beside the build. None of it may fail, and none of it may hold up the step for long. */
export class Beside {
  readonly #running = new Set<Promise<void>>();

  add(work: Promise<void>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /**
   * Waits until all of it has ended, `patienceMs` at most, and not at all where the step is cancelled. Answers whether it has;
   * what has not is given up: nobody waits for it again.
   */
  async end(patienceMs: number, signal: AbortSignal): Promise<boolean> {
    const all = Promise.all(this.#running);
    this.#running.clear();
    // Cancelled: the process ends, and what is not done is lost.
    return (await isSettled(untilCancelled(all, signal, 0), patienceMs)) && !signal.aborted;
  }
}
