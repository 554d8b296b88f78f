import { flag } from './kinds.ts';

export const reportRows = {
  summary: flag({ name: 'summary', description: 'Write a job summary.', default: true }),
  checkAnnotations: flag({
    name: 'check-annotations',
    description:
      'Annotate the Dockerfile with what build checks find; DOCKER_BUILD_CHECKS_ANNOTATIONS=false switches it off too.',
    default: true,
  }),
};
