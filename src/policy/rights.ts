import { classifyRef, isSameRef, type RunRef, toRefName } from './ref.ts';
import { canReadScope, canWriteScope, isEmulator } from './token-access.ts';
import type { RefName, RefScope, RunFacts } from './types.ts';

export type CacheMode = 'none' | 'read' | 'write' | 'write-only';

/** What this run may do with the cache service, before any rule about refs and events. */
export interface Rights {
  /** undefined: the runner does not say, or says something unknown; then the token alone decides. */
  readonly mode: CacheMode | undefined;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** The token's `ac` entries; empty for an emulator, whose entries name no ref. */
  readonly scopes: readonly RefScope[];
  canReadRef(ref: RefName): boolean;
  /** The ref whose ref scope the service would write to; undefined when nothing is writable. */
  readonly writableRef: RunRef | undefined;
}

export function decideRights(facts: RunFacts): Rights {
  const { access } = facts;
  const mode = parseCacheMode(facts.cacheMode);
  const emulator = isEmulator(access);
  const scopes = access.kind === 'scopes' && !emulator ? access.scopes : [];
  const grantsByName = emulator || access.kind === 'opaque';
  const readable = scopes.filter(canReadScope).map(({ scope }) => toRefName(classifyRef(scope)));
  const canRead =
    access.kind !== 'none' &&
    mode !== 'none' &&
    mode !== 'write-only' &&
    (grantsByName || scopes.some(canReadScope));
  // BuildKit looks up before it writes, so a token that can only write is of no use to it.
  const canWrite = canRead && mode !== 'read' && (emulator || scopes.some(canWriteScope));
  return {
    mode,
    canRead,
    canWrite,
    scopes,
    canReadRef: (ref) =>
      canRead && (grantsByName || readable.some((own) => own !== undefined && isSameRef(own, ref))),
    writableRef: canWrite
      ? emulator
        ? classifyRef(facts.ref)
        : findWritableRef(scopes, facts.ref)
      : undefined,
  };
}

/** One of the four modes in any case; undefined for anything else. */
export function parseCacheMode(text: string | undefined): CacheMode | undefined {
  const mode = text?.trim().toLowerCase();
  return mode === 'none' || mode === 'read' || mode === 'write' || mode === 'write-only' ? mode : undefined;
}

/**
 * BuildKit names its index after the last writable entry. No token with two is known; should there be one, the run's own ref goes
 * first, so that a branch never overwrites the index of another.
 */
function findWritableRef(scopes: readonly RefScope[], runRef: string): RunRef | undefined {
  const writable = scopes.filter(canWriteScope).map(({ scope }) => classifyRef(scope));
  const own = toRefName(classifyRef(runRef));
  return writable.find((ref) => isOwn(ref, own)) ?? writable.at(-1);
}

function isOwn(ref: RunRef, own: RefName | undefined): boolean {
  const name = toRefName(ref);
  return own !== undefined && name !== undefined && isSameRef(name, own);
}
