// BuildKit's own gha client and Hotlayer side by side, against the same embedded service. docs/benchmark.md explains it.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { selectCases, toTimelineCase } from '../bench/cases.mjs';
import { parseFlags, usage } from '../bench/flags.mjs';
import { Harness } from '../bench/harness.mjs';
import { describeMachine, describeVersions, measureBareNode } from '../bench/machine.mjs';
import { describeProfile, profiles } from '../bench/profiles.mjs';
import { renderChart } from '../bench/render-chart.mjs';
import { renderCompressionTable, renderMainTable, renderResults } from '../bench/render-results.mjs';
import { renderTimelines } from '../bench/render-timeline.mjs';
import { ensurePackages } from './setup.mjs';
import { ensureTools } from './tools.mjs';

/** After it only first rounds are run, and none that take BuildKit minutes: a whole run ends within 25 minutes on two cores. */
const fullMinutes = 20;

const root = path.join(import.meta.dirname, '..');

try {
  const argv = process.argv.slice(2);
  const flags = parseFlags(argv);
  if (flags.help) console.log(usage);
  else if (flags.render !== undefined) render(flags.render);
  else await bench(flags, argv);
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

async function bench(flags, argv) {
  const cases = selectCases(flags.cases, flags.layers);
  ensurePackages();
  if (process.getuid() !== 0)
    throw new Error('it starts buildkitd, which needs root: run `sudo env "PATH=$PATH" npm run bench`.');
  const tools = await ensureTools(['buildkit', 'buildx', 'runc']);
  const node = findActionNode();
  const interrupted = new AbortController();
  // The run in hand is ended properly, so that no daemon and no gateway stays behind.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => interrupted.abort(new Error(`ended by ${signal}`)));

  const results = {
    formatVersion: 1,
    startedAt: new Date().toISOString(),
    command: describeCommand(argv),
    profile: { name: flags.profile, ...profiles[flags.profile] },
    machine: describeMachine(tmpdir()),
    versions: describeVersions(node, tools.buildkit),
    bareNodeSeconds: measureBareNode(node),
    cases: [],
    timelines: [],
  };
  console.log(`${flags.profile}: ${describeProfile(profiles[flags.profile])}`);
  const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-bench-'));
  const harness = new Harness({
    ...{ scratch, node, buildkit: tools.buildkit },
    profile: profiles[flags.profile],
    signal: interrupted.signal,
  });
  try {
    for (const benchCase of cases) {
      results.cases.push(await runCase(harness, benchCase, flags.runs));
      if (benchCase.isTimeline && flags.hasTimeline)
        for (const subject of ['native', 'hotlayer'])
          results.timelines.push(await recordTimeline(harness, toTimelineCase(benchCase), subject));
      if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, null, 1)}\n`);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`\n${renderMainTable(results)}`);
}

/** Without the file of the results, which is anywhere. */
function describeCommand(argv) {
  const place = argv.indexOf('--json');
  const flags = argv.filter((_, index) => place === -1 || (index !== place && index !== place + 1));
  return ['npm run bench', ...(flags.length === 0 ? [] : ['--', ...flags])].join(' ');
}

function isLate() {
  return performance.now() > fullMinutes * 60_000;
}

async function runCase(harness, benchCase, runs) {
  const { name, title, dataset, layers, subjects, nativeRuns, toTar, isReadOnly } = benchCase;
  console.log(`\n${name}: ${title}`);
  const done = [];
  for (const step of Harness.plan(benchCase, runs)) {
    const isSpare = step.round > 0 || (step.subject === 'native' && nativeRuns !== undefined);
    if (isSpare && isLate()) {
      console.log(`  ${step.subject.padEnd(8)} ${step.variant}: left out after ${fullMinutes} minutes`);
      continue;
    }
    const run = await harness.run(benchCase, step);
    done.push(run);
    console.log(`  ${renderRun(run)}`);
  }
  const isBounded = nativeRuns !== undefined;
  return { name, title, dataset, layers, subjects, toTar, isReadOnly, isBounded, runs: done };
}

async function recordTimeline(harness, benchCase, subject) {
  const run = await harness.run(benchCase, { subject, variant: 'measured' }, true);
  console.log(`  ${renderRun(run)}, recorded`);
  const { mainSeconds, settledSeconds, phases, recordedCalls } = run;
  return {
    ...{ caseName: benchCase.name, title: benchCase.title, subject },
    ...{ mainSeconds, settledSeconds, phases, calls: recordedCalls },
  };
}

function renderRun({ subject, variant, mainSeconds, settledSeconds, totalCalls, failure, warnings, ...run }) {
  const seconds = `main ${mainSeconds.toFixed(1).padStart(6)} s, stored ${settledSeconds.toFixed(1).padStart(6)} s`;
  const lines = [
    `${subject.padEnd(8)} ${variant.padEnd(10)} ${seconds}, ${String(totalCalls).padStart(5)} calls, ${run.cachedSteps}/${run.totalSteps} cached`,
    ...(failure === undefined ? [] : [`    FAILED: ${failure}`]),
    ...warnings.map((warning) => `    warning: ${warning}`),
  ];
  return lines.join('\n');
}

/** The action's own Node, where npm could install it: the bundles run on 24. */
function findActionNode() {
  const bundled = path.join(root, 'node_modules', '.bin', 'node');
  return existsSync(bundled) ? bundled : process.execPath;
}

/** The tables and pictures of one or more JSON files (comma separated, of one machine and profile), and the README's table. */
function render(files) {
  const results = joinResults(files.split(',').map((file) => JSON.parse(readFileSync(file, 'utf8'))));
  const made = {
    'bench/RESULTS.md': renderResults(results),
    'bench/results.svg': renderChart(results),
    ...(results.timelines.length === 0 ? {} : { 'bench/timeline.svg': renderTimelines(results) }),
    'README.md': placeTables(readFileSync(path.join(root, 'README.md'), 'utf8'), {
      bench: renderMainTable(results),
      compression: renderCompressionTable(results),
    }),
  };
  for (const [name, text] of Object.entries(made)) {
    writeFileSync(path.join(root, name), text);
    console.log(name);
  }
}

/** A case that is in several of them is taken from the last. */
function joinResults([first, ...others]) {
  const byName = new Map([first, ...others].flatMap(({ cases }) => cases.map((one) => [one.name, one])));
  return {
    ...first,
    command: [first, ...others].map(({ command }) => command).join('` and `'),
    cases: selectCases([], 60).flatMap(({ name }) => byName.get(name) ?? []),
    timelines: [first, ...others].flatMap(({ timelines }) => timelines),
  };
}

/** Puts each table that there is between its markers. */
function placeTables(readme, tables) {
  let text = readme;
  for (const [name, table] of Object.entries(tables)) {
    if (table === undefined) continue;
    const begin = `<!-- ${name}: generated by npm run bench -- --render FILE.json -->`;
    const end = `<!-- end of ${name} -->`;
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from === -1 || to < from) throw new Error(`README.md has no markers ${begin} … ${end}`);
    text = `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`;
  }
  return text;
}
