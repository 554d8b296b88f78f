import * as core from '@actions/core';

const jobDirectoryState = 'job-directory';
const drainTimeoutState = 'drain-timeout-ms';
const summaryState = 'summary';

/** What post needs of the step that opened the job. */
export interface Ownership {
  readonly jobDirectory: string;
  /** How long uploads may still take. */
  readonly drainTimeoutMs: number;
  /** Whether the summary is written. */
  readonly summary: boolean;
}

/** This step opened the job, so its post takes it down. Said before anything is started: main may be cancelled. */
export function saveOwnership({ jobDirectory, drainTimeoutMs, summary }: Ownership): void {
  core.saveState(jobDirectoryState, jobDirectory);
  core.saveState(drainTimeoutState, String(drainTimeoutMs));
  core.saveState(summaryState, String(summary));
}

/** Of the job that this step opened; undefined for a step that joined another's. */
export function readOwnership(): Ownership | undefined {
  const jobDirectory = core.getState(jobDirectoryState);
  if (jobDirectory === '') return undefined;
  return {
    jobDirectory,
    drainTimeoutMs: Number(core.getState(drainTimeoutState)),
    summary: core.getState(summaryState) === 'true',
  };
}
