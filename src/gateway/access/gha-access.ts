import { BUILDKIT_CACHE_VERSION } from '../../cache-protocol/version.ts';
import { type BuildkitKey, parseBuildkitKey } from './buildkit-key.ts';
import { type AccessRules, findPowerlessness, mayReadRef, type Refusal, refuse } from './rules.ts';

export type GhaReadDecision =
  | {
      readonly kind: 'allowed';
      readonly key: BuildkitKey;
      /** Of an index: the cache scopes to look in, one after the other; none where the name is `unplanned`. */
      readonly cacheScopes: readonly string[];
      /** As in Refusal. */
      readonly unplanned?: string;
    }
  | Refusal;

export type GhaWriteDecision =
  | {
      readonly kind: 'allowed';
      readonly key: BuildkitKey;
      /** False: what is written is dropped, so that whoever runs a script with such a name has no failed build of it. */
      readonly isKept: boolean;
      /** As in Refusal; it goes with `isKept: false`. */
      readonly unplanned?: string;
    }
  | Refusal;

/** What `type=gha` may look up: BuildKit's keys in BuildKit's version, of the plan's cache scopes and the token's refs. */
export function decideGhaRead(
  rules: AccessRules,
  query: { readonly key: string; readonly restoreKeys: readonly string[]; readonly version: string },
): GhaReadDecision {
  const key = parseBuildkitKey(query.key);
  if (key === undefined || query.restoreKeys.some((other) => other !== query.key)) {
    return refuse('read', 'the key is not one of BuildKit');
  }
  if (query.version !== BUILDKIT_CACHE_VERSION) return refuse('read', 'the version is not that of BuildKit');
  if (rules.readScopes.size === 0 && rules.aliases.size === 0)
    return refuse('read', 'the plan imports and exports nothing');
  if (key.kind === 'blob') return { kind: 'allowed', key, cacheScopes: [] };
  const cacheScopes = listMeant(rules, key.cacheScope);
  if (cacheScopes === undefined) {
    // A script's exporter looks before it writes, and would fail the build.
    if (rules.aliases.size > 0) return { kind: 'allowed', key, cacheScopes: [], unplanned: key.cacheScope };
    return refuse('read', `cache scope ${key.cacheScope} is not in the plan`, key.cacheScope);
  }
  if (!mayReadRef(rules, key.refHash)) {
    return refuse('read', 'the index is of a ref that the token does not name');
  }
  return { kind: 'allowed', key, cacheScopes };
}

/** undefined: it is neither in a plan nor an alias. The exporter reads its own index before it writes the next one. */
function listMeant({ readScopes, aliases }: AccessRules, name: string): readonly string[] | undefined {
  if (readScopes.has(name)) return [name];
  const plan = aliases.get(name);
  if (plan === undefined) return undefined;
  return [...new Set([...(plan.export === null ? [] : [plan.export]), ...plan.imports])];
}

/** What `type=gha` may store: layers, and numbered indexes of the plan's export under the ref that may be written. */
export function decideGhaWrite(
  rules: AccessRules,
  request: { readonly key: string; readonly version: string },
): GhaWriteDecision {
  const key = parseBuildkitKey(request.key);
  if (key === undefined) return refuse('write', 'the key is not one of BuildKit');
  if (request.version !== BUILDKIT_CACHE_VERSION)
    return refuse('write', 'the version is not that of BuildKit');
  if (key.kind === 'index' ? key.isSigned : key.isSignature) {
    // A signature is over the very bytes of an index, and the gateway serves each without what is gone.
    return refuse('write', 'the gateway keeps no signed cache: use `gateway: false`');
  }
  // Where nothing is exported, a client that was told to export by an alias comes to its end all the same.
  if (rules.writeScopes.size === 0 && rules.aliases.size === 0)
    return refuse('write', 'the plan has no export');
  if (key.kind === 'blob') {
    if (rules.writeScopes.size === 0) return { kind: 'allowed', key, isKept: false };
    return findPowerlessness(rules) ?? { kind: 'allowed', key, isKept: true };
  }
  const alias = rules.writeScopes.has(key.cacheScope) ? undefined : rules.aliases.get(key.cacheScope);
  if (alias === undefined && !rules.writeScopes.has(key.cacheScope)) {
    const why = `cache scope ${key.cacheScope} is not the export of the plan`;
    if (rules.readScopes.has(key.cacheScope)) return refuse('write', why);
    // Scripts choose names: what this one has no cache for is told at the end of the job.
    if (rules.aliases.size > 0) return { kind: 'allowed', key, isKept: false, unplanned: key.cacheScope };
    return refuse('write', why, key.cacheScope);
  }
  if (key.refHash !== rules.writeRefHash)
    return refuse('write', 'the index is not of the ref that may be written');
  if (key.number === undefined) return refuse('write', 'an index needs a number');
  if (alias?.export === null) return { kind: 'allowed', key, isKept: false };
  const meant = alias === undefined ? key : { ...key, cacheScope: alias.export };
  return findPowerlessness(rules) ?? { kind: 'allowed', key: meant, isKept: true };
}
