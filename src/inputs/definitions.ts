import { bakeRows } from './bake-rows.ts';
import { buildRows } from './build-rows.ts';
import { cacheRows } from './cache-rows.ts';
import { cleanupRows } from './cleanup-rows.ts';
import { daemonRows } from './daemon-rows.ts';
import { imageRows } from './image-rows.ts';
import type { InputEnvironment } from './reader.ts';
import { reportRows } from './report-rows.ts';
import { type Action, mapRows, type Row, type RowFacts, readGroup } from './row.ts';
import { setupRows } from './setup-rows.ts';
import type { BakeStepInputs, CleanupStepInputs, Inputs, SetupStepInputs, StepInputs } from './types.ts';

const shared = { cache: cacheRows, daemon: daemonRows, report: reportRows };

/**
 * All inputs, one row each, in the order of action.yml. From here come the groups of `Inputs`, the action.yml of each action, the
 * tables of README.md and docs, the flags of `hotlayer build`, the masks, and what is said of inputs that are unknown or
 * have no effect.
 */
const groups: Readonly<Record<Action, Readonly<Record<string, Readonly<Record<string, RowFacts>>>>>> = {
  main: { build: buildRows, image: imageRows, ...shared },
  bake: { bake: bakeRows, ...shared },
  setup: { setup: setupRows, ...shared },
  cleanup: { cleanup: cleanupRows, report: reportRows },
};

export interface InputGroup {
  readonly name: string;
  readonly rows: readonly RowFacts[];
}

/** The inputs that an action takes, by what they are about. */
export function listGroups(action: Action): readonly InputGroup[] {
  return Object.entries(groups[action]).map(([name, rows]) => ({
    name,
    rows: Object.values(rows).filter((row) => row.actions.includes(action)),
  }));
}

/** The inputs that an action takes. */
export function listRows(action: Action): readonly RowFacts[] {
  return listGroups(action).flatMap(({ rows }) => rows);
}

export function readGroups(env: InputEnvironment): Inputs {
  return {
    build: readGroup(buildRows, env, 'main'),
    image: readGroup(imageRows, env, 'main'),
    ...readShared(env, 'main'),
  };
}

export function readBakeGroups(env: InputEnvironment): BakeStepInputs {
  return { bake: readGroup(bakeRows, env, 'bake'), ...readShared(env, 'bake') };
}

export function readSetupGroups(env: InputEnvironment): SetupStepInputs {
  return { setup: readGroup(setupRows, env, 'setup'), ...readShared(env, 'setup') };
}

export function readCleanupGroups(env: InputEnvironment): CleanupStepInputs {
  return {
    cleanup: readGroup(cleanupRows, env, 'cleanup'),
    report: readGroup(reportRows, env, 'cleanup'),
  };
}

function readShared(env: InputEnvironment, action: Action): Omit<Inputs, 'build' | 'image'> {
  return {
    cache: readGroup(cacheRows, env, action),
    daemon: readGroup(daemonRows, env, action),
    report: readGroup(reportRows, env, action),
  };
}

/** What `visit` answers for each input and its value. */
export function mapInputs<R>(inputs: StepInputs, visit: <V>(row: Row<V>, value: V) => R): readonly R[] {
  if ('cleanup' in inputs)
    return [...mapRows(cleanupRows, inputs.cleanup, visit), ...mapRows(reportRows, inputs.report, visit)];
  const { cache, daemon, report } = inputs;
  return [
    ...mapOwn(inputs, visit),
    ...mapRows(cacheRows, cache, visit),
    ...mapRows(daemonRows, daemon, visit),
    ...mapRows(reportRows, report, visit),
  ];
}

/** Those that the actions do not share. */
function mapOwn<R>(
  inputs: Exclude<StepInputs, CleanupStepInputs>,
  visit: <V>(row: Row<V>, value: V) => R,
): readonly R[] {
  if ('bake' in inputs) return mapRows(bakeRows, inputs.bake, visit);
  if ('setup' in inputs) return mapRows(setupRows, inputs.setup, visit);
  return [...mapRows(buildRows, inputs.build, visit), ...mapRows(imageRows, inputs.image, visit)];
}
