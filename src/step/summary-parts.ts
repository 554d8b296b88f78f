import type { BuildResult } from '../buildkit/solve/build.ts';
import { type BuildFailure, renderClipNotice } from '../buildkit/solve/build-failure.ts';
import { adviseOnFailure } from '../buildkit/solve/failure-advice.ts';
import type { GatewayReport } from '../gateway/report/report.ts';
import type { CacheSource, CacheStory } from '../report/cache-story.ts';
import type { FailureReport } from '../report/failure.ts';
import { hideValues, type NamedValue } from '../report/hidden-values.ts';
import type { Step } from './step.ts';

/** What a summary tells of a failed build. */
export function toFailureReport(failure: BuildFailure): FailureReport {
  const { location, excerpt, reason, exitCode, output } = failure;
  const notice = renderClipNotice(failure);
  const advice = [adviseOnFailure(failure), ...(notice === undefined ? [] : [notice])].join(' ');
  return { location, excerpt, reason, exitCode, output, advice };
}

/** The build without the values of its build arguments, which BuildKit puts into the names of steps. */
export function hideBuildArgs(
  { timeline, firstMisses }: Pick<BuildResult, 'timeline' | 'firstMisses'>,
  values: readonly NamedValue[],
): Pick<BuildResult, 'timeline' | 'firstMisses'> {
  const hide = (text: string): string => hideValues(text, values);
  return {
    timeline: timeline.map((bar) => ({ ...bar, name: hide(bar.name) })),
    firstMisses: firstMisses.map(({ name, before, isLost }) => ({
      name: hide(name),
      before: before === undefined ? undefined : hide(before),
      isLost,
    })),
  };
}

/** Which caches of the plan this build had, by whom, and where they ended. */
export function toCacheStory(
  { plan, runner }: Pick<Step, 'plan' | 'runner'>,
  facts: {
    /** Of the input `no-cache`. */
    readonly isOff: boolean;
    readonly firstMisses: BuildResult['firstMisses'];
    /** What the gateway had loaded; undefined: it was not asked, or did not answer. */
    readonly loaded: GatewayReport['imports'] | undefined;
    readonly nowMs: number;
  },
): CacheStory {
  const { firstMisses, loaded, nowMs, isOff } = facts;
  const sources = plan.chain.flatMap(({ cacheScope, ...ref }): readonly CacheSource[] => {
    const found = loaded?.find((each) => each.cacheScope === cacheScope);
    if (found === undefined) return [];
    const { runId, writtenMs } = found;
    const ageMs = writtenMs === undefined ? undefined : nowMs - writtenMs;
    return [{ ref, runId, runUrl: toRunUrl(runner, runId), ageMs }];
  });
  return {
    sources: loaded === undefined ? undefined : sources,
    hasImports: plan.imports.length > 0,
    isOff,
    firstMisses,
  };
}

/** undefined where it cannot be one of this server's: who wrote a cache may have written anything. */
function toRunUrl({ serverUrl, repository }: Step['runner'], runId: string | undefined): string | undefined {
  const isRun = runId !== undefined && /^[1-9]\d{0,19}$/.test(runId);
  const isPlace = /^https?:\/\/[\w.:-]+$/.test(serverUrl) && /^[\w.-]+\/[\w.-]+$/.test(repository);
  return isRun && isPlace ? `${serverUrl}/${repository}/actions/runs/${runId}` : undefined;
}
