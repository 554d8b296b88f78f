import { InputError, quote } from '../errors.ts';

/**
 * The path as given. A shell makes `~` the home directory, and an action has no shell: the path would begin in a
 * directory of the workspace that is named `~`. Throws InputError.
 */
export function refuseTilde(name: string, path: string): string {
  if (path.trim().startsWith('~')) {
    throw new InputError(
      name,
      `input "${name}": ${quote(path)} begins with "~", which only a shell makes the home directory; allowed is a path from the workspace or an absolute one, and ${quote(`./${path.trim()}`)} for a name that begins with "~"`,
    );
  }
  return path;
}
