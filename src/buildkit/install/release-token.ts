import type { ChildEnvironment } from '../../process/command.ts';

/** They say `GITHUB_SERVER_URL=https://github.com` by default, whatever their token is good for. */
const emulators = ['ACT', 'GITEA_ACTIONS', 'FORGEJO_ACTIONS'] as const;

/**
 * The token that may go to api.github.com: only one that github.com has issued. Anywhere else (GHES, ghe.com, Gitea,
 * Forgejo, act) it is another server's secret, which no stranger must see; a runner that does not say which server it
 * belongs to gives none either.
 */
export function selectReleaseToken(
  token: string | undefined,
  serverUrl: string,
  env: ChildEnvironment,
): string | undefined {
  const isEmulator = emulators.some((name) => /^(?:true|1)$/i.test(env[name]?.trim() ?? ''));
  return !isEmulator && isGithub(serverUrl) ? token : undefined;
}

/** True for `https://github.com` in whatever spelling: case, a slash at the end, the port that https has anyway. */
function isGithub(serverUrl: string): boolean {
  if (!URL.canParse(serverUrl)) return false;
  const { origin, pathname, username, password, search, hash } = new URL(serverUrl);
  const rest = `${username}${password}${search}${hash}`;
  return origin === 'https://github.com' && pathname === '/' && rest === '';
}
