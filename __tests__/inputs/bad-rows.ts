import { listRows } from '../../src/inputs/definitions.ts';
import type { Action } from '../../src/inputs/row.ts';
import { badBakeRows } from './bad-bake-rows.ts';
import { badBuildRows } from './bad-build-rows.ts';
import { badCacheRows, badRawCacheRows, badSetupCacheRows } from './bad-cache-rows.ts';
import { badCleanupRows } from './bad-cleanup-rows.ts';
import { badSetupRows } from './bad-setup-rows.ts';
import { badSharedRows } from './bad-shared-rows.ts';

/** What somebody gave, and the whole message about it. */
export type BadRow = readonly [inputs: Readonly<Record<string, string>>, message: string];

export const badRows: Readonly<Record<Action, readonly BadRow[]>> = {
  main: [...badSharedRows, ...badBuildRows, ...badCacheRows, ...badRawCacheRows],
  bake: [...badSharedRows, ...badBakeRows, ...badCacheRows],
  setup: [...badSharedRows.filter((row) => isTakenBy('setup', row)), ...badSetupRows, ...badSetupCacheRows],
  cleanup: [...badSharedRows.filter((row) => isTakenBy('cleanup', row)), ...badCleanupRows],
};

/** Inputs of which each value is a good one, and why. */
export const withoutBadValue: Readonly<Record<string, string>> = {
  'github-token': 'what a token is, the server of it knows',
  'cgroup-parent': 'what a cgroup is called, the daemon knows',
};

/** Not each action takes all of the inputs that actions share. */
function isTakenBy(action: Action, [inputs]: BadRow): boolean {
  const names = new Set(listRows(action).map(({ name }) => name));
  return Object.keys(inputs).every((name) => names.has(name));
}
