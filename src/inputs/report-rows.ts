import { flag } from './kinds.ts';

export const reportRows = {
  summary: flag({ name: 'summary', description: 'Write a job summary.', default: true }),
  checkAnnotations: flag({
    name: 'check-annotations',
    description:
      'Annotate the Dockerfile with what build checks find; DOCKER_BUILD_CHECKS_ANNOTATIONS=false switches it off too.',
    default: true,
    actions: ['main', 'bake'],
  }),
};

/** The variable by which Docker's actions are told to write none; their words for no. */
const summaryVariable = 'DOCKER_BUILD_SUMMARY';
const no = /^(?:0|f|false|n|no|off)$/i;

/** A workflow that switches the summaries of Docker's actions off means this one too. */
export function honourSummaryVariable<Report extends { readonly summary: boolean }>(
  report: Report,
  env: Readonly<Record<string, string | undefined>>,
): Report {
  return no.test(env[summaryVariable]?.trim() ?? '') ? { ...report, summary: false } : report;
}
