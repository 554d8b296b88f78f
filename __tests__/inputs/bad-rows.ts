import type { Action } from '../../src/inputs/row.ts';
import { badBakeRows } from './bad-bake-rows.ts';
import { badBuildRows } from './bad-build-rows.ts';
import { badSharedRows } from './bad-shared-rows.ts';

/** What somebody gave, and the whole message about it. */
export type BadRow = readonly [inputs: Readonly<Record<string, string>>, message: string];

export const badRows: Readonly<Record<Action, readonly BadRow[]>> = {
  main: [...badSharedRows, ...badBuildRows],
  bake: [...badSharedRows, ...badBakeRows],
};

/** Inputs of which each value is a good one, and why. */
export const withoutBadValue: Readonly<Record<string, string>> = {
  'github-token': 'what a token is, the server of it knows',
  'cgroup-parent': 'what a cgroup is called, the daemon knows',
};
