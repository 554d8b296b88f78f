// Everything that CI checks, in one command: set-up, static checks, dist/, unit, integration and e2e tests.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { forEachParallel } from '../src/async/parallel.ts';
import { toMessage } from '../src/errors.ts';
import { parseJson, readNumber } from '../src/json.ts';
import { type ChildEnvironment, runCommand } from '../src/process/command.ts';
import { renderSeconds } from '../src/report/format.ts';
import { listAuditFlags } from './audit-flags.ts';
import { decideLead, type Program, toJestProgram } from './jest-program.ts';
import { ensureTools } from './tools.ts';

interface Stage {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

/** What CI has. No test knows of another one's files, ports, daemons or cgroups. */
const cores = 2;

const root = path.join(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-test-'));
const stages: Stage[] = [];
const started = performance.now();

try {
  const lead = decideLead();
  const tools = await ensureTools([
    ...([
      'buildkit',
      'buildkit-old',
      'buildx',
      'runc',
      'busybox',
      'registry',
      'act',
      'actionlint',
      'versitygw',
      'envd',
      'zizmor',
      'azurite',
    ] as const),
    ...(['dockerd', 'debootstrap', 'keyring', 'baseImages'] as const),
    ...(['cni', 'iptables', 'rootlesskit', 'newuidmap', 'sshd', 'skopeo', 'emulator'] as const),
  ]);
  const bin = path.join(root, 'node_modules', '.bin');
  const env = {
    ...process.env,
    ...tools.env,
    PATH: [bin, tools.env['PATH']].join(path.delimiter),
    HOTLAYER_TEST_BUILDKIT_BIN: tools.buildkit,
    HOTLAYER_TEST_OLD_BUILDKIT_BIN: tools['buildkit-old'],
  };
  const node = (...args: readonly string[]): Program => ({ file: process.execPath, args });
  // The longest first: the others are done beside it.
  const checks: readonly (readonly [name: string, program: Program])[] = [
    ['dist', node('scripts/check-dist.ts')],
    ['types', node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit')],
    ['lint', { file: 'biome', args: ['ci', '--colors=off', '--max-diagnostics=50', '.'] }],
    ['workflows', { file: 'actionlint', args: [] }],
    [
      'security of workflows',
      { file: 'zizmor', args: ['--offline', '--no-progress', ...listAuditFlags(root)] },
    ],
    ['readme', node('scripts/update-readme.ts', '--check')],
    ['example', node('scripts/prepare-example.ts')],
  ];
  await forEachParallel(checks, cores, ([name, program]) => check(name, program, env));
  jest('unit', env, []);
  jest('integration', env, []);
  jest('e2e', env, lead);
} catch (error) {
  console.error(`npm test: ${toMessage(error)}`);
  stages.push({ name: 'set-up', passed: 0, failed: 1, seconds: 0 });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

console.log('');
for (const { name, passed, failed, seconds } of stages) {
  const counts = `${String(passed).padStart(4)} ok ${String(failed).padStart(4)} not ok`;
  console.log(`${name.padEnd(12)} ${counts} ${renderSeconds(seconds).padStart(9)}`);
}
const passed = stages.reduce((sum, stage) => sum + stage.passed, 0);
const failed = stages.reduce((sum, stage) => sum + stage.failed, 0);
console.log(`\n${passed} passed, ${failed} failed, in ${renderSeconds(toSeconds(started))}`);
process.exitCode = failed === 0 ? 0 : 1;

/** Prints what the program printed when it has ended: others run beside it. */
async function check(name: string, { file, args }: Program, env: ChildEnvironment): Promise<void> {
  const checkStarted = performance.now();
  const { exitCode, stdout, stderr, outcome } = await runCommand(file, args, { env, cwd: root });
  console.log(`\n--- ${name}\n${stdout}${stderr}`.trimEnd());
  if (exitCode !== 0) console.error(`${file} ${outcome}`);
  const [ok, notOk] = exitCode === 0 ? [1, 0] : [0, 1];
  stages.push({ name, passed: ok, failed: notOk, seconds: toSeconds(checkStarted) });
}

function jest(project: string, env: ChildEnvironment, lead: readonly string[]): void {
  const jestStarted = performance.now();
  console.log(`\n--- ${project}`);
  const outputFile = path.join(scratch, `${project}.json`);
  const flags = ['--json', `--outputFile=${outputFile}`, `--maxWorkers=${cores}`];
  const { file, args } = toJestProgram(project, env, lead, flags);
  spawnSync(file, args, { cwd: root, env: { ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
  stages.push({ name: project, ...readCounts(project, outputFile), seconds: toSeconds(jestStarted) });
}

function readCounts(project: string, outputFile: string): Pick<Stage, 'passed' | 'failed'> {
  let text = '';
  try {
    text = readFileSync(outputFile, 'utf8');
  } catch (error) {
    console.error(`${project}: jest wrote no result (${toMessage(error)})`);
  }
  const result = parseJson(text);
  const passed = readNumber(result, 'numPassedTests') ?? 0;
  // A suite that cannot be loaded has no failed tests of its own.
  const failed =
    (readNumber(result, 'numFailedTests') ?? 0) + (readNumber(result, 'numRuntimeErrorTestSuites') ?? 0);
  return { passed, failed: passed === 0 ? Math.max(1, failed) : failed };
}

function toSeconds(startedMs: number): number {
  return (performance.now() - startedMs) / 1000;
}
