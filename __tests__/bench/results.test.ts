import { describe, expect, it } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { profiles } from '../../bench/profiles.ts';
import { renderChart } from '../../bench/render-chart.ts';
import { renderResults } from '../../bench/render-results.ts';
import {
  renderCompressionTable,
  renderFactor,
  renderMainTable,
  renderStartTable,
} from '../../bench/render-tables.ts';
import { renderTimelines } from '../../bench/render-timeline.ts';
import {
  type CaseResult,
  formatVersion,
  parseResults,
  type Results,
  type Run,
  type Subject,
  type Variant,
} from '../../bench/results.ts';
import { summarize, summarizeRuns, toAddedSeconds } from '../../bench/statistics.ts';
import { toTicks } from '../../bench/svg.ts';
import { evaluateTargets } from '../../bench/targets.ts';

const toRun = (subject: Subject, variant: Variant, mainSeconds: number, more: Partial<Run> = {}): Run => ({
  ...{ subject, variant, mainSeconds, buildSeconds: mainSeconds - 0.5, settledSeconds: mainSeconds + 1 },
  ...{ firstLineSeconds: undefined, exportSeconds: undefined, cachedSteps: 1, totalSteps: 1 },
  ...{ cacheExport: undefined, failure: undefined, warnings: [], phases: [] },
  ...{ totalCalls: 12, calls: { lookup: 2, upload: 10 }, failedCalls: 0 },
  ...{ bytesUp: 2_000_000, bytesDown: 0, storedEntries: 1, storedBytes: 1 },
  cpuSeconds: { buildkitd: 1.5, gateway: 0.5, main: 0.25 },
  peakBytes: subject === 'hotlayer' ? { gateway: 64 * 2 ** 20 } : {},
  ...more,
});

const toCase = (name: string, runs: readonly Run[], more: Partial<CaseResult> = {}): CaseResult => ({
  name,
  title: `${name}, a <case> & more`,
  subjects: ['native', 'hotlayer'],
  isBounded: false,
  runs,
  ...more,
});

const toResults = (...cases: readonly CaseResult[]): Results => ({
  formatVersion,
  startedAt: '2026-01-02T03:04:05Z',
  command: 'npm run bench',
  profileName: 'github',
  profile: profiles.github,
  machine: {
    ...{ processor: 'CPU', cores: 2, memoryBytes: 8 * 2 ** 30 },
    ...{ kernel: 'Linux 6', system: 'Debian', scratch: 'tmpfs' },
  },
  versions: {
    ...{ hotlayer: '0.1.0', commit: 'abc', isModified: false, node: 'v24' },
    ...{ buildkit: 'buildkitd v1', buildx: 'buildx v2' },
  },
  bareNodeSeconds: 0.05,
  cases,
  timelines: [],
});

describe('the file of the results', () => {
  it('is read as it was written', () => {
    const results = toResults(
      toCase('one', [toRun('native', 'measured', 2, { failure: 'buildctl ended with 1' })]),
    );
    const read: unknown = JSON.parse(JSON.stringify(results));
    const parsed = parseResults(read);
    expect(parsed && renderResults(parsed)).toBe(renderResults(results));
  });

  it.each<[string, (results: Results) => unknown]>([
    ['a run of an unknown side', (results) => ({ ...results, cases: [toOdd({ subject: 'moon' })] })],
    ['seconds in words', (results) => ({ ...results, cases: [toOdd({ mainSeconds: '2 s' })] })],
    ['no machine', ({ machine, ...rest }) => ({ ...rest, was: machine })],
    ['another format', (results) => ({ ...results, formatVersion: 1 })],
    ['a list', (results) => [results]],
  ])('is refused with %s', (_, spoil) => {
    expect(parseResults(spoil(toResults()))).toBeUndefined();
  });
});

function toOdd(more: object): object {
  return { ...toCase('odd', []), runs: [{ ...toRun('native', 'measured', 1), ...more }] };
}

