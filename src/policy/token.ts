import { isRecord, parseJson } from '../json.ts';
import type { RefScope, TokenAccess } from './types.ts';

/** Bits of `Permission` in the `ac` claim. */
const readBit = 1;
const writeBit = 2;

/**
 * What the runtime token grants. Signatures are not checked: the service does that, and only it can.
 * The `ac` claim is a JSON *string* (BuildKit refuses anything else), a list of `{Scope, Permission}`. One unreadable entry makes
 * the whole token opaque, since the entry might be the one that forbids.
 */
export function parseAccess(token: string | undefined): TokenAccess {
  if (token === undefined || token.trim() === '') return { kind: 'none' };
  const parts = token.trim().split('.');
  const payload = parts[1];
  if (parts.length !== 3 || payload === undefined) {
    return toOpaque(
      `it is not a JWT (${parts.length} dot-separated part${parts.length === 1 ? '' : 's'} instead of 3)`,
    );
  }
  const text = decodeBase64Url(payload);
  if (text === undefined) return toOpaque('the payload of the JWT is not base64url-encoded UTF-8');
  const claims = parseJson(text);
  if (!isRecord(claims)) return toOpaque('the payload of the JWT is not a JSON object');
  const claim = claims['ac'];
  if (claim === undefined) return toOpaque('it has no "ac" claim');
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

/** True for the tokens of act and Gitea: entries with an empty Scope only, whose permission bits mean nothing. */
export function isEmulator(access: TokenAccess): boolean {
  // An empty list is no emulator: it grants nothing.
  return (
    access.kind === 'scopes' && access.scopes.length > 0 && access.scopes.every(({ scope }) => scope === '')
  );
}

export function canReadScope({ permission }: RefScope): boolean {
  return (permission & readBit) !== 0;
}

export function canWriteScope({ permission }: RefScope): boolean {
  return (permission & writeBit) !== 0;
}

function toOpaque(reason: string): TokenAccess {
  return { kind: 'opaque', reason };
}

function toRefScope(entry: unknown): RefScope | undefined {
  if (!isRecord(entry)) return undefined;
  const scope = entry['Scope'];
  const permission = entry['Permission'];
  if (typeof scope !== 'string' || typeof permission !== 'number') return undefined;
  return Number.isInteger(permission) && permission >= 0 ? { scope, permission } : undefined;
}

function decodeBase64Url(text: string): string | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not base64 or not UTF-8 is an answer here: the caller says what it means.
    return undefined;
  }
}
