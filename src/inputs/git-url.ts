import { InputError } from '../errors.ts';
import { quote } from './reader.ts';

// The rules of BuildKit's frontend/dockerfile/dfgitutil ParseGitRef and util/gitutil ParseURL.
const scheme = /^([A-Za-z0-9]+):\/\//;
const scpStyle = /^([A-Za-z0-9_-]+)@([A-Za-z0-9.-]+):([^?#]+)(?:\?([^#]*))?(?:#(.*))?$/;
const queryKeys = new Set(
  'ref tag branch subdir checksum commit keep-git-dir submodules mtime fetch-by-commit'.split(' '),
);
const valueless = new Set('keep-git-dir submodules fetch-by-commit'.split(' '));

const allowed =
  'allowed is https://host/owner/repository.git, ssh://…, git://… or git@host:owner/repository.git, with an optional #ref[:directory] or ?ref=…&subdir=…';

/** True for anything that a user means as an address, not as a path on this machine. */
export function looksRemote(context: string): boolean {
  return (
    scheme.test(context) ||
    context.startsWith('github.com/') ||
    /^[A-Za-z0-9_-]+@[A-Za-z0-9.-]+:/.test(context)
  );
}

/** The URL as given; throws InputError when BuildKit would not take it as a Git context. */
export function checkGitUrl(name: string, url: string): string {
  const fault = findFault(url);
  if (fault !== undefined) {
    throw new InputError(
      name,
      `input "${name}": ${quote(hidePassword(url))} is not a Git URL: ${fault}; ${allowed}`,
    );
  }
  return url;
}

/** The host that BuildKit asks for the repository; undefined when there is none. */
export function readGitHost(url: string): string | undefined {
  const scp = scpStyle.exec(url);
  if (scp !== null && !scheme.test(url)) return scp[2];
  const full = url.startsWith('github.com/') ? `https://${url}` : url;
  return URL.canParse(full) ? new URL(full).host : undefined;
}

function findFault(url: string): string | undefined {
  if (/\s/.test(url)) return 'it has white space';
  const protocol = scheme.exec(url)?.[1]?.toLowerCase();
  if (protocol === undefined && !url.startsWith('github.com/')) return findScpFault(url);
  if (protocol !== undefined && !['http', 'https', 'ssh', 'git'].includes(protocol)) {
    return `${protocol}:// is not a protocol of Git contexts`;
  }
  const full = protocol === undefined ? `https://${url}` : url;
  if (!URL.canParse(full)) return 'it cannot be parsed as a URL';
  const { host, pathname, search, hash, username, password } = new URL(full);
  if (host === '') return 'it has no host';
  if (pathname === '' || pathname === '/') return 'it has no repository path';
  if (password !== '' || (username !== '' && protocol !== 'ssh')) {
    return 'it holds credentials, which would end up in logs; use the "github-token" input or a GIT_AUTH_TOKEN secret';
  }
  if ((protocol === 'http' || protocol === 'https') && !pathname.endsWith('.git')) {
    return 'an http(s) address must end in .git (archives by URL are not supported)';
  }
  return findQueryFault(search.replace(/^\?/, ''), hash.replace(/^#/, ''));
}

function findScpFault(url: string): string | undefined {
  const match = scpStyle.exec(url);
  return match === null ? 'it has no repository path' : findQueryFault(match[4] ?? '', match[5] ?? '');
}

function findQueryFault(query: string, fragment: string): string | undefined {
  const parameters = new URLSearchParams(query);
  for (const key of new Set(parameters.keys())) {
    const values = parameters.getAll(key);
    if (!queryKeys.has(key)) return `unknown query parameter ${quote(key)}`;
    if (values.length > 1) return `query parameter ${quote(key)} is given twice`;
    if (values[0] === '' && !valueless.has(key)) return `query parameter ${quote(key)} has no value`;
  }
  const [ref = ''] = fragment.split(':');
  const asked = parameters.get('ref');
  if (ref !== '' && asked !== null && asked !== ref)
    return `it asks for two refs, ${quote(ref)} and ${quote(asked)}`;
  if (parameters.has('branch') && parameters.has('tag')) return 'it asks for a branch and a tag';
  return undefined;
}

function hidePassword(url: string): string {
  return url.replace(/^([A-Za-z0-9]+:\/\/)[^/@]*@/, '$1***@');
}
