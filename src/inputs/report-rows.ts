import { flag } from './kinds.ts';

export const reportRows = {
  summary: flag({ name: 'summary', description: 'Write a job summary.', default: true }),
};
