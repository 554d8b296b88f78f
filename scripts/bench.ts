// BuildKit's own gha client and Hotlayer side by side, against the same embedded service. docs/benchmark.md explains it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type BenchCase, caseNames, selectCases, toTimelineCase } from '../bench/cases.ts';
import { type Flags, parseFlags, usage } from '../bench/flags.ts';
import { Harness, planRuns } from '../bench/harness.ts';
import { describeMachine, describeVersions, measureBareNode } from '../bench/machine.ts';
import { describeProfile, profiles } from '../bench/profiles.ts';
import { renderChart } from '../bench/render-chart.ts';
import { renderResults } from '../bench/render-results.ts';
import { renderMainTable } from '../bench/render-tables.ts';
import { renderTimelines } from '../bench/render-timeline.ts';
import {
  type CaseResult,
  formatVersion,
  parseResults,
  type Results,
  type Run,
  type Subject,
  type Timeline,
} from '../bench/results.ts';
import { toMessage } from '../src/errors.ts';
import { parseJson } from '../src/json.ts';
import { type LoopbackRegistry, renderMirror, startLoopbackRegistry } from './loopback-registry.ts';
import { replaceBetween } from './markers.ts';
import { ensureTools } from './tools.ts';

/** After it only first rounds are run, and none that take BuildKit minutes: a whole run ends within 25 minutes on two cores. */
const fullMinutes = 20;

/** The cases that the README shows. */
const headlines: ReadonlySet<string> = new Set(['small-cold', 'one-changed', 'layer-300mb-cold']);

const root = path.join(import.meta.dirname, '..');

try {
  const argv = process.argv.slice(2);
  const flags = parseFlags(argv);
  if (flags.help) console.log(usage);
  else if (flags.render !== undefined) renderFiles(flags.render.split(','));
  else await bench(flags, argv);
} catch (error) {
  console.error(`bench: ${toMessage(error)}`);
  process.exitCode = 1;
}

