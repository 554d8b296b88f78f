import { parseSize } from './byte-size.ts';
import { parseRefs } from './cleanup-values.ts';
import { csv, flag, lineOrDefault, secretText } from './kinds.ts';

/** What a clean-up of a repository's caches removes, and with whose right. */
export const cleanupRows = {
  githubToken: secretText({
    name: 'github-token',
    description:
      "Token for GitHub's REST API, which needs `actions: write` to remove caches, `contents: read` to see branches and tags, and `pull-requests: read`.",
    default: `\${{ github.token }}`,
  }),
  refs: csv({
    name: 'refs',
    description:
      'Refs to clean such as `refs/heads/main`, one a line or comma separated, or `all`; by default the ref of a closed pull request or of a deleted branch or tag in the events for that, else all.',
    parse: parseRefs,
  }),
  otherTools: flag({
    name: 'other-tools',
    description:
      'Remove caches of other tools too where their pull request is closed or their branch deleted; on other refs they are never touched.',
    default: true,
  }),
  dryRun: flag({
    name: 'dry-run',
    description: 'Report what would be removed, and remove nothing.',
    default: false,
  }),
  limit: lineOrDefault({
    name: 'limit',
    description:
      'Cache space of the repository, such as `10GB` or `50GiB`, for the report of what GitHub would evict.',
    default: '10GB',
    parse: parseSize,
  }),
};
