import { renderCacheStory } from './cache-story.ts';
import { renderFailure } from './failure.ts';
import { fitSections, maxSummaryBytes } from './fit.ts';
import { renderCode, renderSeconds, renderSize, renderTable, renderText } from './format.ts';
import { renderRef } from './plan-table.ts';
import type { BuildReport } from './report.ts';
import { renderTimeline } from './timeline.ts';
import { listTimes } from './times.ts';

/** What can be missed most easily goes first where a summary would be too long. */
const dispensable = [
  'the timeline',
  'the times',
  'the cache scopes',
  'the facts',
  'the warnings',
  'why the build failed',
];

/**
 * The job summary of one build, as Markdown for GITHUB_STEP_SUMMARY: what a reader wants to know first stands first, and
 * what few want is folded up. Empty where not even the heading fits.
 */
export function renderSummary(report: BuildReport, maxBytes = maxSummaryBytes): string {
  return fitSections(
    [
      { name: 'the heading', text: renderHeading(report) },
      {
        name: 'why the build failed',
        text: report.failure === undefined ? '' : renderFailure(report.failure),
      },
      {
        name: 'the cache',
        text: report.steps === undefined ? '' : renderCacheStory(report.story, report.steps),
      },
      { name: 'the warnings', text: renderDegradations(report) },
      { name: 'the timeline', text: renderBuildTimeline(report) },
      { name: 'the facts', text: renderFacts(report) },
      {
        name: 'the cache scopes',
        text: renderFold('Which caches this run uses, and why', renderPlan(report)),
      },
      { name: 'the times', text: renderFold('Where the time of this step went', renderPhases(report)) },
    ],
    dispensable,
    maxBytes,
  );
}

/** A name of an image may have any length. */
const maxSubjectLength = 300;

export function renderHeading({
  subject,
  failure,
  wholeSeconds,
}: Pick<BuildReport, 'subject' | 'failure' | 'wholeSeconds'>): string {
  const name = renderText([...subject].slice(0, maxSubjectLength).join(''));
  const time = wholeSeconds === undefined ? '' : ` in ${renderSeconds(wholeSeconds)}`;
  return failure === undefined ? `### Hotlayer: ${name} built${time}` : `### Hotlayer: ${name} failed`;
}

export function renderBuildTimeline({ timeline }: Pick<BuildReport, 'timeline'>): string {
  const picture = renderTimeline(timeline);
  return picture === '' ? '' : [legend, picture].join('\n\n');
}

const legend = '**Timeline** since the build began. Red: the longest, or what failed. Grey: from the cache.';

export function renderFold(title: string, text: string): string {
  return text === '' ? '' : `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}

function renderFacts({ image, gateway, cacheExport, exportMode }: BuildReport): string {
  const rows = [
    ...(image.tags.length === 0 ? [] : [['Tags', image.tags.map(renderCode).join('<br>')]]),
    ...(image.digest === undefined ? [] : [['Digest', renderCode(image.digest)]]),
    ...(image.imageid === undefined ? [] : [['Image ID', renderCode(image.imageid)]]),
    ['Cache export', cacheExport === 'skipped' ? 'skipped' : `${cacheExport} (mode ${exportMode})`],
    ...listGatewayRows(gateway),
  ];
  return renderTable(['Fact', 'Value'], rows);
}

/** What the gateway counted, as rows of a table. */
export function listGatewayRows(gateway: BuildReport['gateway']): readonly (readonly string[])[] {
  const calls =
    gateway === undefined ? 0 : Object.values(gateway.callsByKind).reduce((sum, count) => sum + count, 0);
  const kinds = Object.entries(gateway?.callsByKind ?? {}).filter(([, count]) => count > 0);
  return [
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
  ];
}

export function renderPlan({ plan }: Pick<BuildReport, 'plan'>): string {
  const rows = [
    ...plan.chain.map((link) => ['import', renderText(renderRef(link)), renderCode(link.cacheScope)]),
    ...(plan.export === null || plan.exportRef === null
      ? [['export', 'nothing', '']]
      : [['export', renderText(renderRef(plan.exportRef)), renderCode(plan.export)]]),
  ];
  const table = renderTable(['Cache', 'Of', 'Cache scope'], rows);
  return `${table}\n\n${renderText(plan.reason)} (${renderCode(plan.code)})`;
}

export function renderDegradations({ degradations }: Pick<BuildReport, 'degradations'>): string {
  const lines = [...new Set(degradations)].map((sentence) => `> - ${renderText(sentence)}`);
  return lines.length === 0 ? '' : ['> [!WARNING]', ...lines].join('\n');
}

export function renderPhases({ phases, wholeSeconds }: Pick<BuildReport, 'phases' | 'wholeSeconds'>): string {
  if (phases.length === 0) return '';
  const rows = listTimes(phases, wholeSeconds).map(({ name, isPart, tenths }) => [
    `${isPart ? '&emsp;' : ''}${renderText(name)}`,
    renderSeconds(tenths / 10),
  ]);
  return renderTable(['Phase', 'Time'], rows);
}
