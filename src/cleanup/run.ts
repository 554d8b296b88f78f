import { readFile } from 'node:fs/promises';
import { systemClock } from '../async/clock.ts';
import { readUpstream } from '../cache/service.ts';
import { InputError, ToolError, toMessage } from '../errors.ts';
import type { CleanupInputs } from '../inputs/types.ts';
import { parseJson } from '../json.ts';
import { type CleanupResult, cleanRepository } from './clean.ts';
import type { CacheServiceFacts } from './manifest-reader.ts';
import type { ReportFacts } from './report.ts';
import { decideTarget, type EventFacts, hasReadOnlyToken } from './target.ts';
import { decideVerdict } from './verdict.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a clean-up works, and with which rights. */
export interface CleanupPlace {
  readonly apiUrl: string;
  readonly repository: string;
  readonly token: string;
  readonly event: EventFacts;
  readonly openService: (refs: readonly string[]) => Promise<CacheServiceFacts | undefined>;
}

/** Cleans, and says how it went. Throws ToolError `cleanup-list` when the caches cannot even be listed. */
export async function runCleanup(
  place: CleanupPlace,
  inputs: CleanupInputs,
  { signal, onWait }: { readonly signal: AbortSignal; readonly onWait: (sentence: string) => void },
): Promise<ReportFacts & { readonly result: CleanupResult }> {
  const { event, ...where } = place;
  const target = decideTarget(event, inputs.refs);
  const result = await cleanRepository({
    ...{ ...where, target, signal, onWait, clock: systemClock },
    isDryRun: inputs.dryRun,
    otherTools: inputs.otherTools,
  });
  const verdict = decideVerdict({ result, target, isReadOnly: hasReadOnlyToken(event) });
  return { result, verdict, limitBytes: inputs.limit, isDryRun: inputs.dryRun };
}

/** Of a job, as its environment has it. Throws InputError, and ToolError for an environment of no job. */
export async function readCleanupPlace(
  env: Environment,
  token: string | undefined,
  directory: string,
): Promise<CleanupPlace> {
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  if (!/^[^/\s]+\/[^/\s]+$/.test(repository))
    throw new ToolError('no-repository', 'GITHUB_REPOSITORY is not set: nobody says whose caches these are.');
  if (token === undefined)
    throw new InputError(
      'github-token',
      'input "github-token": it is empty; allowed is a token with `actions: write`, by default that of the job',
    );
  return {
    apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com',
    ...{ repository, token },
    event: { eventName: env['GITHUB_EVENT_NAME'] || undefined, payload: await readPayload(env) },
    openService: () => Promise.resolve(readService(env, directory)),
  };
}

/** What the runner gives a step of its cache service; undefined: nothing. */
export function readService(env: Environment, directory: string): CacheServiceFacts | undefined {
  const upstream = readUpstream(env);
  const token = env['ACTIONS_RUNTIME_TOKEN']?.trim();
  return upstream === undefined || !token ? undefined : { ...upstream, token, directory, env };
}

async function readPayload(env: Environment): Promise<unknown> {
  const file = env['GITHUB_EVENT_PATH'];
  if (!file) return undefined;
  try {
    return parseJson(await readFile(file, 'utf8'));
  } catch (error) {
    throw new ToolError('event', `GITHUB_EVENT_PATH (${file}) cannot be read: ${toMessage(error)}`, {
      cause: error,
    });
  }
}
