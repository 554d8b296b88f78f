import type { CacheResponse } from '../../cache-server/message.ts';
import { toJsonResponse } from '../../cache-server/response.ts';
import type { ServiceError, ServiceErrorCode } from '../../cache-server/service.ts';

/** The codes of the distribution specification. */
type OciErrorCode =
  | 'BLOB_UNKNOWN'
  | 'BLOB_UPLOAD_INVALID'
  | 'BLOB_UPLOAD_UNKNOWN'
  | 'DENIED'
  | 'DIGEST_INVALID'
  | 'MANIFEST_BLOB_UNKNOWN'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_UNKNOWN'
  | 'NAME_INVALID'
  | 'SIZE_INVALID'
  | 'TOOMANYREQUESTS'
  | 'UNAUTHORIZED'
  | 'UNSUPPORTED';

/** A refusal as a registry words it. */
export class OciError extends Error {
  readonly code: OciErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: OciErrorCode,
    message: string,
    options: ErrorOptions & {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message, options);
    this.name = 'OciError';
    this.code = code;
    this.status = options.status ?? toStatus(code);
    this.headers = options.headers ?? {};
  }
}

export function toOciErrorResponse({ code, message, status, headers }: OciError): CacheResponse {
  return toJsonResponse(status, { errors: [{ code, message }] }, headers);
}

/**
 * What the store refused. Nothing becomes 429 or 5xx but our own faults: containerd sends those again, and a build
 * without cache is quicker.
 */
export function toOciError(error: ServiceError): OciError {
  const { status, code } = serviceCodes[error.code];
  return new OciError(code, error.message, { cause: error, status });
}

const invalid = { status: 400, code: 'BLOB_UPLOAD_INVALID' } as const;
const denied = { status: 403, code: 'DENIED' } as const;

const serviceCodes: Readonly<
  Record<ServiceErrorCode, { readonly status: number; readonly code: OciErrorCode }>
> = {
  invalid_argument: invalid,
  invalid_block_list: invalid,
  invalid_block: invalid,
  already_exists: invalid,
  unauthenticated: { status: 401, code: 'UNAUTHORIZED' },
  read_denied: denied,
  write_denied: denied,
  permission_denied: denied,
  not_found: { status: 404, code: 'BLOB_UNKNOWN' },
  resource_exhausted: { status: 429, code: 'TOOMANYREQUESTS' },
  unavailable: { status: 503, code: 'BLOB_UNKNOWN' },
};

function toStatus(code: OciErrorCode): number {
  switch (code) {
    case 'UNAUTHORIZED':
      return 401;
    case 'DENIED':
      return 403;
    case 'BLOB_UNKNOWN':
    case 'BLOB_UPLOAD_UNKNOWN':
    case 'MANIFEST_UNKNOWN':
      return 404;
    case 'TOOMANYREQUESTS':
      return 429;
    case 'UNSUPPORTED':
      return 405;
    case 'BLOB_UPLOAD_INVALID':
    case 'DIGEST_INVALID':
    case 'MANIFEST_BLOB_UNKNOWN':
    case 'MANIFEST_INVALID':
    case 'NAME_INVALID':
    case 'SIZE_INVALID':
      return 400;
  }
}
