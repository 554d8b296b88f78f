import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isEmulator, parseAccess } from '../../src/policy/token-access.ts';

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64url');
const toToken = (claims: unknown) => `${encode('{"alg":"RS256"}')}.${encode(JSON.stringify(claims))}.c2ln`;
const toAcToken = (ac: unknown) => toToken({ ac: JSON.stringify(ac), exp: 1 });

describe('parseAccess', () => {
  it.each([
    ['no variable', undefined],
    ['an empty variable', ''],
    ['a blank variable', ' \n'],
  ])('%s is no token', (_name, token) => {
    expect(parseAccess(token)).toEqual({ kind: 'none' });
  });

  it('reads the entries in token order, the literal tag scope included', () => {
    const token = toAcToken([
      { Scope: 'refs/heads/refs/tags/v1', Permission: 3 },
      { Scope: 'refs/heads/main', Permission: 1 },
    ]);
    expect(parseAccess(` ${token}\n`)).toEqual({
      kind: 'scopes',
      scopes: [
        { scope: 'refs/heads/refs/tags/v1', permission: 3 },
        { scope: 'refs/heads/main', permission: 1 },
      ],
    });
  });

  it('reads an empty list as a token that grants nothing', () => {
    expect(parseAccess(toAcToken([]))).toEqual({ kind: 'scopes', scopes: [] });
  });

  it('reads any text in a claim: base64url without padding, UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (scope, other) => {
        const token = toToken({ other, ac: JSON.stringify([{ Scope: scope, Permission: 1 }]) });
        expect(parseAccess(token)).toEqual({ kind: 'scopes', scopes: [{ scope, permission: 1 }] });
      }),
    );
  });

  it.each([
    ['an opaque secret', 'ghs_abc', /not a JWT \(1 /],
    ['two parts', 'a.b', /not a JWT \(2 /],
    ['five parts (encrypted)', 'a.b.c.d.e', /not a JWT \(5 /],
    ['a payload that is not base64', 'a.*.c', /not base64url/],
    ['a payload that is not UTF-8', `a.${Buffer.from([0xff, 0xfe]).toString('base64url')}.c`, /UTF-8/],
    ['a payload that is not JSON', `a.${encode('nope')}.c`, /not a JSON object/],
    ['a payload that is a list', `a.${encode('[1]')}.c`, /not a JSON object/],
    ['no ac', toToken({ exp: 1 }), /no "ac" claim/],
    ['an ac that is a list, not a string', toToken({ ac: [{ Scope: 'x', Permission: 3 }] }), /not a string/],
    ['an ac that is not JSON', toToken({ ac: 'refs/heads/main' }), /not a JSON list/],
    ['an ac that is an object', toAcToken({ Scope: 'x', Permission: 3 }), /not a JSON list/],
    ['an entry without Scope', toAcToken([{ Permission: 3 }]), /an entry/],
    ['a Permission that is text', toAcToken([{ Scope: 'x', Permission: '3' }]), /an entry/],
    ['a Permission that is no whole number', toAcToken([{ Scope: 'x', Permission: 1.5 }]), /an entry/],
    ['a negative Permission, which has all bits', toAcToken([{ Scope: 'x', Permission: -1 }]), /an entry/],
    [
      'one bad entry among good ones',
      toAcToken([{ Scope: 'refs/heads/main', Permission: 3 }, null]),
      /an entry/,
    ],
  ])('%s is opaque', (_name, token, reason) => {
    expect(parseAccess(token)).toEqual({ kind: 'opaque', reason: expect.stringMatching(reason) });
  });

  it('never throws and never says what the token is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), (parts) => {
        const access = parseAccess(parts.join('.'));
        const longest = parts.reduce((a, b) => (a.length > b.length ? a : b), '');
        if (access.kind === 'opaque' && longest.length > 12) expect(access.reason).not.toContain(longest);
      }),
    );
  });
});

describe('isEmulator', () => {
  it.each([
    [[{ scope: '', permission: 2 }], true],
    [
      [
        { scope: '', permission: 3 },
        { scope: '', permission: 0 },
      ],
      true,
    ],
    [[], false],
    [
      [
        { scope: '', permission: 2 },
        { scope: 'refs/heads/main', permission: 1 },
      ],
      false,
    ],
    [[{ scope: 'refs/heads/main', permission: 3 }], false],
  ])('%j: %s', (scopes, expected) => {
    expect(isEmulator({ kind: 'scopes', scopes })).toBe(expected);
  });

  it('is never an absent or opaque token', () => {
    expect(isEmulator({ kind: 'none' })).toBe(false);
    expect(isEmulator({ kind: 'opaque', reason: 'x' })).toBe(false);
  });
});
