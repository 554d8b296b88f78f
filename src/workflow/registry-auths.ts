import { InputError, quote } from '../errors.ts';
import { parseSecretYaml } from '../inputs/yaml.ts';
import { isRecord } from '../json.ts';

export interface RegistryAuth {
  /** As Docker's configuration names it: `ghcr.io`, or the whole address of Docker Hub. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

const input = 'registry-auths';
const keys: readonly string[] = ['registry', 'username', 'password'];
const allowed =
  'a list of objects with registry, username and password, for example "- registry: ghcr.io", one object a registry';

/** Docker Hub has one login for all its names (registry/config.go of Docker). */
const dockerHub = 'https://index.docker.io/v1/';
const dockerHubNames: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** The logins of the secret `registry-auths`. Throws InputError, which shows nothing of it but the names of registries. */
export function parseRegistryAuths(text: string): readonly RegistryAuth[] {
  if (text.trim() === '') return [];
  const list = parseSecretYaml(input, text, allowed);
  if (!Array.isArray(list))
    throw new InputError(input, `input "${input}" is not a list; allowed is ${allowed}`);
  const auths = list.map((entry: unknown, index) => parseAuth(entry, index + 1));
  const hosts = auths.map(({ host }) => host);
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
  if (twice !== undefined)
    throw new InputError(input, `input "${input}" has ${quote(twice)} twice; allowed is ${allowed}`);
  return auths;
}

function parseAuth(entry: unknown, position: number): RegistryAuth {
  if (!isRecord(entry)) return fail(position, 'is not an object');
  const unknown = Object.keys(entry).findIndex((key) => !keys.includes(key));
  // Its name is not shown: a value may stand where a key belongs.
  if (unknown !== -1) return fail(position, `has a key that is not known, the ${unknown + 1}. one`);
  const [registry, username, password] = keys.map((key) => entry[key]);
  if (typeof username !== 'string' || username === '') return fail(position, 'has no username');
  if (typeof password !== 'string' || password === '') return fail(position, 'has no password');
  return { host: toHost(registry, position), username, password };
}

function toHost(registry: unknown, position: number): string {
  if (registry === undefined || registry === '') return dockerHub;
  if (typeof registry !== 'string') return fail(position, 'has no registry that is a text');
  const host = registry
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/(?:v[12]\/?)?$/, '');
  if (dockerHubNames.has(host)) return dockerHub;
  if (!/^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(host))
    return fail(position, 'has a registry that is not a host, such as ghcr.io or registry.example.com:5000');
  return host;
}

function fail(position: number, why: string): never {
  throw new InputError(input, `input "${input}": entry ${position} ${why}; allowed is ${allowed}`);
}

/**
 * The logins of a run: those that are given, and for ghcr.io, where none is, the job's own token, which `packages: write`
 * opens it to.
 *
 * @param names of the images that are pushed
 */
export function listLogins(
  auths: readonly RegistryAuth[],
  {
    names,
    token,
    actor,
  }: { readonly names: readonly string[]; readonly token: string; readonly actor: string },
): readonly RegistryAuth[] {
  const host = 'ghcr.io';
  const isOwn =
    names.some((name) => name.startsWith(`${host}/`)) && !auths.some((auth) => auth.host === host);
  return isOwn && token !== '' && actor !== ''
    ? [...auths, { host, username: actor, password: token }]
    : auths;
}
