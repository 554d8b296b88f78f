import type { CachePlan } from '../policy/types.ts';
import type { CacheStory } from './cache-story.ts';
import type { FailureReport } from './failure.ts';
import type { TimelineRow } from './timeline.ts';
import type { PhaseTime } from './times.ts';

/** All that the job summary tells about one build. */
export interface BuildReport {
  /** For the heading: the first tag, else the target or the context. */
  readonly subject: string;
  /** undefined: it did not fail. */
  readonly failure: FailureReport | undefined;
  readonly story: CacheStory;
  readonly plan: CachePlan;
  readonly exportMode: 'min' | 'max';
  /** How the export ended; `skipped`: the plan has none. */
  readonly cacheExport: 'exported' | 'skipped' | 'failed' | 'pending';
  /** undefined when the build never began. */
  readonly steps: { readonly cachedSteps: number; readonly totalSteps: number } | undefined;
  /** Empty when the build never began. */
  readonly timeline: readonly TimelineRow[];
  readonly phases: readonly PhaseTime[];
  /** From the start of the process until now; undefined: only the phases are known. */
  readonly wholeSeconds?: number | undefined;
  /** undefined: built without the gateway, or it did not answer. */
  readonly gateway: GatewayNumbers | undefined;
  /** One sentence each: what went wrong with the cache and what the build lost by it. */
  readonly degradations: readonly string[];
  readonly image: {
    readonly digest: string | undefined;
    readonly imageid: string | undefined;
    readonly tags: readonly string[];
  };
}

export interface GatewayNumbers {
  /** Requests to the cache service, by kind, repeated ones included. */
  readonly callsByKind: Readonly<Record<string, number>>;
  /** From the cache service. */
  readonly bytesRead: number;
  /** To the cache service. */
  readonly bytesWritten: number;
  readonly retries: number;
}
