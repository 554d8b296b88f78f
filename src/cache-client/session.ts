import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../async/clock.ts';
import { parseV1Error } from '../cache-protocol/rest-v1.ts';
import { parseTwirpError } from '../cache-protocol/twirp.ts';
import { toMessage } from '../errors.ts';
import type { ServiceHealth } from './health.ts';
import type { CallObserver, ClientCallKind } from './observer.ts';
import type { RequestGate } from './request-gate.ts';
import type { Failed } from './results.ts';
import {
  type CallHealth,
  callWithRetries,
  isRetryableStatus,
  parseRetryAfter,
  RetryableError,
  type RetryPolicy,
} from './retry.ts';
import { type HttpRequest, type HttpResponse, readBodyText, type Transport } from './transport.ts';

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
  /** What all calls know of the hosts. */
  readonly health: ServiceHealth;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** In place of the client's own, for calls that somebody waits for. */
  readonly policy?: RetryPolicy;
  /** Only asks whether the service is there: one try, also when it is known to be away. */
  readonly isProbe?: boolean;
}

/**
 * How long an answer may take. A build waits for look-ups and downloads; who stores an entry may have a lot to do, and
 * nobody waits for it but the drain, which asks by itself whether the service is still there.
 */
const answerMs: Readonly<Record<ClientCallKind, number>> = {
  lookup: 7000,
  download: 7000,
  create: 20_000,
  finalize: 60_000,
  upload: 60_000,
};
/** From a host that did not answer the last time. */
const suspectAnswerMs = 3000;

export function chooseAnswerMs(session: Session, kind: ClientCallKind, url: string, isProbe = false): number {
  const isShort = isProbe || session.health.host(url).isSuspect;
  return isShort ? Math.min(suspectAnswerMs, answerMs[kind]) : answerMs[kind];
}

export function toCallHealth({ health }: Session, kind: ClientCallKind, url: string): CallHealth {
  return { host: health.host(url), kind: health.kind(url, kind) };
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

/** With the headers of the answer, names in lower case. */
export interface HeadedAnswer extends TextAnswer {
  readonly headers: IncomingHttpHeaders;
}

/** One request, its whole answer as text, retried where that may help. `interpret` may throw RetryableError too. */
export async function callForText<T>(
  session: Session,
  kind: ClientCallKind,
  /** Of the host that is asked. */
  url: string,
  options: CallOptions,
  toRequest: (signal: AbortSignal) => HttpRequest | Promise<HttpRequest>,
  interpret: (answer: HeadedAnswer) => T,
  onFailure?: (error: RetryableError) => void,
): Promise<T> {
  const { clock, observer, gate, transport, health } = session;
  const policy = options.policy ?? session.policy;
  const { isProbe } = options;
  const signal = withDeadline(options.signal, policy.deadlineMs);
  const callHealth = toCallHealth(session, kind, url);
  const context = { kind, policy, clock, observer, gate, signal, health: callHealth };
  return await callWithRetries({ ...context, ...(isProbe ? { isProbe } : {}) }, async () => {
    try {
      const request = await toRequest(signal);
      observer.onCall(kind);
      const timeoutMs = chooseAnswerMs(session, kind, url, isProbe);
      const response = await transport.send({ ...request, answerMs: timeoutMs });
      const text = await readBodyText(response, { timeoutMs });
      health.heard(url);
      if (isRetryableStatus(response.status)) throw toRetryable(response, text, clock.now());
      const answer = interpret({ status: response.status, text, headers: response.headers });
      callHealth.kind.answered();
      return answer;
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
