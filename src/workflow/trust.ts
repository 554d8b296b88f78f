import { type JsonRecord, readField, readString } from '../json.ts';

/** Why the run gets no secret and pushes nothing; undefined: nothing speaks against it. */
export type Distrust = string | undefined;

/**
 * A run whose code may come from another repository: a pull request of a fork, whatever event it came with, or a
 * `workflow_run` after one. Where the payload does not say which repository, it counts as another one.
 *
 * @param repository GITHUB_REPOSITORY
 */
export function findDistrust(payload: JsonRecord, repository: string): Distrust {
  const heads = [
    ['the pull request', readField(payload, 'pull_request'), ['head', 'repo', 'full_name']],
    [
      'the workflow run before this one',
      readField(payload, 'workflow_run'),
      ['head_repository', 'full_name'],
    ],
  ] as const;
  for (const [what, event, keys] of heads) {
    if (event === undefined || event === null) continue;
    const head = readString(event, ...keys);
    if (head === undefined || head === '') return `${what} does not say which repository it is from`;
    if (head.toLowerCase() !== repository.toLowerCase()) return `${what} is from the fork ${head}`;
  }
  return undefined;
}