describe('statistics', () => {
  it.each([
    [[3, 1, 2], { min: 1, median: 2, max: 3 }],
    [[4, 1, 2, 3], { min: 1, median: 2.5, max: 4 }],
    [[7], { min: 7, median: 7, max: 7 }],
    [[undefined, 5], { min: 5, median: 5, max: 5 }],
  ] as const)('%j gives %j', (values, summary) => {
    expect(summarize(values)).toEqual(summary);
  });

  it('is undefined of nothing', () => {
    expect(summarize([])).toBeUndefined();
  });

  it('leaves failed runs and other variants out', () => {
    const runs = [
      toRun('native', 'measured', 10),
      toRun('native', 'measured', 99, { failure: 'buildctl ended with 1' }),
      toRun('native', 'no-export', 3),
      toRun('hotlayer', 'measured', 4),
    ];
    const pick = (run: Run) => run.mainSeconds;
    expect(summarizeRuns(toCase('c', runs), 'native', pick)).toEqual({ min: 10, median: 10, max: 10 });
    expect(toAddedSeconds(toCase('c', runs), 'native')).toBe(7);
    expect(toAddedSeconds(toCase('c', runs), 'hotlayer')).toBeUndefined();
  });
});

describe('the tables', () => {
  it.each([
    [10, 5, '**2.0× less**'],
    [5, 10, '2.0× more (worse)'],
    [10, 10.1, 'the same'],
    [10, undefined, '–'],
    [10, 0, '–'],
  ])('%p s against %p s is %s', (native, hotlayer, text) => {
    expect(renderFactor(native, hotlayer)).toBe(text);
  });

  it('show median, minimum and maximum, and what is worse as worse', () => {
    const runs = [
      ...[2, 1, 3].map((seconds) => toRun('native', 'measured', seconds)),
      ...[20, 10, 30].map((seconds) => toRun('hotlayer', 'measured', seconds)),
    ];
    const row = renderMainTable(toResults(toCase('slow', runs)))
      .split('\n')
      .at(-1);
    expect(row).toContain('| 2.0 (1.0–3.0) | 20.0 (10.0–30.0) | 10.0× more (worse) |');
    expect(row).toContain('| 12 / 12 |');
  });

  it('name the machine, the versions, the command, and every failure and warning', () => {
    const runs = [
      toRun('native', 'measured', 2, { failure: 'buildctl ended with 1: 503', failedCalls: 1 }),
      toRun('hotlayer', 'measured', 2, { warnings: ['The cache was not exported'] }),
    ];
    const text = renderResults(toResults(toCase('broken', runs)));
    for (const part of [
      '2 cores, CPU, 8 GiB',
      'buildkitd v1',
      'commit abc',
      '`npm run bench`',
      '250 ms a call',
    ])
      expect(text).toContain(part);
    expect(text).toContain('- broken, BuildKit (measured): failed: buildctl ended with 1: 503');
    expect(text).toContain('- broken, Hotlayer (measured): The cache was not exported');
    expect(renderMainTable(toResults(toCase('broken', runs)))).toContain('| – | 2.0 (2.0–2.0) |');
  });
});

describe('the table of compressions', () => {
  const runs = (['native', 'gzip', 'zstd'] as const).flatMap((subject, index) => [
    toRun(subject, 'measured', 30 - 10 * index, {
      exportSeconds: 9 - index,
      storedBytes: (100 + index) * 1e6,
    }),
    toRun(subject, 'no-export', 2),
    toRun(subject, 'no-latency', 12 - index, { exportSeconds: 8 - 3 * index, storedBytes: 100e6 }),
  ]);
  const real = toCase('real-cold', runs, { title: 'real files', subjects: ['native', 'gzip', 'zstd'] });

  it('has a row for each, with and without latency, and none in the main table or the picture', () => {
    const rows = (renderCompressionTable(toResults(real)) ?? '').split('\n').slice(2);
    expect(rows).toHaveLength(6);
    expect(rows[2]).toBe(
      '| real files | Hotlayer, zstd | 10.0 (10.0–10.0) | 7.0 (7.0–7.0) | 11.0 (11.0–11.0) | 2.3 | 102.0 |',
    );
    expect(rows[5]).toContain(
      '| real files, no latency | Hotlayer, zstd | 10.0 (10.0–10.0) | 2.0 (2.0–2.0) |',
    );
    expect(renderMainTable(toResults(real))).not.toContain('real files');
    expect(renderChart(toResults(real))).not.toContain('real files');
    expect(renderCompressionTable(toResults())).toBeUndefined();
  });

  it('has targets of its own', () => {
    const verdicts = evaluateTargets(toResults(real))
      .filter(({ name }) => name.startsWith('real files'))
      .map(({ verdict, measured }) => `${verdict} ${measured}`);
    expect(verdicts).toEqual([
      'reached 4.0 times (8.00 s and 2.00 s)',
      '**missed** 3.5 times (28.00 s and 8.00 s)',
      'reached 1.010 times',
    ]);
  });
});

