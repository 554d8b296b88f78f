import { parseBakeInputs } from '../inputs/inputs.ts';
import { bakeTargets } from '../step/bake.ts';
import { reportBake } from '../step/bake-report.ts';
import { type BakeStep, openBakeStep } from '../step/bake-step.ts';
import type { StoryEnd } from '../step/story-end.ts';
import { tellStory } from './story.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Main of the action `bake`: get BuildKit, read the definition, plan the cache scopes of its targets, build them, report. */
export function bake(env: Environment, signal: AbortSignal): Promise<StoryEnd> {
  return tellStory<BakeStep>(env, signal, {
    open: (options) => openBakeStep(env, parseBakeInputs(env), options),
    build: bakeTargets,
    report: reportBake,
  });
}
