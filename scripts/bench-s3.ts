// BuildKit's own client of S3 and the gateway over the same store: node scripts/run.mjs bench-s3 [--runs N] [--case NAME]
// Both run as the action does, main and post; only the input `gateway` differs. `none` is the same build with `cache: none`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { writeContext } from '../bench/context.ts';
import { toDataset } from '../bench/datasets.ts';
import { type BenchS3, s3Profile, startS3 } from '../bench/s3-server.ts';
import { parseCommandFile } from '../src/cli/workflow-commands.ts';
import { toMessage } from '../src/errors.ts';
import { toInputVariables } from '../src/inputs/reader.ts';
import { lastLines, startProgram } from './program.ts';
import { ensureTools } from './tools.ts';

const cases = [
  { name: 'small-cold', dataset: 'small', isSeeded: false },
  { name: 'small-unchanged', dataset: 'small', isSeeded: true },
  { name: 'four-layers-340mb-cold', dataset: 'four-layers-340mb', isSeeded: false },
] as const;
type Case = (typeof cases)[number];
const subjects = { none: { cache: 'none' }, native: { gateway: 'false' }, hotlayer: {} } as const;
type Subject = keyof typeof subjects;
const subjectNames = ['none', 'native', 'hotlayer'] as const;

interface Figures {
  readonly mainSeconds: number;
  /** The end of post. */
  readonly settledSeconds: number;
  readonly calls: number;
}

const dist = path.join(import.meta.dirname, '..', 'dist');
const commandFiles = [
  ...['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'],
];
const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-bench-s3-'));

try {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '3' }, case: { type: 'string' } },
  });
  const tools = await ensureTools(['buildkit', 'buildx', 'runc', 'versitygw']);
  const { latencyMs, streamMbps, totalMbps } = s3Profile;
  console.log(`s3: ${latencyMs} ms a call, ${streamMbps} MB/s a stream, ${totalMbps} MB/s in all`);
  for (const one of cases) {
    if (values.case !== undefined && values.case !== one.name) continue;
    for (let run = 1; run <= Number(values.runs); run++)
      for (const subject of subjectNames) {
        const { mainSeconds, settledSeconds, calls } = await measure(one, subject, tools);
        console.log(
          `${one.name.padEnd(24)} ${subject.padEnd(8)} main ${mainSeconds.toFixed(2)} s, with post ${settledSeconds.toFixed(2)} s, ${calls} calls`,
        );
      }
  }
} catch (error) {
  console.error(`bench-s3: ${toMessage(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

interface Tools {
  readonly buildkit: string;
  readonly buildx: string;
  readonly versitygw: string;
}

async function measure(one: Case, subject: Subject, tools: Tools): Promise<Figures> {
  const directory = mkdtempSync(path.join(scratch, 'run-'));
  const server = await startS3(tools.versitygw, path.join(directory, 's3'), s3Profile);
  try {
    const context = path.join(directory, 'context');
    await writeContext(context, toDataset(one.dataset, 60));
    if (one.isSeeded && subject !== 'none') await runJob(directory, context, subject, server, tools);
    const before = server.calls();
    const figures = await runJob(directory, context, subject, server, tools);
    return { ...figures, calls: server.calls() - before };
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function runJob(
  directory: string,
  context: string,
  subject: Subject,
  { url, user }: BenchS3,
  { buildkit, buildx }: Tools,
): Promise<Omit<Figures, 'calls'>> {
  const temp = mkdtempSync(path.join(directory, 'job-'));
  mkdirSync(path.join(temp, 'temp'));
  const eventPath = path.join(temp, 'event.json');
  const repository = { id: 1, full_name: 'o/r', default_branch: 'main' };
  writeFileSync(eventPath, JSON.stringify({ ref: 'refs/heads/main', repository }));
  const toFile = (phase: string, name: string): string => path.join(temp, `${phase}-${name}`);
  const attributes = `bucket=caches,region=us-east-1,endpoint_url=${url},use_path_style=true,access_key_id=${user.accessKeyId},secret_access_key=${user.secretAccessKey}`;
  const inputs = {
    ...{ context: '.', scope: 'bench', 'buildkit-path': buildkit, 'buildx-path': buildx },
    ...(subject === 'none' ? {} : { cache: 's3', 'cache-to-attrs': attributes }),
    ...subjects[subject],
  };
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const runPhase = async (phase: 'main' | 'post', more: Readonly<Record<string, string>>): Promise<void> => {
    for (const name of commandFiles) writeFileSync(toFile(phase, name), '');
    const env = {
      ...{ PATH: process.env['PATH'], HOME: temp, GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push' },
      ...{ GITHUB_EVENT_PATH: eventPath, GITHUB_REF: 'refs/heads/main', GITHUB_SHA: '1'.repeat(40) },
      ...{ GITHUB_REPOSITORY: 'o/r', GITHUB_SERVER_URL: 'https://github.com', GITHUB_WORKSPACE: context },
      ...{ GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1', GITHUB_JOB: 'bench', RUNNER_OS: 'Linux' },
      ...{ RUNNER_TEMP: path.join(temp, 'temp'), RUNNER_TOOL_CACHE: path.join(temp, 'tools') },
      ...Object.fromEntries(commandFiles.map((name) => [name, toFile(phase, name)])),
      ...more,
    };
    const file = path.join(dist, phase, 'index.js');
    const { exitCode, output } = await startProgram(process.execPath, [file], { cwd: context, env }).ended;
    if (exitCode !== 0 || /^::warning/m.test(output))
      throw new Error(`${phase} of ${subject}: ${lastLines(output, 20)}`);
  };
  await runPhase('main', { ...toInputVariables(Object.entries(inputs)) });
  const mainSeconds = seconds();
  const state = parseCommandFile(await readFile(toFile('main', 'GITHUB_STATE'), 'utf8'));
  await runPhase('post', Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])));
  return { mainSeconds, settledSeconds: seconds() };
}
