import type { Clock } from '../async/clock.ts';
import type { BuildResult } from '../buildkit/solve/build.ts';
import { classifyPushFailure } from '../buildkit/solve/push-failure.ts';
import { addBuildTimes } from '../buildkit/trace/build-times.ts';
import type { Inputs } from '../inputs/types.ts';

const firstDelayMs = 1000;
const maxDelayMs = 30_000;

export interface PushRetries {
  /** The `push-retries` input. */
  readonly retries: number;
  readonly clock: Clock;
  /** Ends a wait at once; its reason is thrown. */
  readonly signal: AbortSignal;
  /** One sentence a retry. */
  readonly tell: (sentence: string) => void;
}

interface Attempt {
  readonly result: BuildResult;
}

/**
 * Builds, and pushes again what the network or the registry held up, until it gets through, fails for good or the retries
 * are used up. The image is in the daemon after the first build, so another one pushes it and runs no step.
 *
 * @param attempt `again` undefined: the first time; `isExported`: the cache export came to its end, and need not be done
 * again. It answers undefined when there is nothing more to go on with, which ends all.
 */
export async function pushAgain<A extends Attempt>(
  { retries, clock, signal, tell }: PushRetries,
  attempt: (again: { readonly isExported: boolean } | undefined) => Promise<A | undefined>,
): Promise<A | undefined> {
  let last = await attempt(undefined);
  for (let retry = 1; last !== undefined && retry <= retries; retry++) {
    const { failure } = last.result;
    if (failure?.kind !== 'push') return last;
    const found = classifyPushFailure(failure);
    if (found.kind === 'final') return last;
    const waitMs = decideWaitMs(retry, found.retryAfterMs, clock.random());
    const [words = ''] = failure.reason.split('\n', 1);
    tell(`Push again in ${(waitMs / 1000).toFixed(1)} s (retry ${retry} of ${retries}): ${words}`);
    await clock.sleep(waitMs, signal);
    const isExported = last.result.cacheExport.kind === 'exported';
    const next = await attempt({ isExported });
    if (next === undefined) return undefined;
    const result = join(last.result, next.result, isExported);
    // Whoever exported the cache knows what became of it.
    last = { ...(isExported ? last : next), result };
  }
  return last;
}

/** Twice as long each time. What the registry asked for is a minimum, as far as a job may wait at all; jitter adds to both. */
export function decideWaitMs(retry: number, retryAfterMs: number | undefined, random: number): number {
  const backoff = firstDelayMs * 2 ** (retry - 1);
  return Math.round(Math.min(maxDelayMs, Math.max(backoff, retryAfterMs ?? 0) + (backoff / 2) * random));
}

/** The same build for a daemon that has just done it: it takes all of its steps from itself, whatever the inputs say of caches. */
export function toRepeated(inputs: Inputs): Inputs {
  return { ...inputs, build: { ...inputs.build, noCache: false, noCacheFilters: [], pull: false } };
}

/** What the push came to, with the steps of the build that ran them; the time of both is the build's. */
function join(built: BuildResult, pushed: BuildResult, isExported: boolean): BuildResult {
  return {
    ...pushed,
    cacheExport: isExported ? built.cacheExport : pushed.cacheExport,
    targets: built.targets?.map((target, index) => ({
      ...target,
      cacheExport: isExported
        ? target.cacheExport
        : (pushed.targets?.[index]?.cacheExport ?? target.cacheExport),
    })),
    steps: built.steps,
    importErrors: built.importErrors,
    times: addBuildTimes(built.times, pushed.times),
    seconds: built.seconds + pushed.seconds,
  };
}
