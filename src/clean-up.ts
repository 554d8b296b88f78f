import process from 'node:process';
import * as core from '@actions/core';
import { isRunning } from './buildkit/daemon-record.ts';
import { type StopReport, stopDaemon } from './buildkit/daemon-stop.ts';
import { endGateway } from './gateway/end.ts';
import type { GatewayReport } from './gateway/report.ts';
import { readJob, removeJob } from './job/record.ts';
import { renderSize } from './report/format.ts';
import { readRunner } from './runner.ts';
import { readOwnership } from './state.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Post: the step that opened the job stops the gateway and the daemon and removes the job's directory. */
export async function cleanUp(env: Environment): Promise<void> {
  const jobDirectory = readOwnership();
  if (jobDirectory === undefined) {
    core.info('The daemon and the gateway belong to an earlier step of this job, whose clean-up stops them.');
    return;
  }
  const { token } = readRunner(env);
  if (token !== undefined) core.setSecret(token);
  const { gateway, daemon, client } = (await readJob(jobDirectory)) ?? {};

  // Only a main that was killed leaves its buildctl: the build is over, and the daemon must not wait for it.
  if (client !== undefined && (await isRunning(client))) process.kill(client.pid, 'SIGTERM');
  if (gateway !== undefined) {
    await core.group('Stop the gateway', async () => {
      const end = await endGateway(gateway, { token, jobDirectory });
      core.info(end.kind === 'stopped' ? renderEnd(end.report) : `The gateway was lost: ${end.reason}.`);
    });
  }
  if (daemon !== undefined) {
    await core.group('Stop BuildKit', async () => {
      core.info(renderStop(await stopDaemon(daemon, { env })));
    });
  }
  await removeJob(jobDirectory);
}

function renderEnd({ toService, bytesUp, bytesDown, retries, failures }: GatewayReport): string {
  const calls = Object.entries(toService).map(([kind, count]) => `${kind} ${count}`);
  return [
    `calls to the cache service: ${calls.join(', ')}; repeated ${retries}`,
    `bytes written ${renderSize(bytesUp)}, read ${renderSize(bytesDown)}`,
    ...failures.map(({ step, message }) => `${step}: ${message}`),
  ].join('\n');
}

function renderStop({ ended, orphans, unmounted, leftovers }: StopReport): string {
  for (const leftover of leftovers) core.warning(`Clean-up: ${leftover}.`);
  return [
    `buildkitd: ${ended}`,
    ...(orphans.length === 0 ? [] : [`ended ${orphans.length} processes of build steps`]),
    ...(unmounted.length === 0 ? [] : [`unmounted ${unmounted.length} mounts`]),
  ].join('\n');
}
