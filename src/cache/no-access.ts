import { type BuildCache, noCache } from '../buildkit/solve/cache-flags.ts';
import type { CacheAccess, Description, OpenedRoute } from './backend.ts';
import { toWords } from './cache-entries.ts';
import type { SeenCaches } from './cache-record.ts';
import { nothingCached } from './cached-layers.ts';

/** A build without a cache; `description` says why, where the plan does not. */
export function createNoAccess(description: Description | undefined): CacheAccess {
  return {
    describe: () => description,
    open: async ({ plans, seen }) =>
      toUnguardedRoutes(
        plans.map(() => ({ ...noCache, words: toWords(undefined) })),
        seen,
      ),
    watch: async () => undefined,
    sortImportErrors: (errors) => errors,
    settle: async () => ({ verdict: undefined, foreign: undefined }),
    readReport: async () => undefined,
    outcome: () => ({ cacheExport: 'skipped', reason: undefined, unloaded: [] }),
  };
}

/** Without the gateway, what BuildKit makes of its own cache is left to it; but not what we made it compress before. */
export function toUnguardedRoutes(caches: readonly BuildCache[], seen: SeenCaches): OpenedRoute {
  const cachedLayers = { ...nothingCached, own: seen.zstd ? ['zstd'] : [] };
  const routes = caches.map((cache) => ({ cache, cachedLayers }));
  return { routes, seen, notices: [], degradations: [] };
}
