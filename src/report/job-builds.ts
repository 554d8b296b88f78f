import { fitSections, maxSummaryBytes } from './fit.ts';
import { renderCode, renderTable, renderText } from './format.ts';

/** A build of a later step. */
export interface BuildOfJob {
  /** Foreign text. */
  readonly name: string;
  readonly status: string;
  readonly cachedSteps: number;
  readonly totalSteps: number;
  readonly seconds: number;
}

export interface JobBuilds {
  readonly builds: readonly BuildOfJob[];
  /** Sentences on what was refused or lost. */
  readonly notes: readonly string[];
  /** Calls and bytes, a sentence; undefined: nothing was counted. */
  readonly numbers: string | undefined;
}

/** What post says of the builds of later steps, as Markdown; empty where it does not fit. */
export function renderJobBuilds(report: JobBuilds, maxBytes = maxSummaryBytes): string {
  const rows = report.builds.map(({ name, status, cachedSteps, totalSteps, seconds }) => [
    renderCode(name === '' ? 'build' : name),
    renderText(status.toLowerCase()),
    `${cachedSteps} of ${totalSteps}`,
    `${seconds.toFixed(1)} s`,
  ]);
  const table =
    rows.length === 0
      ? 'No step of this job has built anything.'
      : renderTable(['Build', 'Result', 'Steps from the cache', 'Time'], rows);
  return fitSections(
    [
      { name: 'the heading', text: '### Hotlayer: builds of this job' },
      { name: 'the notes', text: report.notes.map((note) => `> ${renderText(note)}`).join('\n>\n') },
      { name: 'the builds', text: table },
      { name: 'the numbers', text: report.numbers ?? '' },
    ].filter(({ text }) => text !== ''),
    ['the builds', 'the notes'],
    maxBytes,
  );
}
