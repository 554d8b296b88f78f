import { listOutputs } from '../buildkit/solve/build-outputs.ts';
import type { CacheTarget } from '../buildkit/solve/cache-flags.ts';
import { type CachedLayers, decideRemedy } from '../buildkit/solve/output-compression.ts';
import { toReference } from '../gateway/access/oci-name.ts';
import type { ScopeDescription } from '../gateway/report/scope-description.ts';
import type { Inputs } from '../inputs/types.ts';
import type { CachePlan } from '../policy/types.ts';
import type { SeenCaches } from './job-record.ts';

/** How a build reaches the plan's cache scopes through the gateway. */
export interface CacheRoute {
  readonly imports: readonly CacheTarget[];
  readonly export: CacheTarget | undefined;
  /** Of all that is imported, and of what the daemon has from earlier steps of the job. */
  readonly cachedLayers: CachedLayers;
  /** What the daemon has seen once this build has begun. */
  readonly seen: SeenCaches;
  /** What a user may not expect; one sentence each. */
  readonly notices: readonly string[];
  /** What the build loses; one sentence each. */
  readonly degradations: readonly string[];
}

export interface RouteFacts {
  readonly inputs: Inputs;
  readonly plan: Pick<CachePlan, 'imports' | 'export'>;
  readonly gatewayUrl: string;
  /** Of earlier steps of the job. */
  readonly seen: SeenCaches;
  /** What the imports and the seen cache scopes hold; undefined: the gateway did not tell. */
  readonly descriptions: readonly ScopeDescription[] | undefined;
  /** Why BuildKit cannot use `type=registry` with the gateway; undefined: it can. */
  readonly obstacle: string | undefined;
}

export const nothingCached: CachedLayers = { base: [], own: [], result: [] };

/**
 * `type=registry` exports zstd, `type=gha` gzip; either imports what the other wrote. A cache scope too large for the
 * first is imported with the second. Cache scopes that would change what the build puts out are left out.
 */
export function decideCacheRoute({
  inputs,
  plan,
  gatewayUrl,
  seen,
  descriptions,
  obstacle,
}: RouteFacts): CacheRoute {
  const isOci = inputs.compression !== 'gzip' && obstacle === undefined && descriptions !== undefined;
  const toTarget = (scope: string, fits: boolean): CacheTarget =>
    isOci && fits ? { kind: 'registry', ref: toReference(gatewayUrl, scope) } : { kind: 'gha', scope };
  const find = (scope: string) => descriptions?.find(({ name }) => name === scope);
  const usable = chooseImports(inputs, plan.imports, descriptions);
  const zstd: CachedLayers = { ...nothingCached, own: seen.zstd ? ['zstd'] : [] };
  const kept = [...usable, ...seen.scopes].flatMap((scope) => find(scope)?.layers ?? []);
  const left = plan.imports.filter((scope) => !usable.includes(scope));
  return {
    imports: usable.map((scope) => toTarget(scope, find(scope)?.fitsOci ?? false)),
    export: plan.export === null ? undefined : toTarget(plan.export, true),
    cachedLayers: joinLayers([...kept, zstd]),
    seen: {
      scopes: [...new Set([...seen.scopes, ...usable, ...(plan.export === null ? [] : [plan.export])])],
      zstd: seen.zstd || (isOci && plan.export !== null),
    },
    notices:
      inputs.compression === 'gzip' || obstacle === undefined
        ? []
        : [`The cache is compressed with gzip, which takes longer than zstd: ${obstacle}.`],
    degradations:
      left.length === 0
        ? []
        : [
            `${left.join(', ')}: not imported, as ${
              descriptions === undefined
                ? 'the gateway did not tell how its layers are compressed'
                : 'its layers and the base image are compressed in different ways, and the image would not be what it is without a cache'
            }.`,
          ],
  };
}

/** Those that no output of the build has anything against. */
function chooseImports(
  inputs: Inputs,
  imports: readonly string[],
  descriptions: readonly ScopeDescription[] = [],
): readonly string[] {
  const outputs = listOutputs(inputs);
  // A base image is the same whichever cache scope it is in.
  const { base } = joinLayers(descriptions.map(({ layers }) => layers));
  const unknown: CachedLayers = { base: ['unknown'], own: ['unknown'], result: ['unknown'] };
  return imports.filter((scope) => {
    const layers = descriptions.find(({ name }) => name === scope)?.layers;
    const held = layers === undefined ? unknown : { ...layers, base };
    return outputs.every((output) => decideRemedy(output, held) !== 'refuse');
  });
}

function joinLayers(all: readonly CachedLayers[]): CachedLayers {
  const join = (name: keyof CachedLayers) => [...new Set(all.flatMap((layers) => layers[name]))];
  return { base: join('base'), own: join('own'), result: join('result') };
}
