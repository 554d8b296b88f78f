import type { CachePlan } from '../policy/types.ts';
import { fitSections, maxSummaryBytes } from './fit.ts';
import { renderCode, renderTable, renderText } from './format.ts';
import { renderRef } from './plan-table.ts';

export interface SetupReport {
  readonly scopes: readonly { readonly name: string; readonly plan: CachePlan }[];
  /** `unix:///…`. */
  readonly address: string;
  readonly version: string;
  readonly degradations: readonly string[];
}

/** What the summary says before anything is built, as Markdown; empty where it does not fit. */
export function renderSetupSummary(report: SetupReport, maxBytes = maxSummaryBytes): string {
  const rows = report.scopes.map(({ name, plan }) => [
    renderCode(name),
    plan.chain.map((link) => renderText(renderRef(link))).join(', ') || 'nothing',
    plan.exportRef === null ? 'nothing' : renderText(renderRef(plan.exportRef)),
    renderText(plan.reason),
  ]);
  const losses = report.degradations.map((sentence) => `> ${renderText(sentence)}`).join('\n>\n');
  return fitSections(
    [
      {
        name: 'the heading',
        text: `### Hotlayer: BuildKit ${renderText(report.version)} for later steps`,
      },
      { name: 'what is lost', text: losses },
      { name: 'the caches', text: renderTable(['Scope', 'Import from', 'Export to', 'Why'], rows) },
    ].filter(({ text }) => text !== ''),
    ['the caches', 'what is lost'],
    maxBytes,
  );
}
