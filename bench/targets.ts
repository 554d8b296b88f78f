import type { Results, Run, Subject, Variant } from './results.ts';
import { summarize, summarizeRuns, toAddedSeconds, toFactor } from './statistics.ts';

/** Below it a difference of two medians is noise. */
const noiseSeconds = 0.1;

/** All text; the verdict is `reached`, `missed` or `not measured`. */
export interface Evaluation {
  readonly name: string;
  readonly target: string;
  readonly measured: string;
  readonly verdict: string;
}

type Seconds = number | undefined;
type Pair = readonly [native: Seconds, hotlayer: Seconds];
type Field =
  | 'mainSeconds'
  | 'buildSeconds'
  | 'settledSeconds'
  | 'exportSeconds'
  | 'totalCalls'
  | 'storedBytes';

/** The targets hold for the profile github. */
export function evaluateTargets({
  cases,
  bareNodeSeconds,
}: Pick<Results, 'cases' | 'bareNodeSeconds'>): readonly Evaluation[] {
  const find = (name: string) => cases.find((one) => one.name === name);
  const median = (name: string, subject: Subject, field: Field, variant?: Variant): Seconds => {
    const benchCase = find(name);
    if (benchCase === undefined) return undefined;
    return summarizeRuns(benchCase, subject, (run: Run) => run[field], variant)?.median;
  };
  const added = (name: string, subject: Subject): Seconds => {
    const benchCase = find(name);
    return benchCase === undefined ? undefined : toAddedSeconds(benchCase, subject);
  };
  const pair = (name: string, field: Field): Pair => [
    median(name, 'native', field),
    median(name, 'hotlayer', field),
  ];
  const addedPair = (name: string): Pair => [added(name, 'native'), added(name, 'hotlayer')];
  const addedUntilStored = (subject: Subject): Seconds => {
    const stored = median('real-cold', subject, 'settledSeconds');
    const plain = median('real-cold', subject, 'settledSeconds', 'no-export');
    return stored === undefined || plain === undefined ? undefined : stored - plain;
  };
  const firstLines = cases.flatMap(({ runs }) =>
    runs.flatMap(({ firstLineSeconds }) => firstLineSeconds ?? []),
  );
  return [
    toLess(
      'small layers, cold: time added to the main step by the export',
      20,
      addedPair('small-cold'),
      noiseSeconds,
    ),
    toLess('the same until all is on the service', 10, pair('small-cold', 'settledSeconds')),
    toLess(
      'small layers, nothing changed: time added by the export',
      20,
      addedPair('small-unchanged'),
      noiseSeconds,
    ),
    toMost('calls, 300 small layers cold', 15, median('small-300-cold', 'hotlayer', 'totalCalls')),
    toMost(
      'calls, 300 small layers, nothing changed',
      6,
      median('small-300-unchanged', 'hotlayer', 'totalCalls'),
    ),
    toRatio('small layers, warm import, against no latency: main step', (variant, subject) =>
      median('small-warm-import', subject, 'mainSeconds', variant),
    ),
    toRatio('the same, the client alone', (variant, subject) =>
      median('small-warm-import', subject, 'buildSeconds', variant),
    ),
    toLess('one layer of 300 MB, warm import: main step', 2, pair('layer-300mb-warm', 'mainSeconds')),
    toGzip(
      median('four-layers-340mb-cold', 'hotlayer', 'mainSeconds'),
      median('four-layers-340mb-cold', 'hotlayer', 'mainSeconds', 'no-export'),
      median('four-layers-340mb-cold', 'native', 'mainSeconds', 'compress'),
      median('four-layers-340mb-cold', 'native', 'mainSeconds', 'no-export'),
    ),
    toLess(
      '340 MB in four layers, cold, until all is on the service',
      2,
      pair('four-layers-340mb-cold', 'settledSeconds'),
    ),
    toStart(firstLines, bareNodeSeconds),
    toLess('real files, zstd, no latency: the export alone', 3, [
      median('real-cold', 'native', 'exportSeconds', 'no-latency'),
      median('real-cold', 'zstd', 'exportSeconds', 'no-latency'),
    ]),
    toLess('real files, zstd: the export, until all is on the service', 4, [
      addedUntilStored('native'),
      addedUntilStored('zstd'),
    ]),
    toSize(median('real-cold', 'gzip', 'storedBytes'), median('real-cold', 'zstd', 'storedBytes')),
  ];
}

