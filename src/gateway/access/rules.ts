import { canWriteScope } from '../../policy/token-access.ts';
import type { RefScope } from '../../policy/types.ts';
import { toRefHash } from './buildkit-key.ts';
import type { GatewayPlan } from './plan.ts';

/** All plans of the job's steps together, reads and writes apart: a step without export adds no right to write. */
export interface AccessRules {
  readonly readScopes: ReadonlySet<string>;
  readonly writeScopes: ReadonlySet<string>;
  /** Of those, the ones that every plan exports to as the newest commit. */
  readonly tipScopes: ReadonlySet<string>;
  /** What a name stands for that is no cache scope itself. */
  readonly aliases: ReadonlyMap<string, Pick<GatewayPlan, 'imports' | 'export'>>;
  /** Hashes of the token's ref scopes, as they stand in index keys. */
  readonly refHashes: ReadonlySet<string>;
  /** Of the ref scope that BuildKit's exporter takes: the last writable one; `""` when there is none. */
  readonly writeRefHash: string;
  /** Some ref scope of the token may be written. */
  readonly canWrite: boolean;
}

/** Why a call is not allowed: `refused`, it is outside of the plans; `powerless`, they allow what the token gives no right to. */
export interface Refusal {
  readonly kind: 'refused' | 'powerless';
  /** The cache scope that was asked for and is in no plan; undefined: that is not the reason. */
  readonly unplanned?: string | undefined;
  /** In the words of the service, whose prefixes clients know. */
  readonly message: string;
}

export function toAccessRules(plans: readonly GatewayPlan[], refScopes: readonly RefScope[]): AccessRules {
  const writeScopes = new Set(plans.flatMap((plan) => (plan.export === null ? [] : [plan.export])));
  const writable = refScopes.filter(canWriteScope);
  return {
    // The exporter reads its own index before it writes the next one.
    readScopes: new Set([...plans.flatMap((plan) => plan.imports), ...writeScopes]),
    writeScopes,
    tipScopes: new Set(
      [...writeScopes].filter((name) => plans.every((plan) => plan.export !== name || plan.isTip === true)),
    ),
    aliases: new Map(plans.flatMap((plan) => (plan.aliases ?? []).map((name) => [name, plan] as const))),
    refHashes: new Set(refScopes.map(({ scope }) => toRefHash(scope))),
    writeRefHash: toRefHash(writable.at(-1)?.scope ?? ''),
    canWrite: writable.length > 0,
  };
}

/** Whether the token names the ref scope of an index. */
export function mayReadRef(rules: AccessRules, refHash: string): boolean {
  return rules.refHashes.has(refHash) || refHash === rules.writeRefHash;
}

export function refuse(action: 'read' | 'write', why: string, unplanned?: string): Refusal {
  return {
    kind: 'refused',
    message: toDenial(action, why),
    ...(unplanned === undefined ? {} : { unplanned }),
  };
}

/** Why nothing can be written although the plan has an export; undefined: the token allows it. */
export function findPowerlessness(rules: AccessRules): Refusal | undefined {
  if (rules.canWrite) return undefined;
  return { kind: 'powerless', message: toDenial('write', 'token has no writable scopes') };
}

/** In the words of the service. */
export function toDenial(action: 'read' | 'write', why: string): string {
  return `cache ${action} denied: ${why}`;
}
