import type { BadRow } from './bad-rows.ts';

/** Of inputs that only the action cleanup has. */
export const badCleanupRows: readonly BadRow[] = [
  [
    { refs: 'main' },
    'input "refs": "main" is not a whole ref; allowed are refs/heads/NAME, refs/tags/NAME, refs/pull/NUMBER/merge and all',
  ],
  [{ 'other-tools': 'maybe' }, 'input "other-tools": "maybe" is not a boolean; allowed are true and false'],
  [{ 'dry-run': 'x' }, 'input "dry-run": "x" is not a boolean; allowed are true and false'],
  [
    { limit: 'much' },
    'input "limit": "much" is not a size; allowed is a number above 0 with kB, MB, GB, TB, KiB, MiB, GiB or TiB, for example 20GB',
  ],
];
