import { readGitHost } from '../../inputs/git-url.ts';
import type { Inputs } from '../../inputs/types.ts';

/**
 * The token that BuildKit may show to the Git context's host: only for the repository that the workflow runs in, because
 * the job's token opens no other, and a Dockerfile from elsewhere must not get to see it.
 */
export function toGitAuth(
  { context, githubToken }: Pick<Inputs, 'context' | 'githubToken'>,
  run: { readonly serverUrl: string; readonly repository: string },
): { readonly host: string; readonly token: string } | undefined {
  if (context.kind !== 'git' || githubToken === undefined || run.repository === '') return undefined;
  const host = readGitHost(run.serverUrl);
  if (host === undefined || readGitHost(context.url) !== host) return undefined;
  const own = `${run.serverUrl.replace(/\/+$/, '')}/${run.repository}.git`.toLowerCase();
  const [address = ''] = context.url.split(/[?#]/);
  return address.toLowerCase() === own ? { host, token: githubToken } : undefined;
}
