import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { toDataset } from './cases.mjs';
import { writeContext } from './context.mjs';
import { findJobProcesses, runHotlayer } from './hotlayer.mjs';
import { runNative } from './native.mjs';
import { ProcessSampler } from './processes.mjs';
import { profiles } from './profiles.mjs';
import { startRecorder } from './recorder.mjs';
import { copyServiceDirectory, startService, toServiceFigures } from './service.mjs';

/** Runs cases in a scratch directory; every run has a daemon, a service and a service directory of its own. */
export class Harness {
  #options;

  /** `{scratch, node, buildkit, profile, signal}`; node is what the action and the service run on. */
  constructor(options) {
    this.#options = options;
  }

  /** The order of a case's runs: the sides take turns, and each goes first as often as the other. */
  static plan({ subjects, variants, nativeRuns }, runs) {
    const rounds = Array.from({ length: runs }, (_, round) => round);
    return rounds.flatMap((round) =>
      ['measured', ...variants].flatMap((variant) =>
        (round % 2 === 0 ? subjects : subjects.toReversed()).flatMap((subject) => {
          // What gzip takes is BuildKit's own affair: one side and one look are enough.
          if (variant === 'compress')
            return subject === 'native' && round === 0 ? [{ subject, variant, round }] : [];
          return subject === 'native' && round >= (nativeRuns ?? runs) ? [] : [{ subject, variant, round }];
        }),
      ),
    );
  }

  /** One run of one side; `isRecorded` adds the service's calls, seen through a proxy. */
  async run(benchCase, { subject, variant }, isRecorded = false) {
    const { scratch, profile } = this.#options;
    const { dataset, layers, seed, seedToTar, toTar, isReadOnly } = benchCase;
    const context = await this.#getContext(dataset, layers);
    const seedDirectory =
      seed === undefined ? undefined : await this.#getSeed(seed, layers, subject, seedToTar);
    const directory = await mkdtemp(path.join(scratch, 'run-'));
    const serviceDirectory = path.join(directory, 'service');
    try {
      if (seedDirectory !== undefined) await copyServiceDirectory(seedDirectory, serviceDirectory);
      const run = await this.#measure({
        subject,
        directory,
        serviceDirectory,
        context,
        job: {
          toTar,
          exports: !isReadOnly && (variant === 'measured' || variant === 'no-latency'),
          compresses: variant === 'compress',
        },
        profile: variant === 'no-latency' ? profiles.fast : profile,
        isRecorded,
      });
      const kept = this.#toSeed(dataset, layers, subject, toTar);
      const isSeed = seed === undefined && variant === 'measured' && run.failure === undefined;
      if (isSeed && !existsSync(kept)) await rename(serviceDirectory, kept);
      return { subject, variant, ...run };
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** The cold export of a side, made without a network where no measured run has left one. */
  async #getSeed(dataset, layers, subject, toTar) {
    const seed = this.#toSeed(dataset, layers, subject, toTar);
    if (existsSync(seed)) return seed;
    const directory = await mkdtemp(path.join(this.#options.scratch, 'seed-'));
    try {
      const serviceDirectory = path.join(directory, 'service');
      const { failure } = await this.#measure({
        subject,
        directory,
        serviceDirectory,
        context: await this.#getContext(dataset, layers),
        job: { toTar, exports: true, compresses: false },
        profile: profiles.fast,
        isRecorded: false,
      });
      if (failure !== undefined) throw new Error(`the cache for ${dataset} could not be made: ${failure}`);
      await mkdir(path.dirname(seed), { recursive: true });
      await rename(serviceDirectory, seed);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    return seed;
  }

  #toSeed(dataset, layers, subject, toTar) {
    return path.join(
      this.#options.scratch,
      `cache-${dataset}-${layers}-${subject}-${toTar ? 'tar' : 'none'}`,
    );
  }

  async #getContext(dataset, layers) {
    const directory = path.join(this.#options.scratch, `context-${dataset}-${layers}`);
    if (!existsSync(directory)) await writeContext(directory, toDataset(dataset, layers));
    return directory;
  }

  async #measure({ subject, directory, serviceDirectory, context, job, profile, isRecorded }) {
    const { node, buildkit, signal } = this.#options;
    signal.throwIfAborted();
    // What earlier runs wrote must not be flushed in the middle of this one.
    spawnSync('sync');
    const service = await startService(node, serviceDirectory, profile);
    const recorder = isRecorded ? await startRecorder(service.url) : undefined;
    const sampler = new ProcessSampler(subject === 'native' ? undefined : () => findJobProcesses(directory));
    const subjectOptions = {
      ...{ node, buildkit, directory, context, job, sampler, signal },
      service: { url: recorder?.url ?? service.url, token: service.token },
    };
    const startedAt = Date.now();
    let run;
    let processes;
    let statistics;
    try {
      run = await (subject === 'native'
        ? runNative(subjectOptions)
        : runHotlayer({ ...subjectOptions, compression: subject === 'hotlayer' ? undefined : subject }));
    } finally {
      processes = sampler.stop();
      await recorder?.close();
      statistics = await service.stop();
    }
    signal.throwIfAborted();
    return {
      ...run,
      ...toServiceFigures(statistics),
      ...processes,
      ...(recorder === undefined ? {} : { recordedCalls: toRelative(recorder.calls, startedAt) }),
    };
  }
}

function toRelative(calls, startedAt) {
  const toSeconds = (ms) => (ms - startedAt) / 1000;
  return calls.map(({ kind, startMs, endMs }) => ({
    kind,
    startSeconds: toSeconds(startMs),
    endSeconds: toSeconds(endMs ?? startMs),
  }));
}
