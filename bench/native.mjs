import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLines, start } from './processes.mjs';
import { summarizeTrace } from './trace.mjs';

const cacheScope = 'bench';
const readyTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/**
 * One build with BuildKit's own gha client (v2): starts a daemon as Hotlayer does, builds, stops it. Nothing is installed, so what
 * a user's job spends on docker/setup-buildx-action is not in it. Answers seconds since the start of the daemon.
 */
export async function runNative({ buildkit, directory, context, service, job, sampler, signal }) {
  const state = path.join(directory, 'native');
  const socket = path.join(state, 'sock');
  const buildctl = path.join(buildkit, 'buildctl');
  await mkdir(path.join(state, 'tmp'), { recursive: true });
  await writeFile(path.join(state, 'buildkitd.toml'), renderConfig(state, socket));

  const started = performance.now();
  const startedAt = Date.now();
  const seconds = () => (performance.now() - started) / 1000;
  const env = { PATH: process.env.PATH, HOME: state, TMPDIR: path.join(state, 'tmp') };
  const daemon = start(path.join(buildkit, 'buildkitd'), ['--config', path.join(state, 'buildkitd.toml')], {
    env,
  });
  sampler.track('buildkitd', daemon.child.pid);
  try {
    await waitUntilReady(daemon, [buildctl, '--addr', `unix://${socket}`], env, signal);
    const readySeconds = seconds();
    const build = start(
      buildctl,
      ['--addr', `unix://${socket}`, 'build', ...toBuildFlags({ context, directory, job })],
      {
        env: {
          ...env,
          ACTIONS_CACHE_SERVICE_V2: 'true',
          ACTIONS_RESULTS_URL: `${service.url}/`,
          ACTIONS_RUNTIME_TOKEN: service.token,
        },
      },
    );
    sampler.track('buildctl', build.child.pid);
    const kill = () => build.child.kill('SIGTERM');
    signal.addEventListener('abort', kill, { once: true });
    const { exitCode, output } = await build.ended;
    signal.removeEventListener('abort', kill);
    const mainSeconds = seconds();
    const trace = summarizeTrace(output, startedAt);
    return {
      mainSeconds,
      buildSeconds: mainSeconds - readySeconds,
      settledSeconds: mainSeconds,
      exportSeconds: trace.exportSeconds,
      cachedSteps: trace.cachedSteps,
      totalSteps: trace.totalSteps,
      phases: [
        { name: 'Start BuildKit', startSeconds: 0, endSeconds: readySeconds },
        { name: 'Build', startSeconds: readySeconds, endSeconds: mainSeconds },
        ...trace.exportSpans,
      ],
      warnings: [],
      ...(exitCode === 0 ? {} : { failure: `buildctl ended with ${exitCode}: ${lastLines(output, 3)}` }),
    };
  } finally {
    await stopDaemon(daemon, state);
  }
}

/** Not in any measured time. */
async function stopDaemon(daemon, state) {
  daemon.child.kill('SIGTERM');
  const forced = setTimeout(() => daemon.child.kill('SIGKILL'), stopTimeoutMs);
  await daemon.ended;
  clearTimeout(forced);
  // What is mounted below the state is mounts of build steps that a killed daemon left.
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((mountPoint) => mountPoint.startsWith(`${state}/`));
  for (const mountPoint of mounts.toReversed()) spawnSync('umount', ['-l', mountPoint]);
  await rm(state, { recursive: true, force: true });
}

/** The same daemon that the action configures, but for its cgroup. */
function renderConfig(state, socket) {
  return `root = "${state}/root"
insecure-entitlements = []
[grpc]
address = ["unix://${socket}"]
[otel]
socketPath = "${state}/trace.sock"
[worker.oci]
enabled = true
gc = true
minFreeSpace = "2GB"
[worker.containerd]
enabled = false
`;
}

function toBuildFlags({ context, directory, job }) {
  return [
    ...['--frontend', 'dockerfile.v0', '--progress', 'rawjson'],
    ...['--local', `context=${context}`, '--local', `dockerfile=${context}`],
    ...(job.toTar ? ['--output', `type=oci,dest=${path.join(directory, 'image.tar')}`] : []),
    ...['--import-cache', `type=gha,scope=${cacheScope}`],
    ...(job.exports ? ['--export-cache', `type=gha,scope=${cacheScope},mode=max`] : []),
    ...(job.compresses
      ? ['--export-cache', `type=local,dest=${path.join(directory, 'local-cache')},mode=max`]
      : []),
  ];
}

/** As the action waits: a call that the daemon answers, tried every 25 ms. */
async function waitUntilReady(daemon, [buildctl, ...args], env, signal) {
  let hasEnded = false;
  void daemon.ended.then(() => {
    hasEnded = true;
  });
  const deadline = Date.now() + readyTimeoutMs;
  for (;;) {
    const { exitCode } = await start(buildctl, [...args, 'debug', 'workers'], { env }).ended;
    if (exitCode === 0) return;
    signal.throwIfAborted();
    if (hasEnded || Date.now() > deadline) {
      daemon.child.kill('SIGKILL');
      throw new Error(`buildkitd did not start:\n${lastLines((await daemon.ended).output)}`);
    }
    await delay(25);
  }
}
