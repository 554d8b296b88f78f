/** What came back of a call. */
export interface ApiAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly message: string;
}

export type WaitDecision =
  | { readonly kind: 'take' }
  | { readonly kind: 'wait'; readonly waitMs: number }
  /** GitHub asks for a longer pause than is left. */
  | { readonly kind: 'stop'; readonly reason: string };

interface WaitFacts {
  /** From 1. */
  readonly attempt: number;
  readonly nowMs: number;
  /** How long this clean-up may still wait in all. */
  readonly budgetMs: number;
}

const attempts = 4;
const firstDelayMs = 1000;
/** Where GitHub names no time it asks for at least a minute. */
const unnamedPauseMs = 60_000;

/**
 * What to do about an answer, by https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: both
 * limits come as 403 or 429, and only headers and words tell them from a missing permission.
 */
export function decideWait(answer: ApiAnswer, facts: WaitFacts): WaitDecision {
  const { status, headers, message } = answer;
  const { attempt, nowMs, budgetMs } = facts;
  if (isLimited(answer)) {
    const waitMs = readPauseMs(headers, nowMs);
    if (waitMs <= budgetMs) return { kind: 'wait', waitMs };
    const reason = `GitHub answered ${status} (${message}) and asks for a pause of ${Math.ceil(waitMs / 1000)} s`;
    return { kind: 'stop', reason };
  }
  const waitMs = firstDelayMs * 2 ** (attempt - 1);
  const isPassing = status >= 500 && status !== 501;
  return isPassing && attempt < attempts && waitMs <= budgetMs ? { kind: 'wait', waitMs } : { kind: 'take' };
}

/** Of a call without any answer. */
export function decideSilence(facts: WaitFacts): WaitDecision {
  return decideWait({ status: 503, headers: {}, message: '' }, facts);
}

function isLimited({ status, headers, message }: ApiAnswer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const isUsedUp = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
  return isUsedUp || /secondary rate limit|API rate limit exceeded|abuse detection/i.test(message);
}

function readPauseMs(headers: ApiAnswer['headers'], nowMs: number): number {
  const retryAfter = headers['retry-after'] ?? '';
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const reset = headers['x-ratelimit-reset'] ?? '';
  const isUsedUp = headers['x-ratelimit-remaining'] === '0';
  if (isUsedUp && /^\d{1,12}$/.test(reset)) return Math.max(1000, Number(reset) * 1000 - nowMs + 1000);
  return unnamedPauseMs;
}
