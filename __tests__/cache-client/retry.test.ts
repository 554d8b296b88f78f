import { describe, expect, it } from '@jest/globals';
import { HostHealth } from '../../src/cache-client/health.ts';
import { silentObserver } from '../../src/cache-client/observer.ts';
import { createRequestGate } from '../../src/cache-client/request-gate.ts';
import {
  callWithRetries,
  decideDelayMs,
  defaultRetryPolicy,
  isRetryableStatus,
  parseRetryAfter,
  RetryableError,
  type RetryPolicy,
} from '../../src/cache-client/retry.ts';
import { FastClock } from '../helpers/fast-clock.ts';

const policy: RetryPolicy = { attempts: 4, firstDelayMs: 100, maxDelayMs: 1000, deadlineMs: 60_000 };

function runWith(
  clock: FastClock,
  call: (attempt: number) => Promise<string>,
  used = policy,
  signal?: AbortSignal,
) {
  const health = {
    host: new HostHealth(clock, () => undefined),
    kind: new HostHealth(clock, () => undefined),
  };
  const gate = createRequestGate(clock);
  return callWithRetries(
    { kind: 'lookup', policy: used, clock, observer: silentObserver, gate, health, signal },
    call,
  );
}

describe('isRetryableStatus', () => {
  it.each([
    [408, true],
    [429, true],
    [500, true],
    [502, true],
    [503, true],
    [504, true],
    [501, false],
    [505, false],
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [409, false],
    [422, false],
  ])('%d: %s', (status, expected) => {
    expect(isRetryableStatus(status)).toBe(expected);
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it.each([
    ['seconds', '40', 40_000],
    ['zero', '0', 0],
    ['a negative number', '-5', 0],
    ['a date', 'Sat, 21 Nov 2026 12:00:18 GMT', 18_000],
    ['a date that has passed', 'Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['absent', undefined, undefined],
    ['empty', ' ', undefined],
    ['nonsense', 'soon', undefined],
  ])('%s', (_name, header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});

describe('decideDelayMs', () => {
  it('doubles up to the maximum, with jitter of half either way', () => {
    expect([1, 2, 3, 4, 5, 6].map((attempt) => decideDelayMs(policy, attempt, undefined, 0.5))).toEqual([
      100, 200, 400, 800, 1000, 1000,
    ]);
    expect(decideDelayMs(policy, 1, undefined, 0)).toBe(50);
    expect(decideDelayMs(policy, 1, undefined, 1)).toBe(150);
  });

  it('never waits less than the service asked for', () => {
    expect(decideDelayMs(policy, 1, 40_000, 0)).toBe(40_000);
    expect(decideDelayMs(policy, 1, 40_000, 1)).toBe(40_100);
  });

  it('waits a little also where the service says 0, against a tight loop', () => {
    expect(decideDelayMs(policy, 3, 0, 0.5)).toBe(200);
  });
});

describe('callWithRetries', () => {
  it('answers the first success', async () => {
    const clock = new FastClock();
    const answer = await runWith(clock, async (attempt) => {
      if (attempt < 3) throw new RetryableError('busy', { status: 503 });
      return `try ${attempt}`;
    });
    expect(answer).toBe('try 3');
    expect(clock.waits).toEqual([100, 200]);
  });

  it('gives up after the last try with the last error', async () => {
    const clock = new FastClock();
    const call = runWith(clock, async (attempt) => Promise.reject(new RetryableError(`busy ${attempt}`)));
    await expect(call).rejects.toThrow('busy 4');
    expect(clock.waits).toHaveLength(3);
  });

  it('does not retry what no try will change', async () => {
    const clock = new FastClock();
    await expect(runWith(clock, async () => Promise.reject(new Error('denied')))).rejects.toThrow('denied');
    expect(clock.waits).toEqual([]);
  });

  it('does not begin a wait that would pass the deadline', async () => {
    const clock = new FastClock();
    const call = runWith(clock, async () =>
      Promise.reject(new RetryableError('limit', { retryAfterMs: 61_000 })),
    );
    await expect(call).rejects.toThrow('limit');
    expect(clock.waits).toEqual([]);
  });

  it('waits out a rate limit of 40 s several times with the default policy', async () => {
    const clock = new FastClock();
    const answer = await runWith(
      clock,
      async (attempt) => {
        if (attempt < 5) throw new RetryableError('limit', { status: 429, retryAfterMs: 40_000 });
        return 'through';
      },
      defaultRetryPolicy,
    );
    expect(answer).toBe('through');
  });

  it('stops when its signal fires', async () => {
    const stop = new AbortController();
    const call = runWith(
      new FastClock(),
      async () => {
        stop.abort(new Error('cancelled'));
        throw new RetryableError('busy');
      },
      policy,
      stop.signal,
    );
    await expect(call).rejects.toThrow('busy');
    await expect(runWith(new FastClock(), async () => 'x', policy, stop.signal)).rejects.toThrow('cancelled');
  });
});
