import path from 'node:path';
import process from 'node:process';
import { InputError } from '../errors.ts';
import { toCommit } from '../git/git-url.ts';
import { describeForeignInputs } from '../inputs/foreign.ts';
import { parseInputs } from '../inputs/inputs.ts';
import { listWithoutEffect } from '../inputs/without-effect.ts';
import type { MeasuredFacts } from '../plan/build-commit.ts';
import { settleContexts } from '../plan/default-context.ts';
import { toDefaultPlatform } from '../plan/identity.ts';
import { planRun } from '../plan/plan-run.ts';
import type { PlanDecision } from '../policy/plan.ts';
import { readTokenRights } from '../policy/token-rights.ts';
import { toPrintable, toPrintableJson } from '../printable.ts';
import { renderPlanTable } from '../report/plan-table.ts';
import { type FlagSpec, type FlagValues, parseFlags, readFlagText, renderFlags } from './flags.ts';

const specs: Readonly<Record<string, FlagSpec>> = {
  json: { value: undefined, help: 'one JSON object instead of a table' },
  'context-head': { value: 'SHA', help: 'commit of the build context' },
  'context-on-ref': { value: 'true|false', help: "whether that commit is part of the run's ref" },
  'is-tip': { value: 'true|false', help: 'whether GITHUB_SHA is still the tip of its ref' },
  help: { value: undefined, help: 'this' },
};

const help = `hotlayer plan [flags]: what would this run import and export, and why

Reads GITHUB_*, ACTIONS_*, INPUT_* and the file GITHUB_EVENT_PATH as the action does; builds nothing.
Commits that are not given are measured with git.

${renderFlags(specs)}`;

/** Prints the plan; answers the exit code. Throws InputError for bad flags, inputs and payloads. */
export async function runPlan(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
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
  // A plan is asked for where the job's checkout is not: a context that is not given is that checkout.
  const { inputs } = await settleContexts(parseInputs(env), { ...env, HOTLAYER_LOCAL: '1' });
  const decision = await planRun(env, inputs, {
    cwd: path.resolve(env['GITHUB_WORKSPACE'] || '.'),
    defaultPlatform: toDefaultPlatform(process.arch),
    rights: readTokenRights(env),
    known,
  });
  // One JSON object is the contract of --json, so only people are told what has no effect.
  const notices = [describeForeignInputs(env) ?? [], listWithoutEffect(inputs)].flat();
  // A workflow may run this: its runner reads what is printed.
  write(
    flags['json'] === undefined
      ? toPrintable(renderDecision(decision, notices))
      : `${toPrintableJson(decision.plan)}\n`,
  );
  return 0;
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

function renderDecision({ plan, warnings }: PlanDecision, notices: readonly string[]): string {
  const lines = [
    renderPlanTable(plan),
    ...warnings.map((warning) => `warning ${warning}`),
    ...notices.map((notice) => `notice  ${notice}`),
  ];
  return `${lines.join('\n')}\n`;
}
