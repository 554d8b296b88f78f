import { renderCode, renderSize, renderTable, renderText } from '../report/format.ts';
import type { CleanupResult } from './clean.ts';
import type { RemovalReason } from './decide.ts';
import { type ReportRow, toReportRows } from './report-rows.ts';
import type { Verdict } from './verdict.ts';
import { countCaches } from './verdict.ts';

/** All that a report is made of. */
export interface ReportFacts {
  readonly result: CleanupResult;
  readonly verdict: Verdict;
  readonly limitBytes: number;
  readonly isDryRun: boolean;
}

/** The rest is summed up in one more row. */
const maxRows = 100;
const dayMs = 24 * 60 * 60_000;

const reasons: Readonly<Record<RemovalReason, string>> = {
  'pull-request-closed': 'of closed pull requests',
  'branch-deleted': 'of deleted branches',
  'tag-deleted': 'of deleted tags',
  'superseded-manifest': 'older manifests of Hotlayer',
  'superseded-index': "older indexes of BuildKit's own client",
  'unnamed-pack': 'packs that no manifest names',
};

/** Lines for the log. */
export function renderCleanupLog(facts: ReportFacts): readonly string[] {
  const { rows, head } = toCells(facts);
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...(rows.length === 0 ? [] : lines), ...renderReasons(facts), renderTotal(facts)];
}

/** The job summary, as Markdown. */
export function renderCleanupSummary(facts: ReportFacts): string {
  const { rows, head } = toCells(facts);
  const table = renderTable(
    head,
    rows.map(([ref = '', what = '', ...figures]) => [renderCode(ref), renderCode(what), ...figures]),
  );
  const { failure, warnings, notes } = facts.verdict;
  const sentences = [...(failure === undefined ? [] : [failure]), ...warnings, ...notes];
  return [
    '## Hotlayer: caches of this repository',
    renderText(renderTotal(facts)),
    ...sentences.map((sentence) => renderText(sentence)),
    renderReasons(facts)
      .map((line) => `- ${renderText(line)}`)
      .join('\n'),
    rows.length === 0 ? '' : table,
  ]
    .filter((section) => section !== '')
    .map((section) => `${section}\n\n`)
    .join('');
}

export function renderTotal({ result, isDryRun, limitBytes }: ReportFacts): string {
  const { entries } = result.facts;
  const { removals, deletion } = result;
  const bytes = sumBytes(entries);
  const gone = [...deletion.deleted, ...deletion.gone].map(({ entry }) => entry);
  const done = isDryRun
    ? `${countCaches(removals.length)} (${renderSize(sumBytes(removals.map(({ entry }) => entry)))}) would be removed`
    : `${countCaches(deletion.deleted.length)} (${renderSize(sumBytes(deletion.deleted.map(({ entry }) => entry)))}) removed`;
  return `${countCaches(entries.length)} with ${renderSize(bytes)}: ${done}, ${renderSize(bytes - sumBytes(gone))} remain of a limit of ${renderSize(limitBytes)}.`;
}

function renderReasons({ result }: ReportFacts): readonly string[] {
  return Object.entries(reasons).flatMap(([reason, words]) => {
    const found = result.removals.filter((removal) => removal.reason === reason).map(({ entry }) => entry);
    return found.length === 0
      ? []
      : [`${words}: ${countCaches(found.length)}, ${renderSize(sumBytes(found))}`];
  });
}

function toCells({ result, limitBytes, isDryRun }: ReportFacts): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const all = toReportRows(result, limitBytes);
  const rows = [...all.slice(0, maxRows), ...sumUp(all.slice(maxRows))];
  const { nowMs } = result.facts;
  return {
    head: [
      'Ref',
      'Cache scope',
      'Caches',
      'Size',
      'Last use',
      isDryRun ? 'To go' : 'Goes',
      'Evicted at the limit',
    ],
    rows: rows.map((row) => [
      ...[row.ref, row.what, String(row.entries), renderSize(row.bytes)],
      renderAge(nowMs - row.lastUseMs),
      ...[row.removedBytes, row.evictedBytes].map((bytes) => (bytes === 0 ? '' : renderSize(bytes))),
    ]),
  };
}

function sumUp(rows: readonly ReportRow[]): readonly ReportRow[] {
  if (rows.length === 0) return [];
  const sum = (toNumber: (row: ReportRow) => number) => rows.reduce((total, row) => total + toNumber(row), 0);
  return [
    {
      ...{ ref: `${rows.length} more`, what: '' },
      entries: sum(({ entries }) => entries),
      bytes: sum(({ bytes }) => bytes),
      lastUseMs: Math.max(...rows.map(({ lastUseMs }) => lastUseMs)),
      removedBytes: sum(({ removedBytes }) => removedBytes),
      evictedBytes: sum(({ evictedBytes }) => evictedBytes),
    },
  ];
}

function renderAge(ageMs: number): string {
  const hours = Math.max(0, Math.floor(ageMs / (dayMs / 24)));
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

export function sumBytes(entries: readonly { readonly sizeBytes: number }[]): number {
  return entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
