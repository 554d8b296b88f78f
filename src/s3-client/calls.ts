import type { IncomingHttpHeaders } from 'node:http';
import type { ClientCallKind } from '../cache-client/observer.ts';
import type { Denied, Failed, Unauthenticated } from '../cache-client/results.ts';
import { RetryableError } from '../cache-client/retry.ts';
import { type CallOptions, callForText, type HeadedAnswer, type Session } from '../cache-client/session.ts';
import type { HttpRequest } from '../cache-client/transport.ts';
import type { UploadSource } from '../cache-client/upload-source.ts';
import { toMessage } from '../errors.ts';
import { encodePath, type S3Bucket } from './bucket.ts';
import { CredentialsError } from './credentials.ts';
import type { Signer } from './signer.ts';
import { parseFault } from './xml.ts';

export interface S3Session {
  readonly session: Session;
  readonly bucket: S3Bucket;
  /** Without a slash at its end. */
  readonly bucketUrl: string;
  readonly signer: Signer;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** undefined: of the bucket itself. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes `start` to `end`, inclusive, in place of a body. */
  readonly bytes?: { readonly source: UploadSource; readonly start: number; readonly end: number };
}

export interface S3Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

/** The answer is a refusal: no further try will change it. */
export class S3RefusedError extends Error {
  readonly answer: S3Answer;
  readonly code: string | undefined;

  constructor(answer: S3Answer, bucket: S3Bucket) {
    super(describeRefusal(answer, bucket));
    this.name = 'S3RefusedError';
    this.answer = answer;
    this.code = parseFault(answer.text)?.code;
  }
}

/** One request with its tries; the answer is one of those that `isExpected` takes, or a success. Throws S3RefusedError. */
export async function callS3(
  s3: S3Session,
  kind: ClientCallKind,
  request: S3Request,
  options: CallOptions,
  expected: readonly number[] = [],
): Promise<S3Answer> {
  const url = toUrl(s3, request.key);
  return await callForText(
    s3.session,
    kind,
    url,
    options,
    async (signal) => {
      const { method, query = {}, headers = {}, body = '', bytes } = request;
      const ready = await s3.signer.sign({
        ...{ method, url, query, headers },
        ...(bytes === undefined ? { body } : {}),
      });
      return { method, url: ready.url, headers: ready.headers, signal, ...toContent(request) };
    },
    (answer) => interpret(answer, expected, s3.bucket),
  );
}

function toContent({ method, body, bytes }: S3Request): Pick<HttpRequest, 'body' | 'contentLength'> {
  if (bytes === undefined) return method === 'PUT' || method === 'POST' ? { body: body ?? '' } : {};
  const { source, start, end } = bytes;
  // A new stream for each try: the one of a broken try is half read.
  return { body: source.read(start, end), contentLength: end - start + 1 };
}

export function toUrl({ bucketUrl }: S3Session, key: string | undefined): string {
  return key === undefined ? `${bucketUrl}/` : `${bucketUrl}/${encodePath(key)}`;
}

/** Codes that a moment later may be a success, with a status that does not say so. */
const passing: ReadonlySet<string> = new Set([
  'RequestTimeout',
  'SlowDown',
  'InternalError',
  'OperationAborted',
  'ConditionalRequestConflict',
]);

function interpret(answer: HeadedAnswer, expected: readonly number[], bucket: S3Bucket): S3Answer {
  const { status, text } = answer;
  const fault = parseFault(text);
  if (fault !== undefined && passing.has(fault.code))
    throw new RetryableError(`${status} ${fault.code}`, { status });
  if (expected.includes(status)) return answer;
  // A success may turn out to be none after its first line was sent.
  if (status >= 200 && status < 300 && fault === undefined) return answer;
  throw new S3RefusedError(answer, bucket);
}

function describeRefusal({ status, text, headers }: S3Answer, { bucket, region }: S3Bucket): string {
  const elsewhere = headers['x-amz-bucket-region'];
  if (typeof elsewhere === 'string' && elsewhere !== region)
    return `${status}: the bucket ${bucket} is in the region ${elsewhere}, not in ${region}`;
  const fault = parseFault(text);
  if (fault === undefined) return `${status} for the bucket ${bucket}`;
  // Of a wrong signature the message holds nothing secret, but nothing of use either.
  const words = fault.message.replace(/\s+/g, ' ').slice(0, 200);
  return `${status} ${fault.code} for the bucket ${bucket}${words === '' ? '' : `: ${words}`}`;
}

/** The second one is what versitygw says of a key that nobody has. */
const notAccepted =
  /^(?:InvalidAccessKeyId|XAdminUserNotFound|SignatureDoesNotMatch|ExpiredToken|InvalidToken|TokenRefreshRequired)$/;

/** The result for whatever a call threw. */
export function toRefusal(error: unknown): Denied | Unauthenticated | Failed {
  const message = toMessage(error);
  if (error instanceof CredentialsError) return { kind: 'unauthenticated', message };
  if (error instanceof S3RefusedError) {
    const { status } = error.answer;
    if (status === 401 || notAccepted.test(error.code ?? '')) return { kind: 'unauthenticated', message };
    return status === 403 ? { kind: 'denied', message } : { kind: 'failed', message, status };
  }
  const status = error instanceof RetryableError ? error.status : undefined;
  return { kind: 'failed', message, status };
}
