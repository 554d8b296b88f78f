import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type Clock, systemClock } from '../async/clock.ts';
import { toAttestations, toBuilderId } from '../buildkit/solve/attestations.ts';
import { type BuildResult, runBuild } from '../buildkit/solve/build.ts';
import { toBuildCommand } from '../buildkit/solve/build-arguments.ts';
import { listOutputs } from '../buildkit/solve/build-outputs.ts';
import { writeBuilder } from '../buildkit/solve/builder.ts';
import { noCache } from '../buildkit/solve/cache-flags.ts';
import { toGitAuth } from '../buildkit/solve/git-auth.ts';
import { addBuildTimes } from '../buildkit/trace/build-times.ts';
import type { BuildRoute } from '../cache/backend.ts';
import { nothingCached } from '../cache/cached-layers.ts';
import { createNoAccess } from '../cache/no-access.ts';
import { toMessage } from '../errors.ts';
import type { ExportVerdict } from '../gateway/store/export-claim.ts';
import { annotatesChecks } from '../inputs/check-annotations.ts';
import * as log from '../log.ts';
import { closeBuildRoute, openBuildRoute } from './build-route.ts';
import { findBuildxConfig } from './docker-config.ts';
import { findAnnotatedDockerfile } from './dockerfile-place.ts';
import type { Endpoint } from './endpoint.ts';
import { findExportInTheWay } from './export-in-the-way.ts';
import { toBuildxConfig, toMetadataPrefix } from './job-processes.ts';
import { pushAgain, toRepeated } from './push-again.ts';
import type { Step } from './step.ts';
import { removeUnfinished } from './unfinished-layers.ts';

/** What a build needs of its step. */
export type ImageBuild = Pick<
  Step,
  | 'env'
  | 'inputs'
  | 'runner'
  | 'plan'
  | 'job'
  | 'endpoint'
  | 'cache'
  | 'isTrial'
  | 'isPublic'
  | 'defaultContext'
  | 'degradations'
  | 'signal'
> & {
  /** Of the waits between pushes. */
  readonly clock?: Clock;
  /** The daemon has done it a moment ago, and what there is to say of it is said. */
  readonly isRepeated?: boolean;
};

/** A build, and the daemon that did it in the end. */
export interface BuiltWith {
  readonly result: BuildResult;
  readonly endpoint: Endpoint;
  /** What the gateway said of the index; undefined: it was not asked. */
  readonly verdict: ExportVerdict | undefined;
}

interface Attempt {
  readonly result: BuildResult;
  readonly verdict: ExportVerdict | undefined;
}

/** Builds; when the cache turns out to be unreadable, once more without imports, and when the gateway goes, without a cache. */
export async function buildImage(build: ImageBuild): Promise<BuiltWith> {
  if (build.inputs.build.call !== undefined) return askBuild(build);
  const { route, notices, degradations } = await openBuildRoute({
    ...build,
    version: build.endpoint.version,
  });
  for (const notice of notices) log.notice(notice);
  for (const sentence of degradations) build.degradations.add(sentence);
  try {
    const built = await buildOnRoute(build, route);
    return built === undefined ? await buildWithoutCache(build) : { ...built, endpoint: build.endpoint };
  } finally {
    await closeBuildRoute(route).catch((error: unknown) =>
      log.warning(
        `The copy of the Docker config could not be removed yet; the end of the job tries again: ${toMessage(error)}.`,
      ),
    );
  }
}

/** A question runs no step: it needs no cache, and exports none. */
async function askBuild(build: ImageBuild): Promise<BuiltWith> {
  const result = await run(build, { cache: noCache, cachedLayers: nothingCached });
  return { result, endpoint: build.endpoint, verdict: undefined };
}

/** undefined: the gateway went during the build. */
async function buildOnRoute(build: ImageBuild, route: BuildRoute): Promise<Attempt | undefined> {
  const degrade = build.degradations.add;
  const tried = await attempt(build, route);
  if (tried === undefined) return undefined;
  const first = tried.result;
  for (const error of first.importErrors) {
    degrade(`A cache could not be imported, its steps are run again: ${error}.`);
  }
  const { lostSteps } = first.steps;
  if (lostSteps > 0)
    degrade(
      `${lostSteps} steps were run again: the cache names their layers, but they are gone from the cache service, or it could not be asked for them.`,
    );
  const inTheWay = findExportInTheWay(first, route, build.endpoint.version);
  if (first.failure !== undefined && inTheWay !== undefined) {
    log.info(inTheWay);
    await removeUnfinished(build);
    const again = await attemptAgain(
      build,
      { ...route, cache: { ...route.cache, export: undefined } },
      first,
    );
    const cacheExport = { kind: 'failed', reason: firstLine(first.failure.reason) } as const;
    // Where it does not fit without either, that is all there is to tell.
    if (again === undefined || again.result.failure !== undefined) return again;
    return { ...again, result: { ...again.result, cacheExport } };
  }
  if (first.failure?.kind !== 'cache') return tried;
  const reason = firstLine(first.failure.reason);
  // BuildKit checks the exporter's token before anything else, and ignore-error does not cover that.
  const isExporter = route.cache.export !== undefined && reason.includes('cache exporter');
  if (!isExporter && route.cache.imports.length === 0) return tried;
  degrade(
    isExporter
      ? `BuildKit refused the cache, so the build was run again without it: ${reason}.`
      : `A cached layer could not be read, so the build was run again without imports: ${reason}.`,
  );
  const exported = isExporter ? undefined : route.cache.export;
  return attemptAgain(build, { ...route, cache: { ...route.cache, imports: [], export: exported } }, first);
}

