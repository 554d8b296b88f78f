// Everything that CI checks, in one command: set-up, static checks, dist/, unit, integration and e2e tests.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { decideLead, toJestCommand } from './jest-command.mjs';
import { ensurePackages } from './setup.mjs';
import { ensureTools } from './tools.mjs';

const root = path.join(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-test-'));
const stages = [];

try {
  ensurePackages();
  const lead = decideLead();
  const tools = await ensureTools(['buildkit', 'buildx', 'runc', 'busybox', 'registry', 'act', 'actionlint']);
  const bin = path.join(root, 'node_modules', '.bin');
  const env = {
    ...process.env,
    ...tools.env,
    PATH: [bin, tools.env.PATH].join(path.delimiter),
    HOTLAYER_TEST_BUILDKIT_BIN: tools.buildkit,
  };
  const node = (...args) => [process.execPath, args];

  check('lint', [path.join(bin, 'biome'), ['ci', '--colors=off', '--max-diagnostics=50', '.']], env);
  check('types', node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'), env);
  check('workflows', ['actionlint', []], env);
  check('readme', node('scripts/update-readme.mjs', '--check'), env);
  check('dist', node('scripts/check-dist.mjs'), env);
  check('example', node('scripts/prepare-example.mjs'), env);
  // Jest leaves one core to others by default. No test knows of another one's files, ports, daemons or cgroups.
  jest('unit', env, [], '--maxWorkers=2');
  jest('integration', env, [], '--maxWorkers=2');
  jest('e2e', env, lead, '--maxWorkers=2');
} catch (error) {
  console.error(`npm test: ${error.message}`);
  stages.push({ name: 'set-up', passed: 0, failed: 1, seconds: 0 });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

console.log('');
for (const stage of stages) {
  console.log(
    `${stage.name.padEnd(12)} ${String(stage.passed).padStart(4)} ok ${String(stage.failed).padStart(4)} not ok ${stage.seconds.toFixed(1).padStart(7)} s`,
  );
}
const sum = (field) => stages.reduce((total, stage) => total + stage[field], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;

function check(name, [file, args], env) {
  const started = Date.now();
  console.log(`\n--- ${name}`);
  const { status, error } = spawnSync(file, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error !== undefined) console.error(`${file}: ${error.message}`);
  const ok = status === 0;
  stages.push({ name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, seconds: (Date.now() - started) / 1000 });
}

function jest(project, env, lead = [], ...flags) {
  const started = Date.now();
  console.log(`\n--- ${project}`);
  const outputFile = path.join(scratch, `${project}.json`);
  const [file, args] = toJestCommand(project, env, lead, ['--json', `--outputFile=${outputFile}`, ...flags]);
  spawnSync(file, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let passed = 0;
  let failed = 1;
  try {
    const result = JSON.parse(readFileSync(outputFile, 'utf8'));
    passed = result.numPassedTests;
    // A suite that cannot be loaded has no failed tests of its own.
    failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    if (passed === 0 && failed === 0) failed = 1;
  } catch (error) {
    console.error(`${project}: jest wrote no result (${error.message})`);
  }
  stages.push({ name: project, passed, failed, seconds: (Date.now() - started) / 1000 });
}
