import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { LoginCopy, RegistryLogin } from '../cache/backend.ts';
import { hasErrorCode, toMessage } from '../errors.ts';
import { isRecord, type JsonRecord, parseJson, readString } from '../json.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const copyPrefix = 'docker-';
const fileName = 'config.json';

/**
 * Writes a copy of the user's Docker config with more logins, in a new directory that only this user can read: buildx
 * takes credentials from there for `DOCKER_CONFIG`. All else that is in the user's directory (contexts, the keys of a
 * Docker host, what credential helpers keep) is linked to. It holds the user's credentials too, so it goes with
 * `removeDockerConfig` when the build has ended, and in any case with the job's directory.
 *
 * Why not the stub alone, in a file of buildx's own for one registry: buildx reads those since v0.31 only, and only for a
 * registry that speaks Bearer.
 */
export async function writeDockerConfig(options: {
  readonly jobDirectory: string;
  /** Where relative paths start: buildx's working directory. */
  readonly cwd: string;
  readonly env: Environment;
  readonly logins: readonly RegistryLogin[];
}): Promise<LoginCopy> {
  const { jobDirectory, cwd, env, logins } = options;
  const directory = findDockerDirectory(env, cwd);
  const file = path.join(directory, fileName);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT'))
      return { kind: 'unusable', reason: `${file} cannot be read (${toMessage(error)})` };
    text = '{}';
  }
  const config = parseDockerConfig(text);
  if (config === undefined) return { kind: 'unusable', reason: `${file} is not a Docker config` };
  const store = await findDefaultStore(env['PATH'] ?? '');
  const copy = logins.reduce((written, login) => addLogin(written, login, store), config);
  let written: string | undefined;
  try {
    written = await mkdtemp(path.join(jobDirectory, copyPrefix));
    await writeFile(path.join(written, fileName), JSON.stringify(copy), { mode: 0o600, flag: 'wx' });
    await linkOthers(directory, written);
    return { kind: 'written', directory: written };
  } catch (error) {
    // A full disk, for example: half a copy has logins too.
    if (written !== undefined) await removeDockerConfig(written).catch(() => undefined);
    return { kind: 'unusable', reason: `a copy of ${file} cannot be written (${toMessage(error)})` };
  }
}

/**
 * Adds a login to the user's own Docker config, as `docker login` does: clients of later steps read it there. Answers the
 * config's file; the login goes with `removeLogin`. It opens the gateway of this job, and nothing else.
 */
export async function addOwnLogin(options: {
  readonly cwd: string;
  readonly env: Environment;
  readonly login: RegistryLogin;
}): Promise<LoginCopy> {
  const { cwd, env, login } = options;
  const directory = findDockerDirectory(env, cwd);
  const file = path.join(directory, fileName);
  try {
    const config = await readConfig(file);
    if (config === undefined) return { kind: 'unusable', reason: `${file} is not a Docker config` };
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await replaceConfig(file, addLogin(config, login, await findDefaultStore(env['PATH'] ?? '')));
    return { kind: 'written', directory };
  } catch (error) {
    return { kind: 'unusable', reason: `${file} cannot be changed (${toMessage(error)})` };
  }
}

/** Takes a login out of a Docker config again, and leaves all else in it as it is. @param host `HOST:PORT` */
export async function removeLogin(directory: string, host: string): Promise<void> {
  const file = path.join(directory, fileName);
  const config = await readConfig(file);
  const auths = config?.['auths'];
  if (config === undefined || !isRecord(auths) || !Object.hasOwn(auths, host)) return;
  const left = Object.entries(config).flatMap(([key, value]) => {
    if ((key !== 'auths' && key !== 'credHelpers') || !isRecord(value)) return [[key, value] as const];
    const others = Object.entries(value).filter(([name]) => name !== host);
    return others.length === 0 ? [] : [[key, Object.fromEntries(others)] as const];
  });
  if (left.length === 0) await rm(file, { force: true });
  else await replaceConfig(file, Object.fromEntries(left));
}

/** undefined: it is none. Empty where there is no file. */
async function readConfig(file: string): Promise<JsonRecord | undefined> {
  try {
    return parseDockerConfig(await readFile(file, 'utf8'));
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return {};
    throw error;
  }
}

/** Whole or not at all, and where a link leads to. */
async function replaceConfig(file: string, config: JsonRecord): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const next = `${target}.${randomUUID()}`;
  try {
    await writeFile(next, `${JSON.stringify(config, undefined, '\t')}\n`, { mode: 0o600, flag: 'wx' });
    await rename(next, target);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}

