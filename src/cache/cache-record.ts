import type { GatewayRecord } from '../gateway/host/start.ts';

/** What the steps of one job share of its caches. It holds no secret. */
export interface CacheRecord {
  readonly gateway?: GatewayRecord;
  /** Why the cache service did not answer, as a step of this job has told: later steps and post do not tell it again. */
  readonly outage?: string;
  /** What the daemon has seen of the cache, and so may hold layers of. */
  readonly seen?: SeenCaches;
}

export interface SeenCaches {
  /** Cache scopes that were imported or exported. */
  readonly scopes: readonly string[];
  /** It was told to compress layers with zstd. */
  readonly zstd: boolean;
}

export const nothingSeen: SeenCaches = { scopes: [], zstd: false };
