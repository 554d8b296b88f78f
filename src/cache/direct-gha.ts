import { findServiceObstacle } from '../buildkit/install/version.ts';
import { type BuildCache, noCache } from '../buildkit/solve/cache-flags.ts';
import { deriveStubToken } from '../gateway/access/stub-token.ts';
import type { Rights } from '../policy/rights.ts';
import { findBuildkitFault } from '../policy/runtime-token.ts';
import type { Backend, CacheAccess, ConnectRequest, Scopes } from './backend.ts';
import { type ExportSettings, toGhaExport, toGhaImport, toWords } from './cache-entries.ts';
import { decideDirectOutcome } from './direct-outcome.ts';
import { createNoAccess, toUnguardedRoutes } from './no-access.ts';
import { findService, refuse, type Service, type ServiceFacts, toServiceVariables } from './service.ts';

/** The plain way: the real service and token for BuildKit's own client, as BuildKit documents it. */
export function createDirectGha(facts: ServiceFacts, rights: Rights): Backend {
  return {
    rights,
    // An export replaces what is there.
    keepsNewer: false,
    connect: async (request) => {
      const found = findService(facts, request.plans);
      return found.kind === 'none' ? found.access : await connect(found.service, request);
    },
  };
}

async function connect(service: Service, { job, findObstacle }: ConnectRequest): Promise<CacheAccess> {
  // BuildKit fails the whole build on a token that it cannot use, so it is looked at first.
  const usable = deriveStubToken(service.token, '', Date.now());
  if (usable.kind === 'refused') return refuse(usable);
  const fault = findBuildkitFault(service.token);
  if (fault !== undefined) {
    const reason = `BuildKit does not take the runtime token, because ${fault}; with \`gateway: true\` it need not`;
    return refuse({ code: 'token-of-others', reason });
  }
  // BuildKit's client would try for minutes, before the build and after it.
  const obstacle = await findObstacle();
  if (obstacle === undefined) return createAccess(service);
  const isTold = job.record.outage !== undefined;
  await job.update({ outage: obstacle });
  return createNoAccess({
    kind: isTold ? 'info' : 'loss',
    sentence: `The cache service does not answer (${obstacle}): this build runs without a cache.`,
  });
}

function createAccess({ upstream, token }: Service): CacheAccess {
  // Known once BuildKit is: `outcome` is asked after `open`.
  let isLeftOut = false;
  return {
    describe: () => undefined,
    open: async ({ plans, settings, seen, version }) => {
      const obstacle = findServiceObstacle(version, upstream.protocol);
      isLeftOut = obstacle !== undefined;
      if (obstacle !== undefined) {
        const sentence = `${obstacle}: this build runs without a cache. With \`gateway: true\` it has one.`;
        return {
          ...toUnguardedRoutes(
            plans.map(() => ({ ...noCache, words: toWords(undefined) })),
            seen,
          ),
          degradations: [sentence],
        };
      }
      const environment = toServiceVariables(upstream, token);
      const caches = plans.map((plan) => ({
        ...locate(plan, settings),
        ...{ environment, dockerConfig: undefined },
      }));
      return toUnguardedRoutes(caches, seen);
    },
    watch: async () => undefined,
    sortImportErrors: (errors) => errors,
    settle: async () => ({ verdict: undefined, foreign: undefined }),
    readReport: async () => undefined,
    outcome: (facts) =>
      isLeftOut ? { cacheExport: 'skipped', reason: undefined, unloaded: [] } : decideDirectOutcome(facts),
  };
}

function locate(plan: Scopes, settings: ExportSettings): Pick<BuildCache, 'imports' | 'export' | 'words'> {
  const exported = plan.export === null ? noCache.export : toGhaExport(plan.export, settings);
  return { imports: plan.imports.map(toGhaImport), export: exported, words: toWords(exported) };
}
