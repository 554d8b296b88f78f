import path from 'node:path';
import type { GitRoom } from './git-room.ts';
import type { RemoteAddress } from './remote-address.ts';
import { parseConfigList, type RepositoryView } from './repository-view.ts';

/** How a remote is asked: variables and configuration for that one call. */
export interface RemoteSettings {
  readonly variables: Readonly<Record<string, string>>;
  readonly settings: readonly (readonly [key: string, value: string])[];
}

/** Of the user's own environment. */
const httpVariables =
  'GIT_SSL_CAINFO GIT_SSL_CAPATH SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy';
const sshVariables = 'SSH_AUTH_SOCK GIT_SSH GIT_SSH_COMMAND GIT_SSH_VARIANT USER LOGNAME';
const userVariables = 'HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM';

/** What a self-hosted runner needs to get out, and what runs nothing. */
const passiveHttpKeys: ReadonlySet<string> = new Set(
  'proxy proxyauthmethod proxysslcainfo sslcainfo sslcapath sslcert sslkey sslverify sslbackend'
    .split(' ')
    .map((name) => `http.${name}`),
);

const localTimeoutMs = 10_000;

/** @param login `user:password` for a remote that no other credential is known for */
export async function readRemoteSettings(
  git: GitRoom,
  address: RemoteAddress,
  view: RepositoryView | undefined,
  login: string | undefined,
): Promise<RemoteSettings> {
  switch (address.kind) {
    case 'local':
      return { variables: {}, settings: [] };
    case 'ssh':
      return { variables: toSshVariables(git, view), settings: [] };
    case 'http': {
      const [header, own] = await Promise.all([
        readHeader(git, address, view, login),
        readUserSettings(git, address),
      ]);
      return {
        // HOME for curl's .netrc.
        variables: pick(git, `HOME ${httpVariables}`),
        settings: [...own, ...(header === undefined ? [] : [['http.extraHeader', header] as const])],
      };
    }
    default:
      return address.kind satisfies never;
  }
}

/** Proxies and certificates of the user's and the machine's configuration for this address; asked for as data. */
async function readUserSettings(
  git: GitRoom,
  { url }: RemoteAddress,
): Promise<readonly (readonly [string, string])[]> {
  const answer = await git.ask({
    args: ['config', '--null', '--get-urlmatch', 'http', url],
    gitDirectory: git.emptyRepository,
    variables: {
      ...{ GIT_CONFIG_GLOBAL: undefined, GIT_CONFIG_SYSTEM: undefined, GIT_CONFIG_NOSYSTEM: undefined },
      ...pick(git, userVariables),
    },
    timeoutMs: localTimeoutMs,
  });
  if (answer.kind === 'failed' || answer.exitCode !== 0) return [];
  return [...parseConfigList(answer.stdout)].flatMap(([key, values]) =>
    passiveHttpKeys.has(key) ? values.map((value) => [key, value] as const) : [],
  );
}

/**
 * The `Authorization` header that actions/checkout left for this address: in the checkout's configuration, or since v6 in
 * a file in RUNNER_TEMP which that includes. No other included file is opened.
 */
async function readHeader(
  git: GitRoom,
  address: RemoteAddress,
  view: RepositoryView | undefined,
  login: string | undefined,
): Promise<string | undefined> {
  for (const file of view === undefined ? [] : [view.configFile, ...listCredentialFiles(git, view)]) {
    const answer = await git.ask({
      args: ['config', '--file', file, '--no-includes', '--get-urlmatch', 'http.extraheader', address.url],
      gitDirectory: git.emptyRepository,
      timeoutMs: localTimeoutMs,
    });
    const header = answer.kind === 'answer' && answer.exitCode === 0 ? answer.stdout.trim() : '';
    if (/^[\w-]+: *[^\p{Cc}]+$/u.test(header)) return header;
  }
  const given = address.login ?? login;
  return given === undefined ? undefined : `Authorization: basic ${Buffer.from(given).toString('base64')}`;
}

function listCredentialFiles({ env }: GitRoom, { config }: RepositoryView): readonly string[] {
  const temp = env['RUNNER_TEMP'];
  if (!temp) return [];
  const included = [...config].flatMap(([key, values]) =>
    /^include(?:if\..*)?\.path$/s.test(key) ? values : [],
  );
  return [...new Set(included.map((file) => path.basename(file)))]
    .filter((name) => /^git-credentials-[\w-]+\.config$/.test(name))
    .map((name) => path.join(temp, name));
}

/**
 * With `ssh-key`, actions/checkout writes a `core.sshCommand` of one form. The key's name is taken from it and the
 * command is ours; a command of any other form never runs.
 */
function toSshVariables(git: GitRoom, view: RepositoryView | undefined): Readonly<Record<string, string>> {
  const own = pick(git, sshVariables);
  if (own['GIT_SSH_COMMAND'] !== undefined || own['GIT_SSH'] !== undefined) return own;
  const command = view?.config.get('core.sshcommand')?.at(-1) ?? '';
  const key =
    /^"[^"$`\\]+" -i "\$RUNNER_TEMP\/([0-9a-f-]{36})"(?: -o StrictHostKeyChecking=yes -o CheckHostIP=no)? -o "UserKnownHostsFile=\$RUNNER_TEMP\/\1_known_hosts"$/.exec(
      command,
    )?.[1];
  const temp = git.env['RUNNER_TEMP'];
  if (key === undefined || !temp) return { ...own, GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
  return {
    ...own,
    RUNNER_TEMP: temp,
    GIT_SSH_COMMAND: `ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o CheckHostIP=no -i "$RUNNER_TEMP/${key}" -o "UserKnownHostsFile=$RUNNER_TEMP/${key}_known_hosts"`,
  };
}

function pick({ env }: GitRoom, names: string): Readonly<Record<string, string>> {
  const picked: Record<string, string> = {};
  for (const name of names.split(' ')) {
    const value = env[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
