import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePassword } from '../../../src/gateway/access/credentials.ts';
import { OciDocuments } from '../../../src/gateway/oci/documents.ts';
import { isOciPath, parseRequestTarget } from '../../../src/gateway/oci/route.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const id = '0'.repeat(32);

const anyName = fc.string({
  unit: fc.constantFrom('a', 'b', '2', 'e', '/', '.', '-', '_', '%', '\\', '?', '#', ' '),
});

describe('parseTarget', () => {
  it.each([
    ['/v2/', { kind: 'root' }],
    ['/v2', { kind: 'root' }],
    ['/v2/a/b/manifests/cache', { kind: 'manifest', repository: 'a/b', reference: 'cache' }],
    [`/v2/a/manifests/${digest}`, { kind: 'manifest', repository: 'a', reference: digest }],
    ['/v2/manifests/blobs/manifests/x', { kind: 'manifest', repository: 'manifests/blobs', reference: 'x' }],
    [`/v2/a/b.c/blobs/${digest}`, { kind: 'blob', repository: 'a/b.c', digest }],
    ['/v2/a/blobs/uploads/', { kind: 'uploads', repository: 'a' }],
    ['/v2/a/blobs/uploads', { kind: 'uploads', repository: 'a' }],
    [`/v2/a/blobs/uploads/${id}`, { kind: 'upload', repository: 'a', id }],
  ])('reads %s', (pathname, target) => {
    expect(parseRequestTarget(pathname)).toEqual(target);
    expect(isOciPath(pathname)).toBe(true);
  });

  it.each([
    '/v2/a',
    '/v2//manifests/x',
    '/v2/A/manifests/x',
    '/v2/a%2fb/manifests/x',
    '/v2/a/manifests/%2e%2e',
    '/v2/a/manifests/..',
    '/v2/a/manifests/x/',
    '/v2/a/tags/list',
    '/v2/a/blobs/uploads/..',
    `/v2/a/blobs/uploads/${id}0`,
    `/v2/a/blobs/${digest}/`,
    '/v2/a/blobs/sha256:A',
    '/v2/a/manifests/x\n',
  ])('refuses %j', (pathname) => {
    expect(() => parseRequestTarget(pathname)).toThrow();
  });

  it('names only what is made of harmless characters', () => {
    fc.assert(
      fc.property(anyName, anyName, (repository, reference) => {
        const pathname = `/v2/${repository}/manifests/${reference}`;
        try {
          const target = parseRequestTarget(pathname);
          expect(JSON.stringify(target)).toMatch(/^[\w{}":,./-]*$/);
        } catch (error) {
          expect(error).toMatchObject({ name: 'OciError' });
        }
      }),
    );
  });

  it.each(['/v2x', '/v2x/a', '/_apis/v2/', '/twirp/v2/', '/'])('leaves %s to the gha dialect', (pathname) => {
    expect(isOciPath(pathname)).toBe(false);
  });
});

describe('parsePassword', () => {
  const encode = (text: string) => Buffer.from(text).toString('base64');

  it.each([
    [`Basic ${encode('hotlayer:a:b')}`, 'a:b'],
    [`basic ${encode('hotlayer:')}`, ''],
    [`Basic ${encode('other:a')}`, undefined],
    [`Basic ${encode('hotlayer')}`, undefined],
    ['Basic ', undefined],
    ['Basic ???', undefined],
    ['Bearer a', undefined],
    [undefined, undefined],
  ])('reads %j', (authorization, password) => {
    expect(parsePassword(authorization)).toBe(password);
  });
});

describe('OciDocuments', () => {
  it('keeps the last ones, and more as long as they are small', () => {
    const documents = new OciDocuments();
    const add = (n: number, sizeBytes: number) =>
      documents.add({ mediaType: 'x', bytes: Buffer.alloc(sizeBytes, n) });
    const big = Array.from({ length: 12 }, (_, n) => add(n, 10 * 1024 * 1024));
    expect(big.map((name) => documents.get(name) !== undefined)).toEqual([
      ...Array(4).fill(false),
      ...Array(8).fill(true),
    ]);
    // Read last, dropped last.
    documents.get(big[4] ?? '');
    for (let n = 20; n < 27; n++) add(n, 10);
    expect(documents.get(big[4] ?? '')).toBeDefined();
    expect(documents.get(big[5] ?? '')).toBeUndefined();
  });
});
