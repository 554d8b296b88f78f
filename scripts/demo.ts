// The main job on this machine: cold build, daemon thrown away, warm build from the cache, a pull request on main's cache.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { toMessage } from '../src/errors.ts';
import { parseJson, readField, readNumber, readString } from '../src/json.ts';
import { renderSeconds } from '../src/report/format.ts';
import { ensureTools } from './tools.ts';

interface Run {
  readonly title: string;
  readonly event: string;
  readonly ref: string;
}

interface BuiltRun extends Run {
  readonly imports: readonly string[];
  readonly export: string;
  readonly cached: number;
  readonly total: number;
  readonly seconds: number;
  readonly calls: number;
}

const root = path.join(import.meta.dirname, '..');
const cli = path.join(root, 'dist', 'cli', 'index.js');
const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-demo-'));
const runs: readonly Run[] = [
  { title: 'push to main, cold', event: 'push', ref: 'refs/heads/main' },
  { title: 'push to main, new daemon', event: 'push', ref: 'refs/heads/main' },
  { title: 'pull request 7, new daemon', event: 'pull_request', ref: 'refs/pull/7/merge' },
];

try {
  process.exitCode = await demo();
} catch (error) {
  console.error(`demo: ${toMessage(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function demo(): Promise<number> {
  const tools = await ensureTools(['buildkit', 'buildx', 'runc', 'busybox']);
  const env = { ...process.env, ...tools.env };
  if (!existsSync(cli)) runHere([path.join(import.meta.dirname, 'build.ts')], env);
  runHere([path.join(import.meta.dirname, 'prepare-example.ts')], env);
  const built: BuiltRun[] = [];
  for (const run of runs) {
    console.log(`\n=== ${run.title}\n`);
    built.push(build(run, tools.buildkit, env));
  }
  console.log(`\n${renderRows(built)}`);
  const problems = findProblems(built);
  for (const problem of problems) console.error(`demo: ${problem}`);
  if (problems.length > 0) return 1;
  console.log('\nEvery step of the warm run and of the pull request came from the cache.');
  return 0;
}

function findProblems([cold, warm, pullRequest]: readonly BuiltRun[]): readonly string[] {
  return [
    cold?.cached === 0 ? [] : ['the cold run was not cold'],
    isWarm(warm) ? [] : ['the warm run was not warm'],
    isWarm(pullRequest) ? [] : ["the pull request did not reuse main's cache"],
    pullRequest?.export !== warm?.export ? [] : ["the pull request exported to main's cache scope"],
  ].flat();
}

function isWarm(run: BuiltRun | undefined): boolean {
  return run !== undefined && run.total > 0 && run.cached === run.total;
}

function build(run: Run, buildkit: string, env: NodeJS.ProcessEnv): BuiltRun {
  // Whatever branch this checkout is on, the default branch of the demo is main.
  const payload = path.join(scratch, 'event.json');
  writeFileSync(payload, JSON.stringify({ repository: { default_branch: 'main' } }));
  const report = path.join(scratch, 'report.json');
  const started = performance.now();
  runHere(
    [
      ...[cli, 'build', '--event', run.event, '--ref', run.ref, '--payload', payload],
      ...['--cache-dir', path.join(scratch, 'cache'), '--report', report],
      ...['--scope', 'demo', '--tags', 'demo/hello:latest', '--buildkit-path', buildkit, 'examples/hello'],
    ],
    env,
  );
  const seconds = (performance.now() - started) / 1000;
  const told = parseJson(readFileSync(report, 'utf8'));
  const plan = parseJson(readString(told, 'outputs', 'cache-plan') ?? '');
  const imports = readField(plan, 'imports');
  return {
    ...run,
    imports: Array.isArray(imports) ? imports.map(String) : [],
    export: readString(plan, 'export') ?? 'none',
    cached: Number(readString(told, 'outputs', 'cached-steps')),
    total: Number(readString(told, 'outputs', 'total-steps')),
    seconds,
    calls: readNumber(told, 'service', 'totalCalls') ?? 0,
  };
}

/** Node on a file, with the terminal of the demo. */
function runHere(args: readonly string[], env: NodeJS.ProcessEnv): void {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  if (status !== 0)
    throw new Error(`${path.relative(root, args[0] ?? '')} ended with exit code ${status}`, { cause: error });
}

function renderRows(rows: readonly BuiltRun[]): string {
  const cells = [
    ['event', 'imports', 'export', 'steps cached', 'time', 'calls'],
    ...rows.map((row) => [
      row.title,
      row.imports.map(shorten).join(' '),
      shorten(row.export),
      `${row.cached} of ${row.total}`,
      renderSeconds(row.seconds),
      String(row.calls),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A cache scope without its hash. */
function shorten(cacheScope: string): string {
  return cacheScope.replace(/\.[0-9a-f]{10}$/, '');
}
