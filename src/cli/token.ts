import { mintToken } from '../embedded/signed-token.ts';
import { InputError, quote } from '../errors.ts';
import type { RefScope } from '../policy/types.ts';
import { type FlagSpec, parseFlags, readFlagText, renderFlags } from './flags.ts';

const flags: Readonly<Record<string, FlagSpec>> = {
  scope: {
    value: 'REF:RIGHTS',
    isRepeated: true,
    help: 'ref and rights (r, w, rw), own ref first: refs/heads/main:rw; repeatable',
  },
  permission: {
    value: 'NAME=LEVEL',
    isRepeated: true,
    help: "a permission of GitHub's REST for `hotlayer cleanup`, such as actions=write; repeatable",
  },
  secret: { value: 'S', help: 'sign with the secret of `hotlayer serve --secret S` (or HOTLAYER_SECRET)' },
  repository: { value: 'OWNER/NAME', help: 'whose caches they are (default: local)' },
  help: { value: undefined, help: 'this text' },
};

const permissions: ReadonlyMap<string, number> = new Map([
  ['r', 1],
  ['w', 2],
  ['rw', 3],
]);

/** `hotlayer token`: prints a runtime token for the embedded cache service. */
export async function runToken(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  write: (text: string) => void,
): Promise<number> {
  const values = parseFlags(argv, flags);
  if (values['help'] !== undefined) {
    write(
      `hotlayer token --scope REF:RIGHTS [flags]: a runtime token for hotlayer serve\n\n${renderFlags(flags)}`,
    );
    return 0;
  }
  const scopes = (values['scope'] ?? []).map((value) => parseScope(String(value)));
  const permissions = Object.fromEntries(
    (values['permission'] ?? []).map((value) => parsePermission(String(value))),
  );
  if (scopes.length === 0 && Object.keys(permissions).length === 0)
    throw new InputError(
      'scope',
      '--scope is missing: give at least one, such as --scope refs/heads/main:rw.',
    );
  const repository = readFlagText(values, 'repository');
  if (repository?.trim() === '')
    throw new InputError('repository', '--repository is empty: give OWNER/NAME, or leave the flag out.');
  const secret = readFlagText(values, 'secret') ?? (env['HOTLAYER_SECRET'] || undefined);
  if (secret === '')
    throw new InputError('secret', '--secret is empty: give some text, or leave the flag out.');
  write(`${await mintToken({ scopes, repository, permissions, secret })}\n`);
  return 0;
}

/** With the names of a workflow's `permissions`: GitHub's API writes an underscore for their hyphen. */
function parsePermission(text: string): readonly [name: string, level: 'read' | 'write'] {
  const [, name, level] = /^([a-z][a-z_-]*)=(read|write)$/.exec(text) ?? [];
  if (name === undefined || (level !== 'read' && level !== 'write'))
    throw new InputError(
      'permission',
      `--permission ${quote(text)} is not NAME=LEVEL with the level read or write, such as actions=write.`,
    );
  return [name.replaceAll('-', '_'), level];
}

/** A ref may hold a colon no more than Git allows it (not at all), and may be empty, as emulators have it. */
function parseScope(text: string): RefScope {
  const colon = text.lastIndexOf(':');
  const permission = permissions.get(text.slice(colon + 1));
  if (colon < 0 || permission === undefined) {
    throw new InputError(
      'scope',
      `--scope "${text}" is not REF:RIGHTS with the rights r, w or rw, such as refs/heads/main:rw.`,
    );
  }
  return { scope: text.slice(0, colon), permission };
}
