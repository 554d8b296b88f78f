import type { CacheEntry } from '../buildkit/solve/cache-flags.ts';
import { type CachedLayers, decideRemedy } from '../buildkit/solve/output-compression.ts';
import { toReference } from '../gateway/access/oci-name.ts';
import type { ScopeDescription } from '../gateway/report/scope-description.ts';
import type { OpenRequest } from './backend.ts';
import { toGhaExport, toGhaImport, toRegistryExport, toRegistryImport } from './cache-entries.ts';
import type { SeenCaches } from './cache-record.ts';
import { joinLayers, nothingCached } from './cached-layers.ts';

/** How builds reach the cache scopes of their plans through the gateway. */
export interface GatewayLocation {
  /** One a plan, in their order. */
  readonly builds: readonly {
    readonly imports: readonly CacheEntry[];
    readonly export: CacheEntry | undefined;
  }[];
  /** Of all that is imported, and of what the daemon has from earlier steps of the job. */
  readonly cachedLayers: CachedLayers;
  /** What the daemon has seen once this build has begun. */
  readonly seen: SeenCaches;
  /** What a user may not expect; one sentence each. */
  readonly notices: readonly string[];
  /** What the build loses; one sentence each. */
  readonly degradations: readonly string[];
}

export interface LocateFacts
  extends Pick<OpenRequest, 'plans' | 'settings' | 'outputs' | 'seen' | 'isForOthers'> {
  readonly gatewayUrl: string;
  /** What the imports and the seen cache scopes hold; undefined: the gateway did not tell. */
  readonly descriptions: readonly ScopeDescription[] | undefined;
  /** Why BuildKit cannot use `type=registry` with the gateway; undefined: it can. */
  readonly obstacle: string | undefined;
}

/**
 * `type=registry` exports zstd, `type=gha` gzip; either imports what the other wrote. A cache scope too large for the
 * first is imported with the second. Cache scopes that would change what the build puts out are left out. Pure.
 */
export function locateByGateway(facts: LocateFacts): GatewayLocation {
  const { plans, settings, gatewayUrl, seen, descriptions, obstacle } = facts;
  const isGzip = settings.compression === 'gzip';
  // Of several builds at once only a registry's exports can be told apart from each other.
  const needsOci = !isGzip || plans.length > 1 || facts.isForOthers === true;
  const isOci = needsOci && obstacle === undefined && descriptions !== undefined;
  const find = (scope: string) => descriptions?.find(({ name }) => name === scope);
  const toImport = (scope: string) =>
    isOci && find(scope)?.fitsOci === true
      ? toRegistryImport(toReference(gatewayUrl, scope))
      : toGhaImport(scope);
  const toExport = (scope: string) =>
    isOci ? toRegistryExport(toReference(gatewayUrl, scope), settings) : toGhaExport(scope, settings);
  const imports = [...new Set(plans.flatMap((plan) => plan.imports))];
  const exports = plans.flatMap((plan) => (plan.export === null ? [] : [plan.export]));
  const usable = chooseImports(imports, facts);
  const zstd: CachedLayers = { ...nothingCached, own: seen.zstd ? ['zstd'] : [] };
  const kept = [...usable, ...seen.scopes].flatMap((scope) => find(scope)?.layers ?? []);
  return {
    builds: plans.map((plan) => ({
      imports: plan.imports.filter((scope) => usable.includes(scope)).map(toImport),
      export: plan.export === null ? undefined : toExport(plan.export),
    })),
    cachedLayers: joinLayers([...kept, zstd]),
    seen: {
      scopes: [...new Set([...seen.scopes, ...usable, ...exports])],
      zstd: seen.zstd || (isOci && !isGzip && exports.length > 0),
    },
    notices:
      isGzip || obstacle === undefined
        ? []
        : [`The cache is compressed with gzip, which takes longer than zstd: ${obstacle}.`],
    degradations: describeLeft(
      imports.filter((scope) => !usable.includes(scope)),
      descriptions !== undefined,
    ),
  };
}

/** Those that no output has anything against: builds that run at once share what the daemon has. */
function chooseImports(
  imports: readonly string[],
  { outputs, descriptions = [] }: Pick<LocateFacts, 'outputs' | 'descriptions'>,
): readonly string[] {
  // A base image is the same whichever cache scope it is in.
  const { base } = joinLayers(descriptions.map(({ layers }) => layers));
  const unknown: CachedLayers = { base: ['unknown'], own: ['unknown'], result: ['unknown'] };
  return imports.filter((scope) => {
    const layers = descriptions.find(({ name }) => name === scope)?.layers;
    const held = layers === undefined ? unknown : { ...layers, base };
    return outputs.every((output) => decideRemedy(output, held) !== 'refuse');
  });
}

function describeLeft(left: readonly string[], isKnown: boolean): readonly string[] {
  if (left.length === 0) return [];
  const why = isKnown
    ? 'its layers and the base image are compressed in different ways, and the image would not be what it is without a cache'
    : 'the gateway did not tell how its layers are compressed';
  return [`${left.join(', ')}: not imported, as ${why}.`];
}
