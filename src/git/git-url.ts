import { quote } from '../errors.ts';

/** A Git context in its parts, as BuildKit reads it: `remote[?ref=…&subdir=…][#ref[:subdirectory]]`. */
export interface GitUrl {
  /** As given, without query and fragment. */
  readonly remote: string;
  /** The same as an address that git takes: `https://github.com/o/r` where the remote is `github.com/o/r`. */
  readonly address: string;
  /** The host that BuildKit asks for the repository; undefined when there is none. */
  readonly host: string | undefined;
  /** Branch, tag, full ref or commit; undefined: the default branch. */
  readonly ref: string | undefined;
  readonly subdirectory: string | undefined;
}

interface Parts {
  readonly remote: string;
  readonly query: URLSearchParams;
  /** Of the fragment; empty when not given. */
  readonly ref: string;
  readonly subdirectory: string;
  /** The fragment is badly percent-encoded. */
  readonly isMalformed: boolean;
}

// The rules of BuildKit v0.33.1: dfgitutil ParseGitRef, gitutil ParseURL, sshutil ParseSCPStyleURL.
const scheme = /^([A-Za-z0-9]+):\/\//;
const scpStyle = /^[A-Za-z0-9_-]+@([A-Za-z0-9.-]+):(.*)$/s;
const protocols = ['http', 'https', 'ssh', 'git'];

const truth = /^(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/;
const anything = /./s;
/** What each query parameter may be; `isFlag`: it may also stand alone. */
const parameters: Readonly<Record<string, { readonly value: RegExp; readonly isFlag: boolean }>> = {
  ref: { value: anything, isFlag: false },
  tag: { value: anything, isFlag: false },
  branch: { value: anything, isFlag: false },
  subdir: { value: anything, isFlag: false },
  checksum: { value: anything, isFlag: false },
  commit: { value: anything, isFlag: false },
  mtime: { value: /^(?:checkout|commit)$/, isFlag: false },
  'keep-git-dir': { value: truth, isFlag: true },
  submodules: { value: truth, isFlag: true },
  'fetch-by-commit': { value: truth, isFlag: true },
};

/** True for anything that a user means as an address, not as a path on this machine. */
export function looksRemote(text: string): boolean {
  return scheme.test(text) || isShort(text) || scpStyle.test(text);
}

/** The parts of what `findGitUrlFault` has nothing against; of anything else whatever can be made out. */
export function parseGitUrl(text: string): GitUrl {
  const parts = split(text);
  const { remote } = parts;
  const address = isShort(remote) ? `https://${remote}` : remote;
  return {
    remote,
    address,
    host: scheme.test(address) ? parseUrl(address)?.host : scpStyle.exec(remote)?.[1],
    // The narrowest first.
    ref: [...listCommits(parts), ...listRefs(parts)][0],
    subdirectory: listDirectories(parts)[0],
  };
}

/**
 * Why BuildKit would not take it as a Git context, a clause; undefined: it would.
 *
 * @param login what to use in place of credentials in the address
 */
export function findGitUrlFault(
  text: string,
  login = 'the "github-token" input or a GIT_AUTH_TOKEN secret',
): string | undefined {
  if (/\s/.test(text)) return 'it has white space';
  return findAddressFault(split(text).remote, login) ?? findQueryFault(text);
}

/** A commit's full name, in lower case; undefined for anything shorter or other. */
export function toCommit(text: string | undefined): string | undefined {
  return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) ? text.toLowerCase() : undefined;
}

function findAddressFault(remote: string, login: string): string | undefined {
  const protocol = scheme.exec(remote)?.[1]?.toLowerCase();
  if (protocol === undefined && !isShort(remote)) {
    const [, , path = ''] = scpStyle.exec(remote) ?? [];
    return path === '' ? 'it has no repository path' : undefined;
  }
  if (protocol !== undefined && !protocols.includes(protocol)) {
    return `${protocol}:// is not a protocol of Git contexts`;
  }
  const url = parseUrl(protocol === undefined ? `https://${remote}` : remote);
  if (url === undefined) return 'it cannot be parsed as a URL';
  if (url.host === '') return 'it has no host';
  if (url.pathname === '' || url.pathname === '/') return 'it has no repository path';
  if (url.password !== '' || (url.username !== '' && protocol !== 'ssh')) {
    return `it holds credentials, which would end up in logs; use ${login}`;
  }
  if ((protocol === 'http' || protocol === 'https') && !url.pathname.endsWith('.git')) {
    return 'an http(s) address must end in .git (archives by URL are not supported)';
  }
  return undefined;
}

function findQueryFault(text: string): string | undefined {
  const parts = split(text);
  const { query } = parts;
  if (parts.isMalformed) return 'its part behind the # has a % that stands for no character';
  for (const key of new Set(query.keys())) {
    const [value = '', ...more] = query.getAll(key);
    const allowed = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    if (allowed === undefined) return `unknown query parameter ${quote(key)}`;
    if (more.length > 0) return `query parameter ${quote(key)} is given twice`;
    if (value === '' && !allowed.isFlag) return `query parameter ${quote(key)} has no value`;
    if (value !== '' && !allowed.value.test(value))
      return `query parameter ${quote(key)} cannot be ${quote(value)}`;
  }
  if (query.has('branch') && query.has('tag')) return 'it asks for a branch and a tag';
  return (
    findConflict('refs', listRefs(parts)) ??
    findConflict('directories', listDirectories(parts)) ??
    findConflict('commits', listCommits(parts))
  );
}

function findConflict(kind: string, asked: readonly string[]): string | undefined {
  const [first, second] = new Set(asked);
  return first === undefined || second === undefined
    ? undefined
    : `it asks for two ${kind}, ${quote(first)} and ${quote(second)}`;
}

function listCommits({ query }: Parts): readonly string[] {
  return [query.get('commit'), query.get('checksum')].filter(isGiven);
}

function listRefs({ query, ref }: Parts): readonly string[] {
  const [branch, tag] = [query.get('branch'), query.get('tag')];
  return [
    query.get('ref'),
    ...(isGiven(branch) ? [toQualified('refs/heads/', branch)] : []),
    ...(isGiven(tag) ? [toQualified('refs/tags/', tag)] : []),
    ref,
  ].filter(isGiven);
}

function listDirectories({ query, subdirectory }: Parts): readonly string[] {
  return [subdirectory, query.get('subdir')].filter(isGiven);
}

function split(text: string): Parts {
  const [, remote = '', search = '', hash = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
  // Only of a URL is the fragment percent-encoded.
  const isUrl = scheme.test(remote) || isShort(remote);
  const isMalformed = isUrl && /%(?![0-9a-f]{2})/i.test(hash);
  const fragment = isUrl && !isMalformed ? decode(hash) : hash;
  const colon = fragment.indexOf(':');
  return {
    remote,
    query: new URLSearchParams(search),
    ref: colon === -1 ? fragment : fragment.slice(0, colon),
    subdirectory: colon === -1 ? '' : fragment.slice(colon + 1),
    isMalformed,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Bytes that are no UTF-8: git refuses such a name itself.
    return text;
  }
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function isShort(text: string): boolean {
  return text.startsWith('github.com/');
}

function toQualified(prefix: string, name: string): string {
  return name.startsWith(prefix) ? name : `${prefix}${name}`;
}

function isGiven(text: string | null): text is string {
  return text !== null && text !== '';
}
