import { type CacheEntry, renderCacheEntry } from '../buildkit/solve/cache-flags.ts';
import type { CacheAccess } from '../cache/backend.ts';
import { nothingSeen } from '../cache/cache-record.ts';
import { toCompleteEntries } from '../cache/plain-entries.ts';
import type { SetupStepInputs } from '../inputs/types.ts';
import type { BuildOutput } from '../inputs/values.ts';
import * as log from '../log.ts';
import type { SetupScope } from '../plan/setup-scopes.ts';
import type { CachePlan } from '../policy/types.ts';
import type { Degradations } from './degradations.ts';
import type { Endpoint } from './endpoint.ts';
import { handExports, handLogin } from './hand-over.ts';
import { type KeptDaemon, noteSeen } from './kept-daemon.ts';
import { type Job, openKept } from './record.ts';
import type { Runner } from './runner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface PlannedScope {
  readonly scope: SetupScope;
  readonly plan: CachePlan;
}

/** A cache that later steps may use, with all that their clients must be told of it. */
export interface HandedScope {
  readonly name: string;
  readonly plan: CachePlan;
  /** Entries of `--cache-from` and `--cache-to`. */
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  /** The same for clients that read no environment: with address and stub. */
  readonly cacheFromGha: readonly string[];
  readonly cacheToGha: readonly string[];
}

interface Opening {
  readonly inputs: SetupStepInputs;
  readonly endpoint: Endpoint;
  readonly degradations: Degradations;
  readonly planned: readonly PlannedScope[];
  readonly access: CacheAccess;
  readonly job: Job;
  readonly kept: KeptDaemon | undefined;
  readonly runner: Runner;
  readonly env: Environment;
}

/**
 * Nobody knows what later steps make: a cache that would change the layers of an image which nothing forces to gzip is
 * left out, unless zstd was asked for.
 */
const unforced: BuildOutput = { type: 'image', attrs: { compression: 'estargz' } };

/** From the plans to what clients of later steps are told. */
export async function openCaches(opening: Opening): Promise<{
  readonly scopes: readonly HandedScope[];
  readonly environment: Readonly<Record<string, string>>;
}> {
  const { inputs, planned, access, job, kept, runner, env, endpoint, degradations } = opening;
  if (kept?.job.record.seen !== undefined) await noteSeen(job, kept.job.record.seen);
  const { seen = nothingSeen } = job.record;
  const isZstd = inputs.cache.compression === 'zstd';
  const settings = { ...inputs.cache, compression: isZstd ? ('zstd' as const) : ('gzip' as const) };
  const opened = await access.open({
    ...{ plans: planned.map(({ plan }) => plan), settings, seen, isForOthers: true },
    outputs: isZstd ? [] : [unforced],
    version: endpoint.version,
    logIn: (login) => handLogin({ job, workspace: runner.workspace, env }, login),
  });
  for (const notice of opened.notices) log.notice(notice);
  for (const sentence of opened.degradations) degradations.add(sentence);
  if (opened.seen !== seen) await job.update({ seen: opened.seen });
  // Anew: the daemon's own part was written meanwhile.
  if (kept !== undefined) await noteSeen(await openKept(kept.job.directory), opened.seen);
  const exports = planned.flatMap(({ plan }) => (plan.export === null ? [] : [plan.export]));
  await handExports(job, exports);
  const environment = opened.routes[0]?.cache.environment ?? {};
  const scopes = planned.map(({ scope, plan }, index) => {
    const cache = opened.routes[index]?.cache;
    const complete = toCompleteEntries(plan, settings, environment);
    const render = (entries: readonly (CacheEntry | undefined)[]) =>
      entries.flatMap((entry) => (entry === undefined ? [] : [renderCacheEntry(entry)]));
    return {
      ...{ name: scope.name, plan },
      cacheFrom: render(cache?.imports ?? []),
      cacheTo: render([cache?.export]),
      cacheFromGha: render(complete.imports),
      cacheToGha: render([complete.export]),
    };
  });
  return { scopes, environment };
}
