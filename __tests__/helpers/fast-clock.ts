import type { Clock } from '../../src/async/clock.ts';

/** A clock on which waiting takes no time; `waits` tells how long it would have taken, in milliseconds. */
export class FastClock implements Clock {
  readonly waits: number[] = [];
  #now = 1_000_000;

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0.5;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.waits.push(ms);
    this.#now += ms;
  }
}
