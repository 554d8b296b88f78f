import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { encodeWord } from './bucket.ts';
import type { ReadCredentials } from './credentials.ts';

export interface UnsignedRequest {
  readonly method: string;
  /** Its path is escaped. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Its hash is signed; undefined: what is sent is a stream, or nothing. */
  readonly body?: string | Uint8Array;
}

type SignedRequest = Parameters<SignatureV4['presign']>[0];

/** The same request with its signature. */
interface ReadyRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Signer {
  /** Throws what the credentials throw. */
  sign(request: UnsignedRequest): Promise<ReadyRequest>;
  /** A URL that anybody may GET until it expires. */
  presign(url: string): Promise<string>;
}

/** A transfer renews it when it is refused. */
const lifetimeSeconds = 3600;
const unsignableHeaders = new Set(['if-none-match', 'content-type']);
const unsigned = 'UNSIGNED-PAYLOAD';

/** Signature Version 4 for S3, by the signer of the AWS SDK. */
export function createSigner(region: string, credentials: ReadCredentials): Signer {
  const signer = new SignatureV4({
    ...{ service: 's3', region, credentials, sha256: Sha256, uriEscapePath: false, applyChecksum: false },
  });
  return {
    sign: async ({ method, url, query, headers, body }) => {
      const hash = body === undefined ? unsigned : createHash('sha256').update(body).digest('hex');
      const request = toRequest(method, url, query, { ...headers, 'x-amz-content-sha256': hash });
      // S3 wants the host and its own headers signed; proxies may change others.
      const signed = await signer.sign(request, { unsignableHeaders });
      // Node sets it by itself.
      const { host: _host, ...sent } = signed.headers;
      return { url: toUrl(url, query), headers: sent };
    },
    presign: async (url) => {
      const request = toRequest('GET', url, {}, { 'x-amz-content-sha256': unsigned });
      const { query = {} } = await signer.presign(request, { expiresIn: lifetimeSeconds });
      const words = Object.entries(query).map(([name, value]) => [name, String(value ?? '')] as const);
      return toUrl(url, Object.fromEntries(words));
    },
  };
}

function toRequest(
  method: string,
  url: string,
  query: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): SignedRequest {
  const { protocol, hostname, port, pathname, host } = new URL(url);
  return {
    ...{ method, protocol, hostname, path: pathname, query: { ...query }, headers: { host, ...headers } },
    ...(port === '' ? {} : { port: Number(port) }),
  };
}

function toUrl(url: string, query: Readonly<Record<string, string>>): string {
  const words = Object.entries(query).map(([name, value]) => `${encodeWord(name)}=${encodeWord(value)}`);
  return words.length === 0 ? url : `${url}?${words.join('&')}`;
}

/** Node's SHA-256 as the signer wants it. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(chunk));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('each hash is used once');
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
