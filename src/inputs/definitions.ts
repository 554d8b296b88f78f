import { buildRows } from './build-rows.ts';
import { cacheRows } from './cache-rows.ts';
import { daemonRows } from './daemon-rows.ts';
import { imageRows } from './image-rows.ts';
import type { InputEnvironment } from './reader.ts';
import { reportRows } from './report-rows.ts';
import { type Action, mapRows, type Row, type RowFacts, readGroup } from './row.ts';
import type { Inputs } from './types.ts';

/**
 * All inputs, one row each, in the order of action.yml. From here come the groups of `Inputs`, action.yml, the tables of
 * README.md and docs/inputs.md, the flags of `hotlayer build`, the masks, and what is said of inputs that are unknown or
 * have no effect.
 */
const groups = {
  build: buildRows,
  image: imageRows,
  cache: cacheRows,
  daemon: daemonRows,
  report: reportRows,
};

export interface InputGroup {
  readonly name: string;
  readonly rows: readonly RowFacts[];
}

/** The inputs that an action takes, by what they are about. */
export function listGroups(action: Action): readonly InputGroup[] {
  return Object.entries(groups).map(([name, rows]) => ({
    name,
    rows: Object.values(rows).filter((row: RowFacts) => row.actions.includes(action)),
  }));
}

/** The inputs that an action takes. */
export function listRows(action: Action): readonly RowFacts[] {
  return listGroups(action).flatMap(({ rows }) => rows);
}

export function readGroups(env: InputEnvironment): Inputs {
  return {
    build: readGroup(buildRows, env),
    image: readGroup(imageRows, env),
    cache: readGroup(cacheRows, env),
    daemon: readGroup(daemonRows, env),
    report: readGroup(reportRows, env),
  };
}

/** What `visit` answers for each input and its value. */
export function mapInputs<R>(
  { build, image, cache, daemon, report }: Inputs,
  visit: <V>(row: Row<V>, value: V) => R,
): readonly R[] {
  return [
    ...mapRows(buildRows, build, visit),
    ...mapRows(imageRows, image, visit),
    ...mapRows(cacheRows, cache, visit),
    ...mapRows(daemonRows, daemon, visit),
    ...mapRows(reportRows, report, visit),
  ];
}
