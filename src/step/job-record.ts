import type { DaemonRecord } from '../buildkit/daemon/record.ts';
import type { GatewayRecord } from '../gateway/host/start.ts';
import type { DaemonSettings } from './daemon-settings.ts';

/**
 * What the steps of one job share, on disk in the job's directory: a second step finds the daemon and the gateway here,
 * and post the gateway's address. It holds no secret: only who has the runtime token can talk to the gateway.
 */
export interface JobRecord {
  readonly buildkit?: { readonly buildctl: string; readonly version: string };
  readonly daemon?: DaemonRecord;
  /** What the step that started the daemon asked for. */
  readonly settings?: DaemonSettings;
  /** What a step of this job has told already, whole sentences. */
  readonly told?: readonly string[];
  /** Why the cache service did not answer, as a step of this job has told: later steps and post do not tell it again. */
  readonly outage?: string;
  readonly gateway?: GatewayRecord;
  /** What the daemon has seen of the cache, and so may hold layers of. */
  readonly seen?: SeenCaches;
}

export interface SeenCaches {
  /** Cache scopes that were imported or exported. */
  readonly scopes: readonly string[];
  /** It was told to compress layers with zstd. */
  readonly zstd: boolean;
}
