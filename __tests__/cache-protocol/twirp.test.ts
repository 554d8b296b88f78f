import { describe, expect, it } from '@jest/globals';
import {
  parseCreateRequest,
  parseCreateResponse,
  parseFinalizeRequest,
  parseFinalizeResponse,
  parseLookupRequest,
  parseLookupResponse,
  parseTwirpError,
  parseTwirpPath,
  renderCreateRequest,
  renderCreateResponse,
  renderFinalizeRequest,
  renderFinalizeResponse,
  renderLookupRequest,
  renderLookupResponse,
  renderTwirpError,
  toTwirpPath,
} from '../../src/cache-protocol/twirp.ts';

const version = 'a'.repeat(64);
const overTheWire = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

describe('what one side renders the other side parses', () => {
  it.each(['CreateCacheEntry', 'FinalizeCacheEntryUpload', 'GetCacheEntryDownloadURL'] as const)(
    'path of %s',
    (method) => {
      expect(parseTwirpPath(toTwirpPath(method))).toBe(method);
    },
  );

  it('requests', () => {
    const create = { key: 'k, "ü"', version };
    expect(parseCreateRequest(overTheWire(renderCreateRequest(create)))).toEqual(create);
    const finalize = { key: 'k', version, sizeBytes: 2 ** 40 };
    expect(parseFinalizeRequest(overTheWire(renderFinalizeRequest(finalize)))).toEqual(finalize);
    const lookup = { key: 'k', version, restoreKeys: ['a', 'b'] };
    expect(parseLookupRequest(overTheWire(renderLookupRequest(lookup)))).toEqual(lookup);
  });

  it('answers', () => {
    const created = { ok: true, signedUploadUrl: 'http://x', message: '' };
    expect(parseCreateResponse(overTheWire(renderCreateResponse(created)))).toEqual(created);
    const finalized = { ok: true, entryId: '78', message: '' };
    expect(parseFinalizeResponse(overTheWire(renderFinalizeResponse(finalized)))).toEqual(finalized);
    const found = { ok: true, signedDownloadUrl: 'http://x', matchedKey: 'K#1' };
    expect(parseLookupResponse(overTheWire(renderLookupResponse(found)))).toEqual(found);
  });

  it('an error', () => {
    const error = { code: 'not_found', message: 'cache entry not found' };
    expect(parseTwirpError(JSON.stringify(renderTwirpError(error)))).toEqual(error);
  });
});

describe('requests as clients send them', () => {
  it.each([
    ['go: number', { key: 'k', size_bytes: 123, version }, 123],
    ['@actions/cache: string', { key: 'k', size_bytes: '1048881', version }, 1_048_881],
    ['camel case', { key: 'k', sizeBytes: '9', version }, 9],
    ['default value left out', { key: 'k', version }, 0],
  ])('size, %s', (_name, body, sizeBytes) => {
    expect(parseFinalizeRequest(body)).toEqual({ key: 'k', version, sizeBytes });
  });

  it.each([
    ['snake case', { key: 'k', restore_keys: ['r'], version }, ['r']],
    ['camel case', { key: 'k', restoreKeys: ['r'], version }, ['r']],
    ['none', { key: 'k', version }, []],
    ['null', { key: 'k', restore_keys: null, version }, []],
    ['unknown fields', { key: 'k', version, metadata: { scope: [] }, later: 1 }, []],
  ])('restore keys, %s', (_name, body, restoreKeys) => {
    expect(parseLookupRequest(body)).toEqual({ key: 'k', version, restoreKeys });
  });

  it.each([
    ['a number as key', parseCreateRequest, { key: 1, version }],
    ['no object', parseCreateRequest, 'k'],
    ['an array', parseLookupRequest, []],
    ['nothing', parseFinalizeRequest, undefined],
    ['a size in words', parseFinalizeRequest, { key: 'k', version, size_bytes: 'many' }],
    ['half a byte', parseFinalizeRequest, { key: 'k', version, size_bytes: 0.5 }],
    ['a restore key that is no text', parseLookupRequest, { key: 'k', version, restore_keys: [1] }],
  ])('refused: %s', (_name, parse, body) => {
    expect(parse(body)).toBeUndefined();
  });
});

describe('answers', () => {
  it('carry default values and a string as entry id, which go-actions-cache demands', () => {
    expect(renderCreateResponse({ ok: false, signedUploadUrl: '', message: 'no' })).toEqual({
      ok: false,
      signed_upload_url: '',
      message: 'no',
    });
    expect(renderFinalizeResponse({ ok: true, entryId: '7', message: '' })).toEqual({
      ok: true,
      entry_id: '7',
      message: '',
    });
    expect(renderLookupResponse({ ok: false, signedDownloadUrl: '', matchedKey: '' })).toEqual({
      ok: false,
      signed_download_url: '',
      matched_key: '',
    });
  });

  it.each([
    ['fields left out', {}, { ok: false, entryId: '', message: '' }],
    ['a number', { ok: true, entry_id: 5 }, { ok: true, entryId: '5', message: '' }],
    ['camel case', { ok: true, entryId: '5' }, { ok: true, entryId: '5', message: '' }],
  ])('of other servers: %s', (_name, body, expected) => {
    expect(parseFinalizeResponse(body)).toEqual(expected);
  });

  it.each(['', '<html>502</html>', '"text"', '{"msg":"no code"}'])('are no Twirp error: %p', (text) => {
    expect(parseTwirpError(text)).toBeUndefined();
  });
});

it.each([
  ['/twirp/github.actions.results.api.v1.CacheService/DeleteCacheEntry', 'unknown'],
  ['/twirp/x/CreateCacheEntry', 'unknown'],
  ['/prefix/twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry', undefined],
  ['/', undefined],
])('path %s is %s', (pathname, expected) => {
  expect(parseTwirpPath(pathname)).toBe(expected);
});
