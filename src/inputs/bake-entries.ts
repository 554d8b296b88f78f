import { InputError, quote } from '../errors.ts';
import { findGitUrlFault, looksRemote } from '../git/git-url.ts';
import { contextTemplate } from './named-context.ts';
import { refuseTilde } from './path.ts';

/** Where the definition of a bake is, and what its paths start at. */
export type BakeSource =
  /** `isDefault`: nothing was given, and it may turn out to be the Git context of the event (plan/default-context). */
  | { readonly kind: 'path'; readonly path: string; readonly isDefault?: true }
  | { readonly kind: 'git'; readonly url: string };

/** `{{defaultContext}}` stays in the URL for plan/default-context. */
export function parseSource(name: string, source: string | undefined): BakeSource {
  if (source === undefined) return { kind: 'path', path: '.', isDefault: true };
  if (contextTemplate.test(source)) return { kind: 'git', url: source };
  if (!looksRemote(source)) return { kind: 'path', path: refuseTilde(name, source) };
  const fault = findGitUrlFault(
    source,
    'the "github-token" input or the variable BUILDX_BAKE_GIT_AUTH_TOKEN',
  );
  if (fault === undefined) return { kind: 'git', url: source };
  // A password that was put into it is not shown.
  const shown = source.replace(/^([A-Za-z0-9]+:\/\/)[^/@]*@/, '$1***@');
  throw new InputError(
    name,
    `input "${name}": ${quote(shown)} is not a Git URL: ${fault}; allowed is a directory, https://host/owner/repository.git with an optional #ref[:directory], or {{defaultContext}}`,
  );
}

/** A target or a group, or a pattern of their names. */
export function parseTargetName(name: string, target: string): string {
  // Anything else buildx would take for a flag or an address.
  if (/^[\w*?[][\w.*?[\]-]*$/.test(target)) return target;
  throw new InputError(
    name,
    `input "${name}": ${quote(target)} is not the name of a target; allowed are letters, digits, "_" and "-"`,
  );
}

export function parseBakeFile(name: string, file: string): string {
  if (file !== '-') return refuseTilde(name, file);
  throw new InputError(name, `input "${name}": "-" is the standard input; allowed is the path of a file`);
}

/** `pattern.key=value`. What is none may be the rest of a secret that spans lines, and is not shown. */
export function parseOverride(name: string, entry: string, position: number): string {
  if (/^[^.=\s]+\.[^=]+(?:=|$)/.test(entry)) return entry;
  throw new InputError(
    name,
    `input "${name}": entry ${position} (its text is not shown) does not name what is set; allowed is target.key=value or target.key+=value, one a line, with * for all targets`,
  );
}

/** `NAME=VALUE`; nothing of what is none is shown, as above. */
export function parseVariable(name: string, entry: string, position: number): string {
  if (/^[A-Za-z_][\w-]*=/.test(entry)) return entry;
  throw new InputError(
    name,
    `input "${name}": entry ${position} (its text is not shown) is not a variable with its value; allowed is NAME=VALUE, one a line`,
  );
}

const grants = ['network.host', 'security.insecure', 'ssh', 'device', 'buildx.local.delete'];
const valued = ['device', 'fs', 'fs.read', 'fs.write', 'image', 'image.push', 'image.load'];

/** What the builds may do beyond usual ones, as `--allow` of buildx takes it (bake/entitlements.go). */
export function parseGrant(name: string, entry: string): string {
  const [key = ''] = entry.split('=', 1);
  const isKnown = key === entry ? grants.includes(key) : valued.includes(key);
  if (isKnown) return entry;
  throw new InputError(
    name,
    `input "${name}": unknown entitlement ${quote(entry)}; allowed are ${grants.join(', ')}, and fs=PATH, fs.read=PATH, fs.write=PATH, device=NAME`,
  );
}
