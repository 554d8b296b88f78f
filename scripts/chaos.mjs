// A long fault campaign: npm run chaos -- --seeds N [--first S] [--json FILE]
// Each seed is a scenario of its own; docs/gateway.md says what it does and what must hold.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { decideLead, toJestCommand } from './jest-command.mjs';
import { ensurePackages } from './setup.mjs';
import { ensureTools } from './tools.mjs';

const root = path.join(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-chaos-'));

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(`npm run chaos: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Answers whether every invariant held. */
async function main() {
  const { seeds, first, json } = readFlags();
  ensurePackages();
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
  const errors = await runJest(toJestCommand('e2e', env, lead, ['--runInBand', '--', 'e2e/chaos']), env);
  const runs = readRuns(report);
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

function readFlags() {
  const options = { seeds: { type: 'string' }, first: { type: 'string' }, json: { type: 'string' } };
  const { values } = parseArgs({ options });
  const [seeds, first] = [Number(values.seeds ?? '20'), Number(values.first ?? '1')];
  if (![seeds, first].every((number) => Number.isInteger(number) && number > 0))
    throw new Error('--seeds and --first are whole numbers from 1 up.');
  return { seeds, first, json: values.json };
}

/** The tests print a line for each seed themselves; answers what jest said. */
function runJest([file, args], env) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    child.once('error', reject);
    child.once('close', () => resolve(errors));
  });
}

function readRuns(file) {
  try {
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line));
  } catch {
    // It never came to the first seed: jest has said why.
    return [];
  }
}

function toTally(runs) {
  const sum = (toNumber) => runs.reduce((total, run) => total + toNumber(run), 0);
  const names = [...new Set(runs.flatMap(({ strikes }) => Object.keys(strikes)))].sort();
  return {
    seeds: runs.length,
    failed: runs.filter(({ faults }) => faults.length > 0).map(({ seed }) => seed),
    builds: sum(({ builds }) => builds),
    kills: sum(({ kills }) => kills),
    exports: sum(({ exports }) => exports.all),
    written: sum(({ exports }) => exports.written),
    strikes: Object.fromEntries(names.map((name) => [name, sum(({ strikes }) => strikes[name] ?? 0)])),
    seconds: Math.round(sum(({ seconds }) => seconds)),
  };
}

function renderTally({ seeds, failed, builds, kills, exports, written, strikes, seconds }) {
  const struck = Object.entries(strikes).map(([name, count]) => `${count} ${name}`);
  return [
    `${seeds} seeds, ${builds} builds, ${seconds} s`,
    `faults that struck: ${struck.join(', ') || 'none'}; gateways killed: ${kills}`,
    `${written} of ${exports} exports were reported as written`,
    failed.length === 0 ? 'every invariant held' : `invariants broken by seeds ${failed.join(', ')}`,
  ].join('\n');
}
