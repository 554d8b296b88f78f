import { isRecord, type JsonRecord, parseJson } from '../json.ts';
import type { RefScope } from './types.ts';

/**
 * The one reader of runtime tokens. A token is a JWT: three parts with dots between them, the first two base64url without
 * padding (RFC 7515) of UTF-8 JSON objects. Its claims say:
 * - `ac`: a *string* with the JSON of a list of `{Scope, Permission}`, a text and a whole number;
 * - `exp` and `nbf`: seconds since 1970, or absent. BuildKit wants both; the stub has them always.
 * White space around it does not belong to it. Signatures are not checked: the service does that, and only it can.
 * Compared with what BuildKit takes: go-actions-cache `New`, golang-jwt `ParseUnverified`.
 */
export type RuntimeToken =
  | { readonly kind: 'none' }
  /** There is a token, and it is not what is described above. `reason` is part of a sentence, without the token. */
  | { readonly kind: 'opaque'; readonly reason: string }
  | {
      readonly kind: 'scopes';
      /** In token order. */
      readonly scopes: readonly RefScope[];
      readonly exp: number | undefined;
      readonly nbf: number | undefined;
    };

export type Jwt =
  | { readonly kind: 'jwt'; readonly header: JsonRecord; readonly claims: JsonRecord }
  | { readonly kind: 'opaque'; readonly reason: string };

export type AccessClaim =
  | { readonly kind: 'scopes'; readonly scopes: readonly RefScope[] }
  | { readonly kind: 'opaque'; readonly reason: string };

export function readRuntimeToken(text: string | undefined): RuntimeToken {
  if (text === undefined || text.trim() === '') return { kind: 'none' };
  const jwt = parseJwt(text);
  if (jwt.kind === 'opaque') return jwt;
  const access = readAccessClaim(jwt.claims['ac']);
  if (access.kind === 'opaque') return access;
  const { exp, nbf } = jwt.claims;
  if (!isTime(exp)) return toOpaque('its "exp" claim is not a number');
  if (!isTime(nbf)) return toOpaque('its "nbf" claim is not a number');
  return { kind: 'scopes', scopes: access.scopes, exp, nbf };
}

export function parseJwt(text: string): Jwt {
  const [header, payload, signature, ...rest] = text.trim().split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    const count = text.trim().split('.').length;
    return toOpaque(`it is not a JWT (${count} dot-separated part${count === 1 ? '' : 's'} instead of 3)`);
  }
  const claims = parsePart('payload', payload);
  if (claims.kind === 'opaque') return claims;
  const head = parsePart('header', header);
  if (head.kind === 'opaque') return head;
  return { kind: 'jwt', header: head.value, claims: claims.value };
}

/** One unreadable entry makes the whole claim opaque, since the entry might be the one that forbids. */
export function readAccessClaim(claim: unknown): AccessClaim {
  if (claim === undefined) return toOpaque('it has no "ac" claim');
  // BuildKit refuses anything else.
  if (typeof claim !== 'string') return toOpaque('its "ac" claim is not a string');
  const entries = parseJson(claim);
  if (!Array.isArray(entries)) return toOpaque('its "ac" claim is not a JSON list');
  const scopes: RefScope[] = [];
  for (const entry of entries) {
    const scope = toRefScope(entry);
    if (scope === undefined)
      return toOpaque('its "ac" claim has an entry without a Scope and a whole Permission number');
    scopes.push(scope);
  }
  return { kind: 'scopes', scopes };
}

/** The `ac` claim is JSON in a string, with capitalised names. */
export function renderAccessClaim(scopes: readonly RefScope[]): string {
  return JSON.stringify(scopes.map(({ scope, permission }) => ({ Scope: scope, Permission: permission })));
}

/**
 * Why BuildKit itself would not take a token that we can read, as part of a sentence; with the gateway it gets the stub,
 * and this does not matter.
 */
export function findBuildkitFault(text: string): string | undefined {
  const jwt = parseJwt(text);
  if (jwt.kind === 'opaque') return jwt.reason;
  const missing = ['exp', 'nbf'].find((name) => jwt.claims[name] === undefined);
  if (missing !== undefined) return `it has no "${missing}" claim`;
  const { alg } = jwt.header;
  const isKnown = typeof alg === 'string' && /^(?:(?:HS|RS|ES|PS)(?:256|384|512)|EdDSA|none)$/.test(alg);
  return isKnown ? undefined : 'its header names no signing method';
}

function parsePart(
  name: string,
  text: string,
):
  | { readonly kind: 'object'; readonly value: JsonRecord }
  | { readonly kind: 'opaque'; readonly reason: string } {
  const json = decodeBase64Url(text);
  if (json === undefined) return toOpaque(`the ${name} of the JWT is not base64url-encoded UTF-8`);
  const value = parseJson(json);
  return isRecord(value)
    ? { kind: 'object', value }
    : toOpaque(`the ${name} of the JWT is not a JSON object`);
}

function toOpaque(reason: string): { readonly kind: 'opaque'; readonly reason: string } {
  return { kind: 'opaque', reason };
}

function isTime(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value));
}

function toRefScope(entry: unknown): RefScope | undefined {
  if (!isRecord(entry)) return undefined;
  const scope = entry['Scope'];
  const permission = entry['Permission'];
  if (typeof scope !== 'string' || typeof permission !== 'number') return undefined;
  return Number.isSafeInteger(permission) && permission >= 0 ? { scope, permission } : undefined;
}

function decodeBase64Url(text: string): string | undefined {
  // atob takes white space, padding and the other alphabet as well.
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not base64 or not UTF-8 is an answer here: the caller says what it means.
    return undefined;
  }
}
