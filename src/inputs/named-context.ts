import { InputError, quote } from '../errors.ts';
import { looksRemote } from '../git/git-url.ts';
import { refuseTilde } from './path.ts';
import type { NamedContext } from './values.ts';

/** What stands for the Git context of the event, as in docker/build-push-action; plan/default-context fills it in. */
export const contextTemplate = /\{\{\{?\s*\w*\s*\}?\}\}/;

const others = /^(?:docker-image:\/\/|oci-layout:\/\/|target:)/;

/** `name=value`. */
export function parseNamedContext(name: string, entry: string): NamedContext {
  const equals = entry.indexOf('=');
  const key = entry.slice(0, Math.max(equals, 0));
  // Of an address the value may hold a password.
  if (!/^[a-z0-9](?:[\w.:/@[\]-]*[\w\]])?$/i.test(key)) {
    const shown = entry.includes('://') ? 'an entry' : quote(entry);
    throw new InputError(
      name,
      `input "${name}": ${shown} is not a context with its name; allowed is name=<directory|Git URL|docker-image://…|oci-layout://…>, one a line`,
    );
  }
  const value = entry.slice(equals + 1);
  if (value === '') {
    throw new InputError(
      name,
      `input "${name}": the context ${quote(key)} is empty; allowed is name=<directory|Git URL|docker-image://…|oci-layout://…>, one a line`,
    );
  }
  if (/^[a-z]+:\/\/[^/@]*:[^/@]*@/i.test(value)) {
    throw new InputError(
      name,
      `input "${name}": the address of ${quote(key)} holds credentials, which would end up in logs; allowed is an address without, and a GIT_AUTH_TOKEN secret`,
    );
  }
  return { name: key, value: isDirectory(value) ? refuseTilde(name, value) : value };
}

/** True for a context that is a directory of this machine. */
export function isDirectory(value: string): boolean {
  return !looksRemote(value) && !others.test(value) && !contextTemplate.test(value);
}
