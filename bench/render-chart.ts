import { isSideBySide } from './render-tables.ts';
import type { Results } from './results.ts';
import { summarizeRuns } from './statistics.ts';
import { bar, line, renderSvg, text, toTicks } from './svg.ts';

const width = 860;
const left = 330;
const right = 90;
const top = 76;
const barHeight = 14;
const caseHeight = 50;
const labels = { native: 'BuildKit', hotlayer: 'Hotlayer' };

interface ChartBar {
  readonly subject: keyof typeof labels;
  readonly main: number | undefined;
  readonly settled: number | undefined;
}

interface ChartRow {
  readonly title: string;
  readonly bars: readonly ChartBar[];
}

/**
 * The picture of the main table: for each case the median of the main step (full colour) and, behind it, until everything is on the service (pale).
 * Cases that were bounded for their length are left to the table: one of them would press all others together.
 */
export function renderChart({ cases, profileName }: Pick<Results, 'cases' | 'profileName'>): string {
  const rows: readonly ChartRow[] = cases
    .filter((benchCase) => !benchCase.isBounded && isSideBySide(benchCase))
    .map((benchCase) => ({
      title: benchCase.title,
      bars: (['native', 'hotlayer'] as const).map((subject) => ({
        subject,
        main: summarizeRuns(benchCase, subject, ({ mainSeconds }) => mainSeconds)?.median,
        settled: summarizeRuns(benchCase, subject, ({ settledSeconds }) => settledSeconds)?.median,
      })),
    }));
  const values = rows.flatMap(({ bars }) => bars.map(({ settled }) => settled ?? 0));
  const max = Math.max(1, ...values);
  const toX = (seconds: number): number => left + (seconds / max) * (width - left - right);
  const bottom = top + rows.length * caseHeight;
  const title = `Seconds of each case, BuildKit's own gha client and Hotlayer, profile ${profileName}`;
  return renderSvg({ width, height: bottom + 34, title }, [
    text(16, 28, title, { className: 'title' }),
    ...renderLegend(),
    ...toTicks(max).flatMap((tick) => [
      line(toX(tick), top - 6, toX(tick), bottom),
      text(toX(tick), bottom + 18, `${tick} s`, { className: 'dim', anchor: 'middle' }),
    ]),
    ...rows.flatMap((row, index) => renderCase(row, top + index * caseHeight, toX)),
  ]);
}

function renderLegend(): readonly string[] {
  const entries: readonly (readonly [className: string, label: string])[] = [
    ['native', 'BuildKit, main step'],
    ['hotlayer', 'Hotlayer, main step'],
    ['hotlayer later', 'Hotlayer, until everything is on the service'],
  ];
  return entries.flatMap(([className, label], index) => [
    bar({ x: 16 + index * 190, y: 42, width: 12, height: 12 }, className),
    text(34 + index * 190, 53, label, { className: 'dim' }),
  ]);
}

function renderCase(
  { title, bars }: ChartRow,
  y: number,
  toX: (seconds: number) => number,
): readonly string[] {
  return [
    text(left - 12, y + barHeight + 6, title, { anchor: 'end' }),
    ...bars.flatMap(({ subject, main, settled }, index) => {
      const barY = y + 2 + index * (barHeight + 3);
      if (main === undefined || settled === undefined)
        return [text(left + 4, barY + 12, `${labels[subject]}: failed`, { className: 'dim' })];
      const place = { x: left, y: barY, height: barHeight };
      const isLater = settled - main > 0.05;
      const label = isLater ? `${main.toFixed(1)} / ${settled.toFixed(1)} s` : `${main.toFixed(1)} s`;
      const tip = `${labels[subject]}: main step ${main.toFixed(2)} s, until stored ${settled.toFixed(2)} s`;
      return [
        bar({ ...place, width: toX(settled) - left }, `${subject} later`, tip),
        bar({ ...place, width: toX(main) - left }, subject, tip),
        text(toX(Math.max(main, settled)) + 6, barY + 12, label, { className: 'dim' }),
      ];
    }),
  ];
}