describe('the table of the start', () => {
  it('has the time to the first line beside that of a Node that does nothing', () => {
    const runs = [0.2, 0.1, 0.3].flatMap((firstLineSeconds) => [
      toRun('hotlayer', 'no-latency', 2, { firstLineSeconds }),
      toRun('hotlayer', 'measured', 9, { firstLineSeconds: 9 }),
    ]);
    const table = renderStartTable(toResults(toCase('start', runs)));
    expect(table).toContain('| Node, which does nothing | 0.05 |');
    expect(table).toContain('to its first line | 0.20 (0.10–0.30) |');
    expect(table).toContain('| main step | 2.00 (2.00–2.00) |');
    expect(renderStartTable(toResults(toCase('other', runs)))).toBeUndefined();
  });
});

describe('targets', () => {
  const find = (results: Results, start: string) =>
    evaluateTargets(results).find(({ name }) => name.startsWith(start));
  const small = (native: number, hotlayer: number) =>
    toResults(
      toCase('small-cold', [
        toRun('native', 'measured', native),
        toRun('native', 'no-export', 1),
        toRun('hotlayer', 'measured', hotlayer),
        toRun('hotlayer', 'no-export', 1),
      ]),
    );

  it.each([
    [41, 3, 'reached', '20.0 times'],
    [41, 4, '**missed**', '13.3 times'],
    [41, 0.9, 'reached', 'no more than noise'],
  ])('%p s and %p s cold: %s', (native, hotlayer, verdict, measured) => {
    const target = find(small(native, hotlayer), 'small layers, cold');
    expect(target).toMatchObject({ verdict, measured: expect.stringContaining(measured) });
  });

  it('say what was not measured', () => {
    expect(find(small(41, 3), 'one layer of 300 MB')).toMatchObject({ verdict: 'not measured' });
  });

  it('allow four large layers the time of gzip and no more', () => {
    const toFour = (main: number) =>
      toResults(
        toCase('four-layers-340mb-cold', [
          toRun('hotlayer', 'measured', main),
          toRun('hotlayer', 'no-export', 5),
          toRun('native', 'compress', 19),
          toRun('native', 'no-export', 4),
        ]),
      );
    expect(find(toFour(20), '340 MB in four layers, cold: main')).toMatchObject({ verdict: 'reached' });
    expect(find(toFour(20.5), '340 MB in four layers, cold: main')).toMatchObject({ verdict: '**missed**' });
  });
});

describe('the pictures', () => {
  const runs = [toRun('native', 'measured', 50), toRun('hotlayer', 'measured', 5)];

  it.each([
    [0.7, 0.1],
    [8, 1],
    [54, 10],
    [270, 50],
  ])('an axis to %p has ticks every %p', (max, step) => {
    const ticks = toTicks(max);
    expect(ticks[1]).toBeCloseTo(step);
    expect(ticks.length).toBeLessThanOrEqual(11);
    expect(ticks.at(-1)).toBeLessThanOrEqual(max);
  });

  it('the chart is XML with bars in proportion, and leaves the bounded cases out', () => {
    const svg = renderChart(toResults(toCase('shown', runs), toCase('left out', runs, { isBounded: true })));
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).toContain('shown, a &lt;case&gt; &amp; more');
    expect(svg).not.toContain('left out');
    const widths = [...svg.matchAll(/class="(?:native|hotlayer)" x="330" y="\d+" width="([\d.]+)"/g)];
    const [native, hotlayer] = widths.map(([, width]) => Number(width));
    expect(Number(native) / Number(hotlayer)).toBeCloseTo(10, 1);
  });

  it('the timeline has a lane for each phase and each kind of call, with its count', () => {
    const results = {
      ...toResults(),
      timelines: [
        {
          ...({ title: 'sixty layers', subject: 'native', mainSeconds: 4, settledSeconds: 4 } as const),
          phases: [{ name: 'Build', startSeconds: 1, endSeconds: 4 }],
          calls: [
            { kind: 'create', startSeconds: 2, endSeconds: 2.25 },
            { kind: 'create', startSeconds: 3, endSeconds: 3.25 },
            { kind: 'upload', startSeconds: 2.25, endSeconds: 2.3 },
          ],
        },
      ],
    };
    const svg = renderTimelines(results);
    expect(XMLValidator.validate(svg)).toBe(true);
    for (const part of ['sixty layers', '>Build<', '>3.0 s<', '>calls: create<', '>2 calls<', '>1 call<'])
      expect(svg).toContain(part);
  });
});
