import { randomUUID } from 'node:crypto';
import { type BlobErrorCode, renderBlobError } from '../cache-protocol/blob-xml.ts';
import { renderApiError } from '../cache-protocol/github-rest.ts';
import { renderV1Error } from '../cache-protocol/rest-v1.ts';
import { renderTwirpError } from '../cache-protocol/twirp.ts';
import type { JsonRecord } from '../json.ts';
import type { Dialect } from './call.ts';
import type { CacheResponse } from './message.ts';
import type { ServiceError, ServiceErrorCode } from './service.ts';

export function toJsonResponse(
  status: number,
  body: JsonRecord,
  headers: Readonly<Record<string, string>> = {},
): CacheResponse {
  const bytes = Buffer.from(JSON.stringify(body));
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length), ...headers },
    body: bytes,
  };
}

export function toEmptyResponse(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): CacheResponse {
  // HTTP forbids a length on 204.
  const length: Record<string, string> = status === 204 ? {} : { 'Content-Length': '0' };
  return { status, headers: { ...length, ...headers }, body: undefined };
}

/**
 * What every blob answer carries. go-actions-cache dereferences `x-ms-request-id` without a check: an answer without it
 * kills buildkitd.
 */
export function toBlobHeaders(version: string | undefined): Record<string, string> {
  return { 'x-ms-request-id': randomUUID(), 'x-ms-version': version ?? '2025-11-05' };
}

interface Failure {
  readonly status: number;
  readonly message: string;
  readonly retryAfterSeconds?: number | undefined;
  /** Azure's or Twirp's own name where the status does not tell it. */
  readonly blobCode?: BlobErrorCode;
  readonly twirpCode?: string;
}

/** A refusal in the shape that clients of that dialect read. */
export function toFailureResponse(dialect: Dialect, failure: Failure, blobVersion?: string): CacheResponse {
  const { status, message, retryAfterSeconds } = failure;
  const retryAfter: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterSeconds)) };
  switch (dialect) {
    case 'twirp':
      return toJsonResponse(
        status,
        renderTwirpError({ code: failure.twirpCode ?? toTwirpCode(status), message }),
        retryAfter,
      );
    case 'api':
      return toJsonResponse(status, renderApiError(status, message), retryAfter);
    case 'v1':
      return toJsonResponse(status, renderV1Error({ message, typeKey: toV1TypeKey(status) }), retryAfter);
    case 'blob': {
      const code = failure.blobCode ?? toBlobCode(status);
      const bytes = Buffer.from(renderBlobError(code, message));
      const headers = {
        ...toBlobHeaders(blobVersion),
        'x-ms-error-code': code,
        'Content-Type': 'application/xml',
        'Content-Length': String(bytes.length),
        ...retryAfter,
      };
      return { status, headers, body: bytes };
    }
  }
}

/** What a service refused, with the status that GitHub (or Azure) gives it. */
export function toFailure(dialect: Dialect, error: ServiceError): Failure {
  const { message, retryAfterSeconds } = error;
  const blobCode = toBlobServiceCode(error.code);
  return {
    status: dialect === 'blob' ? toBlobStatus(error.code) : toStatus(error.code),
    message,
    retryAfterSeconds,
    ...(blobCode === undefined ? {} : { blobCode }),
  };
}

function toStatus(code: ServiceErrorCode): number {
  switch (code) {
    case 'invalid_argument':
    case 'invalid_block_list':
    case 'invalid_block':
      return 400;
    case 'unauthenticated':
      return 401;
    case 'read_denied':
    case 'write_denied':
    case 'permission_denied':
      return 403;
    case 'not_found':
      return 404;
    case 'already_exists':
      return 409;
    case 'resource_exhausted':
      return 429;
    case 'unavailable':
      return 503;
  }
}

/** Azure knows neither 401 for a bad signature nor 429: it is busy. */
function toBlobStatus(code: ServiceErrorCode): number {
  if (code === 'unauthenticated') return 403;
  return code === 'resource_exhausted' ? 503 : toStatus(code);
}

function toBlobServiceCode(code: ServiceErrorCode): BlobErrorCode | undefined {
  switch (code) {
    case 'unauthenticated':
      return 'AuthenticationFailed';
    case 'read_denied':
    case 'write_denied':
    case 'permission_denied':
      return 'AuthorizationPermissionMismatch';
    case 'invalid_block_list':
      return 'InvalidBlockList';
    case 'invalid_block':
      return 'InvalidBlobOrBlock';
    default:
      return undefined;
  }
}

function toTwirpCode(status: number): string {
  switch (status) {
    case 400:
      return 'invalid_argument';
    case 401:
      return 'unauthenticated';
    case 403:
      return 'permission_denied';
    case 404:
      return 'not_found';
    case 409:
      return 'already_exists';
    case 429:
      return 'resource_exhausted';
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return status < 500 ? 'invalid_argument' : 'internal';
  }
}

function toV1TypeKey(status: number): string {
  switch (status) {
    case 401:
      return 'UnauthorizedRequestException';
    case 403:
      return 'ArtifactCacheAccessDeniedException';
    case 404:
      return 'ArtifactCacheItemNotFoundException';
    case 409:
      return 'ArtifactCacheItemAlreadyExistsException';
    case 429:
      return 'RequestBlockedException';
    case 503:
      return 'ServiceUnavailableException';
    default:
      return status < 500 ? 'InvalidRequestException' : 'VssServiceException';
  }
}

function toBlobCode(status: number): BlobErrorCode {
  switch (status) {
    case 403:
      return 'AuthenticationFailed';
    case 404:
      return 'BlobNotFound';
    case 405:
      return 'UnsupportedHttpVerb';
    case 413:
      return 'RequestBodyTooLarge';
    case 416:
      return 'InvalidRange';
    case 429:
    case 503:
      return 'ServerBusy';
    default:
      return status < 500 ? 'InvalidInput' : 'InternalError';
  }
}
