import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hasErrorCode, InputError, toMessage } from '../errors.ts';
import { isRecord, type JsonRecord, parseJson } from '../json.ts';
import { makeNameScope } from '../policy/cache-scope.ts';
import { decidePlan, type PlanDecision } from '../policy/plan.ts';
import type { Rights } from '../policy/rights.ts';
import type { RunFacts } from '../policy/types.ts';
import { type Measure, type MeasuredFacts, measureBuildCommit } from './build-commit.ts';
import { readBuildPlaces } from './build-places.ts';
import { type PlanInputs, toIdentity, toPolicyInputs } from './identity.ts';
import { withholdForCall } from './withheld-export.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface PlanOptions {
  /** Relative contexts start here: the workspace in a job. */
  readonly cwd: string;
  /** For builds that name no platform, for example `linux/amd64`. */
  readonly defaultPlatform: string;
  /** What the back end of the caches lets this run do. */
  readonly rights: Rights;
  /** Measured facts that the caller knows already; the others are measured. */
  readonly known?: MeasuredFacts;
  /** By default git is asked for each plan. */
  readonly measure?: Measure;
  /** Ends what git still does; the facts are unknown then. */
  readonly signal?: AbortSignal;
}

const nothingMeasured: MeasuredFacts = {
  contextHead: undefined,
  contextUnknown: undefined,
  contextOnRef: undefined,
  isTip: undefined,
};

/**
 * The plan of this run: reads the environment and the event payload and, only where an export depends on it, asks git.
 * Throws InputError for a payload that is missing or not JSON.
 */
export async function planRun(
  env: Environment,
  inputs: PlanInputs,
  options: PlanOptions,
): Promise<PlanDecision> {
  const facts = await readRunFacts(env);
  const known = options.known ?? nothingMeasured;
  const identity = toIdentity(
    inputs,
    options.defaultPlatform,
    await readBuildPlaces(inputs.build, options.cwd, env),
  );
  const decide = (measured: MeasuredFacts): PlanDecision => {
    const decision = decidePlan(
      { ...facts, ...measured },
      options.rights,
      toPolicyInputs(inputs.cache),
      makeNameScope(identity, toSha256Hex),
    );
    return { ...decision, plan: withholdForCall(decision.plan, inputs.build.call) };
  };
  const unmeasured = decide(nothingMeasured);
  const { code, exportRef } = unmeasured.plan;
  // Only this rule has commits to look at; every other run is spared the network.
  if (code !== 'own-branch' || exportRef === null) return unmeasured;
  const measured = await (options.measure ?? measureBuildCommit)({
    context: inputs.build.context,
    cwd: options.cwd,
    env,
    sha: facts.sha,
    branch: exportRef.name,
    githubToken: inputs.build.githubToken,
    known,
    signal: options.signal,
  });
  const decision = decide(measured);
  return {
    ...decision,
    // What git could not say then is no news: the job ends.
    ...(options.signal?.aborted ? { warnings: [] } : {}),
    // Nothing on a developer's machine is a re-run.
    isTip: measured.isTip ?? (env['HOTLAYER_LOCAL'] === '1' ? true : undefined),
  };
}

/** The facts of the run that are there without measuring. Throws InputError for a payload that is missing or not JSON. */
export async function readRunFacts(env: Environment): Promise<RunFacts> {
  return {
    eventName: env['GITHUB_EVENT_NAME'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
    sha: env['GITHUB_SHA'] ?? '',
    payload: await readPayload(env['GITHUB_EVENT_PATH']),
    ...nothingMeasured,
  };
}

async function readPayload(file: string | undefined): Promise<JsonRecord> {
  if (file === undefined || file === '') {
    throw toPayloadError('GITHUB_EVENT_PATH is not set');
  }
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const fault = hasErrorCode(error, 'ENOENT') ? 'does not exist' : `cannot be read (${toMessage(error)})`;
    throw toPayloadError(`GITHUB_EVENT_PATH is "${file}", which ${fault}`, error);
  }
  const payload = parseJson(text.replace(/^\uFEFF/, ''));
  if (payload === undefined) throw toPayloadError(`GITHUB_EVENT_PATH is "${file}", which is not JSON`);
  if (!isRecord(payload))
    throw toPayloadError(`GITHUB_EVENT_PATH is "${file}", which is JSON but not an object`);
  return payload;
}

function toPayloadError(fault: string, cause?: unknown): InputError {
  return new InputError(
    'GITHUB_EVENT_PATH',
    `${fault}: it must be the path of a JSON file with the payload of the event, as the runner writes it.`,
    { cause },
  );
}

function toSha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
