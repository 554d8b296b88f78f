import { describe, expect, it } from '@jest/globals';
import type { BuildResult } from '../../src/buildkit/solve/build.ts';
import type { BuildFailure } from '../../src/buildkit/solve/build-failure.ts';
import { decideWaitMs, pushAgain } from '../../src/step/push-again.ts';
import { FastClock } from '../helpers/fast-clock.ts';
import { SteppedClock } from '../helpers/stepped-clock.ts';

const noTimes = { layers: 0, steps: 0, cache: 0, imageExport: 0 };
const exported = { kind: 'exported', layersWritten: 1, manifest: undefined, window: undefined } as const;
const interrupted = { kind: 'failed', reason: 'it was interrupted' } as const;

function fail(kind: BuildFailure['kind'], reason: string): BuildFailure {
  const nothing = { instruction: undefined, location: undefined, exitCode: undefined, clippedAt: undefined };
  return { kind, reason, output: [], excerpt: [], ...nothing };
}
const busy = fail(
  'push',
  'failed to push a:1: unexpected status from PUT request to http://a/: 503 Busy\nbusy: x',
);
const denied = fail(
  'push',
  'failed to push a:1: unexpected status from PUT request to http://a/: 403 Forbidden',
);
const broken = fail('dockerfile', 'failed to push a:1: EOF');

function result(failure: BuildFailure | undefined, changes: Partial<BuildResult> = {}): BuildResult {
  return {
    failure,
    steps: { cachedSteps: 0, totalSteps: 4, lostSteps: 0 },
    cacheExport: exported,
    importErrors: [],
    image: {
      imageid: undefined,
      digest: failure === undefined ? 'sha256:1' : undefined,
      metadata: undefined,
    },
    times: { ...noTimes, steps: 2 },
    timeline: [],
    firstMisses: [],
    seconds: 3,
    ...changes,
  };
}

/** Pushes that end so, one after the other. */
async function play(retries: number, results: readonly (BuildResult | undefined)[]) {
  const clock = new FastClock();
  const told: string[] = [];
  const calls: (boolean | undefined)[] = [];
  const end = await pushAgain(
    { retries, clock, signal: new AbortController().signal, tell: (sentence) => told.push(sentence) },
    async (again) => {
      const next = results[calls.length];
      calls.push(again?.isExported);
      return next === undefined ? undefined : { result: next, verdict: calls.length };
    },
  );
  return { end, told, calls, waits: clock.waits };
}

describe('how often a push is made', () => {
  it.each([
    ['one that gets through', 2, [undefined], 1, undefined],
    ['one that gets through at last', 2, [busy, busy, undefined], 3, undefined],
    ['one that never does', 2, [busy, busy, busy, undefined], 3, busy],
    ['one that never does, without retries', 0, [busy, undefined], 1, busy],
    ['one that is refused', 2, [denied, undefined], 1, denied],
    ['one that is refused later', 5, [busy, denied, undefined], 2, denied],
    ['a build that fails by itself', 2, [broken, undefined], 1, broken],
    ['a build that fails by itself later', 2, [busy, broken, undefined], 2, broken],
  ])('%s', async (_, retries, failures, pushes, failure) => {
    const { end, told, calls, waits } = await play(
      retries,
      failures.map((one) => result(one)),
    );
    expect(calls).toHaveLength(pushes);
    expect(told).toHaveLength(pushes - 1);
    expect(waits).toHaveLength(pushes - 1);
    expect(end?.result.failure).toBe(failure);
  });

  it('says in one line why, when and which retry it is', async () => {
    const { told, waits } = await play(2, [result(busy), result(busy), result(undefined)]);
    expect(waits).toEqual([1250, 2500]);
    expect(told).toEqual([
      'Push again in 1.3 s (retry 1 of 2): failed to push a:1: unexpected status from PUT request to http://a/: 503 Busy',
      'Push again in 2.5 s (retry 2 of 2): failed to push a:1: unexpected status from PUT request to http://a/: 503 Busy',
    ]);
  });
});

describe('what a build is that was pushed again', () => {
  const warm = { steps: { cachedSteps: 4, totalSteps: 4, lostSteps: 0 }, times: noTimes };

  it('has the steps and the export of the build that ran, the image that was pushed, and the time of both', async () => {
    const nothing = { ...warm, cacheExport: { kind: 'none' } as const };
    const { end, calls } = await play(2, [result(busy), result(busy, nothing), result(undefined, nothing)]);
    expect(calls).toEqual([undefined, true, true]);
    expect(end?.verdict).toBe(1);
    expect(end?.result).toMatchObject({
      failure: undefined,
      steps: { cachedSteps: 0, totalSteps: 4 },
      cacheExport: exported,
      image: { digest: 'sha256:1' },
      times: { steps: 2 },
      seconds: 9,
    });
  });

  it('exports the cache again where the failing push has cut the export short', async () => {
    const cut = result(busy, { cacheExport: interrupted });
    const { end, calls } = await play(2, [
      cut,
      result(busy, warm),
      result(undefined, { cacheExport: { kind: 'none' } }),
    ]);
    expect(calls).toEqual([undefined, false, true]);
    expect(end?.verdict).toBe(2);
    expect(end?.result).toMatchObject({ cacheExport: exported, steps: { cachedSteps: 0 } });
  });

  it('ends where there is nothing more to go on with', async () => {
    expect((await play(2, [undefined])).end).toBeUndefined();
    expect((await play(2, [result(busy), undefined, result(undefined)])).end).toBeUndefined();
  });
});

describe('the wait', () => {
  it.each([
    [1, undefined, 0, 1000],
    [1, undefined, 1, 1500],
    [2, undefined, 0, 2000],
    [5, undefined, 0.5, 20_000],
    [6, undefined, 0, 30_000],
    [10, undefined, 1, 30_000],
    // What the registry asks for is a minimum, to which jitter is added, and half a minute is the most.
    [1, 0.56, 0, 1000],
    [1, 7000, 0, 7000],
    [2, 7000, 0.5, 7500],
    [1, 3_600_000, 0, 30_000],
  ])(
    'before retry %d, asked for %s ms, is as long as it should be',
    (retry, retryAfterMs, random, waitMs) => {
      expect(decideWaitMs(retry, retryAfterMs, random)).toBe(waitMs);
    },
  );

  it('ends at once with the cancellation, and nothing is pushed any more', async () => {
    const clock = new SteppedClock();
    const cancelled = new AbortController();
    let pushes = 0;
    const end = pushAgain(
      {
        retries: 2,
        clock,
        signal: cancelled.signal,
        tell: () => queueMicrotask(() => cancelled.abort(new Error('cancelled'))),
      },
      async () => {
        pushes++;
        return { result: result(busy) };
      },
    );
    await expect(end).rejects.toThrow('cancelled');
    expect(pushes).toBe(1);
  });
});
