import path from 'node:path';
import { type CacheEntry, noCache } from '../buildkit/solve/cache-flags.ts';
import { toMessage } from '../errors.ts';
import { joinAttributes } from '../inputs/cache-attributes.ts';
import { describePlace } from '../inputs/cache-place.ts';
import type { CacheInputs } from '../inputs/types.ts';
import { unbounded } from '../policy/rights.ts';
import type { Backend, BuildRoute, CacheAccess, OpenedRoute, OpenRequest } from './backend.ts';
import { toWords } from './cache-entries.ts';
import { toInlinePlace } from './inline-place.ts';
import { LocalDirectory } from './local-directory.ts';
import { createNoAccess } from './no-access.ts';
import { changesOutput, decideCompression, toCachedLayers } from './store-compression.ts';
import { findRegion, toStoreVariables } from './store-credentials.ts';
import { type StoreBackend, type StoreSettings, toStoreEntries } from './store-entries.ts';
import { listStoreFaults } from './store-faults.ts';
import { StoreMemory } from './store-memory.ts';
import { openWay } from './store-way.ts';

export interface StoreFacts {
  readonly backend: StoreBackend;
  readonly cache: CacheInputs;
  /** Relative paths start there. */
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * A registry, a directory, a bucket, a container or the image itself, by BuildKit's own clients. They keep no refs apart,
 * so that the plan alone does.
 */
export function createStoreBackend(facts: StoreFacts): Backend {
  const places = toPlaces(facts);
  return {
    rights: unbounded,
    // An export replaces what is there.
    keepsNewer: false,
    connect: async ({ plans }) => {
      const isUnused = plans.every((plan) => plan.imports.length === 0 && plan.export === null);
      return isUnused ? createNoAccess(undefined) : createStoreAccess(facts, places);
    },
  };
}

function createStoreAccess(facts: StoreFacts, attributes: Pick<StoreSettings, 'to' | 'from'>): CacheAccess {
  const { backend, cache } = facts;
  const directory =
    backend === 'local'
      ? new LocalDirectory(
          [attributes.to.attrs['dest'], attributes.from.attrs['src']].filter((place) => place !== undefined),
          cache.maxSize,
        )
      : undefined;
  const memory = new StoreMemory(backend);
  return {
    describe: () => ({ kind: 'info', sentence: `caches: ${describePlace(cache)}` }),
    open: async (request) => {
      const compression = decideCompression({
        ...{ backend, asked: cache.compression, outputs: request.outputs },
        attribute: attributes.to.attrs['compression'],
      });
      const settings = { ...request.settings, backend, ...attributes, compression };
      const way = await openWay(settings, request.plans);
      const opened = openStoreRoutes(request, way.settings, toStoreVariables(settings));
      const open = way.obstacle === undefined ? opened : withoutCache(opened, way.obstacle);
      const settled = directory === undefined ? open : await settleLocal(open, directory);
      memory.noteRoutes(settled.routes, request.plans);
      return settled;
    },
    watch: async () => directory?.hold(),
    sortImportErrors: (errors) => {
      memory.noteImportErrors(errors);
      return [];
    },
    settle: async () => {
      await directory?.collect();
      return { verdict: undefined, foreign: undefined };
    },
    readReport: async () => undefined,
    outcome: (ended) => memory.toOutcome(ended),
  };
}

function withoutCache(opened: OpenedRoute, obstacle: string): OpenedRoute {
  const routes = opened.routes.map((route) => ({
    ...route,
    cache: { ...route.cache, imports: [], export: undefined },
  }));
  const sentence = `The place of the caches is of no use (${obstacle}): this build runs without a cache, and the next build will not find its steps.`;
  return { ...opened, routes, degradations: [sentence] };
}

/** Without imports of what is not there yet, and with the directories of what is exported. */
async function settleLocal(opened: OpenedRoute, directory: LocalDirectory): Promise<OpenedRoute> {
  const routes: BuildRoute[] = [];
  const lost: string[] = [];
  for (const route of opened.routes) {
    const imports: CacheEntry[] = [];
    for (const entry of route.cache.imports) if (await directory.hasIndex(entry)) imports.push(entry);
    let { export: exported } = route.cache;
    try {
      if (exported !== undefined) await directory.prepareExport(exported);
    } catch (error) {
      lost.push(
        `The cache is not exported, the next build will not find this one's steps: ${toMessage(error)}.`,
      );
      exported = undefined;
    }
    routes.push({ ...route, cache: { ...route.cache, imports, export: exported } });
  }
  return { ...opened, routes, degradations: [...opened.degradations, ...new Set(lost)] };
}

function openStoreRoutes(
  { plans, outputs, seen }: OpenRequest,
  settings: StoreSettings,
  environment: Readonly<Record<string, string>>,
): OpenedRoute {
  const { backend, compression, from } = settings;
  const isRefused = changesOutput(outputs, compression);
  const inline = plans.map((plan) =>
    backend === 'inline' ? toInlinePlace(plan, from.attrs['ref']) : undefined,
  );
  const layers = toCachedLayers(compression);
  const isZstd = compression === 'zstd' && backend !== 'inline';
  const routes = plans.map((plan, index) => {
    const entries = toStoreEntries(plan, settings, inline[index]);
    return {
      cache: {
        ...noCache,
        ...{ imports: isRefused ? [] : entries.imports, export: entries.export, environment },
        words: { ...toWords(entries.export), faults: listStoreFaults(backend, from) },
      },
      cachedLayers: seen.zstd ? { ...layers, own: [...new Set([...layers.own, 'zstd'])] } : layers,
    };
  });
  const imports = plans.flatMap((plan) => plan.imports);
  return {
    routes,
    seen: isZstd ? { ...seen, zstd: true } : seen,
    notices: [...new Set(inline.flatMap((place) => place?.withheld ?? []))],
    degradations:
      isRefused && imports.length > 0
        ? [
            `The caches are not imported: their layers are ${compression}, and the outputs would not be what they are without a cache.`,
          ]
        : [],
  };
}

/** Throws InputError where nobody says the region of a bucket. */
function toPlaces({ backend, cache, workspace, env }: StoreFacts): Pick<StoreSettings, 'to' | 'from'> {
  const joined = joinAttributes(backend, { to: cache.cacheToAttrs, from: cache.cacheFromAttrs });
  const settle = ({ attrs, secrets }: StoreSettings['to']) => ({
    secrets,
    attrs: Object.fromEntries(
      Object.entries(backend === 's3' ? { ...attrs, region: findRegion(attrs, env) } : attrs).map(
        ([name, value]) => [name, name === 'dest' || name === 'src' ? path.resolve(workspace, value) : value],
      ),
    ),
  });
  return { to: settle(joined.to), from: settle(joined.from) };
}
