import type { Inputs } from '../inputs/types.ts';
import { saveOwnership } from '../state.ts';
import type { Degradations } from './degradations.ts';
import { type Job, openJob } from './record.ts';
import type { Runner } from './runner.ts';
import { tellOnce } from './tell.ts';

export interface JoinRequest {
  readonly inputs: Pick<Inputs, 'cache' | 'report'>;
  readonly runner: Runner;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly degradations: Degradations;
  /** What is true of the whole job and not as somebody may expect; one sentence each. */
  readonly unheard: readonly string[];
  /** Why it could not be saved that this step has nothing for post to do; undefined: it is saved. */
  readonly unsaved: string | undefined;
}

/** Opens the job, or joins it when an earlier step has one; the step that opened it is the one whose post takes it down. */
export async function joinJob(request: JoinRequest): Promise<Job> {
  const { inputs, runner, env, degradations, unheard, unsaved } = request;
  const job = await openJob(runner.tempDirectory, degradations.add);
  for (const fault of job.faults) degradations.add(fault);
  await tellOnce(job, unheard);
  const { drainTimeoutMs } = inputs.cache;
  const ownership = { jobDirectory: job.directory, drainTimeoutMs, summary: inputs.report.summary };
  const stateFault = job.isOwner ? saveOwnership(ownership, env) : unsaved;
  if (stateFault !== undefined) degradations.add(stateFault);
  return job;
}
