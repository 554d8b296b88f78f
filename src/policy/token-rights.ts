import type { Rights } from './rights.ts';
import { canReadScope, canWriteScope, isEmulator, parseAccess } from './token-access.ts';
import type { TokenAccess } from './types.ts';

export type CacheMode = 'none' | 'read' | 'write' | 'write-only';

/** What GitHub's cache service lets a run do, by the variables of the runner. */
export function readTokenRights(env: Readonly<Record<string, string | undefined>>): Rights {
  return decideTokenRights(parseAccess(env['ACTIONS_RUNTIME_TOKEN']), env['ACTIONS_CACHE_MODE']);
}

/** @param cacheMode ACTIONS_CACHE_MODE; undefined when the runner does not say */
export function decideTokenRights(access: TokenAccess, cacheMode: string | undefined): Rights {
  const mode = parseCacheMode(cacheMode);
  // The entries of an emulator name no ref.
  const emulator = isEmulator(access);
  const scopes = access.kind === 'scopes' && !emulator ? access.scopes : [];
  const namesNoRef = emulator || access.kind === 'opaque';
  const canRead =
    access.kind !== 'none' &&
    mode !== 'none' &&
    mode !== 'write-only' &&
    (namesNoRef || scopes.some(canReadScope));
  // BuildKit looks up before it writes, so a token that can only write is of no use to it.
  const canWrite = canRead && mode !== 'read' && (emulator || scopes.some(canWriteScope));
  const refusal = findRefusal(access, mode, { canRead, canWrite });
  return {
    canRead,
    canWrite,
    readable: namesNoRef ? 'any' : scopes.filter(canReadScope).map(({ scope }) => scope),
    writable: emulator ? 'any' : scopes.filter(canWriteScope).map(({ scope }) => scope),
    refusal,
    warnings: listWarnings(access, cacheMode, mode, refusal),
  };
}

/** One of the four modes in any case; undefined for anything else: then the token alone decides. */
function parseCacheMode(text: string | undefined): CacheMode | undefined {
  const mode = text?.trim().toLowerCase();
  return mode === 'none' || mode === 'read' || mode === 'write' || mode === 'write-only' ? mode : undefined;
}

/** The first that fires. */
function findRefusal(
  access: TokenAccess,
  mode: CacheMode | undefined,
  { canRead, canWrite }: Pick<Rights, 'canRead' | 'canWrite'>,
): Rights['refusal'] {
  if (access.kind === 'none')
    return {
      code: 'no-token',
      reason: 'There is no ACTIONS_RUNTIME_TOKEN, so there is no cache service to use.',
    };
  switch (mode) {
    case 'none':
      return {
        code: 'mode-none',
        reason: 'The cache mode of this job is "none": it may neither read nor write caches.',
      };
    case 'write-only':
      return {
        code: 'mode-write-only',
        reason: 'The cache mode of this job is "write-only", but BuildKit must read before it writes.',
      };
    case 'read':
      return {
        code: 'mode-read',
        reason: 'The cache mode of this job is "read": it may import but not export.',
      };
    case 'write':
    case undefined:
      break;
    default:
      return mode satisfies never;
  }
  if (access.kind === 'opaque') {
    return {
      code: 'token-opaque',
      reason: `The runtime token does not say what it may write (${access.reason}), so nothing is exported.`,
    };
  }
  if (canWrite) return undefined;
  return {
    code: 'token-read-only',
    reason: canRead
      ? 'The runtime token can read caches but not write any.'
      : 'The runtime token can read no cache, and BuildKit must read before it writes.',
  };
}

function listWarnings(
  access: TokenAccess,
  cacheMode: string | undefined,
  mode: CacheMode | undefined,
  refusal: Rights['refusal'],
): readonly string[] {
  const isUnknownMode = cacheMode !== undefined && cacheMode.trim() !== '' && mode === undefined;
  return [
    ...(access.kind === 'none'
      ? ['There is no ACTIONS_RUNTIME_TOKEN: this build runs without the Actions cache.']
      : []),
    ...(access.kind === 'opaque'
      ? [`ACTIONS_RUNTIME_TOKEN cannot be read: ${access.reason}. This build runs without the Actions cache.`]
      : []),
    ...(refusal?.code === 'token-read-only'
      ? [
          'The runtime token of this run cannot write the Actions cache: the next build will not find the steps of this one.',
        ]
      : []),
    ...(isUnknownMode
      ? [
          `ACTIONS_CACHE_MODE is "${cacheMode}", not one of none, read, write, write-only: it is ignored, the runtime token decides.`,
        ]
      : []),
  ];
}
