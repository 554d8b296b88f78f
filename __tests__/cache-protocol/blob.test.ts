import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseBearer } from '../../src/cache-protocol/bearer.ts';
import {
  isBlockId,
  parseBlobOperation,
  toBlockId,
  toPutBlockListUrl,
  toPutBlockUrl,
} from '../../src/cache-protocol/blob.ts';
import { parseBlockList, renderBlobError, renderBlockList } from '../../src/cache-protocol/blob-xml.ts';
import {
  findKeyFault,
  findSizeFault,
  findVersionFault,
  findVersionFaultV1,
} from '../../src/cache-protocol/limits.ts';
import { BUILDKIT_CACHE_VERSION } from '../../src/cache-protocol/version.ts';

describe('operations', () => {
  it.each([
    ['GET', '', undefined, { kind: 'get' }],
    ['HEAD', 'timeout=30', undefined, { kind: 'head' }],
    ['PUT', '', 'BlockBlob', { kind: 'put-blob' }],
    ['PUT', '', undefined, { kind: 'put-blob' }],
    ['PUT', '', 'AppendBlob', { kind: 'put-append-blob' }],
    ['PUT', 'comp=appendblock', undefined, { kind: 'append-block' }],
    ['PUT', 'comp=seal', undefined, { kind: 'seal' }],
    ['PUT', 'comp=blocklist', undefined, { kind: 'put-block-list' }],
    ['PUT', 'blockid=QQ%3D%3D&comp=block', undefined, { kind: 'put-block', blockId: 'QQ==' }],
    ['PUT', 'comp=metadata', undefined, { kind: 'unsupported' }],
    ['DELETE', '', undefined, { kind: 'unsupported' }],
    ['GET', 'comp=list', undefined, { kind: 'unsupported' }],
  ])('%s ?%s (%s)', (method, query, blobType, expected) => {
    expect(parseBlobOperation(method, new URLSearchParams(query), blobType)).toEqual(expected);
  });

  it('a client asks for a block as the server reads it', () => {
    const signed = 'http://h/devstoreaccount1/actions-cache/1?sp=cw&sig=s';
    const blockId = toBlockId('7c1e', 12);
    const put = new URL(toPutBlockUrl(signed, blockId));
    expect(parseBlobOperation('PUT', put.searchParams, undefined)).toEqual({ kind: 'put-block', blockId });
    expect(put.searchParams.get('sig')).toBe('s');
    expect(parseBlobOperation('PUT', new URL(toPutBlockListUrl(signed)).searchParams, undefined)).toEqual({
      kind: 'put-block-list',
    });
  });

  it('block ids are of one length, in order and valid', () => {
    const ids = [0, 9, 10, 49_999].map((index) => toBlockId('prefix', index));
    expect(new Set(ids.map((id) => id.length))).toEqual(new Set([64]));
    const decoded = ids.map((id) => atob(id));
    expect([...decoded].sort()).toEqual(decoded);
    expect(ids.every(isBlockId)).toBe(true);
    // The form of go-actions-cache: 64 bytes.
    expect(isBlockId(Buffer.alloc(64, 7).toString('base64'))).toBe(true);
    expect(['', 'a', '????', 'A'.repeat(92)].some(isBlockId)).toBe(false);
  });
});

describe('block lists', () => {
  it('keep order and ids, both ways', () => {
    const ids = ['MDAx', 'MDAw', '+/A=', '1234', 'MDAx'];
    expect(parseBlockList(renderBlockList(ids))).toEqual(ids);
    expect(parseBlockList(renderBlockList([]))).toEqual([]);
  });

  it('may mix Latest, Uncommitted and Committed, over several lines', () => {
    const xml =
      '<?xml version="1.0"?>\n<BlockList>\n <Latest>AA==</Latest>\n <Committed>BB==</Committed><Uncommitted>CC==</Uncommitted>\n</BlockList>';
    expect(parseBlockList(xml)).toEqual(['AA==', 'BB==', 'CC==']);
  });

  it.each([
    '',
    'text',
    '<BlockList>',
    '<Other/>',
    '<BlockList><Foo>AA==</Foo></BlockList>',
    '<BlockList><Latest/></BlockList>',
  ])('refused: %p', (xml) => {
    expect(parseBlockList(xml)).toBeUndefined();
  });

  it('of 50,000 blocks', () => {
    const ids = Array.from({ length: 50_000 }, (_, index) => toBlockId('p', index));
    expect(parseBlockList(renderBlockList(ids))).toEqual(ids);
  });
});

describe('errors', () => {
  it('have the code, and text that XML must escape', () => {
    expect(renderBlobError('InvalidBlockList', 'a < b & "c"')).toMatch(
      /<Error><Code>InvalidBlockList<\/Code><Message>a &lt; b &amp; (?:"|&quot;)c(?:"|&quot;)<\/Message><\/Error>$/,
    );
  });
});

describe('limits', () => {
  it.each([
    [findKeyFault(''), /key/],
    [findKeyFault('k'.repeat(513)), /between 1 and 512/],
    [findVersionFault('v'.repeat(29)), /version/],
    [findVersionFault('v'.repeat(65)), /version/],
    [findVersionFaultV1(''), /version/],
    [findSizeFault(0), /size/],
    [findSizeFault(-1), /size/],
  ])('%s', (fault, expected) => {
    expect(fault).toMatch(expected);
  });
  it('let good values pass', () => {
    expect([
      findKeyFault('k'.repeat(512)),
      findVersionFault('v'.repeat(64)),
      findVersionFaultV1('v'),
      findSizeFault(1),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

it("BuildKit's version is the hash that go-actions-cache makes", () => {
  expect(BUILDKIT_CACHE_VERSION).toBe(createHash('sha256').update('|go-actionscache-1.0').digest('hex'));
});

describe('tokens', () => {
  it('the bearer of a request', () => {
    expect(parseBearer('Bearer a.b.c')).toBe('a.b.c');
    expect([parseBearer(undefined), parseBearer('Basic x'), parseBearer('Bearer')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
