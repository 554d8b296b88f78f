import { fitSections, maxSummaryBytes } from './fit.ts';
import { renderCode, renderTable, renderText } from './format.ts';

/** How one export of the job ended. */
export interface ExportEnd {
  readonly cacheScope: string;
  readonly state: 'exported' | 'failed';
  /** Half a sentence: what was written, or why nothing was. */
  readonly text: string;
}

/** What post adds to the job summary, as Markdown; empty where it does not fit. */
export function renderExportSummary(
  ends: readonly ExportEnd[],
  report: {
    readonly toService: Readonly<Record<string, number>>;
    readonly times: Readonly<Record<string, number>>;
  },
  maxBytes = maxSummaryBytes,
): string {
  const rows = ends.map(({ cacheScope, state, text }) => [renderCode(cacheScope), state, renderText(text)]);
  const calls = Object.entries(report.toService).filter(([, count]) => count > 0);
  const total = calls.reduce((sum, [, count]) => sum + count, 0);
  const kinds = calls.map(([kind, count]) => `${renderText(kind)} ${count}`).join(', ');
  const drain = ((report.times['drain'] ?? 0) / 1000).toFixed(1);
  const sentence = `${total} calls to the cache service in this job${total === 0 ? '' : ` (${kinds})`}; its end waited ${drain} s for uploads.`;
  return fitSections(
    [
      { name: 'the heading', text: '### Hotlayer: cache export' },
      { name: 'the cache scopes', text: renderTable(['Cache scope', 'Export', 'Of it'], rows) },
      { name: 'the calls', text: sentence },
    ],
    ['the calls', 'the cache scopes'],
    maxBytes,
  );
}
