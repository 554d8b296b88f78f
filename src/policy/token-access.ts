import { readRuntimeToken } from './runtime-token.ts';
import type { RefScope, TokenAccess } from './types.ts';

/** Bits of `Permission` in the `ac` claim. */
const readBit = 1;
const writeBit = 2;

/** What the runtime token grants. */
export function parseAccess(text: string | undefined): TokenAccess {
  const token = readRuntimeToken(text);
  return token.kind === 'scopes' ? { kind: 'scopes', scopes: token.scopes } : token;
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
