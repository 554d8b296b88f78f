import process from 'node:process';
import { untilCancelled } from '../async/cancellation.ts';
import { parseInputs } from '../inputs/inputs.ts';
import * as log from '../log.ts';
import { saveNoOwnership } from '../state.ts';
import { Beside } from '../step/beside.ts';
import { buildImage } from '../step/build.ts';
import { explainFailure } from '../step/build-error.ts';
import { buildPhase } from '../step/phases.ts';
import { reportSafely } from '../step/result.ts';
import { checkRunnerPlatform } from '../step/runner.ts';
import { openStep } from '../step/step.ts';
import type { StoryEnd } from '../step/story-end.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** buildx may take three seconds to end. */
const buildGraceMs = 4500;
/** A build takes longer than saving BuildKit and buildx, unless the service is slow. */
const besidePatienceMs = 10_000;

/** Main: plan the cache scopes, get BuildKit and the way to the cache, build, report. Post takes all of it down. */
export async function build(env: Environment, signal: AbortSignal): Promise<StoryEnd> {
  // First of all: what is not saved here, a build's output could save for post.
  const unsaved = saveNoOwnership(env);
  checkRunnerPlatform(process.platform);
  const beside = new Beside();
  try {
    const step = await openStep(env, parseInputs(env), { signal, beside, unsaved });

    const readReport = () => untilCancelled(step.cache.readReport(), signal, 0);
    const before = await readReport();
    const built = await step.phases.run(buildPhase, () => buildImage(step), buildGraceMs);
    const after = await readReport();
    if (beside.isBusy)
      await step.phases.run('Save the tools for the next runner', () => endBeside(beside, signal));

    const report = await reportSafely(step, { ...built, before, after });
    const { failure } = built.result;
    const error = failure === undefined ? undefined : await explainFailure(failure, built.endpoint);
    return { ...report, failure: error };
  } finally {
    // Whatever ended the step, what it has fetched is of use to the next one.
    await endBeside(beside, signal);
  }
}

async function endBeside(beside: Beside, signal: AbortSignal): Promise<void> {
  if (!(await beside.end(besidePatienceMs, signal)) && !signal.aborted)
    log.info(
      `Not all was saved for the next runner ${besidePatienceMs / 1000} s after the build: it is given up.`,
    );
}