/** The time of both is the build's. undefined: the gateway went during the build. */
async function attemptAgain(
  build: ImageBuild,
  route: BuildRoute,
  first: BuildResult,
): Promise<Attempt | undefined> {
  const again = await attempt(build, route);
  if (again === undefined) return undefined;
  return { ...again, result: { ...again.result, times: addBuildTimes(first.times, again.result.times) } };
}

/**
 * On a new daemon, where the old one is the job's own: it waits for layers that it was to get from the gateway, cannot be
 * cancelled in that, and would let a second build wait with it.
 */
async function buildWithoutCache(build: ImageBuild): Promise<BuiltWith> {
  const { endpoint: old } = build;
  build.degradations.add(
    "The gateway to the cache ended during the build, so the build was run again without a cache, and the next build will not find this one's steps.",
  );
  const endpoint = old.kind === 'own' ? await old.replace() : old;
  const route = { cache: noCache, cachedLayers: nothingCached };
  const built = await attempt({ ...build, endpoint, cache: createNoAccess(undefined) }, route);
  if (built === undefined) throw new Error('a gateway went that was not there');
  return { ...built, endpoint };
}

/** A build, and its push again where the network or the registry held it up. undefined: the gateway went during the build. */
async function attempt(build: ImageBuild, route: BuildRoute): Promise<Attempt | undefined> {
  const { inputs, clock = systemClock, signal } = build;
  const withoutExport = { ...route, cache: { ...route.cache, export: undefined } };
  return pushAgain({ retries: inputs.image.pushRetries, clock, signal, tell: log.info }, (again) =>
    attemptOnce(
      { ...build, isRepeated: again !== undefined },
      again?.isExported === true ? withoutExport : route,
    ),
  );
}

async function attemptOnce(build: ImageBuild, route: BuildRoute): Promise<Attempt | undefined> {
  const { cache, signal } = build;
  const watch = await cache.watch();
  if (watch === undefined) {
    const result = await run(build, route);
    return { result, verdict: await settle(build, route, result) };
  }
  try {
    const result = await run({ ...build, signal: AbortSignal.any([signal, watch.signal]) }, route);
    if (result.failure?.kind === 'cache' && (await watch.isGone())) return undefined;
    return { result, verdict: await settle(build, route, result) };
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
  { cache, plan, degradations }: ImageBuild,
  route: BuildRoute,
  { cacheExport }: BuildResult,
): Promise<ExportVerdict | undefined> {
  if (plan.export === null) return undefined;
  const ended = { cacheScope: plan.export, type: route.cache.export?.type, cacheExport };
  const { verdict, foreign } = await cache.settle(ended);
  if (foreign !== undefined) degradations.add(foreign);
  return verdict;
}

async function run(build: ImageBuild, { cache, cachedLayers }: BuildRoute): Promise<BuildResult> {
  const { runner, endpoint, job, env, signal, isRepeated = false } = build;
  const inputs = isRepeated ? toRepeated(build.inputs) : build.inputs;
  // A new name: an earlier build's answer must not pass for this one's.
  const metadataFile = `${toMetadataPrefix(job.directory)}${randomUUID()}.json`;
  const builder = await writeBuilder({
    configDirectory: toBuildxConfig(job.directory),
    ...{ address: endpoint.address, driverOptions: endpoint.driverOptions },
    scopedLogins: path.join(findBuildxConfig(env, runner.workspace), 'config'),
  });
  const command = toBuildCommand({
    inputs,
    cache,
    cachedLayers,
    builder,
    metadataFile,
    workspace: runner.workspace,
    environment: env,
    attestations: toAttestations({
      asked: inputs.image,
      outputs: listOutputs(inputs.image),
      isPublic: build.isPublic,
      builderId: toBuilderId(runner),
      version: endpoint.version,
      environment: env,
    }),
    gitAuth: toGitAuth(inputs.build, build.defaultContext),
    isTrial: build.isTrial,
  });
  if (!isRepeated) for (const notice of command.notices) log.notice(notice);
  return runBuild({
    buildx: endpoint.buildx,
    command,
    metadataFile,
    cwd: runner.workspace,
    dockerfile: await findAnnotatedDockerfile(inputs.build, runner.workspace, env, signal),
    annotates: annotatesChecks(inputs, env),
    call: inputs.build.call,
    log: isRepeated ? { info: log.info, warning: log.info } : log,
    words: cache.words,
    signal,
  });
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
