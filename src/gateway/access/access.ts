import { WRITE_PERMISSION } from '../../cache-protocol/access-claim.ts';
import { BUILDKIT_CACHE_VERSION } from '../../cache-protocol/version.ts';
import type { RefScope } from '../../policy/types.ts';
import { type BuildkitKey, parseBuildkitKey, toRefHash } from './buildkit-key.ts';

/** What a step may do: the part of its CachePlan that the gateway enforces. */
export interface GatewayPlan {
  readonly imports: readonly string[];
  /** null: read only. */
  readonly export: string | null;
  /** The run is known to build the newest commit; else it takes nothing from what a newer run exported. */
  readonly isTip?: boolean | undefined;
}

/** All plans of the job's steps together, reads and writes apart: a step without export adds no right to write. */
export interface AccessRules {
  readonly readScopes: ReadonlySet<string>;
  readonly writeScopes: ReadonlySet<string>;
  /** Of those, the ones that every plan exports to as the newest commit. */
  readonly tipScopes: ReadonlySet<string>;
  /** Hashes of the token's ref scopes, as they stand in index keys. */
  readonly refHashes: ReadonlySet<string>;
  /** Of the ref scope that BuildKit's exporter takes: the last writable one; `""` when there is none. */
  readonly writeRefHash: string;
  /** Some ref scope of the token may be written. */
  readonly canWrite: boolean;
}

/** Whether the token names the ref scope of an index. */
export function mayReadRef(rules: AccessRules, refHash: string): boolean {
  return rules.refHashes.has(refHash) || refHash === rules.writeRefHash;
}

export type AccessDecision =
  | { readonly kind: 'allowed'; readonly key: BuildkitKey }
  | { readonly kind: 'refused'; readonly message: string };

export function toAccessRules(plans: readonly GatewayPlan[], refScopes: readonly RefScope[]): AccessRules {
  const writeScopes = new Set(plans.flatMap((plan) => (plan.export === null ? [] : [plan.export])));
  const writable = refScopes.filter(({ permission }) => (permission & WRITE_PERMISSION) !== 0);
  return {
    // The exporter reads its own index before it writes the next one.
    readScopes: new Set([...plans.flatMap((plan) => plan.imports), ...writeScopes]),
    writeScopes,
    tipScopes: new Set(
      [...writeScopes].filter((name) => plans.every((plan) => plan.export !== name || plan.isTip === true)),
    ),
    refHashes: new Set(refScopes.map(({ scope }) => toRefHash(scope))),
    writeRefHash: toRefHash(writable.at(-1)?.scope ?? ''),
    canWrite: writable.length > 0,
  };
}

export function decideRead(
  rules: AccessRules,
  query: { readonly key: string; readonly restoreKeys: readonly string[]; readonly version: string },
): AccessDecision {
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

export function decideWrite(
  rules: AccessRules,
  request: { readonly key: string; readonly version: string },
): AccessDecision {
  const key = parseBuildkitKey(request.key);
  if (key === undefined) return refuse('write', 'the key is not one of BuildKit');
  if (request.version !== BUILDKIT_CACHE_VERSION)
    return refuse('write', 'the version is not that of BuildKit');
  if (rules.writeScopes.size === 0) return refuse('write', 'the plan has no export');
  if (key.kind === 'index' ? key.isSigned : key.isSignature) {
    // A signature is over the very bytes of an index, and the gateway serves each without what is gone.
    return refuse('write', 'the gateway keeps no signed cache: use `gateway: false`');
  }
  if (key.kind === 'blob') return { kind: 'allowed', key };
  if (!rules.writeScopes.has(key.cacheScope)) {
    return refuse('write', `cache scope ${key.cacheScope} is not the export of the plan`);
  }
  if (key.refHash !== rules.writeRefHash)
    return refuse('write', 'the index is not of the ref that may be written');
  if (key.number === undefined) return refuse('write', 'an index needs a number');
  return { kind: 'allowed', key };
}

/** In the words of the service, whose prefixes clients know. */
function refuse(action: 'read' | 'write', why: string): AccessDecision {
  return { kind: 'refused', message: `cache ${action} denied: ${why}` };
}
