import { isRecord, parseJson, readField, readNumber } from '../src/json.ts';

/** One seed's line of the report that the fault campaign writes (__tests__/e2e/chaos.test.ts). */
export interface ChaosRun {
  readonly seed: number;
  readonly seconds: number;
  readonly builds: number;
  readonly kills: number;
  readonly exports: { readonly written: number; readonly all: number };
  /** How often each fault struck. */
  readonly strikes: Readonly<Record<string, number>>;
  /** Invariants that did not hold, with the logs. */
  readonly faults: readonly string[];
}

export interface Tally {
  readonly seeds: number;
  readonly failed: readonly number[];
  readonly builds: number;
  readonly kills: number;
  readonly exports: number;
  readonly written: number;
  readonly strikes: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Throws for a line that is not one of the campaign's. */
export function parseRuns(report: string): readonly ChaosRun[] {
  return report
    .split('\n')
    .filter((line) => line !== '')
    .map(parseRun);
}

function parseRun(line: string): ChaosRun {
  const run = parseJson(line);
  const read = (...keys: readonly string[]): number => {
    const number = readNumber(run, ...keys);
    if (number === undefined)
      throw new Error(`the report of the fault campaign has no ${keys.join('.')}: ${line}`);
    return number;
  };
  const [strikes, faults] = [readField(run, 'strikes'), readField(run, 'faults')];
  if (!isRecord(strikes) || !Array.isArray(faults))
    throw new Error(`the report of the fault campaign has no strikes or faults: ${line}`);
  return {
    seed: read('seed'),
    seconds: read('seconds'),
    builds: read('builds'),
    kills: read('kills'),
    exports: { written: read('exports', 'written'), all: read('exports', 'all') },
    strikes: Object.fromEntries(Object.keys(strikes).map((name) => [name, read('strikes', name)])),
    faults: faults.map(String),
  };
}

export function toTally(runs: readonly ChaosRun[]): Tally {
  const sum = (toNumber: (run: ChaosRun) => number): number =>
    runs.reduce((total, run) => total + toNumber(run), 0);
  const names = [...new Set(runs.flatMap(({ strikes }) => Object.keys(strikes)))].sort();
  return {
    seeds: runs.length,
    failed: runs.filter(({ faults }) => faults.length > 0).map(({ seed }) => seed),
    builds: sum(({ builds }) => builds),
    kills: sum(({ kills }) => kills),
    exports: sum(({ exports }) => exports.all),
    written: sum(({ exports }) => exports.written),
    strikes: Object.fromEntries(names.map((name) => [name, sum(({ strikes }) => strikes[name] ?? 0)])),
    seconds: Math.round(sum(({ seconds }) => seconds)),
  };
}

export function renderTally(tally: Tally): string {
  const { seeds, failed, builds, kills, exports, written, strikes, seconds } = tally;
  const struck = Object.entries(strikes).map(([name, count]) => `${count} ${name}`);
  return [
    `${seeds} seeds, ${builds} builds, ${seconds} s`,
    `faults that struck: ${struck.join(', ') || 'none'}; gateways killed: ${kills}`,
    `${written} of ${exports} exports were reported as written`,
    failed.length === 0 ? 'every invariant held' : `invariants broken by seeds ${failed.join(', ')}`,
  ].join('\n');
}
