import { describe, expect, it } from '@jest/globals';
import {
  parseV1Call,
  parseV1CommitRequest,
  parseV1Entry,
  parseV1Error,
  parseV1ReserveRequest,
  parseV1ReserveResponse,
  renderV1CommitRequest,
  renderV1Entry,
  renderV1Error,
  renderV1List,
  renderV1ReserveRequest,
  renderV1ReserveResponse,
  toV1Request,
  type V1Call,
} from '../../src/cache-protocol/rest-v1.ts';

const calls: readonly V1Call[] = [
  { kind: 'lookup', keys: ['linux ü/#?&%', 'linux-'], version: 'abc' },
  { kind: 'reserve' },
  { kind: 'chunk', cacheId: '12' },
  { kind: 'commit', cacheId: '12' },
  { kind: 'list', key: 'linux #' },
];

describe.each(['http://h:1/', 'http://h:1', 'http://h:1/opaque/prefix/'])('calls below %s', (base) => {
  it.each(calls)('$kind', (call) => {
    const { method, url } = toV1Request(base, call);
    expect(parseV1Call(method, new URL(url))).toEqual(call);
  });
});

it.each([
  ['GET', '/_apis/artifactcache/caches/x', 'unknown'],
  ['DELETE', '/_apis/artifactcache/caches/1', 'unknown'],
  ['PATCH', '/_apis/artifactcache/caches', 'unknown'],
  ['GET', '/_apis/other', undefined],
  ['GET', '/devstoreaccount1/actions-cache/1', undefined],
])('%s %s is %s', (method, pathname, expected) => {
  expect(parseV1Call(method, new URL(pathname, 'http://h'))).toBe(expected);
});

describe('messages, both ways', () => {
  const entry = {
    cacheKey: 'K',
    scope: 'refs/heads/main',
    cacheVersion: 'v',
    creationTime: '2026-01-02T03:04:05.000Z',
    archiveLocation: 'http://x',
  };

  it('an entry, without isAzureBlob', () => {
    expect(parseV1Entry(renderV1Entry(entry))).toEqual(entry);
    expect(renderV1Entry(entry)).not.toHaveProperty('isAzureBlob');
  });

  it.each([undefined, null, {}, { cacheKey: '' }])('a miss: %p', (body) => {
    expect(parseV1Entry(body)).toBeUndefined();
  });

  it('a list', () => {
    const listed = { ...entry, archiveLocation: undefined };
    const sent = renderV1Entry(listed);
    expect(renderV1List([listed, listed])).toEqual({ totalCount: 2, artifactCaches: [sent, sent] });
  });

  it.each([
    { key: 'k', version: 'v', sizeBytes: undefined },
    { key: 'k', version: 'v', sizeBytes: 5 },
  ])('a reservation: $sizeBytes', (message) => {
    expect(parseV1ReserveRequest(renderV1ReserveRequest(message))).toEqual(message);
  });

  it('a cache id is a JSON number, and 0 is none', () => {
    expect(renderV1ReserveResponse('42')).toEqual({ cacheId: 42 });
    expect(parseV1ReserveResponse({ cacheId: 42 })).toBe('42');
    expect(parseV1ReserveResponse({ cacheId: 0 })).toBeUndefined();
    expect(parseV1ReserveResponse({})).toBeUndefined();
  });

  it('a commit', () => {
    expect(parseV1CommitRequest(renderV1CommitRequest(7))).toBe(7);
    expect(parseV1CommitRequest({})).toBeUndefined();
  });

  it('an error, with or without a byte order mark, and in the form of act', () => {
    const error = { message: 'Cache already exists.', typeKey: 'ArtifactCacheItemAlreadyExistsException' };
    const text = JSON.stringify(renderV1Error(error));
    expect(parseV1Error(text)).toEqual(error);
    expect(parseV1Error(`\uFEFF${text}`)).toEqual(error);
    expect(parseV1Error('{"error":"no"}')).toEqual({ message: 'no', typeKey: '' });
    expect(parseV1Error('<html>')).toBeUndefined();
  });
});
