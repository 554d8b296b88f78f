import { parseV1Error } from '../cache-protocol/rest-v1.ts';
import { parseTwirpError } from '../cache-protocol/twirp.ts';
import { toMessage } from '../errors.ts';
import type { Clock } from './clock.ts';
import type { CallKind, CallObserver } from './observer.ts';
import type { RequestGate } from './request-gate.ts';
import type { Failed } from './results.ts';
import {
  callWithRetries,
  isRetryableStatus,
  parseRetryAfter,
  RetryableError,
  type RetryPolicy,
} from './retry.ts';
import { type HttpRequest, type HttpResponse, readText, type Transport } from './transport.ts';

/** What all calls of one client share. */
export interface Session {
  readonly baseUrl: string;
  readonly token: string;
  readonly transport: Transport;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly observer: CallObserver;
  /** Closed for all calls while the service asks for a pause. */
  readonly gate: RequestGate;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** In place of the client's own, for calls that somebody waits for. */
  readonly policy?: RetryPolicy;
}

/** An answer that no further try will change. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.status = status;
  }
}

export interface TextAnswer {
  readonly status: number;
  readonly text: string;
}

/** One request, its whole answer as text, retried where that may help. `interpret` may throw RetryableError too. */
export async function callForText<T>(
  session: Session,
  kind: CallKind,
  options: CallOptions,
  toRequest: (signal: AbortSignal) => HttpRequest,
  interpret: (answer: TextAnswer) => T,
  onFailure?: (error: RetryableError) => void,
): Promise<T> {
  const { clock, observer, gate, transport } = session;
  const policy = options.policy ?? session.policy;
  const signal = withDeadline(options.signal, policy.deadlineMs);
  return await callWithRetries({ kind, policy, clock, observer, gate, signal }, async () => {
    try {
      observer.onCall(kind);
      const response = await transport.send(toRequest(signal));
      const text = await readText(response);
      if (isRetryableStatus(response.status)) throw toRetryable(response, text, clock.now());
      return interpret({ status: response.status, text });
    } catch (error) {
      if (error instanceof RetryableError) onFailure?.(error);
      throw error;
    }
  });
}

export function toRetryable(response: HttpResponse, text: string, nowMs: number): RetryableError {
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], nowMs);
  return new RetryableError(describeAnswer({ status: response.status, text }), {
    status: response.status,
    retryAfterMs,
  });
}

/** Fires with `signal` or after the deadline, in real time, so that a hung connection cannot hold a call for ever. */
export function withDeadline(signal: AbortSignal | undefined, deadlineMs: number): AbortSignal {
  const deadline = AbortSignal.timeout(deadlineMs);
  return signal ? AbortSignal.any([signal, deadline]) : deadline;
}

/** Status and the service's own words, whatever shape they have; for messages. */
export function describeAnswer({ status, text }: TextAnswer): string {
  const twirp = parseTwirpError(text);
  if (twirp) return `${status} ${twirp.code}${twirp.message ? `: ${twirp.message}` : ''}`;
  const v1 = parseV1Error(text);
  if (v1) return `${status} ${v1.message || v1.typeKey}`;
  const azure = /<Code>([^<]{1,80})<\/Code>/.exec(text)?.[1];
  if (azure) return `${status} ${azure}`;
  const words = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120);
  return words === '' ? String(status) : `${status} ${words}`;
}

/** The result for whatever a call threw. */
export function toFailed(error: unknown): Failed {
  const status = error instanceof RetryableError || error instanceof RefusedError ? error.status : undefined;
  return { kind: 'failed', message: toMessage(error), status };
}
