// A long fault campaign: npm run chaos -- --seeds N [--first S] [--json FILE]
// Each seed is a scenario of its own; docs/gateway.md says what it does and what must hold.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { toMessage } from '../src/errors.ts';
import type { ChildEnvironment } from '../src/process/command.ts';
import { parseRuns, renderTally, toTally } from './chaos-report.ts';
import { decideLead, type Program, toJestProgram } from './jest-program.ts';
import { ensureTools } from './tools.ts';

const root = path.join(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-chaos-'));

try {
  process.exitCode = (await runCampaign()) ? 0 : 1;
} catch (error) {
  console.error(`npm run chaos: ${toMessage(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Answers whether every invariant held. */
async function runCampaign(): Promise<boolean> {
  const { seeds, first, json } = readFlags();
  const lead = decideLead();
  const tools = await ensureTools(['buildkit', 'buildx', 'runc', 'busybox']);
  const report = path.join(scratch, 'report.jsonl');
  const env = {
    ...process.env,
    ...tools.env,
    HOTLAYER_TEST_BUILDKIT_BIN: tools.buildkit,
    HOTLAYER_CHAOS_SEEDS: String(seeds),
    HOTLAYER_CHAOS_FIRST: String(first),
    HOTLAYER_CHAOS_REPORT: report,
  };
  const errors = await runJest(toJestProgram('e2e', env, lead, ['--runInBand', '--', 'e2e/chaos']), env);
  // Where it never came to the first seed, jest has said why.
  const runs = parseRuns(existsSync(report) ? readFileSync(report, 'utf8') : '');
  if (runs.length < seeds) console.error(errors);
  const failed = runs.filter(({ faults }) => faults.length > 0);
  for (const { seed, faults } of failed) {
    const file = path.join(tmpdir(), `hotlayer-chaos-seed-${seed}.log`);
    writeFileSync(file, faults.join('\n\n'));
    console.log(`\nseed ${seed} failed, logs in ${file}; again: npm run chaos -- --seeds 1 --first ${seed}`);
  }
  const tally = toTally(runs);
  console.log(`\n${renderTally(tally)}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ first, seeds, tally, runs }, null, 2)}\n`);
  return failed.length === 0 && runs.length === seeds;
}

interface Flags {
  readonly seeds: number;
  readonly first: number;
  readonly json: string | undefined;
}

function readFlags(): Flags {
  const { values } = parseArgs({
    options: { seeds: { type: 'string' }, first: { type: 'string' }, json: { type: 'string' } },
  });
  const [seeds, first] = [Number(values.seeds ?? '20'), Number(values.first ?? '1')];
  if (![seeds, first].every((number) => Number.isInteger(number) && number > 0))
    throw new Error('--seeds and --first are whole numbers from 1 up.');
  return { seeds, first, json: values.json };
}

/** The tests print a line for each seed themselves; answers what jest said. */
function runJest({ file, args }: Program, env: ChildEnvironment): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      cwd: root,
      env: { ...env },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.once('error', reject);
    child.once('close', () => resolve(errors));
  });
}
