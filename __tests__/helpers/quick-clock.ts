import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/async/clock.ts';

/** Real time, twenty times as fast: for what two clients do at the same time. */
export class QuickClock implements Clock {
  readonly waits: number[] = [];

  now(): number {
    return performance.now() * 20;
  }

  random(): number {
    return 0.5;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.waits.push(ms);
    await delay(ms / 20, undefined, signal === undefined ? {} : { signal });
  }
}
