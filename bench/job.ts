import type { EndedProgram, StartedProgram } from '../scripts/program.ts';
import type { ProcessSampler } from './processes.ts';
import type { Run } from './results.ts';

/** What both sides are given for one run. */
export interface JobOptions {
  /** What the action and the service run on. */
  readonly node: string;
  /** Directory of buildkitd and buildctl. */
  readonly buildkit: string;
  readonly buildx: string;
  /** Of this run. */
  readonly directory: string;
  readonly context: string;
  readonly service: { readonly url: string; readonly token: string };
  readonly job: {
    readonly toTar: boolean;
    readonly exports: boolean;
    /** To a local directory, in place of the service. */
    readonly compresses: boolean;
  };
  /** More lines for buildkitd.toml: where the base images are. */
  readonly daemonConfig: string;
  readonly sampler: ProcessSampler;
  readonly signal: AbortSignal;
}

/** What a side says of its run; the rest is the service's and the sampler's. */
export type JobResult = Omit<
  Run,
  | ('subject' | 'variant' | 'cpuSeconds' | 'peakBytes' | 'totalCalls' | 'calls' | 'failedCalls')
  | ('bytesUp' | 'bytesDown' | 'storedEntries' | 'storedBytes')
>;

/** Waits for a program, which the signal ends with SIGTERM. */
export async function waitFor({ child, ended }: StartedProgram, signal: AbortSignal): Promise<EndedProgram> {
  const kill = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', kill, { once: true });
  try {
    return await ended;
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
