import { readAccessClaim } from '../policy/runtime-token.ts';
import type { RefScope } from '../policy/types.ts';

/** Bits of a scope's `Permission` in the token's `ac` claim. */
export const READ_PERMISSION = 1;
export const WRITE_PERMISSION = 2;

/** The `ac` claim is JSON in a string, with capitalised names. */
export function renderAccessClaim(scopes: readonly RefScope[]): string {
  return JSON.stringify(scopes.map(({ scope, permission }) => ({ Scope: scope, Permission: permission })));
}

/** The scopes in token order; undefined when the claim is absent or has another shape. */
export function parseAccessClaim(claim: unknown): readonly RefScope[] | undefined {
  const access = readAccessClaim(claim);
  return access.kind === 'scopes' ? access.scopes : undefined;
}

/** The token of an `Authorization: Bearer …` header. */
export function parseBearer(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}
