import path from 'node:path';
import { InputError, quote } from '../errors.ts';
import { runnerCredentials } from './key-value.ts';
import { toMasks } from './masks.ts';
import { readSecretFiles } from './secret-files.ts';

/** What of a target of a bake definition may hold what must not be printed. */
interface TellingTarget {
  readonly name: string;
  readonly secrets: readonly {
    readonly id: string | undefined;
    readonly file: string | undefined;
    readonly variable: string | undefined;
  }[];
  readonly context: string;
  readonly contexts: readonly { readonly value: string }[];
  readonly args: readonly { readonly value: string }[];
  readonly cacheFrom: readonly Attributed[];
  readonly cacheTo: readonly Attributed[];
}

interface Attributed {
  readonly attrs: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Attributes of caches in a store that wants a login (util/buildflags/cache.go of buildx). */
const credential = /secret|token|password|access_key/i;

/**
 * Every value of a bake definition that must not be printed: the secrets that it names, the credentials of its caches, and
 * those in its addresses.
 *
 * @param cwd where relative paths start
 */
export async function listDefinitionSecrets(
  targets: readonly TellingTarget[],
  env: Environment,
  cwd: string,
): Promise<readonly string[]> {
  const secrets = targets.flatMap((target) => target.secrets);
  const values = secrets.flatMap(({ id, file, variable }) => {
    // As `ResolveSource` of buildx (util/buildflags/secrets.go).
    const name = variable ?? (file === undefined ? id : undefined);
    return name === undefined ? [] : (env[name] ?? []);
  });
  const files = secrets.flatMap(({ id, file, variable }) => {
    if (file !== undefined) return [file];
    return variable !== undefined || id === undefined || env[id] !== undefined ? [] : [id];
  });
  return [
    ...toMasks([...values, ...targets.flatMap(listCredentials)]),
    ...(await readSecretFiles(files.map((file) => path.resolve(cwd, file)))),
  ];
}

/** Throws InputError for a secret that is a credential of the runner, as the inputs of the main action do. */
export function refuseRunnerCredentials(targets: readonly Pick<TellingTarget, 'name' | 'secrets'>[]): void {
  for (const { name, secrets } of targets) {
    const found = secrets
      .map(({ id, variable }) => variable ?? id ?? '')
      .find((named) => runnerCredentials.has(named));
    if (found === undefined) continue;
    throw new InputError(
      'files',
      `target ${quote(name)} of the bake definition: the variable ${quote(found)} of a secret is a credential of the runner and never goes into a build; allowed is any other variable`,
    );
  }
}

function listCredentials({ context, contexts, args, cacheFrom, cacheTo }: TellingTarget): readonly string[] {
  const texts = [context, ...[...contexts, ...args].map(({ value }) => value)];
  const attributes = [...cacheFrom, ...cacheTo].flatMap(({ attrs }) => Object.entries(attrs));
  return [
    ...texts.flatMap(findPasswords),
    ...attributes.flatMap(([name, value]) => (credential.test(name) ? [value] : findPasswords(value))),
  ];
}

/** A shorter user is a name, `git` for example. */
const leastToken = 8;

/** Of addresses: a password, or a token in the place of a user. The user of ssh:// is none. */
function findPasswords(text: string): readonly string[] {
  return [...text.matchAll(/\b([a-z][a-z0-9+]*):\/\/([^\s/?#@:]*)(?::([^\s/?#@]*))?@/gi)].flatMap(
    ([, scheme = '', user = '', password = '']) => {
      // GitHub takes a token as the user, with this or nothing for its password.
      const isToken = /^https?$/i.test(scheme) && user.length >= leastToken;
      const found = password !== '' && password !== 'x-oauth-basic' ? password : isToken ? user : '';
      return found === '' ? [] : [found, decode(found)];
    },
  );
}

/** Programs that take the address apart show what it stands for. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A % that stands for nothing: it is shown as it is.
    return text;
  }
}
