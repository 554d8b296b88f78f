import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parseJson, readString } from '../../json.ts';
import { readRuntimeToken, renderAccessClaim } from '../../policy/runtime-token.ts';
import type { RefScope } from '../../policy/types.ts';

/**
 * The token that buildkitd and buildctl see in place of the runtime token: a JWT with the same `ac`, `nbf` and `exp`,
 * which go-actions-cache checks, and a signature that is a secret of this job. Who holds the runtime token and the
 * job's nonce derives it, so that it is never stored; from the stub, the runtime token cannot be found.
 */
type StubToken =
  | { readonly kind: 'stub'; readonly token: string; readonly refScopes: readonly RefScope[] }
  /** Nobody can use the runtime token: build without cache. `reason` is for people. */
  | { readonly kind: 'refused'; readonly code: 'token-opaque' | 'token-expired'; readonly reason: string };

const issuer = 'hotlayer';

/** BuildKit wants both claims; a token without them, as an emulator may give it, lives as long as the gateway. */
const unlimited = { nbf: 0, exp: 4_102_444_800 };

export function deriveStubToken(runtimeToken: string, nonce: string, nowMs: number): StubToken {
  const token = readRuntimeToken(runtimeToken);
  if (token.kind !== 'scopes') {
    const reason = `the runtime token cannot be read: ${token.kind === 'none' ? 'it is empty' : token.reason}`;
    return { kind: 'refused', code: 'token-opaque', reason };
  }
  const { scopes: refScopes, nbf = unlimited.nbf, exp = unlimited.exp } = token;
  if (nowMs >= exp * 1000 || nowMs < nbf * 1000) {
    const reason = `the runtime token is valid from ${toTime(nbf)} to ${toTime(exp)} only, which BuildKit checks`;
    return { kind: 'refused', code: 'token-expired', reason };
  }
  const header = encode({ typ: 'JWT', alg: 'HS256' });
  // Rendered anew: BuildKit reads no more of it than we do, and what it reads it must understand.
  const payload = encode({ iss: issuer, jti: nonce, ac: renderAccessClaim(refScopes), nbf, exp });
  const secret = createHmac('sha256', runtimeToken)
    .update(`hotlayer stub\n${nonce}\n${header}.${payload}`)
    .digest('base64url');
  return { kind: 'stub', token: `${header}.${payload}.${secret}`, refScopes };
}

/** Whether a token is one that a gateway has made; pure, and no proof of anything. */
export function isStub(token: string): boolean {
  const payload = token.split('.')[1] ?? '';
  return readString(parseJson(Buffer.from(payload, 'base64url').toString('utf8')), 'iss') === issuer;
}

/** In constant time, whatever the lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function toTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
