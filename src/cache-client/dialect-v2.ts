import {
  parseCreateResponse,
  parseFinalizeResponse,
  parseLookupResponse,
  parseTwirpError,
  type TwirpMethod,
  toTwirpPath,
} from '../cache-protocol/twirp.ts';
import type { JsonRecord } from '../json.ts';
import { parseJson } from '../json.ts';
import type {
  CreateResult,
  Denied,
  Failed,
  FinalizeResult,
  LookupResult,
  Unauthenticated,
} from './results.ts';
import { RetryableError } from './retry.ts';
import { describeAnswer, type Session, type TextAnswer } from './session.ts';
import type { HttpRequest } from './transport.ts';

/** A Twirp call. The path of the base is kept, as go-actions-cache does it. */
export function toTwirpRequest(
  session: Session,
  method: TwirpMethod,
  message: JsonRecord,
  signal: AbortSignal,
): HttpRequest {
  return {
    method: 'POST',
    url: `${session.baseUrl.replace(/\/+$/, '')}${toTwirpPath(method)}`,
    headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(message),
    signal,
  };
}

export function readLookup(answer: TextAnswer): LookupResult {
  if (answer.status !== 200) return toRefusal(answer);
  const message = parseLookupResponse(parseAnswer(answer));
  if (!message) throw notUnderstood(answer);
  if (!message.ok || message.signedDownloadUrl === '') return { kind: 'miss' };
  return { kind: 'hit', url: message.signedDownloadUrl, matchedKey: message.matchedKey };
}

export function readCreate(
  answer: TextAnswer,
  key: string,
  version: string,
  ambiguous: boolean,
): CreateResult {
  if (answer.status !== 200) {
    const exists = answer.status === 409 || parseTwirpError(answer.text)?.code === 'already_exists';
    return exists ? { kind: 'exists', message: describeAnswer(answer), ambiguous } : toRefusal(answer);
  }
  const message = parseCreateResponse(parseAnswer(answer));
  if (!message) throw notUnderstood(answer);
  if (message.ok && message.signedUploadUrl !== '') {
    return { kind: 'created', ticket: { protocol: 2, url: message.signedUploadUrl, key, version } };
  }
  // GitHub gives its reason; Gitea and falcondev say a bare `ok: false` for a key that exists or is being written.
  if (message.message === '' || /already exists/i.test(message.message)) {
    return {
      kind: 'exists',
      message: message.message || 'the service refused the key and gave no reason',
      ambiguous,
    };
  }
  return { kind: 'denied', message: message.message };
}

export function readFinalize(answer: TextAnswer): FinalizeResult {
  if (answer.status === 404) return { kind: 'not-found', message: describeAnswer(answer) };
  if (answer.status !== 200) return toRefusal(answer);
  const message = parseFinalizeResponse(parseAnswer(answer));
  if (!message) throw notUnderstood(answer);
  return message.ok
    ? { kind: 'finalized' }
    : { kind: 'failed', message: message.message || 'finalize refused without a reason', status: 200 };
}

function parseAnswer(answer: TextAnswer): unknown {
  const body = parseJson(answer.text);
  // A proxy or a service in trouble may answer 200 with a page: as good as no answer.
  if (body === undefined) throw notUnderstood(answer);
  return body;
}

function notUnderstood(answer: TextAnswer): RetryableError {
  return new RetryableError(`answer not understood: ${describeAnswer(answer)}`, { status: answer.status });
}

/** What a status that no message explains means, in v1 as in v2. */
export function toRefusal(answer: TextAnswer): Denied | Unauthenticated | Failed {
  const message = describeAnswer(answer);
  if (answer.status === 401) return { kind: 'unauthenticated', message };
  if (answer.status === 403) return { kind: 'denied', message };
  return { kind: 'failed', message, status: answer.status };
}
