import { renderTable } from '../src/report/format.ts';
import type { CaseResult, Results, Run, Subject } from './results.ts';
import { type Summary, selectRuns, summarize, summarizeRuns, toFactor } from './statistics.ts';

type Cases = Pick<Results, 'cases'>;

export const sides = ['native', 'hotlayer'] as const;

export const labels: Readonly<Record<Subject, string>> = {
  native: 'BuildKit',
  hotlayer: 'Hotlayer',
  gzip: 'Hotlayer, gzip',
  zstd: 'Hotlayer, zstd',
};

/** BuildKit against Hotlayer as it is by default; other cases compare ways of compression. */
export function isSideBySide({ subjects }: Pick<CaseResult, 'subjects'>): boolean {
  return subjects.includes('hotlayer');
}

/** The main table; the README shows some of its rows. */
export function renderMainTable({ cases }: Cases): string {
  const rows = cases.filter(isSideBySide).map((benchCase) => {
    const pick = (field: 'mainSeconds' | 'settledSeconds' | 'totalCalls') =>
      sides.map((subject) => summarizeRuns(benchCase, subject, (run) => run[field]));
    const calls = pick('totalCalls').map((summary) => summary?.median);
    return [
      renderTitle(benchCase),
      ...renderPair(pick('mainSeconds')),
      ...renderPair(pick('settledSeconds')),
      calls.map((median) => median ?? '–').join(' / '),
    ];
  });
  const head = [
    'Case',
    ...['main step, BuildKit', 'Hotlayer', ''],
    ...['until stored, BuildKit', 'Hotlayer', ''],
    'calls, BuildKit / Hotlayer',
  ];
  return renderTable(head, rows);
}

function renderPair([native, hotlayer]: readonly (Summary | undefined)[]): readonly string[] {
  return [renderSpread(native), renderSpread(hotlayer), renderFactor(native?.median, hotlayer?.median)];
}

interface Column {
  readonly name: string;
  readonly pick: (run: Run) => number | undefined;
  readonly render: (summary: Summary) => string;
}

const compressionColumns: readonly Column[] = [
  {
    name: 'main step, s',
    pick: ({ mainSeconds }) => mainSeconds,
    render: (summary) => renderSpread(summary),
  },
  {
    name: 'export alone, s',
    pick: ({ exportSeconds }) => exportSeconds,
    render: (summary) => renderSpread(summary),
  },
  {
    name: 'until stored, s',
    pick: ({ settledSeconds }) => settledSeconds,
    render: (summary) => renderSpread(summary),
  },
  {
    name: 'CPU s',
    pick: ({ cpuSeconds }) => sum(Object.values(cpuSeconds)),
    render: ({ median }) => median.toFixed(1),
  },
  {
    name: 'MB stored',
    pick: ({ storedBytes }) => storedBytes,
    render: ({ median }) => renderMegabytes(median),
  },
];

/** The cases that compare ways of compression; undefined when none of its cases was run. */
export function renderCompressionTable({ cases }: Cases): string | undefined {
  const rows = cases
    .filter((benchCase) => !isSideBySide(benchCase))
    .flatMap((benchCase) =>
      (['measured', 'no-latency'] as const).flatMap((variant) =>
        benchCase.subjects.flatMap((subject) => {
          if (selectRuns(benchCase, subject, variant).length === 0) return [];
          const cells = compressionColumns.map(({ pick, render }) => {
            const summary = summarizeRuns(benchCase, subject, pick, variant);
            return summary === undefined ? '–' : render(summary);
          });
          const title = variant === 'measured' ? benchCase.title : `${benchCase.title}, no latency`;
          return [[title, labels[subject], ...cells]];
        }),
      ),
    );
  const head = ['Case', '', ...compressionColumns.map(({ name }) => name)];
  return rows.length === 0 ? undefined : renderTable(head, rows);
}

/** How long until main says something, against a Node that does nothing; undefined when no run has said. */
export function renderStartTable({
  cases,
  bareNodeSeconds,
}: Cases & Pick<Results, 'bareNodeSeconds'>): string | undefined {
  const start = cases.find(({ name }) => name === 'start');
  if (start === undefined) return undefined;
  const pick = (subject: Subject, toSeconds: (run: Run) => number | undefined): string =>
    renderSpread(summarize(selectRuns(start, subject, 'no-latency').map(toSeconds)), 2);
  return renderTable(
    ['One small layer, a service without latency', 'seconds'],
    [
      ['Node, which does nothing', bareNodeSeconds.toFixed(2)],
      [
        'main, from the start of its process to its first line',
        pick('hotlayer', (run) => run.firstLineSeconds),
      ],
      ['main step', pick('hotlayer', (run) => run.mainSeconds)],
      ['of which the build', pick('hotlayer', (run) => run.buildSeconds)],
      ['until post has ended', pick('hotlayer', (run) => run.settledSeconds)],
      ['BuildKit: the daemon and buildctl', pick('native', (run) => run.mainSeconds)],
      ['of which buildctl', pick('native', (run) => run.buildSeconds)],
    ],
  );
}

export function renderTitle({ title, isBounded }: Pick<CaseResult, 'title' | 'isBounded'>): string {
  return isBounded ? `${title} (BuildKit: one run)` : title;
}

/** `5.1 (5.0–5.3)`. */
export function renderSpread(summary: Summary | undefined, digits = 1): string {
  if (summary === undefined) return '–';
  const [min, median, max] = [summary.min, summary.median, summary.max].map((one) => one.toFixed(digits));
  return `${median} (${min}–${max})`;
}

/** `12.3× less`; what is worse than BuildKit says so. */
export function renderFactor(native: number | undefined, hotlayer: number | undefined): string {
  const factor = toFactor(native, hotlayer);
  if (factor === undefined || factor <= 0) return '–';
  if (factor >= 1.05) return `**${factor.toFixed(1)}× less**`;
  return factor > 0.95 ? 'the same' : `${(1 / factor).toFixed(1)}× more (worse)`;
}

export function renderPlain(seconds: number | undefined, digits = 1): string {
  return seconds === undefined ? '–' : seconds.toFixed(digits);
}

export function renderMegabytes(bytes: number | undefined): string {
  return bytes === undefined ? '–' : (bytes / 1e6).toFixed(1);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
