import type { Clock } from '../async/clock.ts';
import { toMessage } from '../errors.ts';
import type { Absence } from './absence.ts';
import { type HostHealth, UnavailableError } from './health.ts';
import type { CallObserver, ClientCallKind } from './observer.ts';
import type { RequestGate } from './request-gate.ts';

/** How often and how long a request is tried. */
export interface RetryPolicy {
  /** All tries, the first one included. */
  readonly attempts: number;
  /** The first wait; each further one is twice as long. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** For one call with all its tries and waits, and for the bytes of one transfer to stop flowing. */
  readonly deadlineMs: number;
  /** No further try begins after that, however busy the service says it is; `deadlineMs` by default. */
  readonly patienceMs?: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 6,
  firstDelayMs: 500,
  maxDelayMs: 20_000,
  deadlineMs: 5 * 60_000,
};

/** Worth another try: the request never got through, or the service said so. */
export class RetryableError extends Error {
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** What the service asked for with `Retry-After`. */
  readonly retryAfterMs: number | undefined;
  /** Why there was no answer; undefined when there was one. */
  readonly absence: Absence | undefined;
  /** It went over a connection that had been idle, and may have been dropped by something on the way. */
  readonly isReused: boolean;

  constructor(message: string, facts: RetryFacts = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RetryableError';
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
    this.absence = facts.absence;
    this.isReused = facts.isReused ?? false;
  }
}

export interface RetryFacts {
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly absence?: Absence | undefined;
  readonly isReused?: boolean | undefined;
}

/** 408, 429 and the 5xx that a moment later may be a success; 501 and 505 stay what they are. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** Milliseconds of a `Retry-After` header (seconds or an HTTP date); undefined when absent or unreadable. */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^-?\d+$/.test(text)) return Math.max(0, Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/**
 * The wait before try number `attempt` + 1. What the service asked for is a minimum: jitter only adds to it, since
 * all jobs of a repository share the limit and would otherwise come back at the same moment.
 */
export function decideDelayMs(
  policy: RetryPolicy,
  attempt: number,
  retryAfterMs: number | undefined,
  random: number,
): number {
  const backoff = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
  if (retryAfterMs === undefined) return Math.round(backoff * (0.5 + random));
  return Math.round(retryAfterMs + Math.min(backoff, 1000 + retryAfterMs / 4) * random);
}

/** So long it is tried whether a host that refuses connections is only being restarted. */
const refusedPatienceMs = 900;
const refusedFirstDelayMs = 100;

interface FailedTry {
  readonly attempt: number;
  readonly error: RetryableError;
  /** Since the call began. */
  readonly elapsedMs: number;
  /** The host has answered another call meanwhile, so it is there. */
  readonly hasAnswered: boolean;
  readonly random: number;
}

/**
 * The wait before the next try; undefined: there is none. A host that answers nobody is not waited for as long as one
 * that is only busy: who refuses a connection does so a second later too, and each silence costs the whole timeout.
 */
function decideRetry(policy: RetryPolicy, failed: FailedTry): number | undefined {
  const { attempt, error, elapsedMs, hasAnswered, random } = failed;
  if (attempt >= policy.attempts || error.absence === 'untrusted') return undefined;
  const backoff = decideDelayMs(policy, attempt, error.retryAfterMs, random);
  if (hasAnswered || error.absence === undefined || error.absence === 'broken') return backoff;
  if (error.absence === 'silent') return error.isReused && attempt === 1 ? 0 : undefined;
  const waitMs = Math.min(backoff, Math.round(refusedFirstDelayMs * 2 ** (attempt - 1) * (0.5 + random)));
  return elapsedMs + waitMs > refusedPatienceMs ? undefined : waitMs;
}

interface RetryContext {
  readonly kind: ClientCallKind;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly observer: CallObserver;
  readonly gate: RequestGate;
  readonly health: CallHealth;
  readonly signal: AbortSignal | undefined;
  /** Only asks whether the service is there: one try. */
  readonly isProbe?: boolean;
}

/** Of the host that is called, and of this kind of call to it. */
export interface CallHealth {
  readonly host: HostHealth;
  readonly kind: HostHealth;
}

/** A refused, silent or untrusted host is away; what answers with trouble is not. */
function chooseHealth({ host, kind }: CallHealth, error: RetryableError): HostHealth {
  return error.absence === undefined ? kind : host;
}

/**
 * Runs `call` until it answers, throws something other than RetryableError, or policy and deadline are used up.
 * A wait that would pass the deadline is not begun: the last error is thrown at once. Throws UnavailableError when that
 * shows that the host is away, and at once while it is known to be.
 */
export async function callWithRetries<T>(
  context: RetryContext,
  call: (attempt: number) => Promise<T>,
): Promise<T> {
  const { policy, clock, observer, gate, signal, health, isProbe = false } = context;
  const startedMs = clock.now();
  const deadlineAtMs = startedMs + (policy.patienceMs ?? policy.deadlineMs);
  const before = { host: health.host.answers, kind: health.kind.answers };
  const isOnlyTry = isProbe || [health.host.enter(), health.kind.enter()].includes(true);
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    await passGate(context, deadlineAtMs);
    try {
      return await call(attempt);
    } catch (error) {
      if (!(error instanceof RetryableError) || signal?.aborted) throw error;
      if (error.absence === 'silent') health.host.silent();
      const waitMs = decideRetry(policy, {
        attempt,
        error,
        elapsedMs: clock.now() - startedMs,
        hasAnswered: health.host.answers > before.host,
        random: clock.random(),
      });
      // The limit is not this call's alone: whatever else is sent meanwhile is refused too, and may prolong it.
      if (error.status === 429 && waitMs !== undefined) gate.closeUntil(clock.now() + waitMs);
      if (isOnlyTry || waitMs === undefined || clock.now() + waitMs > deadlineAtMs) {
        const found = chooseHealth(health, error);
        const answersBefore = found === health.host ? before.host : before.kind;
        // A limit is no trouble: the gate has it.
        if (error.status !== 429) found.givenUp(answersBefore, error.message);
        // In the words of the call that found it out, so that one cause is told as one.
        const outage = error.absence === undefined ? undefined : health.host.outage;
        throw outage === undefined ? error : new UnavailableError(outage.reason, { cause: error });
      }
      observer.onRetry(context.kind, toMessage(error), waitMs);
      await clock.sleep(waitMs, signal);
    }
  }
}

/** Waits while the service has asked all calls to pause. That uses up no try, but may not pass the deadline. */
async function passGate(context: RetryContext, deadlineAtMs: number): Promise<void> {
  const { kind, clock, observer, gate, signal } = context;
  const opensAt = gate.opensAt();
  const waitMs = opensAt - clock.now();
  if (waitMs <= 0) return;
  if (opensAt > deadlineAtMs) {
    const message = `not sent: the service limits requests, and asked to wait for another ${Math.ceil(waitMs / 1000)} s`;
    throw new RetryableError(message, { status: 429, retryAfterMs: waitMs });
  }
  observer.onPause?.(kind, waitMs);
  await gate.whenOpen(signal);
}
