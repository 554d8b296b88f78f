import { type Clock, systemClock } from '../async/clock.ts';
import { type BuildResult, listParts } from '../buildkit/solve/build.ts';
import { noCache } from '../buildkit/solve/cache-flags.ts';
import { addBuildTimes } from '../buildkit/trace/build-times.ts';
import type { BuildRoute, Scopes } from '../cache/backend.ts';
import { nothingCached } from '../cache/cached-layers.ts';
import { createNoAccess } from '../cache/no-access.ts';
import { toMessage } from '../errors.ts';
import type { ExportVerdict } from '../gateway/store/export-claim.ts';
import type { CacheInputs } from '../inputs/types.ts';
import type { BuildOutput } from '../inputs/values.ts';
import * as log from '../log.ts';
import { closeBuildRoutes, openBuildRoutes } from './build-route.ts';
import type { Endpoint } from './endpoint.ts';
import { findExportInTheWay } from './export-in-the-way.ts';
import { pushAgain } from './push-again.ts';
import type { Step } from './step.ts';
import { removeUnfinished } from './unfinished-layers.ts';

/** What one call of buildx builds: an image, or the targets of a bake. */
export interface Work {
  /** One for each part of the result, in their order. */
  readonly plans: readonly Scopes[];
  /** Of all parts. */
  readonly outputs: readonly BuildOutput[];
  readonly settings: CacheInputs;
  /** The `push-retries` input. */
  readonly pushRetries: number;
  /** A question runs no step: it needs no cache, and exports none. */
  readonly isQuestion: boolean;
  run(request: WorkRequest): Promise<BuildResult>;
}

export interface WorkRequest {
  /** One a plan, in their order. */
  readonly routes: readonly BuildRoute[];
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
  /** The daemon has done it a moment ago, and what there is to say of it is said. */
  readonly isRepeated: boolean;
}

/** What the attempts need of their step. */
export type WorkStep = Pick<
  Step,
  'env' | 'runner' | 'job' | 'endpoint' | 'cache' | 'degradations' | 'signal'
> & {
  /** Of the waits between pushes. */
  readonly clock?: Clock;
};

/** A build, and the daemon that did it in the end. */
export interface BuiltWith {
  readonly result: BuildResult;
  readonly endpoint: Endpoint;
  /** What the gateway said of the index of each part; undefined: it was not asked. */
  readonly verdicts: readonly (ExportVerdict | undefined)[];
}

type Attempt = Omit<BuiltWith, 'endpoint'>;

interface Try extends WorkStep {
  readonly work: Work;
}

/** Builds; when the cache turns out to be unreadable, once more without imports, and when the gateway goes, without a cache. */
export async function buildWithCache(step: WorkStep, work: Work): Promise<BuiltWith> {
  const { endpoint, signal } = step;
  if (work.isQuestion) {
    const result = await work.run({ routes: toNoRoutes(work), endpoint, signal, isRepeated: false });
    return { result, endpoint, verdicts: work.plans.map(() => undefined) };
  }
  const opened = await openBuildRoutes({ ...step, ...work, version: endpoint.version });
  for (const notice of opened.notices) log.notice(notice);
  for (const sentence of opened.degradations) step.degradations.add(sentence);
  try {
    const built = await buildOnRoutes({ ...step, work }, opened.routes);
    return built === undefined ? await buildWithoutCache({ ...step, work }) : { ...built, endpoint };
  } finally {
    await closeBuildRoutes(opened.routes).catch((error: unknown) =>
      log.warning(
        `The copy of the Docker config could not be removed yet; the end of the job tries again: ${toMessage(error)}.`,
      ),
    );
  }
}

/** undefined: the gateway went during the build. */
async function buildOnRoutes(build: Try, routes: readonly BuildRoute[]): Promise<Attempt | undefined> {
  const degrade = build.degradations.add;
  const tried = await attempt(build, routes);
  if (tried === undefined) return undefined;
  const first = tried.result;
  for (const error of build.cache.sortImportErrors(first.importErrors)) {
    degrade(`A cache could not be imported, its steps are run again: ${error}.`);
  }
  const { lostSteps } = first.steps;
  if (lostSteps > 0)
    degrade(
      `${lostSteps} steps were run again: the cache names their layers, but they are gone from the cache service, or it could not be asked for them.`,
    );
  const inTheWay = findExportInTheWay(first, routes, build.endpoint.version);
  if (first.failure !== undefined && inTheWay !== undefined) {
    log.info(inTheWay);
    await removeUnfinished(build);
    const again = await attemptAgain(build, withoutExports(routes), first);
    // Where it does not fit without either, that is all there is to tell.
    if (again === undefined || again.result.failure !== undefined) return again;
    return withFailedExport(again, firstLine(first.failure.reason));
  }
  if (first.failure?.kind !== 'cache') return tried;
  const reason = firstLine(first.failure.reason);
  // BuildKit checks the exporter's token before anything else, and ignore-error does not cover that.
  const isExporter =
    routes.some(({ cache }) => cache.export !== undefined) && reason.includes('cache exporter');
  if (!isExporter && routes.every(({ cache }) => cache.imports.length === 0)) return tried;
  const imported = routes.map((route) => ({ ...route, cache: { ...route.cache, imports: [] } }));
  if (!isExporter) {
    degrade(`A cached layer could not be read, so the build was run again without imports: ${reason}.`);
    return attemptAgain(build, imported, first);
  }
  // What is lost is told with the export.
  log.info(`BuildKit refused the cache, so the build is run again without it: ${reason}.`);
  const again = await attemptAgain(build, withoutExports(imported), first);
  return again === undefined ? undefined : withFailedExport(again, reason);
}

