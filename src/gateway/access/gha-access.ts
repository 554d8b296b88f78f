import { BUILDKIT_CACHE_VERSION } from '../../cache-protocol/version.ts';
import { type BuildkitKey, parseBuildkitKey } from './buildkit-key.ts';
import { type AccessRules, findPowerlessness, mayReadRef, type Refusal, refuse } from './rules.ts';

export type GhaDecision = { readonly kind: 'allowed'; readonly key: BuildkitKey } | Refusal;

/** What `type=gha` may look up: BuildKit's keys in BuildKit's version, of the plan's cache scopes and the token's refs. */
export function decideGhaRead(
  rules: AccessRules,
  query: { readonly key: string; readonly restoreKeys: readonly string[]; readonly version: string },
): GhaDecision {
  const key = parseBuildkitKey(query.key);
  if (key === undefined || query.restoreKeys.some((other) => other !== query.key)) {
    return refuse('read', 'the key is not one of BuildKit');
  }
  if (query.version !== BUILDKIT_CACHE_VERSION) return refuse('read', 'the version is not that of BuildKit');
  if (rules.readScopes.size === 0) return refuse('read', 'the plan imports and exports nothing');
  if (key.kind === 'blob') return { kind: 'allowed', key };
  if (!rules.readScopes.has(key.cacheScope)) {
    return refuse('read', `cache scope ${key.cacheScope} is not in the plan`);
  }
  if (!mayReadRef(rules, key.refHash)) {
    return refuse('read', 'the index is of a ref that the token does not name');
  }
  return { kind: 'allowed', key };
}

/** What `type=gha` may store: layers, and numbered indexes of the plan's export under the ref that may be written. */
export function decideGhaWrite(
  rules: AccessRules,
  request: { readonly key: string; readonly version: string },
): GhaDecision {
  const key = parseBuildkitKey(request.key);
  if (key === undefined) return refuse('write', 'the key is not one of BuildKit');
  if (request.version !== BUILDKIT_CACHE_VERSION)
    return refuse('write', 'the version is not that of BuildKit');
  if (rules.writeScopes.size === 0) return refuse('write', 'the plan has no export');
  if (key.kind === 'index' ? key.isSigned : key.isSignature) {
    // A signature is over the very bytes of an index, and the gateway serves each without what is gone.
    return refuse('write', 'the gateway keeps no signed cache: use `gateway: false`');
  }
  if (key.kind === 'index') {
    if (!rules.writeScopes.has(key.cacheScope)) {
      return refuse('write', `cache scope ${key.cacheScope} is not the export of the plan`);
    }
    if (key.refHash !== rules.writeRefHash)
      return refuse('write', 'the index is not of the ref that may be written');
    if (key.number === undefined) return refuse('write', 'an index needs a number');
  }
  return findPowerlessness(rules) ?? { kind: 'allowed', key };
}
