import type { CachePlan } from '../policy/types.ts';
import { type CacheStory, renderCacheStory } from './cache-story.ts';
import { renderFailure } from './failure.ts';
import { fitSections, maxSummaryBytes } from './fit.ts';
import { renderCode, renderTable, renderText } from './format.ts';
import type { BuildReport } from './report.ts';
import {
  listGatewayRows,
  renderBuildTimeline,
  renderDegradations,
  renderFold,
  renderHeading,
  renderPhases,
  renderPlan,
} from './summary.ts';

/** What the job summary tells of one target of a bake. */
export interface TargetReport {
  readonly name: string;
  readonly tags: readonly string[];
  /** undefined: there is no image, or nobody says. */
  readonly digest: string | undefined;
  readonly plan: CachePlan;
  readonly steps: { readonly cachedSteps: number; readonly totalSteps: number };
  readonly cacheExport: BuildReport['cacheExport'];
  readonly story: CacheStory;
}

/** All that the job summary tells of a bake. */
export interface BakeReport
  extends Pick<BuildReport, 'failure' | 'timeline' | 'phases' | 'wholeSeconds' | 'gateway' | 'degradations'> {
  readonly targets: readonly TargetReport[];
}

const dispensable = [
  'the timeline',
  'the times',
  'the cache scopes',
  'the caches of the targets',
  'the facts',
  'the warnings',
  'why the build failed',
];

/** The job summary of a bake, as Markdown for GITHUB_STEP_SUMMARY. Empty where not even the heading fits. */
export function renderBakeSummary(report: BakeReport, maxBytes = maxSummaryBytes): string {
  const { targets, failure } = report;
  const subject = targets.map(({ name }) => name).join(', ');
  const gateway = listGatewayRows(report.gateway);
  return fitSections(
    [
      { name: 'the heading', text: renderHeading({ ...report, subject }) },
      { name: 'why the build failed', text: failure === undefined ? '' : renderFailure(failure) },
      { name: 'the targets', text: renderTargets(targets) },
      { name: 'the warnings', text: renderDegradations(report) },
      {
        name: 'the caches of the targets',
        text: renderFold('What came from the cache, by target', renderEach(targets, renderStory)),
      },
      { name: 'the timeline', text: renderBuildTimeline(report) },
      { name: 'the facts', text: gateway.length === 0 ? '' : renderTable(['Fact', 'Value'], gateway) },
      {
        name: 'the cache scopes',
        text: renderFold('Which caches this run uses, and why', renderEach(targets, renderPlan)),
      },
      { name: 'the times', text: renderFold('Where the time of this step went', renderPhases(report)) },
    ],
    dispensable,
    maxBytes,
  );
}

function renderTargets(targets: readonly TargetReport[]): string {
  const rows = targets.map(({ name, tags, digest, steps, cacheExport }) => [
    renderCode(name),
    `${steps.cachedSteps} of ${steps.totalSteps}`,
    cacheExport,
    tags.map(renderCode).join('<br>'),
    digest === undefined ? '' : renderCode(digest),
  ]);
  return renderTable(['Target', 'Steps from the cache', 'Cache export', 'Tags', 'Digest'], rows);
}

function renderStory({ story, steps }: TargetReport): string {
  return renderCacheStory(story, steps);
}

function renderEach(targets: readonly TargetReport[], render: (target: TargetReport) => string): string {
  const texts = targets.map((target) => ({ name: target.name, text: render(target) }));
  return texts
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => `**${renderText(name)}**\n\n${text}`)
    .join('\n\n');
}
