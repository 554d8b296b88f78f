import { describe, expect, it } from '@jest/globals';
import { createDeferred } from '../../src/async/deferred.ts';
import { Beside } from '../../src/step/beside.ts';

const never = new AbortController().signal;
/** No test waits so long. */
const patienceMs = 600_000;

describe('work beside the build', () => {
  it('is waited for, all of it', async () => {
    const beside = new Beside();
    const [first, second] = [createDeferred<void>(), createDeferred<void>()];
    beside.add(first.promise);
    beside.add(second.promise);
    const ended = beside.end(patienceMs, never);
    let hasEnded = false;
    void ended.then(() => {
      hasEnded = true;
    });
    first.resolve();
    await first.promise;
    await new Promise(setImmediate);
    expect(hasEnded).toBe(false);
    second.resolve();
    expect(await ended).toBe(true);
  });

  it('that has ended is nothing to wait for', async () => {
    const beside = new Beside();
    expect(beside.isBusy).toBe(false);
    beside.add(Promise.resolve());
    expect(beside.isBusy).toBe(true);
    await new Promise(setImmediate);
    expect(beside.isBusy).toBe(false);
    expect(await beside.end(0, never)).toBe(true);
  });

  it('is given up when the time is over, once', async () => {
    const beside = new Beside();
    beside.add(createDeferred<void>().promise);
    expect(await beside.end(1, never)).toBe(false);
    expect(beside.isBusy).toBe(false);
    expect(await beside.end(patienceMs, never)).toBe(true);
  });

  it.each(['before', 'meanwhile'])('is not waited for where the step was cancelled %s', async (when) => {
    const beside = new Beside();
    beside.add(createDeferred<void>().promise);
    const cancelled = new AbortController();
    if (when === 'before') cancelled.abort();
    const ended = beside.end(patienceMs, cancelled.signal);
    cancelled.abort();
    expect(await ended).toBe(false);
  });
});
