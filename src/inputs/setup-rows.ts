import { buildRows } from './build-rows.ts';
import { choice, lines } from './kinds.ts';
import { parseScope } from './single-values.ts';

/** What later steps of the job get. */
export const setupRows = {
  scopes: lines({
    name: 'scopes',
    description:
      'Names of the caches that later steps may use, one a line; each gets its own branch chain; by default one, named by workflow and job.',
    parse: parseScope,
  }),
  keep: choice({
    name: 'keep',
    description:
      'Leave the daemon running for the next job of a self-hosted runner, `true` (for one job at a time), `shared` (for jobs at once) or `false`.',
    allowed: ['false', 'true', 'shared'],
    default: 'false',
  }),
  builder: buildRows.builder,
  githubToken: buildRows.githubToken,
};
