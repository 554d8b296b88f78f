// The main job on this machine: cold build, daemon thrown away, warm build from the cache, a pull request on main's cache.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ensurePackages } from './setup.mjs';
import { ensureTools } from './tools.mjs';

const root = path.join(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-demo-'));

try {
  process.exitCode = await demo();
} catch (error) {
  console.error(`demo: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function demo() {
  ensurePackages();
  if (!existsSync(path.join(root, 'dist', 'cli', 'index.js')))
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' });
  const tools = await ensureTools(['buildkit', 'buildx', 'runc', 'busybox']);
  execFileSync(process.execPath, [path.join(root, 'scripts', 'prepare-example.mjs')], {
    stdio: 'inherit',
    env: { ...process.env, ...tools.env },
  });

  const runs = [
    { title: 'push to main, cold', event: 'push', ref: 'refs/heads/main' },
    { title: 'push to main, new daemon', event: 'push', ref: 'refs/heads/main' },
    { title: 'pull request 7, new daemon', event: 'pull_request', ref: 'refs/pull/7/merge' },
  ];
  const rows = [];
  for (const run of runs) {
    console.log(`\n=== ${run.title}\n`);
    rows.push({ ...run, ...(await build(run, tools)) });
  }

  console.log(`\n${renderTable(rows)}`);
  const [cold, warm, pullRequest] = rows;
  const problems = [
    cold.cached === 0 ? undefined : 'the cold run was not cold',
    warm.total > 0 && warm.cached === warm.total ? undefined : 'the warm run was not warm',
    pullRequest.cached === pullRequest.total ? undefined : "the pull request did not reuse main's cache",
    pullRequest.export !== warm.export ? undefined : "the pull request exported to main's cache scope",
  ].filter((problem) => problem !== undefined);
  for (const problem of problems) console.error(`demo: ${problem}`);
  if (problems.length === 0)
    console.log('\nEvery step of the warm run and of the pull request came from the cache.');
  return problems.length === 0 ? 0 : 1;
}

async function build({ event, ref }, tools) {
  // Whatever branch this checkout is on, the default branch of the demo is main.
  const payload = path.join(scratch, 'event.json');
  writeFileSync(payload, JSON.stringify({ repository: { default_branch: 'main' } }));
  const report = path.join(scratch, 'report.json');
  const args = [
    path.join(root, 'dist', 'cli', 'index.js'),
    'build',
    ...['--event', event, '--ref', ref, '--payload', payload],
    ...['--cache-dir', path.join(scratch, 'cache')],
    ...['--report', report],
    ...['--scope', 'demo'],
    ...['--tags', 'demo/hello:latest'],
    ...['--buildkit-path', tools.buildkit],
    'examples/hello',
  ];
  const started = Date.now();
  const exitCode = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...tools.env },
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0) throw new Error(`hotlayer build ended with exit code ${exitCode}`);
  const seconds = (Date.now() - started) / 1000;
  const { outputs, service } = JSON.parse(readFileSync(report, 'utf8'));
  const plan = JSON.parse(outputs['cache-plan']);
  return {
    imports: plan.imports,
    export: plan.export,
    cached: Number(outputs['cached-steps']),
    total: Number(outputs['total-steps']),
    seconds,
    calls: service.totalCalls,
  };
}

function renderTable(rows) {
  const cells = [
    ['event', 'imports', 'export', 'steps cached', 'seconds', 'calls'],
    ...rows.map((row) => [
      row.title,
      row.imports.map(shorten).join(' '),
      shorten(row.export ?? 'none'),
      `${row.cached} of ${row.total}`,
      row.seconds.toFixed(1),
      String(row.calls),
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A cache scope without its hash. */
function shorten(cacheScope) {
  return cacheScope.replace(/\.[0-9a-f]{10}$/, '');
}
