import {
  parseV1Entry,
  parseV1Error,
  parseV1ReserveResponse,
  toV1Request,
  V1_ACCEPT,
  type V1Call,
} from '../cache-protocol/rest-v1.ts';
import { type JsonRecord, parseJson } from '../json.ts';
import { toRefusal } from './dialect-v2.ts';
import type { CreateResult, FinalizeResult, LookupResult } from './results.ts';
import { RetryableError } from './retry.ts';
import { describeAnswer, type Session, type TextAnswer } from './session.ts';
import type { HttpRequest } from './transport.ts';

export function toV1Headers(session: Session): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${session.token}`, accept: V1_ACCEPT };
}

export function toV1JsonRequest(
  session: Session,
  call: V1Call,
  message: JsonRecord | undefined,
  signal: AbortSignal,
): HttpRequest {
  const headers = toV1Headers(session);
  const request = { ...toV1Request(session.baseUrl, call), signal };
  if (message === undefined) return { ...request, headers };
  return {
    ...request,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(message),
  };
}

export function readV1Lookup(answer: TextAnswer): LookupResult {
  if (answer.status === 204) return { kind: 'miss' };
  if (answer.status !== 200) return toRefusal(answer);
  if (answer.text.trim() === '') return { kind: 'miss' };
  const body = parseJson(answer.text);
  if (body === undefined) {
    throw new RetryableError(`answer not understood: ${describeAnswer(answer)}`, { status: answer.status });
  }
  const entry = parseV1Entry(body);
  if (!entry?.archiveLocation) return { kind: 'miss' };
  return { kind: 'hit', url: entry.archiveLocation, matchedKey: entry.cacheKey };
}

export function readV1Create(
  answer: TextAnswer,
  key: string,
  version: string,
  ambiguous: boolean,
): CreateResult {
  if (answer.status === 201 || answer.status === 200) {
    const cacheId = parseV1ReserveResponse(parseJson(answer.text));
    if (cacheId !== undefined) return { kind: 'created', ticket: { protocol: 1, cacheId, key, version } };
    throw new RetryableError(`answer not understood: ${describeAnswer(answer)}`, { status: answer.status });
  }
  const error = parseV1Error(answer.text);
  const saysExists = error?.typeKey.includes('AlreadyExists') || /already exists/i.test(error?.message ?? '');
  if (answer.status === 409 || saysExists)
    return { kind: 'exists', message: describeAnswer(answer), ambiguous };
  return toRefusal(answer);
}

export function readV1Finalize(answer: TextAnswer): FinalizeResult {
  if (answer.status >= 200 && answer.status < 300) return { kind: 'finalized' };
  if (answer.status === 404) return { kind: 'not-found', message: describeAnswer(answer) };
  return toRefusal(answer);
}
