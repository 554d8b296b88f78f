import { parseInputs } from '../inputs/inputs.ts';
import { buildImage } from '../step/build.ts';
import { reportBuild } from '../step/result.ts';
import { openStep, type Step } from '../step/step.ts';
import type { StoryEnd } from '../step/story-end.ts';
import { tellStory } from './story.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Main: plan the cache scopes, get BuildKit and the way to the cache, build, report. Post takes all of it down. */
export function build(env: Environment, signal: AbortSignal): Promise<StoryEnd> {
  return tellStory<Step>(env, signal, {
    open: (options) => openStep(env, parseInputs(env), options),
    build: buildImage,
    report: reportBuild,
  });
}