function withFailedExport(attempted: Attempt, reason: string): Attempt {
  const cacheExport = { kind: 'failed', reason } as const;
  const targets = attempted.result.targets?.map((target) => ({ ...target, cacheExport }));
  return { ...attempted, result: { ...attempted.result, cacheExport, targets } };
}

/** The time of both is the build's. undefined: the gateway went during the build. */
async function attemptAgain(
  build: Try,
  routes: readonly BuildRoute[],
  first: BuildResult,
): Promise<Attempt | undefined> {
  const again = await attempt(build, routes);
  if (again === undefined) return undefined;
  return { ...again, result: { ...again.result, times: addBuildTimes(first.times, again.result.times) } };
}

/**
 * On a new daemon, where the old one is the job's own: it waits for layers that it was to get from the gateway, cannot be
 * cancelled in that, and would let a second build wait with it.
 */
async function buildWithoutCache(build: Try): Promise<BuiltWith> {
  const { endpoint: old, work } = build;
  build.degradations.add(
    "The gateway to the cache ended during the build, so the build was run again without a cache, and the next build will not find this one's steps.",
  );
  const endpoint = old.kind === 'own' ? await old.replace() : old;
  const built = await attempt({ ...build, endpoint, cache: createNoAccess(undefined) }, toNoRoutes(work));
  if (built === undefined) throw new Error('a gateway went that was not there');
  return { ...built, endpoint };
}

/** A build, and its push again where the network or the registry held it up. undefined: the gateway went during the build. */
async function attempt(build: Try, routes: readonly BuildRoute[]): Promise<Attempt | undefined> {
  const { work, clock = systemClock, signal } = build;
  return pushAgain({ retries: work.pushRetries, clock, signal, tell: log.info }, (again) =>
    attemptOnce(build, again?.isExported === true ? withoutExports(routes) : routes, again !== undefined),
  );
}

async function attemptOnce(
  build: Try,
  routes: readonly BuildRoute[],
  isRepeated: boolean,
): Promise<Attempt | undefined> {
  const { cache, work, endpoint, signal } = build;
  const watch = await cache.watch();
  if (watch === undefined) {
    const result = await work.run({ routes, endpoint, signal, isRepeated });
    return { result, verdicts: await settle(build, routes, result) };
  }
  try {
    const either = AbortSignal.any([signal, watch.signal]);
    const result = await work.run({ routes, endpoint, signal: either, isRepeated });
    if (result.failure?.kind === 'cache' && (await watch.isGone())) return undefined;
    return { result, verdicts: await settle(build, routes, result) };
  } catch (error) {
    if (watch.signal.aborted && !signal.aborted) return undefined;
    throw error;
  } finally {
    watch.stop();
  }
}

/**
 * The index of a build that failed later, in its push for example, is as good as any: its export came to its end, and
 * that is after all of its steps.
 */
async function settle(
  { cache, work, degradations }: Try,
  routes: readonly BuildRoute[],
  result: BuildResult,
): Promise<readonly (ExportVerdict | undefined)[]> {
  const parts = listParts(result);
  const verdicts: (ExportVerdict | undefined)[] = [];
  for (const [index, plan] of work.plans.entries()) {
    const cacheExport = parts[index]?.cacheExport ?? { kind: 'none' };
    if (plan.export === null) {
      verdicts.push(undefined);
      continue;
    }
    const type = routes[index]?.cache.export?.type;
    const { verdict, foreign } = await cache.settle({ cacheScope: plan.export, type, cacheExport });
    if (foreign !== undefined) degradations.add(foreign);
    verdicts.push(verdict);
  }
  return verdicts;
}

function toNoRoutes({ plans }: Work): readonly BuildRoute[] {
  return plans.map(() => ({ cache: noCache, cachedLayers: nothingCached }));
}

function withoutExports(routes: readonly BuildRoute[]): readonly BuildRoute[] {
  return routes.map((route) => ({ ...route, cache: { ...route.cache, export: undefined } }));
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
