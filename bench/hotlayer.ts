import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { lastLines, startProgram } from '../scripts/program.ts';
import { parseCommandFile } from '../src/cli/workflow-commands.ts';
import { toInputVariables } from '../src/inputs/reader.ts';
import { parseJson, readNumber } from '../src/json.ts';
import type { ChildEnvironment } from '../src/process/command.ts';
import { type LogLine, parseLogSpans } from './action-log.ts';
import { type JobOptions, type JobResult, waitFor } from './job.ts';
import type { Pids } from './processes.ts';
import type { Span } from './results.ts';

type Phase = 'main' | 'post';

interface PhaseResult {
  readonly phase: Phase;
  readonly exitCode: number | string;
  readonly output: string;
  readonly lines: readonly LogLine[];
  readonly endSeconds: number;
}

const dist = path.join(import.meta.dirname, '..', 'dist');
const commandFiles = [
  ...['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'],
];

/**
 * One build with the action as a runner runs it: the bundles of dist/, main, then post. Answers seconds since the start of main;
 * `compression` is the input of that name. `settledSeconds` is the end of post, which waits for the gateway and stops BuildKit.
 */
export async function runHotlayer(options: JobOptions, compression: string | undefined): Promise<JobResult> {
  const { buildkit, daemonConfig, directory, job } = options;
  const temp = path.join(directory, 'temp');
  await mkdir(temp, { recursive: true });
  const inputs = {
    context: '.',
    scope: 'bench',
    'buildkit-path': buildkit,
    'buildx-path': options.buildx,
    'read-only': String(!job.exports),
    ...(daemonConfig === '' ? {} : { 'buildkitd-config-inline': daemonConfig }),
    ...(compression === undefined ? {} : { compression }),
    ...(job.toTar ? { outputs: `type=oci,dest=${path.join(directory, 'image.tar')}` } : {}),
  };
  const runner = await openRunner(temp, options);
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  let main: PhaseResult;
  let post: PhaseResult;
  try {
    main = await runPhase(
      'main',
      { ...runner.env('main'), ...toInputVariables(Object.entries(inputs)) },
      options,
      seconds,
    );
  } finally {
    const state = await runner.read('main', 'GITHUB_STATE');
    const saved = Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value]));
    // Post is what stops the daemon and the gateway, so it runs after a cancelled main as well.
    post = await runPhase('post', { ...runner.env('post'), ...saved }, options, seconds);
  }
  const outputs = await runner.read('main', 'GITHUB_OUTPUT');
  await rm(temp, { recursive: true, force: true });
  return toResult(main, post, outputs);
}

function toResult(main: PhaseResult, post: PhaseResult, outputs: ReadonlyMap<string, string>): JobResult {
  const spans = [...parseLogSpans(main.lines), ...parseLogSpans(post.lines)];
  const failed = [main, post].find(({ exitCode }) => exitCode !== 0);
  return {
    mainSeconds: main.endSeconds,
    buildSeconds: toSeconds(spans.find(({ name }) => name === 'Build')),
    settledSeconds: post.endSeconds,
    firstLineSeconds: main.lines[0]?.seconds,
    exportSeconds: toSeconds(spans.find(({ name }) => name === 'Export the cache')),
    cachedSteps: toNumber(outputs.get('cached-steps')),
    totalSteps: toNumber(outputs.get('total-steps')),
    cacheExport: outputs.get('cache-export'),
    phases: [
      { name: 'Main step', startSeconds: 0, endSeconds: main.endSeconds },
      { name: 'Post', startSeconds: main.endSeconds, endSeconds: post.endSeconds },
      ...spans,
    ],
    warnings: [...main.lines, ...post.lines].flatMap(
      ({ text }) => /^::(?:warning|error)[^:]*::(.*)$/.exec(text)?.[1] ?? [],
    ),
    failure:
      failed === undefined
        ? undefined
        : `${failed.phase} ended with ${failed.exitCode}: ${lastLines(failed.output, 3)}`,
  };
}

async function runPhase(
  phase: Phase,
  env: ChildEnvironment,
  { node, context, sampler, signal }: JobOptions,
  seconds: () => number,
): Promise<PhaseResult> {
  const lines: LogLine[] = [];
  const program = startProgram(node, [path.join(dist, phase, 'index.js')], {
    cwd: context,
    env,
    onLine: (text) => lines.push({ seconds: seconds(), text }),
  });
  sampler.track(phase, program.child.pid);
  if (phase === 'main') sampler.trackClientsOf(program.child.pid);
  const { exitCode, output } = await (phase === 'main' ? waitFor(program, signal) : program.ended);
  return { phase, exitCode, output, lines, endSeconds: seconds() };
}

/** The processes that main starts, of the job's record, as far as they are known. */
export function findJobProcesses(directory: string): Pids {
  try {
    const file = path.join(directory, 'temp', 'hotlayer', 'job.json');
    const record = parseJson(readFileSync(file, 'utf8'));
    return {
      buildkitd: readNumber(record, 'daemon', 'pid'),
      gateway: readNumber(record, 'gateway', 'pid'),
    };
  } catch {
    // Not there yet, or removed by post.
    return {};
  }
}

interface Runner {
  env(phase: Phase): Readonly<Record<string, string | undefined>>;
  read(phase: Phase, name: string): Promise<ReadonlyMap<string, string>>;
}

/** Variables and command files as GitHub's runner gives them to a step. */
async function openRunner(temp: string, { directory, context, service }: JobOptions): Promise<Runner> {
  const eventPath = path.join(temp, 'event.json');
  const repository = { id: 1, full_name: 'o/r', default_branch: 'main' };
  await writeFile(eventPath, JSON.stringify({ ref: 'refs/heads/main', repository }));
  const toFile = (phase: Phase, name: string): string => path.join(temp, `${phase}-${name}`);
  for (const name of commandFiles)
    for (const phase of ['main', 'post'] as const) await writeFile(toFile(phase, name), '');
  return {
    env: (phase) => ({
      PATH: process.env['PATH'],
      HOME: directory,
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SHA: '1'.repeat(40),
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_WORKSPACE: context,
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_JOB: 'bench',
      RUNNER_TEMP: temp,
      RUNNER_TOOL_CACHE: path.join(directory, 'tools'),
      RUNNER_OS: 'Linux',
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: `${service.url}/`,
      ACTIONS_RUNTIME_TOKEN: service.token,
      ...Object.fromEntries(commandFiles.map((name) => [name, toFile(phase, name)])),
    }),
    read: async (phase, name) => parseCommandFile(await readFile(toFile(phase, name), 'utf8')),
  };
}

function toSeconds(span: Span | undefined): number | undefined {
  return span === undefined ? undefined : span.endSeconds - span.startSeconds;
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
