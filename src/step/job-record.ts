import type { DaemonRecord } from '../buildkit/daemon/record.ts';
import type { CacheRecord } from '../cache/cache-record.ts';
import type { DaemonSettings } from './daemon-settings.ts';

/**
 * What the steps of one job share, on disk in the job's directory: a second step finds the daemon and the gateway here,
 * and post the gateway's address. It holds no secret: only who has the runtime token can talk to the gateway.
 */
export interface JobRecord extends CacheRecord {
  readonly buildkit?: {
    readonly buildctl: string;
    readonly buildx: string;
    /** Of the daemon. */
    readonly version: string;
  };
  readonly daemon?: DaemonRecord;
  /** What the step that started the daemon asked for. */
  readonly settings?: DaemonSettings;
  /** What a step of this job has told already, whole sentences. */
  readonly told?: readonly string[];
}
