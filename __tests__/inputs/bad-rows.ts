import { listRows } from '../../src/inputs/definitions.ts';
import type { Action } from '../../src/inputs/row.ts';
import { badBakeRows } from './bad-bake-rows.ts';
import { badBuildRows } from './bad-build-rows.ts';
import { badCacheRows, badRawCacheRows, badSetupCacheRows } from './bad-cache-rows.ts';
import { badSetupRows } from './bad-setup-rows.ts';
import { badSharedRows } from './bad-shared-rows.ts';

/** What somebody gave, and the whole message about it. */
export type BadRow = readonly [inputs: Readonly<Record<string, string>>, message: string];

export const badRows: Readonly<Record<Action, readonly BadRow[]>> = {
  main: [...badSharedRows, ...badBuildRows, ...badCacheRows, ...badRawCacheRows],
  bake: [...badSharedRows, ...badBakeRows, ...badCacheRows],
  setup: [...badSharedRows.filter(([inputs]) => isTaken(inputs)), ...badSetupRows, ...badSetupCacheRows],
};

/** Inputs of which each value is a good one, and why. */
export const withoutBadValue: Readonly<Record<string, string>> = {
  'github-token': 'what a token is, the server of it knows',
  'cgroup-parent': 'what a cgroup is called, the daemon knows',
};

/** The action setup takes fewer of the inputs that the others share. */
function isTaken(inputs: BadRow[0]): boolean {
  const names = new Set(listRows('setup').map(({ name }) => name));
  return Object.keys(inputs).every((name) => names.has(name));
}
