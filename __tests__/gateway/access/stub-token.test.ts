import { describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { mintToken } from '../../../src/embedded/signed-token.ts';
import { deriveStubToken, isSameSecret } from '../../../src/gateway/access/stub-token.ts';

const scopes = [
  { scope: 'refs/heads/b', permission: 3 },
  { scope: 'refs/heads/main', permission: 1 },
];
const now = Date.now();
const toPart = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const toToken = (claims: unknown, header: unknown = { alg: 'RS256' }) =>
  `${toPart(header)}.${toPart(claims)}.c2ln`;

function derive(token: string, nonce = 'n1'): string {
  const stub = deriveStubToken(token, nonce, now);
  if (stub.kind !== 'stub') throw new Error(stub.reason);
  return stub.token;
}

describe('deriveStubToken', () => {
  it('has the claims that BuildKit reads, and no other of the runtime token', async () => {
    const real = await mintToken({ scopes });
    const stub = deriveStubToken(real, 'n1', now);
    expect(stub).toMatchObject({ kind: 'stub', refScopes: scopes });
    const { ac, nbf, exp } = decodeJwt(real);
    expect(decodeJwt(derive(real))).toEqual({ iss: 'hotlayer', jti: 'n1', ac, nbf, exp });
    expect(decodeProtectedHeader(derive(real))).toEqual({ typ: 'JWT', alg: 'HS256' });
  });

  it('holds no part of the runtime token', async () => {
    const real = await mintToken({ scopes });
    for (const part of real.split('.')) expect(derive(real)).not.toContain(part);
  });

  it('is the same for a second step, and another for another job or another token', async () => {
    const real = await mintToken({ scopes });
    expect(derive(real)).toBe(derive(real));
    expect(derive(real, 'n2').split('.')[2]).not.toBe(derive(real).split('.')[2]);
    const forged = `${real.split('.').slice(0, 2).join('.')}.${'A'.repeat(43)}`;
    expect(derive(forged).split('.')[2]).not.toBe(derive(real).split('.')[2]);
    expect(derive(real).split('.')[2]).toMatch(/^[\w-]{43}$/);
  });

  it('gives the claims that BuildKit wants to a token of an emulator without them', () => {
    const claims = decodeJwt(derive(toToken({ ac: '[{"Scope":"","Permission":2}]' })));
    expect(claims.nbf).toBe(0);
    expect((claims.exp ?? 0) * 1000).toBeGreaterThan(now);
  });

  it.each([
    ['no JWT', 'ghs_abcdef'],
    ['two parts', 'a.b'],
    ['empty', ''],
    ['parts that are no JSON', 'a.b.c'],
    ['no access claim', toToken({ exp: now })],
    ['an access claim that is no text', toToken({ ac: [{ Scope: '', Permission: 3 }] })],
    ['an access claim that is no list', toToken({ ac: '{}' })],
    ['a header that is no object', toToken({ ac: '[]' }, 'x')],
  ])('refuses a token that BuildKit would refuse: %s', (_name, token) => {
    expect(deriveStubToken(token, 'n1', now)).toMatchObject({ kind: 'refused', code: 'token-opaque' });
  });

  it.each([
    ['expired', { ac: '[]', nbf: 0, exp: now / 1000 - 10 }],
    ['not valid yet', { ac: '[]', nbf: now / 1000 + 1000, exp: now / 1000 + 2000 }],
  ])('refuses a token that is %s', (_name, claims) => {
    expect(deriveStubToken(toToken(claims), 'n1', now)).toMatchObject({
      kind: 'refused',
      code: 'token-expired',
    });
  });
});

describe('isSameSecret', () => {
  it('compares texts of any length', () => {
    expect(isSameSecret('abc', 'abc')).toBe(true);
    expect(isSameSecret('abc', 'abd')).toBe(false);
    expect(isSameSecret('', 'abc')).toBe(false);
    expect(isSameSecret('abcabc', 'abc')).toBe(false);
  });
});
