import { runCommand } from '../process/command.ts';
import type { Step } from './step.ts';

const pruneTimeoutMs = 60_000;

/**
 * What BuildKit had written of layers that did not fit stays on the disk until it collects garbage. It does so when it is
 * asked to prune, here for nothing that this job has used. What a daemon of somebody else keeps is not ours to prune.
 */
export async function removeUnfinished({
  endpoint,
  env,
  signal,
}: Pick<Step, 'endpoint' | 'env' | 'signal'>): Promise<void> {
  if (endpoint.kind === 'remote') return;
  const args = ['--addr', endpoint.address, 'prune', '--keep-duration', '8760h'];
  await runCommand(endpoint.buildctl, args, {
    env: { PATH: env['PATH'], HOME: env['HOME'] },
    timeoutMs: pruneTimeoutMs,
    signal,
  });
}
