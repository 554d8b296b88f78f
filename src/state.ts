import { truncateSync } from 'node:fs';
import * as core from '@actions/core';
import { toMessage } from './errors.ts';
import { saveStates } from './runner-files.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const ownsState = 'owns';
const jobDirectoryState = 'job-directory';
const drainTimeoutState = 'drain-timeout-ms';
const summaryState = 'summary';

const defaultDrainTimeoutMs = 600_000;

/** What post needs of the step that opened the job. */
export interface Ownership {
  /** As it was saved: it must be looked at before it is used. undefined: nothing could be saved. */
  readonly jobDirectory: string | undefined;
  /** How long uploads may still take. */
  readonly drainTimeoutMs: number;
  /** Whether the summary is written. */
  readonly summary: boolean;
}

/**
 * This step opened the job, so its post takes it down. Said before anything is started: main may be cancelled. Answers what
 * it means that it could not be saved, in a sentence.
 */
export function saveOwnership(
  { jobDirectory, drainTimeoutMs, summary }: Ownership & { readonly jobDirectory: string },
  env: Environment,
): string | undefined {
  return trySave(
    [
      [ownsState, 'job'],
      [jobDirectoryState, jobDirectory],
      [drainTimeoutState, String(drainTimeoutMs)],
      [summaryState, String(summary)],
    ],
    env,
  );
}

/**
 * This step has nothing for post to take down. It is said in so many words: what a step does not save, a line of the
 * build's output could have saved for it (`::save-state`), and the runner takes the file's word over that. Answers as
 * `saveOwnership` does.
 */
export function saveNoOwnership(env: Environment): string | undefined {
  const values = [jobDirectoryState, drainTimeoutState, summaryState].map((name) => [name, ''] as const);
  return trySave([[ownsState, 'nothing'], ...values], env);
}

function trySave(values: Parameters<typeof saveStates>[0], env: Environment): string | undefined {
  try {
    saveStates(values, env);
    return undefined;
  } catch (error) {
    forget(env);
    return `GITHUB_STATE (${env['GITHUB_STATE']}) could not be written (${toMessage(error)}): the end of the job cleans up all the same, but with the defaults of "drain-timeout" and "summary".`;
  }
}

/** Without any state post looks for itself what is there; an older word that there is nothing would keep it from that. */
function forget(env: Environment): void {
  try {
    truncateSync(env['GITHUB_STATE'] ?? '', 0);
  } catch {
    // Nothing was ever written there.
  }
}

/** undefined: this step joined the job of another. State that is missing or makes no sense counts as not saved. */
export function readOwnership(): Ownership | undefined {
  if (core.getState(ownsState) === 'nothing') return undefined;
  const drainTimeout = core.getState(drainTimeoutState);
  return {
    jobDirectory: core.getState(jobDirectoryState) || undefined,
    drainTimeoutMs: /^\d{1,10}$/.test(drainTimeout) ? Number(drainTimeout) : defaultDrainTimeoutMs,
    summary: core.getState(summaryState) !== 'false',
  };
}