function toSize(gzip: Seconds, zstd: Seconds): Evaluation {
  const name = 'real files: bytes stored with zstd';
  const target = 'at most 1.05 times those with gzip';
  if (gzip === undefined || zstd === undefined) return toNothing(name, target);
  return {
    name,
    target,
    measured: `${(zstd / gzip).toFixed(3)} times`,
    verdict: toVerdict(zstd <= 1.05 * gzip),
  };
}

function toLess(name: string, times: number, [native, hotlayer]: Pair, floor = 0): Evaluation {
  const target = `${times} times less`;
  if (native === undefined || hotlayer === undefined) return toNothing(name, target);
  const seconds = `${native.toFixed(2)} s and ${hotlayer.toFixed(2)} s`;
  if (hotlayer <= floor) {
    const isReached = native >= floor * times;
    return { name, target, measured: `${seconds}: no more than noise`, verdict: toVerdict(isReached) };
  }
  const factor = toFactor(native, hotlayer) ?? 0;
  return {
    name,
    target,
    measured: `${factor.toFixed(1)} times (${seconds})`,
    verdict: toVerdict(factor >= times),
  };
}

function toMost(name: string, limit: number, count: number | undefined): Evaluation {
  const target = `at most ${limit}`;
  if (count === undefined) return toNothing(name, target);
  return { name, target, measured: String(count), verdict: toVerdict(count <= limit) };
}

function toRatio(name: string, pick: (variant: Variant, subject: Subject) => Seconds): Evaluation {
  const target = 'at most 1.15 times';
  const ratio = (subject: Subject): Seconds => {
    const there = pick('measured', subject);
    const without = pick('no-latency', subject);
    return there === undefined || without === undefined ? undefined : there / without;
  };
  const [native, hotlayer] = [ratio('native'), ratio('hotlayer')];
  if (hotlayer === undefined) return toNothing(name, target);
  const measured = `${hotlayer.toFixed(2)} times${native === undefined ? '' : ` (BuildKit: ${native.toFixed(2)})`}`;
  return { name, target, measured, verdict: toVerdict(hotlayer <= 1.15) };
}

function toGzip(main: Seconds, plain: Seconds, compressed: Seconds, nativePlain: Seconds): Evaluation {
  const name = '340 MB in four layers, cold: main step';
  const target = 'not slower than without export, plus gzip';
  if (main === undefined || plain === undefined || compressed === undefined || nativePlain === undefined)
    return toNothing(name, target);
  const limit = plain + compressed - nativePlain;
  const measured = `${main.toFixed(1)} s, where the limit is ${limit.toFixed(1)} s`;
  return { name, target, measured, verdict: toVerdict(main <= limit) };
}

/** docker/build-push-action's bundle took 0.40 s to its first line on a machine where bare node took 0.08 s: five times as long. */
function toStart(firstLines: readonly number[], bareNodeSeconds: number): Evaluation {
  const name = 'start of the main bundle, to its first line';
  const target = 'at most 2.5 times bare node (half of build-push-action)';
  const seconds = summarize(firstLines)?.median;
  if (seconds === undefined) return toNothing(name, target);
  const ratio = seconds / bareNodeSeconds;
  const measured = `${ratio.toFixed(1)} times (${seconds.toFixed(2)} s, bare node ${bareNodeSeconds.toFixed(2)} s)`;
  return { name, target, measured, verdict: toVerdict(ratio <= 2.5) };
}

function toVerdict(isReached: boolean): string {
  return isReached ? 'reached' : '**missed**';
}

function toNothing(name: string, target: string): Evaluation {
  return { name, target, measured: '–', verdict: 'not measured' };
}
