import process from 'node:process';
import { untilCancelled } from '../async/cancellation.ts';
import * as log from '../log.ts';
import { saveNoOwnership } from '../state.ts';
import type { BuiltWith } from '../step/attempts.ts';
import { Beside } from '../step/beside.ts';
import { explainFailure } from '../step/build-error.ts';
import { buildPhase } from '../step/phases.ts';
import { type BuildFacts, type BuildReport, reportSafely } from '../step/result.ts';
import { checkRunnerPlatform } from '../step/runner.ts';
import type { Step, StepOptions } from '../step/step.ts';
import type { StoryEnd } from '../step/story-end.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What main does, whatever it builds. */
export interface StoryParts<S> {
  /** Plans the cache scopes, gets BuildKit and the way to the cache. */
  open(options: StepOptions): Promise<S>;
  build(step: S): Promise<BuiltWith>;
  report(step: S, facts: BuildFacts): Promise<BuildReport>;
}

/** buildx may take three seconds to end. */
const buildGraceMs = 4500;
/** A build takes longer than saving BuildKit and buildx, unless the service is slow. */
const besidePatienceMs = 10_000;

/** Opens the step, builds, reports. Post takes all of it down. */
export async function tellStory<S extends Pick<Step, 'cache' | 'phases'>>(
  env: Environment,
  signal: AbortSignal,
  { open, build, report }: StoryParts<S>,
): Promise<StoryEnd> {
  // First of all: what is not saved here, a build's output could save for post.
  const unsaved = saveNoOwnership(env);
  checkRunnerPlatform(process.platform);
  const beside = new Beside();
  try {
    const step = await open({ signal, beside, unsaved });

    const readReport = () => untilCancelled(step.cache.readReport(), signal, 0);
    const before = await readReport();
    const built = await step.phases.run(buildPhase, () => build(step), buildGraceMs);
    const after = await readReport();
    if (beside.isBusy)
      await step.phases.run('Save the tools for the next runner', () => endBeside(beside, signal));

    const reported = await reportSafely(() => report(step, { ...built, before, after }));
    const { failure } = built.result;
    const error = failure === undefined ? undefined : await explainFailure(failure, built.endpoint);
    return { ...reported, failure: error };
  } finally {
    // Whatever ended the step, what it has fetched is of use to the next one.
    await endBeside(beside, signal);
  }
}

export async function endBeside(beside: Beside, signal: AbortSignal): Promise<void> {
  if (!(await beside.end(besidePatienceMs, signal)) && !signal.aborted)
    log.info(
      `Not all was saved for the next runner ${besidePatienceMs / 1000} s after the build: it is given up.`,
    );
}
