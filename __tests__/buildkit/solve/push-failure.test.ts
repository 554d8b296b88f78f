import { describe, expect, it } from '@jest/globals';
import { classifyBuildFailure, toBuildError } from '../../../src/buildkit/solve/build-failure.ts';
import { classifyPushFailure } from '../../../src/buildkit/solve/push-failure.ts';
import { cacheFaults, replayTrace } from '../../helpers/trace.ts';

const name = 'ghcr.io/acme/app:1';
const url = 'https://ghcr.io/v2/acme/app/blobs/uploads/';
const classify = (words: string, output: readonly string[] = []) =>
  classifyPushFailure({ reason: `failed to push ${name}: ${words}`, output });
const isPassing = (words: string): boolean => classify(words).kind === 'passing';

describe('a status of the registry', () => {
  const all = Array.from({ length: 500 }, (_, index) => index + 100);
  const passing = new Set([408, 429, ...all.filter((code) => code >= 500 && code !== 501 && code !== 505)]);

  it.each([
    ['containerd 2', (code: number) => `unexpected status from PUT request to ${url}: ${code} Some Words`],
    ['of an upload', (code: number) => `unexpected status from POST request to ${url}?a=b&c=d: ${code}`],
    ['containerd 1', (code: number) => `unexpected status: ${code} Some Words`],
    [
      'of the token server',
      (code: number) =>
        `failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://auth.docker.io/token: ${code} Some Words: i/o timeout`,
    ],
  ])('%s: decides alone', (_, say) => {
    for (const code of all)
      expect({ code, isPassing: isPassing(say(code)) }).toEqual({ code, isPassing: passing.has(code) });
  });
});

describe('without a status', () => {
  const put = (words: string) => `failed to do request: Put "${url}a?digest=sha256%3A1": ${words}`;

  it.each([
    put('EOF'),
    put('unexpected EOF'),
    put('read tcp 10.1.0.4:49152->140.82.114.33:443: read: connection reset by peer'),
    put('write tcp 10.1.0.4:49152->140.82.114.33:443: write: connection reset by peer'),
    put('write tcp 10.1.0.4:49152->140.82.114.33:443: write: broken pipe'),
    put('dial tcp 127.0.0.1:9: connect: connection refused'),
    put('dial tcp 10.0.0.1:443: connect: connection timed out'),
    put('dial tcp 10.0.0.1:443: connect: no route to host'),
    put('dial tcp [2606:50c0:8000::154]:443: connect: network is unreachable'),
    put('dial tcp 10.0.0.1:443: i/o timeout'),
    put('read tcp 10.1.0.4:49152->140.82.114.33:443: i/o timeout'),
    put('dial tcp: lookup ghcr.io on 127.0.0.53:53: read udp 127.0.0.1:4->127.0.0.53:53: i/o timeout'),
    put('dial tcp: lookup ghcr.io on 127.0.0.53:53: no such host'),
    put('dial tcp: lookup ghcr.io: no such host'),
    put('dial tcp: lookup ghcr.io on 127.0.0.53:53: server misbehaving'),
    put('dial tcp: lookup ghcr.io: Temporary failure in name resolution'),
    put('net/http: TLS handshake timeout'),
    put('net/http: timeout awaiting response headers'),
    put('http: server closed idle connection'),
    put('http2: client connection lost'),
    put('http2: timeout awaiting response headers'),
    put('http2: server sent GOAWAY and closed the connection; LastStreamID=3, ErrCode=NO_ERROR, debug=""'),
    put('stream error: stream ID 5; INTERNAL_ERROR; received from peer'),
    put('use of closed network connection'),
    put('context deadline exceeded (Client.Timeout exceeded while awaiting headers)'),
    'failed to copy: io: read/write on closed pipe',
    `failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token?scope=x": EOF`,
  ])('may get through later: %s', (words) => {
    expect(isPassing(words)).toBe(true);
  });

  it.each([
    'push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    'failed to authorize: failed to fetch oauth token: denied: requested access to the resource is denied',
    'content at https://ghcr.io/v2/acme/app/manifests/sha256:1 not found: not found',
    put('tls: failed to verify certificate: x509: certificate signed by unknown authority'),
    put('http: server gave HTTP response to HTTPS client'),
    put('remote error: tls: handshake failure'),
    put('context canceled'),
    'error getting credentials - err: exit status 1, out: `EOF and more`',
    'no push hosts: not found',
    'unexpected size 3, expected 4',
    'server message: connection reset by peer is what we like to say',
    '',
  ])('stays as it is: %s', (words) => {
    expect(isPassing(words)).toBe(false);
  });

  it.each([
    'failed to copy: connection reset by peer',
    'process "/bin/sh -c echo failed to push" did not complete: EOF',
    'EOF',
    'no reason given',
  ])('is nothing of a push: %s', (reason) => {
    expect(classifyPushFailure({ reason, output: [] }).kind).toBe('final');
  });

  it('the words of a registry on lines of their own decide nothing', () => {
    const refused = `unexpected status from PUT request to ${url}: 403 Forbidden`;
    expect(isPassing(`${refused}\nunknown: unexpected status from PUT request to x: 503\nEOF: EOF`)).toBe(
      false,
    );
    expect(isPassing('denied: no\nEOF: EOF')).toBe(false);
  });
});

