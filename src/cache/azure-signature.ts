import { createHmac, timingSafeEqual } from 'node:crypto';

/** What of a request Azure's Shared Key scheme signs. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as they stand in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const standard = [
  ...['content-encoding', 'content-language', 'content-length', 'content-md5', 'content-type', 'date'],
  ...['if-modified-since', 'if-match', 'if-none-match', 'if-unmodified-since', 'range'],
];

/**
 * The `Authorization` header (learn.microsoft.com, "Authorize with Shared Key"; the version since 2015-02-21, which signs
 * an empty Content-Length where it is 0). Pure.
 *
 * @param key in base64, as Azure gives it
 */
export function signRequest(request: SignedRequest, account: string, key: string): string {
  const text = toStringToSign(request, account);
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64');
  return `SharedKey ${account}:${signature}`;
}

/** Whether the request was signed with this key. */
export function isSignedWith(request: SignedRequest, account: string, key: string): boolean {
  const given = Buffer.from(String(request.headers['authorization'] ?? ''));
  const expected = Buffer.from(signRequest(request, account, key));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function toStringToSign({ method, target, headers }: SignedRequest, account: string): string {
  const values = standard.map((name) => {
    const value = String(headers[name] ?? '');
    return name === 'content-length' && value === '0' ? '' : value;
  });
  // x-ms-date stands for it.
  if (headers['x-ms-date'] !== undefined) values[standard.indexOf('date')] = '';
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-'))
    .sort()
    .map((name) => `${name}:${String(headers[name]).trim()}\n`);
  return `${[method, ...values].join('\n')}\n${own.join('')}${toResource(target, account)}`;
}

function toResource(target: string, account: string): string {
  const question = target.indexOf('?');
  const path = question === -1 ? target : target.slice(0, question);
  const query = new URLSearchParams(question === -1 ? '' : target.slice(question + 1));
  const names = [...new Set([...query.keys()])].sort();
  const parameters = names.map((name) => `\n${name.toLowerCase()}:${query.getAll(name).sort().join(',')}`);
  return `/${account}${path}${parameters.join('')}`;
}
