import * as core from '@actions/core';

const jobDirectoryState = 'job-directory';

/** This step opened the job, so its post takes it down. Said before anything is started: main may be cancelled. */
export function saveOwnership(jobDirectory: string): void {
  core.saveState(jobDirectoryState, jobDirectory);
}

/** The directory of the job that this step opened; undefined for a step that joined another's. */
export function readOwnership(): string | undefined {
  return core.getState(jobDirectoryState) || undefined;
}