async function bench(flags: Flags, argv: readonly string[]): Promise<void> {
  const selected = selectCases(flags.cases, flags.layers);
  if (process.getuid?.() !== 0)
    throw new Error('it starts buildkitd, which needs root: run `sudo env "PATH=$PATH" npm run bench`.');
  const { buildkit, buildx } = await ensureTools(['buildkit', 'buildx', 'runc']);
  // The bundles run on Node 24, as this script does.
  const node = process.execPath;
  const interrupted = new AbortController();
  // The run in hand is ended properly, so that no daemon and no gateway stays behind.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => interrupted.abort(new Error(`ended by ${signal}`)));

  const profile = profiles[flags.profile];
  const cases: CaseResult[] = [];
  const timelines: Timeline[] = [];
  const results: Results = {
    formatVersion,
    startedAt: new Date().toISOString(),
    command: describeCommand(argv),
    profileName: flags.profile,
    profile,
    machine: describeMachine(tmpdir()),
    versions: await describeVersions({ node, buildkit, buildx }),
    bareNodeSeconds: measureBareNode(node),
    cases,
    timelines,
  };
  console.log(`${flags.profile}: ${describeProfile(profile)}`);
  const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-bench-'));
  const { signal } = interrupted;
  const mirror = selected.some(({ isProject }) => isProject) ? await startMirror(scratch) : undefined;
  const daemonConfig = mirror === undefined ? '' : renderMirror(mirror.host);
  const harness = new Harness({ scratch, node, buildkit, buildx, daemonConfig, profile, signal });
  try {
    for (const benchCase of selected) {
      cases.push(await runCase(harness, benchCase, flags.runs));
      if (benchCase.isTimeline && flags.hasTimeline)
        for (const subject of ['native', 'hotlayer'] as const)
          timelines.push(await recordTimeline(harness, toTimelineCase(benchCase), subject));
      if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, null, 1)}\n`);
    }
  } finally {
    await mirror?.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`\n${renderMainTable(results)}\n\nin ${(performance.now() / 60_000).toFixed(1)} minutes`);
}

/** The images that projects of examples/ start from. */
async function startMirror(scratch: string): Promise<LoopbackRegistry> {
  const needed = ['buildkit', 'runc', 'registry', 'debootstrap', 'keyring', 'baseImages'] as const;
  const { baseImages } = await ensureTools(needed);
  const place = path.join(scratch, 'mirror');
  return startLoopbackRegistry({ images: baseImages, isReadOnly: true, scratch: place, env: process.env });
}

/** Without the file of the results, which is anywhere. */
function describeCommand(argv: readonly string[]): string {
  const place = argv.indexOf('--json');
  const flags = argv.filter((_, index) => place === -1 || (index !== place && index !== place + 1));
  return ['npm run bench', ...(flags.length === 0 ? [] : ['--', ...flags])].join(' ');
}

function isLate(): boolean {
  return performance.now() > fullMinutes * 60_000;
}

async function runCase(harness: Harness, benchCase: BenchCase, runs: number): Promise<CaseResult> {
  const { name, title, subjects, nativeRuns } = benchCase;
  console.log(`\n${name}: ${title}`);
  const done: Run[] = [];
  for (const step of planRuns(benchCase, runs)) {
    const isSpare = step.round > 0 || (step.subject === 'native' && nativeRuns !== undefined);
    if (isSpare && isLate()) {
      console.log(`  ${step.subject.padEnd(8)} ${step.variant}: left out after ${fullMinutes} minutes`);
      continue;
    }
    const { run } = await harness.run(benchCase, step);
    done.push(run);
    console.log(`  ${renderRun(run)}`);
  }
  return { name, title, subjects, isBounded: nativeRuns !== undefined, runs: done };
}

async function recordTimeline(harness: Harness, benchCase: BenchCase, subject: Subject): Promise<Timeline> {
  const { run, calls } = await harness.run(benchCase, { subject, variant: 'measured' }, true);
  console.log(`  ${renderRun(run)}, recorded`);
  const { mainSeconds, settledSeconds, phases } = run;
  return { title: benchCase.title, subject, mainSeconds, settledSeconds, phases, calls };
}

function renderRun(run: Run): string {
  const { subject, variant, mainSeconds, settledSeconds, totalCalls, failure, warnings } = run;
  const seconds = `main ${mainSeconds.toFixed(1).padStart(6)} s, stored ${settledSeconds.toFixed(1).padStart(6)} s`;
  const lines = [
    `${subject.padEnd(8)} ${variant.padEnd(10)} ${seconds}, ${String(totalCalls).padStart(5)} calls, ${run.cachedSteps}/${run.totalSteps} cached`,
    ...(failure === undefined ? [] : [`    FAILED: ${failure}`]),
    ...warnings.map((warning) => `    warning: ${warning}`),
  ];
  return lines.join('\n');
}

/** The tables and pictures of one or more JSON files (of one machine and profile), and the README's table. */
function renderFiles(files: readonly string[]): void {
  const results = joinResults(files.map(readResults));
  const made = {
    'bench/RESULTS.md': renderResults(results),
    'bench/results.svg': renderChart(results),
    ...(results.timelines.length === 0 ? {} : { 'bench/timeline.svg': renderTimelines(results) }),
    'README.md': placeTables(readFileSync(path.join(root, 'README.md'), 'utf8'), {
      bench: renderMainTable({ ...results, cases: results.cases.filter(({ name }) => headlines.has(name)) }),
    }),
  };
  for (const [name, text] of Object.entries(made)) {
    writeFileSync(path.join(root, name), text);
    console.log(name);
  }
}

function readResults(file: string): Results {
  const results = parseResults(parseJson(readFileSync(file, 'utf8')));
  if (results === undefined)
    throw new Error(`--render ${file}: it holds no results of this version of npm run bench.`);
  return results;
}

/** A case that is in several of them is taken from the last. */
function joinResults(all: readonly Results[]): Results {
  const [first] = all;
  if (first === undefined) throw new Error('--render names no file.');
  const byName = new Map(all.flatMap(({ cases }) => cases.map((one) => [one.name, one] as const)));
  return {
    ...first,
    command: all.map(({ command }) => command).join('` and `'),
    cases: selectCases(caseNames, 60).flatMap(({ name }) => byName.get(name) ?? []),
    timelines: all.flatMap(({ timelines }) => timelines),
  };
}

/** Puts each table that there is between its markers. */
function placeTables(readme: string, tables: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    if (table === undefined) return text;
    const begin = `<!-- ${name}: generated by npm run bench -- --render FILE.json -->`;
    return replaceBetween(text, begin, `<!-- end of ${name} -->`, table);
  }, readme);
}
