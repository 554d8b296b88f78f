import path from 'node:path';
import process from 'node:process';
import * as core from '@actions/core';
import { isRunning } from './buildkit/daemon-record.ts';
import { type StopReport, stopDaemon } from './buildkit/daemon-stop.ts';
import { endGateway } from './gateway/end.ts';
import { gatewayLog } from './job/cache-access.ts';
import { reportExports } from './job/export-end.ts';
import { readJob, removeJob } from './job/record.ts';
import { readToldOutage } from './job/told.ts';
import * as log from './log.ts';
import { renderSize } from './report/format.ts';
import { readRunner } from './runner.ts';
import { readOwnership } from './state.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Post: the step that opened the job stops the gateway and the daemon and removes the job's directory. */
export async function cleanUp(env: Environment): Promise<void> {
  const ownership = readOwnership();
  if (ownership === undefined) {
    log.info('The daemon and the gateway belong to an earlier step of this job, whose clean-up stops them.');
    return;
  }
  const { jobDirectory, drainTimeoutMs, summary } = ownership;
  const { token } = readRunner(env);
  if (token !== undefined) core.setSecret(token);
  const { gateway, daemon, client } = (await readJob(jobDirectory)) ?? {};

  // Only a main that was killed leaves its buildctl: the build is over, and the daemon must not wait for it.
  if (client !== undefined && (await isRunning(client))) process.kill(client.pid, 'SIGTERM');
  if (gateway !== undefined) {
    await log.group('Finish the cache export', async () => {
      const end = await endGateway(gateway, {
        token,
        jobDirectory,
        logPath: path.join(jobDirectory, gatewayLog),
        drainMs: drainTimeoutMs,
        onProgress: ({ pending, bytesUp }) =>
          log.info(`${pending} still uploading, ${renderSize(bytesUp)} of the job are written`),
      });
      await reportExports(end, {
        drainTimeoutMs,
        toldOutage: await readToldOutage(jobDirectory),
        summaryFile: summary ? env['GITHUB_STEP_SUMMARY'] : undefined,
      });
    });
  }
  if (daemon !== undefined) {
    await log.group('Stop BuildKit', async () => {
      log.info(renderStop(await stopDaemon(daemon, { env })));
    });
  }
  await removeJob(jobDirectory);
}

function renderStop({ ended, orphans, unmounted, leftovers }: StopReport): string {
  for (const leftover of leftovers) log.warning(`Clean-up: ${leftover}.`);
  return [
    `buildkitd: ${ended}`,
    ...(orphans.length === 0 ? [] : [`ended ${orphans.length} processes of build steps`]),
    ...(unmounted.length === 0 ? [] : [`unmounted ${unmounted.length} mounts`]),
  ].join('\n');
}
