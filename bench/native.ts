import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLines, type StartedProgram, startProgram } from '../scripts/program.ts';
import { type ChildEnvironment, runCommand } from '../src/process/command.ts';
import { parseMounts, selectMountsBelow } from '../src/process/mounts.ts';
import { type JobOptions, type JobResult, waitFor } from './job.ts';
import { summarizeTrace } from './trace.ts';

const cacheScope = 'bench';
const readyTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/**
 * One build with BuildKit's own gha client (v2): starts a daemon as Hotlayer does, builds, stops it. Nothing is installed, so what
 * a user's job spends on docker/setup-buildx-action is not in it. Answers seconds since the start of the daemon.
 */
export async function runNative(options: JobOptions): Promise<JobResult> {
  const { buildkit, daemonConfig, directory, service, sampler, signal } = options;
  const state = path.join(directory, 'native');
  const address = ['--addr', `unix://${path.join(state, 'sock')}`];
  const buildctl = path.join(buildkit, 'buildctl');
  const configFile = path.join(state, 'buildkitd.toml');
  await mkdir(path.join(state, 'tmp'), { recursive: true });
  await writeFile(configFile, `${renderConfig(state)}${daemonConfig}`);

  const started = performance.now();
  const startedAtMs = Date.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const env = { PATH: process.env['PATH'], HOME: state, TMPDIR: path.join(state, 'tmp') };
  const daemon = startProgram(path.join(buildkit, 'buildkitd'), ['--config', configFile], { env });
  sampler.track('buildkitd', daemon.child.pid);
  try {
    await waitUntilReady(daemon, [buildctl, ...address], env, signal);
    const readySeconds = seconds();
    const build = startProgram(buildctl, [...address, 'build', ...toBuildFlags(options)], {
      env: {
        ...env,
        ACTIONS_CACHE_SERVICE_V2: 'true',
        ACTIONS_RESULTS_URL: `${service.url}/`,
        ACTIONS_RUNTIME_TOKEN: service.token,
      },
    });
    sampler.track('client', build.child.pid);
    const { exitCode, output } = await waitFor(build, signal);
    const mainSeconds = seconds();
    const { exportSpans, ...trace } = summarizeTrace(output, startedAtMs);
    return {
      ...trace,
      mainSeconds,
      buildSeconds: mainSeconds - readySeconds,
      settledSeconds: mainSeconds,
      firstLineSeconds: undefined,
      cacheExport: undefined,
      phases: [
        { name: 'Start BuildKit', startSeconds: 0, endSeconds: readySeconds },
        { name: 'Build', startSeconds: readySeconds, endSeconds: mainSeconds },
        ...exportSpans,
      ],
      warnings: [],
      failure: exitCode === 0 ? undefined : `buildctl ended with ${exitCode}: ${lastLines(output, 3)}`,
    };
  } finally {
    await stopDaemon(daemon, state);
  }
}

/** Not in any measured time. */
async function stopDaemon(daemon: StartedProgram, state: string): Promise<void> {
  daemon.child.kill('SIGTERM');
  const forced = setTimeout(() => daemon.child.kill('SIGKILL'), stopTimeoutMs);
  await daemon.ended;
  clearTimeout(forced);
  // What is mounted below the state is mounts of build steps that a killed daemon left.
  const mounts = parseMounts(readFileSync('/proc/self/mountinfo', 'utf8'));
  for (const mountPoint of selectMountsBelow(mounts, state))
    await runCommand('umount', ['-l', mountPoint], { env: process.env });
  await rm(state, { recursive: true, force: true });
}

/** The same daemon that the action configures, but for its cgroup. */
function renderConfig(state: string): string {
  return `root = "${state}/root"
insecure-entitlements = []
[grpc]
address = ["unix://${state}/sock"]
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

function toBuildFlags({ context, directory, job }: JobOptions): readonly string[] {
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
async function waitUntilReady(
  daemon: StartedProgram,
  [buildctl = '', ...args]: readonly string[],
  env: ChildEnvironment,
  signal: AbortSignal,
): Promise<void> {
  let hasEnded = false;
  void daemon.ended.then(() => {
    hasEnded = true;
  });
  const deadline = Date.now() + readyTimeoutMs;
  for (;;) {
    const { exitCode } = await runCommand(buildctl, [...args, 'debug', 'workers'], { env });
    if (exitCode === 0) return;
    signal.throwIfAborted();
    if (hasEnded || Date.now() > deadline) {
      daemon.child.kill('SIGKILL');
      throw new Error(`buildkitd did not start:\n${lastLines((await daemon.ended).output)}`);
    }
    await delay(25);
  }
}
