import { parseAnnotation } from '../inputs/annotation-entry.ts';
import { parseList } from '../inputs/list.ts';
import { type InputEnvironment, readChoice, readFlag, readRaw } from '../inputs/reader.ts';
import { parseRunnerMap, type RunnerMap } from './runner-map.ts';

export const outputKinds = ['image', 'local', 'oci', 'tar'] as const;

/** The inputs of the action `workflow/plan`, checked one by one. */
export interface PlanInputs {
  readonly images: readonly string[];
  readonly tags: readonly string[];
  readonly annotations: readonly string[];
  readonly platforms: readonly string[];
  readonly push: boolean;
  readonly output: (typeof outputKinds)[number];
  readonly runners: RunnerMap;
}

/** Throws InputError. */
export function readPlanInputs(env: InputEnvironment): PlanInputs {
  const listed = (name: string) => parseList(name, readRaw(env, name));
  return {
    images: listed('images'),
    tags: listed('tags'),
    annotations: parseList('annotations', readRaw(env, 'annotations'), { ignoreComma: true }).map((entry) =>
      parseAnnotation('annotations', entry),
    ),
    platforms: listed('platforms'),
    push: readFlag(env, 'push', false),
    output: readChoice(env, 'output', outputKinds, 'image'),
    runners: parseRunnerMap('runner', readRaw(env, 'runner') ?? ''),
  };
}
