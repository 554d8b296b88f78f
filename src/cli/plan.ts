import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { InputError } from '../errors.ts';
import { toCommit } from '../git/git-url.ts';
import { describePlace } from '../inputs/cache-place.ts';
import { describeForeignInputs } from '../inputs/foreign.ts';
import { parseInputs } from '../inputs/inputs.ts';
import { listWithoutEffect } from '../inputs/without-effect.ts';
import type { MeasuredFacts } from '../plan/build-commit.ts';
import { describeBypass } from '../plan/bypassed-policy.ts';
import { settleContexts } from '../plan/default-context.ts';
import { toDefaultPlatform } from '../plan/identity.ts';
import { planRun } from '../plan/plan-run.ts';
import type { PlanDecision } from '../policy/plan.ts';
import { type Rights, toBackendRights } from '../policy/rights.ts';
import { decideTokenRights, readTokenRights } from '../policy/token-rights.ts';
import { toPrintable, toPrintableJson } from '../printable.ts';
import { renderPlanTable } from '../report/plan-table.ts';
import { type FlagSpec, type FlagValues, parseFlags, readFlagText, renderFlags } from './flags.ts';
import { type EventFlags, eventFlagSpecs, makeLocalEvent, writeLocalEvent } from './played-event.ts';
import type { Environment } from './types.ts';

const specs: Readonly<Record<string, FlagSpec>> = {
  ...eventFlagSpecs,
  json: { value: undefined, help: 'one JSON object instead of a table' },
  'context-head': { value: 'SHA', help: 'commit of the build context' },
  'context-on-ref': { value: 'true|false', help: "whether that commit is part of the run's ref" },
  'is-tip': { value: 'true|false', help: 'whether GITHUB_SHA is still the tip of its ref' },
  help: { value: undefined, help: 'this' },
};

const help = `hotlayer plan [flags]: what would this run import and export, and why

In a job it reads GITHUB_*, ACTIONS_*, INPUT_* and the file GITHUB_EVENT_PATH as the action does. With --event, --ref or
--payload, and where no variable names an event, it plays an event as "hotlayer build" does: what is not given is made
up from the checkout of this directory. It builds nothing. Commits that are not given are measured with git.

${renderFlags(specs)}`;

/** A run to plan: of this job, or one that is played. */
interface PlannedRun {
  readonly env: Environment;
  readonly rights: Rights;
  /** What people are told of a run that is made up; undefined for the run of this job. */
  readonly title: string | undefined;
}

/** Prints the plan; answers the exit code. Throws InputError for bad flags, inputs and payloads. */
export async function runPlan(
  argv: readonly string[],
  env: Environment,
  write: (text: string) => void,
): Promise<number> {
  const flags = parseFlags(argv, specs);
  if (flags['help'] !== undefined) {
    write(help);
    return 0;
  }
  const known: MeasuredFacts = {
    contextHead: readCommit(flags, 'context-head'),
    contextOnRef: readTruth(flags, 'context-on-ref'),
    isTip: readTruth(flags, 'is-tip'),
  };
  const asked: EventFlags = {
    event: readFlagText(flags, 'event'),
    ref: readFlagText(flags, 'ref'),
    payload: readFlagText(flags, 'payload'),
  };
  const isJson = flags['json'] !== undefined;
  const plan = async (run: PlannedRun): Promise<void> => write(await describePlan(run, known, isJson));
  if (isPlayed(asked, env)) await withPlayedRun(asked, env, plan);
  else await plan({ env, rights: readTokenRights(env), title: undefined });
  return 0;
}

async function describePlan(
  { env, rights, title }: PlannedRun,
  known: MeasuredFacts,
  isJson: boolean,
): Promise<string> {
  // A plan is asked for where the job's checkout is not: a context that is not given is that checkout.
  const { inputs } = await settleContexts(parseInputs(env), { ...env, HOTLAYER_LOCAL: '1' });
  const decision = await planRun(env, inputs, {
    cwd: path.resolve(env['GITHUB_WORKSPACE'] || '.'),
    defaultPlatform: toDefaultPlatform(process.arch),
    rights: toBackendRights(inputs.cache.backend, rights),
    known,
  });
  // A workflow may run this: its runner reads what is printed.
  if (isJson) return `${toPrintableJson(decision.plan)}\n`;
  // One JSON object is the contract of --json, so only people are told what has no effect.
  const { cache } = inputs;
  const notices = [
    describeForeignInputs(env) ?? [],
    listWithoutEffect(inputs),
    describeBypass(cache.cacheTo, decision.plan) ?? [],
  ].flat();
  const place =
    cache.backend === 'gha' || cache.backend === 'none' ? [] : [`place   ${describePlace(cache)}`];
  return toPrintable(
    renderDecision(decision, [...place, ...notices.map((notice) => `notice  ${notice}`)], title),
  );
}

/** A job is planned as it is, unless a flag says which event to play instead. */
function isPlayed(asked: EventFlags, env: Environment): boolean {
  const isAsked = Object.values(asked).some((value) => value !== undefined);
  return isAsked || !['GITHUB_EVENT_NAME', 'GITHUB_EVENT_PATH', 'GITHUB_REF'].some((name) => env[name]);
}

/** Plays the event with the rights that GitHub's token has in such a run: the token of this job, if any, is another run's. */
async function withPlayedRun(
  asked: EventFlags,
  env: Environment,
  use: (run: PlannedRun) => Promise<void>,
): Promise<void> {
  const workspace = process.cwd();
  const event = await makeLocalEvent(asked, workspace, env);
  const scratch = await mkdtemp(path.join(tmpdir(), 'hotlayer-'));
  try {
    await use({
      env: { ...env, ...(await writeLocalEvent(event, scratch)), GITHUB_WORKSPACE: workspace },
      rights: decideTokenRights({ kind: 'scopes', scopes: event.access }, env['ACTIONS_CACHE_MODE']),
      title: `event   ${event.eventName} on ${event.ref}, played`,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function readCommit(flags: FlagValues, name: string): string | undefined {
  const value = readFlagText(flags, name);
  const commit = toCommit(value);
  if (value === undefined || commit !== undefined) return commit;
  throw new InputError(
    name,
    `--${name} is "${value}": it must be the full name of a commit, 40 or 64 hexadecimal digits.`,
  );
}

function readTruth(flags: FlagValues, name: string): boolean | undefined {
  const value = readFlagText(flags, name);
  if (value === undefined) return undefined;
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new InputError(name, `--${name} is "${value}": allowed are true and false.`);
}

function renderDecision(
  { plan, warnings }: PlanDecision,
  further: readonly string[],
  title: string | undefined,
): string {
  const lines = [
    ...(title === undefined ? [] : [title]),
    renderPlanTable(plan),
    ...warnings.map((warning) => `warning ${warning}`),
    ...further,
  ];
  return `${lines.join('\n')}\n`;
}
