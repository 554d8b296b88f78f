import { renderCode, renderSeconds, renderSize, renderTable, renderText } from './format.ts';
import { renderRef } from './plan-table.ts';
import type { BuildReport } from './report.ts';
import { listTimes } from './times.ts';

/** The job summary of one build, as Markdown for GITHUB_STEP_SUMMARY. */
export function renderSummary(report: BuildReport): string {
  const sections = [
    `### Hotlayer: ${renderText(report.subject)} ${report.result}`,
    renderFacts(report),
    renderPlan(report),
    renderDegradations(report),
    renderPhases(report),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderFacts({ steps, image, gateway, cacheExport, exportMode }: BuildReport): string {
  const calls =
    gateway === undefined ? 0 : Object.values(gateway.callsByKind).reduce((sum, count) => sum + count, 0);
  const kinds = Object.entries(gateway?.callsByKind ?? {}).filter(([, count]) => count > 0);
  const rows = [
    ...(steps === undefined ? [] : [['Steps from cache', `${steps.cachedSteps} of ${steps.totalSteps}`]]),
    ['Cache export', cacheExport === 'skipped' ? 'skipped' : `${cacheExport} (mode ${exportMode})`],
    ...(gateway === undefined
      ? []
      : [
          ['Cache read', renderSize(gateway.bytesRead)],
          ['Cache written', renderSize(gateway.bytesWritten)],
          [
            'Calls to the cache service',
            `${calls}${kinds.length === 0 ? '' : ` (${kinds.map(([kind, count]) => `${renderText(kind)} ${count}`).join(', ')})`}`,
          ],
          ...(gateway.retries === 0 ? [] : [['Repeated calls', String(gateway.retries)]]),
        ]),
    ...(image.tags.length === 0 ? [] : [['Tags', image.tags.map(renderCode).join('<br>')]]),
    ...(image.digest === undefined ? [] : [['Digest', renderCode(image.digest)]]),
    ...(image.imageid === undefined ? [] : [['Image ID', renderCode(image.imageid)]]),
  ];
  return renderTable(['Fact', 'Value'], rows);
}

function renderPlan({ plan }: BuildReport): string {
  const rows = [
    ...plan.chain.map((link) => ['import', renderText(renderRef(link)), renderCode(link.cacheScope)]),
    ...(plan.export === null || plan.exportRef === null
      ? [['export', 'nothing', '']]
      : [['export', renderText(renderRef(plan.exportRef)), renderCode(plan.export)]]),
  ];
  const table = renderTable(['Cache', 'Of', 'Cache scope'], rows);
  return `${table}\n\n${renderText(plan.reason)} (${renderCode(plan.code)})`;
}

function renderDegradations({ degradations }: BuildReport): string {
  const lines = [...new Set(degradations)].map((sentence) => `> - ${renderText(sentence)}`);
  return lines.length === 0 ? '' : ['> [!WARNING]', ...lines].join('\n');
}

function renderPhases({ phases, wholeSeconds }: BuildReport): string {
  if (phases.length === 0) return '';
  const rows = listTimes(phases, wholeSeconds).map(({ name, isPart, tenths }) => [
    `${isPart ? '&emsp;' : ''}${renderText(name)}`,
    renderSeconds(tenths / 10),
  ]);
  return renderTable(['Phase', 'Time'], rows);
}
