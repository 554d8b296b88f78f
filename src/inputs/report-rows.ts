import { flag } from './kinds.ts';

export const reportRows = {
  summary: flag({ name: 'summary', description: 'Write a job summary.', default: true }),
  checkAnnotations: flag({
    name: 'check-annotations',
    actions: ['main', 'bake'],
    description:
      'Annotate the Dockerfile with what build checks find; DOCKER_BUILD_CHECKS_ANNOTATIONS=false switches it off too.',
    default: true,
  }),
};

/** The variables by which Docker's actions are told to write none; their words for no. */
const variables = { summary: 'DOCKER_BUILD_SUMMARY', checkAnnotations: 'DOCKER_BUILD_CHECKS_ANNOTATIONS' };
const no = /^(?:0|f|false|n|no|off)$/i;

interface Switches {
  readonly summary: boolean;
  readonly checkAnnotations: boolean;
}

/** A workflow that switches something of Docker's actions off means this one's too. */
export function honourVariables<Report extends Switches>(
  report: Report,
  env: Readonly<Record<string, string | undefined>>,
): Report {
  const allows = (variable: string) => !no.test(env[variable]?.trim() ?? '');
  return {
    ...report,
    summary: report.summary && allows(variables.summary),
    checkAnnotations: report.checkAnnotations && allows(variables.checkAnnotations),
  };
}
