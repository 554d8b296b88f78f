import { describe, expect, it } from '@jest/globals';
import { decideWait, type WaitDecision } from '../../src/cleanup/api-wait.ts';

const nowMs = 1_800_000_000_000;
const take: WaitDecision = { kind: 'take' };
const wait = (seconds: number): WaitDecision => ({ kind: 'wait', waitMs: seconds * 1000 });

interface Given {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  readonly attempt?: number;
}

function decide({ status, headers = {}, message = '', attempt = 1 }: Given): WaitDecision {
  return decideWait({ status, headers, message }, { attempt, nowMs, budgetMs: 300_000 });
}

const reset = (seconds: number) => ({
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(nowMs / 1000 + seconds),
});

describe('what is done about an answer of GitHub', () => {
  it.each<readonly [string, Given, WaitDecision]>([
    ['a success', { status: 200 }, take],
    ['a success that used up the limit', { status: 204, headers: reset(3600) }, take],
    ['not found', { status: 404 }, take],
    ['no permission', { status: 403, message: 'Resource not accessible by integration' }, take],
    [
      'no permission, with what is left of the limit',
      { status: 403, headers: { 'x-ratelimit-remaining': '12' } },
      take,
    ],
    ['429 with a time', { status: 429, headers: { 'retry-after': '7' } }, wait(7)],
    ['429 without a time', { status: 429 }, wait(60)],
    ['the secondary limit as 403 with a time', { status: 403, headers: { 'retry-after': '30' } }, wait(30)],
    [
      'the secondary limit by its words',
      { status: 403, message: 'You have exceeded a secondary rate limit.' },
      wait(60),
    ],
    [
      'abuse detection',
      { status: 403, message: 'You have triggered an abuse detection mechanism.' },
      wait(60),
    ],
    ['a used-up limit that ends soon', { status: 403, headers: reset(100) }, wait(101)],
    ['a used-up limit that has just ended', { status: 403, headers: reset(-5) }, wait(1)],
    ['a server that fails once', { status: 502 }, wait(1)],
    ['a server that fails again', { status: 503, attempt: 3 }, wait(4)],
    ['a server that fails all the time', { status: 503, attempt: 4 }, take],
    ['what no server will ever do', { status: 501 }, take],
  ])('%s', (_name, given, expected) => {
    expect(decide(given)).toEqual(expected);
  });

  it.each([
    [
      'a used-up limit of an hour',
      { status: 403, headers: reset(3000), message: 'API rate limit exceeded' },
      3001,
    ],
    ['a pause of ten minutes', { status: 429, headers: { 'retry-after': '600' } }, 600],
  ] as const)('%s is not waited for', (_name, given, seconds) => {
    expect(decide(given)).toEqual({
      kind: 'stop',
      reason: expect.stringContaining(`a pause of ${seconds} s`),
    });
  });
});