// As BuildKit v0.33.1 said it of a registry on loopback: with a reason in JSON, the status is in what it printed alone.
describe('the words of a registry in place of a status', () => {
  /** What BuildKit prints where it tries again, and at last. */
  const print = (status: string, words: string): readonly string[] => {
    const error = [`error: unexpected status from POST request to ${url}: ${status}`, words];
    return [...error, 'retrying in 1s', ...error, 'retrying in 2s', ...error];
  };
  const unknown = 'unknown: unknown error';

  it.each<[string, readonly string[], boolean]>([
    ['toomanyrequests: retry-after: 1.2ms, allowed: 44000/minute', [], true],
    [
      'unavailable: service unavailable',
      print('503 Service Unavailable', 'unavailable: service unavailable'),
      true,
    ],
    ['unavailable: service unavailable', [], true],
    [unknown, print('500 Internal Server Error', unknown), true],
    [`${unknown} - with a detail`, print('502 Bad Gateway', unknown), true],
    [unknown, print('501 Not Implemented', unknown), false],
    [unknown, [], false],
    // Another blob was tried again before.
    [unknown, print('500 Internal Server Error', 'unknown: of another blob'), false],
    ['denied: permission_denied: write_package', print('503 Service Unavailable', unknown), false],
    ['denied: EOF', [], false],
    ['denied: toomanyrequests: no', [], false],
    ['unauthorized: authentication required', [], false],
    ['unsupported: the operation is unsupported', [], false],
    ['errors:\ndenied: no\nunauthorized: no\n', [], false],
    ['errors:\nunavailable: busy\ndenied: no\n', [], false],
    ['errors:\nunknown: x\nunavailable: busy\n', [], true],
    ['errors:\nunknown: x\nunknown: y\n', print('500 Internal Server Error', 'errors:'), true],
  ])('%j, %j: %s', (words, output, expected) => {
    expect(classify(words, output).kind).toBe(expected ? 'passing' : 'final');
  });

  it('with a body that is none of the registry’s, the status stands there', () => {
    const status = (code: string) =>
      `unexpected status from PUT request to ${url}: ${code}: <html>\n<h1>EOF</h1>`;
    expect(isPassing(status('504 Gateway Timeout'))).toBe(true);
    expect(isPassing(status('403 Forbidden'))).toBe(false);
  });
});

describe('the wait that a registry asks for in its words', () => {
  it.each([
    ['toomanyrequests: retry-after: 563.284µs, allowed: 44000/minute', 0.563284],
    ['toomanyrequests: retry-after: 250ms, allowed: 44000/minute', 250],
    ['toomanyrequests: retry-after: 1.5s', 1500],
    ['toomanyrequests: Retry-After: 7', 7000],
    ['slow down, retry after 2m please', 120_000],
    ['toomanyrequests: try later', undefined],
    ['retry-after: soon', undefined],
  ])('%s', (words, retryAfterMs) => {
    const reason = `unexpected status from PUT request to ${url}: 429 Too Many Requests\n${words}`;
    expect(classify(reason)).toEqual({ kind: 'passing', retryAfterMs });
  });
});

describe('the advice at the end', () => {
  const advise = (reason: string) =>
    toBuildError(
      classifyBuildFailure(
        { vertices: [], text: [`ERROR: failed to build: failed to solve: ${reason}`] },
        cacheFaults,
      ),
    ).message;

  it('is about the login where the registry has said no', () => {
    const message = advise(
      `failed to push ${name}: unexpected status from PUT request to ${url}: 403 Forbidden`,
    );
    expect(message).toContain('Check the name in "tags"');
    expect(message).not.toContain('push-retries');
  });

  it('is about time where it was in trouble', () => {
    const message = advise(
      `failed to push ${name}: unexpected status from PUT request to ${url}: 503 Busy\nbusy: later`,
    );
    expect(message).toContain('push-retries');
    expect(message).toContain('busy: later');
    expect(message).not.toContain('Check the name');
  });

  it('knows a real daemon', () => {
    const failure = classifyBuildFailure(replayTrace('push-refused').trace, cacheFaults);
    expect(classifyPushFailure(failure)).toEqual({ kind: 'passing', retryAfterMs: undefined });
  });
});
