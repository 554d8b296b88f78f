import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BenchCase } from './cases.ts';
import { writeContext } from './context.ts';
import { type DatasetName, toDataset } from './datasets.ts';
import { findJobProcesses, runHotlayer } from './hotlayer.ts';
import type { JobOptions } from './job.ts';
import { runNative } from './native.ts';
import { ProcessSampler } from './processes.ts';
import { profiles } from './profiles.ts';
import { type RecordedCall, startRecorder } from './recorder.ts';
import type { CallSpan, Profile, Run, Subject, Variant } from './results.ts';
import { copyServiceDirectory, startService } from './service.ts';

export interface HarnessOptions
  extends Pick<JobOptions, 'node' | 'buildkit' | 'buildx' | 'daemonConfig' | 'signal'> {
  readonly scratch: string;
  readonly profile: Profile;
}

export interface Step {
  readonly subject: Subject;
  readonly variant: Variant;
  readonly round: number;
}

/** `calls` is empty where they were not recorded. */
export interface Measured {
  readonly run: Run;
  readonly calls: readonly CallSpan[];
}

interface Measurement
  extends Pick<Step, 'subject' | 'variant'>,
    Pick<JobOptions, 'directory' | 'context' | 'job'> {
  readonly serviceDirectory: string;
  readonly profile: Profile;
  readonly isRecorded: boolean;
}

/** The order of a case's runs: the sides take turns, and each goes first as often as the other. */
export function planRuns(
  { subjects, variants, nativeRuns }: Pick<BenchCase, 'subjects' | 'variants' | 'nativeRuns'>,
  runs: number,
): readonly Step[] {
  const rounds = Array.from({ length: runs }, (_, round) => round);
  return rounds.flatMap((round) =>
    (['measured', ...variants] as const).flatMap((variant) =>
      (round % 2 === 0 ? subjects : subjects.toReversed()).flatMap((subject): readonly Step[] => {
        // What gzip takes is BuildKit's own affair: one side and one look are enough.
        if (variant === 'compress')
          return subject === 'native' && round === 0 ? [{ subject, variant, round }] : [];
        return subject === 'native' && round >= (nativeRuns ?? runs) ? [] : [{ subject, variant, round }];
      }),
    ),
  );
}

/** Runs cases in a scratch directory; every run has a daemon, a service and a service directory of its own. */
export class Harness {
  readonly #options: HarnessOptions;

  constructor(options: HarnessOptions) {
    this.#options = options;
  }

  /** One run of one side; `isRecorded` adds the service's calls, seen through a proxy. */
  async run(
    benchCase: BenchCase,
    { subject, variant }: Pick<Step, 'subject' | 'variant'>,
    isRecorded = false,
  ): Promise<Measured> {
    const { scratch, profile } = this.#options;
    const { dataset, layers, seed, seedToTar, toTar, isReadOnly } = benchCase;
    const context = await this.#getContext(dataset, layers);
    const seedDirectory =
      seed === undefined ? undefined : await this.#getSeed(seed, layers, subject, seedToTar);
    const directory = await mkdtemp(path.join(scratch, 'run-'));
    const serviceDirectory = path.join(directory, 'service');
    try {
      if (seedDirectory !== undefined) await copyServiceDirectory(seedDirectory, serviceDirectory);
      const exports = !isReadOnly && (variant === 'measured' || variant === 'no-latency');
      const measured = await this.#measure({
        ...{ subject, variant, directory, serviceDirectory, context, isRecorded },
        job: { toTar, exports, compresses: variant === 'compress' },
        profile: variant === 'no-latency' ? profiles.fast : profile,
      });
      const kept = this.#toSeed(dataset, layers, subject, toTar);
      const isSeed = seed === undefined && variant === 'measured' && measured.run.failure === undefined;
      if (isSeed && !existsSync(kept)) await rename(serviceDirectory, kept);
      return measured;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** The cold export of a side, made without a network where no measured run has left one. */
  async #getSeed(dataset: DatasetName, layers: number, subject: Subject, toTar: boolean): Promise<string> {
    const seed = this.#toSeed(dataset, layers, subject, toTar);
    if (existsSync(seed)) return seed;
    const directory = await mkdtemp(path.join(this.#options.scratch, 'seed-'));
    try {
      const serviceDirectory = path.join(directory, 'service');
      const { run } = await this.#measure({
        ...{ subject, variant: 'no-latency', directory, serviceDirectory },
        context: await this.#getContext(dataset, layers),
        job: { toTar, exports: true, compresses: false },
        profile: profiles.fast,
        isRecorded: false,
      });
      if (run.failure !== undefined)
        throw new Error(`the cache for ${dataset} could not be made: ${run.failure}`);
      await mkdir(path.dirname(seed), { recursive: true });
      await rename(serviceDirectory, seed);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    return seed;
  }

  #toSeed(dataset: DatasetName, layers: number, subject: Subject, toTar: boolean): string {
    const name = `cache-${dataset}-${layers}-${subject}-${toTar ? 'tar' : 'none'}`;
    return path.join(this.#options.scratch, name);
  }

  async #getContext(dataset: DatasetName, layers: number): Promise<string> {
    const directory = path.join(this.#options.scratch, `context-${dataset}-${layers}`);
    if (!existsSync(directory)) await writeContext(directory, toDataset(dataset, layers));
    return directory;
  }

  async #measure(measurement: Measurement): Promise<Measured> {
    const { subject, variant, directory, serviceDirectory, context, job, profile } = measurement;
    const { node, buildkit, buildx, daemonConfig, signal } = this.#options;
    signal.throwIfAborted();
    // What earlier runs wrote must not be flushed in the middle of this one.
    spawnSync('sync');
    const service = await startService(node, serviceDirectory, profile);
    const recorder = measurement.isRecorded ? await startRecorder(service.url) : undefined;
    const sampler = new ProcessSampler(subject === 'native' ? undefined : () => findJobProcesses(directory));
    const options: JobOptions = {
      ...{ node, buildkit, buildx, daemonConfig, directory, context, job, sampler, signal },
      service: { url: recorder?.url ?? service.url, token: service.token },
    };
    const startedAtMs = Date.now();
    const ends = async () => {
      const processes = sampler.stop();
      await recorder?.close();
      return { ...processes, ...(await service.stop()) };
    };
    let result: Awaited<ReturnType<typeof runNative>>;
    try {
      result = await (subject === 'native'
        ? runNative(options)
        : runHotlayer(options, subject === 'hotlayer' ? undefined : subject));
    } catch (error) {
      await ends();
      throw error;
    }
    const figures = await ends();
    signal.throwIfAborted();
    return {
      run: { subject, variant, ...result, ...figures },
      calls: toRelative(recorder?.calls ?? [], startedAtMs),
    };
  }
}

function toRelative(calls: readonly RecordedCall[], startedAtMs: number): readonly CallSpan[] {
  const toSeconds = (timeMs: number): number => (timeMs - startedAtMs) / 1000;
  return calls.map(({ kind, startMs, endMs }) => ({
    kind,
    startSeconds: toSeconds(startMs),
    endSeconds: toSeconds(endMs ?? startMs),
  }));
}
