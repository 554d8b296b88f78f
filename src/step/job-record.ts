import type { DaemonRecord } from '../buildkit/daemon/record.ts';
import type { CacheRecord } from '../cache/cache-record.ts';
import type { DaemonSpec } from './daemon-spec.ts';

/**
 * What the steps of one job share, on disk in the job's directory: a second step finds the daemon and the gateway here,
 * and post the gateway's address. It holds no secret: only who has the runtime token can talk to the gateway.
 */
export interface JobRecord extends CacheRecord {
  /** The job's own daemon: who it is, and how to start it again. */
  readonly daemon?: DaemonRecord;
  readonly spec?: DaemonSpec;
  /** What a step of this job has told already, whole sentences. */
  readonly told?: readonly string[];
}
