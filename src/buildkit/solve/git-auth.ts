import { parseGitUrl } from '../../git/git-url.ts';
import type { BuildInputs } from '../../inputs/types.ts';

/**
 * The token that BuildKit may show to the Git context's host: only for the repository that the workflow runs in, because
 * the job's token opens no other, and a Dockerfile from elsewhere must not get to see it.
 */
export function toGitAuth(
  { context, githubToken }: Pick<BuildInputs, 'context' | 'githubToken'>,
  run: { readonly serverUrl: string; readonly repository: string },
): { readonly host: string; readonly token: string } | undefined {
  if (context.kind !== 'git' || githubToken === undefined || run.repository === '') return undefined;
  const host = parseGitUrl(run.serverUrl).host;
  const repository = parseGitUrl(context.url);
  if (host === undefined || repository.host !== host) return undefined;
  const own = `${run.serverUrl.replace(/\/+$/, '')}/${run.repository}.git`.toLowerCase();
  return repository.remote.toLowerCase() === own ? { host, token: githubToken } : undefined;
}
