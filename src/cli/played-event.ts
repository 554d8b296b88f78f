import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { InputError, toMessage } from '../errors.ts';
import { isRecord, type JsonRecord, parseJson } from '../json.ts';
import type { FlagSpec } from './flags.ts';
import { readLocalCheckout } from './local-checkout.ts';
import { type LocalEvent, toLocalEvent } from './local-event.ts';
import type { Environment } from './types.ts';

/** What was said of the event to play. */
export interface EventFlags {
  readonly event: string | undefined;
  readonly ref: string | undefined;
  /** Path of a JSON file with the event's payload. */
  readonly payload: string | undefined;
}

/** The flags that `hotlayer build` and `hotlayer plan` share. */
export const eventFlagSpecs = {
  event: {
    value: 'NAME',
    help: 'the event to play (push by default; pull_request for a ref refs/pull/N/merge)',
  },
  ref: {
    value: 'REF',
    help: 'the ref to play (by default the checked-out branch, or the default branch for events such as schedule)',
  },
  payload: { value: 'FILE', help: "the event's payload as JSON (made up from the checkout by default)" },
} as const satisfies Readonly<Record<string, FlagSpec>>;

/** The event that the flags ask for; the checkout of `directory` tells the rest. Throws InputError for a bad payload or ref. */
export async function makeLocalEvent(
  { event, ref, payload }: EventFlags,
  directory: string,
  env: Environment,
): Promise<LocalEvent> {
  return toLocalEvent({
    ...(await readLocalCheckout(directory, env)),
    eventName: event,
    ref,
    payload: payload === undefined ? undefined : await readPayload(payload),
  });
}

/** Writes the payload into the directory; answers the variables that a runner would set for the event. */
export async function writeLocalEvent(
  event: LocalEvent,
  directory: string,
): Promise<Readonly<Record<string, string>>> {
  const eventPath = path.join(directory, 'event.json');
  await writeFile(eventPath, JSON.stringify(event.payload));
  return {
    GITHUB_EVENT_NAME: event.eventName,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REF: event.ref,
    GITHUB_SHA: event.sha,
    GITHUB_REPOSITORY: event.repository,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_RUN_ID: String(process.pid),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'local',
    // Commits that are not pushed yet are no reason against an export to the cache of this machine.
    HOTLAYER_LOCAL: '1',
  };
}

async function readPayload(file: string): Promise<JsonRecord> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw toPayloadError(`--payload ${file}: ${toMessage(error)}`, error);
  }
  const payload = parseJson(text.replace(/^\uFEFF/, ''));
  if (!isRecord(payload)) throw toPayloadError(`--payload ${file} is no JSON object`);
  return payload;
}

function toPayloadError(fault: string, cause?: unknown): InputError {
  return new InputError('payload', `${fault}. It must be a JSON file with an event's payload.`, { cause });
}
