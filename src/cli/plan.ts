import process from 'node:process';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { MeasuredFacts } from '../build-commit.ts';
import { planRun } from '../context.ts';
import { InputError, toMessage } from '../errors.ts';
import { toCommit } from '../git-context.ts';
import { toDefaultPlatform } from '../identity.ts';
import { parseInputs } from '../inputs.ts';
import type { PlanDecision } from '../policy/plan.ts';
import type { RefName } from '../policy/types.ts';

const help = `hotlayer plan: what would this run import and export, and why

Reads GITHUB_*, ACTIONS_*, INPUT_* and the file GITHUB_EVENT_PATH as the action does; builds nothing.

  --json                       one JSON object instead of a table
  --context-head SHA           commit of the build context
  --context-on-ref true|false  whether that commit is part of the run's ref
  --is-tip true|false          whether GITHUB_SHA is still the tip of its ref
  --help

Commits that are not given are measured with git.
`;

const options = {
  json: { type: 'boolean' },
  'context-head': { type: 'string' },
  'context-on-ref': { type: 'string' },
  'is-tip': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** Prints the plan; answers the exit code. Throws InputError for bad flags, inputs and payloads. */
export async function runPlan(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  write: (text: string) => void,
): Promise<number> {
  const flags = readFlags(argv);
  if (flags.help === true) {
    write(help);
    return 0;
  }
  const known: MeasuredFacts = {
    contextHead: readCommit('--context-head', flags['context-head']),
    contextOnRef: readTruth('--context-on-ref', flags['context-on-ref']),
    isTip: readTruth('--is-tip', flags['is-tip']),
  };
  const decision = await planRun(env, parseInputs(env), {
    cwd: process.cwd(),
    defaultPlatform: toDefaultPlatform(process.arch),
    known,
  });
  write(flags.json === true ? `${JSON.stringify(decision.plan)}\n` : renderPlanTable(decision));
  return 0;
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const allowed = '--json, --context-head SHA, --context-on-ref true|false, --is-tip true|false and --help';
    throw new InputError(
      'plan',
      `hotlayer plan: ${toMessage(error).split('\n')[0]} Allowed are ${allowed}.`,
      {
        cause: error,
      },
    );
  }
}

function readCommit(flag: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const commit = toCommit(value);
  if (commit !== undefined) return commit;
  throw new InputError(
    flag,
    `${flag} is "${value}": it must be the full name of a commit, 40 or 64 hexadecimal digits.`,
  );
}

function readTruth(flag: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new InputError(flag, `${flag} is "${value}": allowed are true and false.`);
}

function renderPlanTable({ plan, warnings }: PlanDecision): string {
  const nothing = '(nothing)';
  const imports = plan.chain.map((link) => [renderRef(link), link.cacheScope] as const);
  const rows: readonly (readonly [label: string, ref: string, cacheScope: string])[] = [
    ...(imports.length === 0
      ? [['import', nothing, ''] as const]
      : imports.map(([ref, cacheScope], index) => [index === 0 ? 'import' : '', ref, cacheScope] as const)),
    plan.exportRef === null
      ? (['export', nothing, ''] as const)
      : (['export', renderRef(plan.exportRef), plan.export ?? ''] as const),
  ];
  const width = Math.max(...rows.map(([, ref]) => ref.length));
  const lines = rows.map(([label, ref, scope]) =>
    `${label.padEnd(8)}${ref.padEnd(width + 2)}${scope}`.trimEnd(),
  );
  lines.push(`why     ${plan.reason} [${plan.code}]`);
  lines.push(...warnings.map((warning) => `warning ${warning}`));
  return `${lines.join('\n')}\n`;
}

function renderRef({ kind, name }: RefName): string {
  return kind === 'pr' ? `pull request ${name}` : `${kind} ${name}`;
}