/** Where the Docker CLI keeps its files for this user. @param cwd where relative paths start: buildx's working directory */
export function findDockerDirectory(env: Environment, cwd: string): string {
  return path.resolve(cwd, env['DOCKER_CONFIG'] || path.join(env['HOME'] || homedir(), '.docker'));
}

/** Where buildx keeps its files for this user (util/confutil/config.go). @param cwd where relative paths start */
export function findBuildxConfig(env: Environment, cwd: string): string {
  return path.resolve(cwd, env['BUILDX_CONFIG'] || path.join(findDockerDirectory(env, cwd), 'buildx'));
}

/** The Docker context that is in use where DOCKER_HOST does not name an engine; undefined: none is named, or the config is not to be read. */
export async function readCurrentContext(env: Environment, cwd: string): Promise<string | undefined> {
  if (env['DOCKER_CONTEXT']) return env['DOCKER_CONTEXT'];
  const text = await readFile(path.join(findDockerDirectory(env, cwd), fileName), 'utf8').catch(() => '');
  return readString(parseJson(text), 'currentContext') || undefined;
}

async function linkOthers(directory: string, copy: string): Promise<void> {
  let names: readonly string[];
  try {
    names = await readdir(directory);
  } catch {
    // There is none: then there is nothing to link to.
    return;
  }
  for (const name of names.filter((other) => other !== fileName))
    await symlink(path.join(directory, name), path.join(copy, name));
}

export async function removeDockerConfig(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

/** Copies that a build left behind, as main was killed. */
export async function findDockerConfigs(jobDirectory: string): Promise<readonly string[]> {
  const names = await readdir(jobDirectory);
  return names.filter((name) => name.startsWith(copyPrefix)).map((name) => path.join(jobDirectory, name));
}

/**
 * undefined for a file that docker/cli reads with an error (cli/config/configfile, LoadFromReader): buildx then warns
 * and goes on with a part of it, which a copy could not be true to.
 */
export function parseDockerConfig(text: string): JsonRecord | undefined {
  // An empty file is no error to it.
  const config = text.trim() === '' ? {} : (parseJson(text) ?? undefined);
  if (!isRecord(config)) return undefined;
  const { auths = null, credHelpers = null, credsStore = null } = config;
  const areAuths = auths === null || (isRecord(auths) && Object.values(auths).every(isAuth));
  const areHelpers =
    credHelpers === null ||
    (isRecord(credHelpers) && Object.values(credHelpers).every((helper) => typeof helper === 'string'));
  const isStore = credsStore === null || typeof credsStore === 'string';
  return areAuths && areHelpers && isStore ? config : undefined;
}

/**
 * The config with one login more. An empty credential helper for its host makes docker/cli look for it in the file even
 * where `credsStore` sends it elsewhere (getConfiguredCredentialStore).
 *
 * @param defaultStore what docker/cli uses for a config without any credentials; with the login it would not be asked
 */
export function addLogin(
  config: JsonRecord,
  { host, username, password }: RegistryLogin,
  defaultStore: string | undefined,
): JsonRecord {
  const auths = isRecord(config['auths']) ? config['auths'] : {};
  const credHelpers = isRecord(config['credHelpers']) ? config['credHelpers'] : {};
  const store = typeof config['credsStore'] === 'string' ? config['credsStore'] : '';
  const hasCredentials = store !== '' || Object.keys(auths).length > 0 || Object.keys(credHelpers).length > 0;
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  return {
    ...config,
    auths: { ...auths, [host]: { auth } },
    credHelpers: { ...credHelpers, [host]: '' },
    ...(hasCredentials || defaultStore === undefined ? {} : { credsStore: defaultStore }),
  };
}

/** As docker/cli finds it on Linux (cli/config/credentials, DetectDefaultStore); undefined: there is none. */
async function findDefaultStore(searchPath: string): Promise<string | undefined> {
  const store = (await isOnPath('pass', searchPath)) ? 'pass' : 'secretservice';
  return (await isOnPath(`docker-credential-${store}`, searchPath)) ? store : undefined;
}

async function isOnPath(program: string, searchPath: string): Promise<boolean> {
  for (const directory of searchPath.split(path.delimiter)) {
    try {
      await access(path.join(directory, program), constants.X_OK);
      return true;
    } catch {
      // Not in this one.
    }
  }
  return false;
}

/** `auth` is `user:password` in base64; docker/cli gives the whole file up for one that is not. */
function isAuth(value: unknown): boolean {
  if (value === null) return true;
  if (!isRecord(value)) return false;
  const { auth = null } = value;
  if (auth === null || auth === '') return true;
  if (typeof auth !== 'string') return false;
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(
    auth.replace(/[\r\n]/g, ''),
  );
  return isBase64 && Buffer.from(auth, 'base64').indexOf(':') > 0;
}
