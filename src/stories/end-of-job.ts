import * as log from '../log.ts';
import { readOwnership } from '../state.ts';
import { listStages } from '../step/end-stages.ts';
import { findJobDirectory, listRefusals } from '../step/job-directory.ts';
import { readRunner } from '../step/runner.ts';
import { runStages } from '../step/stages.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Post: the step that opened the job stops the gateway and the daemon and removes the job's directory. It finds them by what
 * they are (arguments, working directory, cgroup, mount point), so neither a lost nor a planted record misleads it.
 */
export async function endJob(env: Environment, signal: AbortSignal): Promise<void> {
  const ownership = readOwnership();
  if (ownership === undefined) {
    log.info('The daemon and the gateway belong to an earlier step of this job, whose clean-up stops them.');
    return;
  }
  const { token, tempDirectory } = readRunner(env);
  if (token !== undefined) log.mask(token);
  const found = await findJobDirectory(tempDirectory);
  for (const refusal of await listRefusals(ownership.jobDirectory, found))
    log.warning(`Clean-up: ${refusal}`);
  const failures = await runStages(listStages({ ownership, found, token, env, signal }));
  for (const failure of failures) log.warning(`Clean-up: ${failure}.`);
}
