import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseCommandFile, parseLogSpans } from './action-log.mjs';
import { lastLines, start } from './processes.mjs';

const dist = path.join(import.meta.dirname, '..', 'dist');

/**
 * One build with the action as a runner runs it: the bundles of dist/, main, then post. Answers seconds since the start of main;
 * `compression` is the input of that name. `settledSeconds` is the end of post, which waits for the gateway and stops BuildKit.
 */
export async function runHotlayer(options) {
  const { node, buildkit, directory, context, service, job, compression, sampler, signal } = options;
  const temp = path.join(directory, 'temp');
  await mkdir(temp, { recursive: true });
  const inputs = {
    context: '.',
    scope: 'bench',
    'buildkit-path': buildkit,
    'read-only': String(!job.exports),
    ...(compression === undefined ? {} : { compression }),
    ...(job.toTar ? { outputs: `type=oci,dest=${path.join(directory, 'image.tar')}` } : {}),
  };
  const runner = await openRunner({ temp, directory, context, service });
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const run = (phase, env) => runPhase({ node, phase, env, context, sampler, signal, seconds });
  let main;
  let post;
  try {
    main = await run('main', { ...runner.env('main'), ...toInputVariables(inputs) });
  } finally {
    const state = Object.entries(await runner.read('main', 'GITHUB_STATE'));
    // Post is what stops the daemon and the gateway, so it runs after a cancelled main as well.
    post = await run('post', {
      ...runner.env('post'),
      ...Object.fromEntries(state.map(([name, value]) => [`STATE_${name}`, value])),
    });
  }
  const outputs = await runner.read('main', 'GITHUB_OUTPUT');
  await rm(temp, { recursive: true, force: true });
  const spans = [...parseLogSpans(main.lines), ...parseLogSpans(post.lines)];
  const build = spans.find(({ name }) => name === 'Build');
  const cacheExport = spans.find(({ name }) => name === 'Export the cache');
  const failure = [main, post].find(({ exitCode }) => exitCode !== 0);
  return {
    mainSeconds: main.endSeconds,
    buildSeconds: build === undefined ? undefined : build.endSeconds - build.startSeconds,
    settledSeconds: post.endSeconds,
    firstLineSeconds: main.lines[0]?.seconds,
    exportSeconds: cacheExport === undefined ? undefined : cacheExport.endSeconds - cacheExport.startSeconds,
    cachedSteps: toNumber(outputs['cached-steps']),
    totalSteps: toNumber(outputs['total-steps']),
    cacheExport: outputs['cache-export'],
    phases: [
      { name: 'Main step', startSeconds: 0, endSeconds: main.endSeconds },
      { name: 'Post', startSeconds: main.endSeconds, endSeconds: post.endSeconds },
      ...spans,
    ],
    warnings: [...main.lines, ...post.lines]
      .map(({ text }) => /^::(?:warning|error)[^:]*::(.*)$/.exec(text)?.[1])
      .filter((text) => text !== undefined),
    ...(failure === undefined
      ? {}
      : { failure: `${failure.phase} ended with ${failure.exitCode}: ${lastLines(failure.output, 3)}` }),
  };
}

async function runPhase({ node, phase, env, context, sampler, signal, seconds }) {
  const lines = [];
  const { child, ended } = start(node, [path.join(dist, phase, 'index.js')], {
    cwd: context,
    env,
    onLine: (text) => lines.push({ seconds: seconds(), text }),
  });
  sampler.track(phase, child.pid);
  const cancel = () => child.kill('SIGTERM');
  if (phase === 'main') signal.addEventListener('abort', cancel, { once: true });
  const { exitCode, output } = await ended;
  signal.removeEventListener('abort', cancel);
  return { phase, exitCode, output, lines, endSeconds: seconds() };
}

/** Pids of the processes that main starts, of the job's record: `{buildkitd, gateway, buildctl}`, as far as they are known. */
export function findJobProcesses(directory) {
  try {
    const file = path.join(directory, 'temp', 'hotlayer', 'job.json');
    const { daemon, gateway, client } = JSON.parse(readFileSync(file, 'utf8'));
    return { buildkitd: daemon?.pid, gateway: gateway?.pid, buildctl: client?.pid };
  } catch {
    // Not there yet, or removed by post.
    return {};
  }
}

/** Variables and command files as GitHub's runner gives them to a step. */
async function openRunner({ temp, directory, context, service }) {
  const eventPath = path.join(temp, 'event.json');
  const repository = { id: 1, full_name: 'o/r', default_branch: 'main' };
  await writeFile(eventPath, JSON.stringify({ ref: 'refs/heads/main', repository }));
  const names = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'];
  const toFile = (phase, name) => path.join(temp, `${phase}-${name}`);
  for (const name of names) for (const phase of ['main', 'post']) await writeFile(toFile(phase, name), '');
  return {
    env: (phase) => ({
      PATH: process.env.PATH,
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
      ...Object.fromEntries(names.map((name) => [name, toFile(phase, name)])),
    }),
    read: async (phase, name) => parseCommandFile(await readFile(toFile(phase, name), 'utf8')),
  };
}

function toInputVariables(inputs) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

function toNumber(text) {
  return text === undefined ? undefined : Number(text);
}
