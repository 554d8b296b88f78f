import { parseGitUrl } from '../../git/git-url.ts';
import type { BuildInputs } from '../../inputs/types.ts';

/**
 * The token that BuildKit may show to the Git context's host: as in docker/build-push-action only for the Git context of
 * the event, or a directory of it. The job's token opens no other repository, and a Dockerfile from elsewhere, from
 * another ref of this repository too, must not get to see it.
 *
 * @param defaultContext the Git context of the event; undefined where the runner does not say
 */
export function toGitAuth(
  { context, githubToken }: Pick<BuildInputs, 'context' | 'githubToken'>,
  defaultContext: string | undefined,
): { readonly host: string; readonly token: string } | undefined {
  if (context.kind !== 'git' || githubToken === undefined || defaultContext === undefined) return undefined;
  const { host } = parseGitUrl(defaultContext);
  if (host === undefined || !isWithin(context.url, defaultContext)) return undefined;
  return { host, token: githubToken };
}

/** The whole of it, or a directory: `…#1a2b` is not within `…#1a2`. */
function isWithin(url: string, defaultContext: string): boolean {
  return url.startsWith(defaultContext) && /^(?:$|:|&subdir=)/.test(url.slice(defaultContext.length));
}
