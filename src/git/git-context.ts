/** A Git context in its parts, as BuildKit reads it: `remote[?ref=…&subdir=…][#ref[:subdirectory]]`. */
export interface GitContext {
  /** Without query and fragment. */
  readonly remote: string;
  /** Branch, tag, full ref or commit; undefined: the default branch. */
  readonly ref: string | undefined;
  readonly subdirectory: string | undefined;
}

// The parameters that choose a commit, the narrowest first (BuildKit's dfgitutil ParseGitRef).
const refParameters = ['commit', 'checksum', 'ref'] as const;

export function parseGitContext(url: string): GitContext {
  const hash = url.indexOf('#');
  const address = hash === -1 ? url : url.slice(0, hash);
  const fragment = hash === -1 ? '' : url.slice(hash + 1);
  const question = address.indexOf('?');
  const query = new URLSearchParams(question === -1 ? '' : address.slice(question + 1));
  const colon = fragment.indexOf(':');
  const [fragmentRef, fragmentDirectory] =
    colon === -1 ? [fragment, ''] : [fragment.slice(0, colon), fragment.slice(colon + 1)];
  const asked = refParameters.map((name) => query.get(name)).find((value) => value !== null && value !== '');
  return {
    remote: question === -1 ? address : address.slice(0, question),
    ref:
      asked ??
      toQualified('refs/heads/', query.get('branch')) ??
      toQualified('refs/tags/', query.get('tag')) ??
      toText(fragmentRef),
    subdirectory: toText(fragmentDirectory) ?? toText(query.get('subdir')),
  };
}

/** A commit's full name, in lower case; undefined for anything shorter or other. */
export function toCommit(text: string | undefined): string | undefined {
  return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) ? text.toLowerCase() : undefined;
}

/**
 * `github.com/o/r` of any address of that repository: https, ssh, git@host:path, file or a plain path. Two addresses
 * that give the same text name the same repository.
 */
export function toRepositoryKey(remote: string): string {
  return toPlainAddress(remote).toLowerCase();
}

/**
 * One URL for all addresses of a repository: without credentials, and whatever the protocol, for example
 * `https://github.com/o/r.git`. The case of its path counts, as it does for some servers.
 */
export function toRepositoryName(remote: string): string {
  const [host = '', ...rest] = toPlainAddress(remote).split('/');
  return `https://${[host.toLowerCase().replace(/:(?:443|80)$/, ''), ...rest].join('/')}.git`;
}

/** `github.com/O/R`: without protocol, credentials, `.git` and slashes at the end. */
function toPlainAddress(remote: string): string {
  const scp = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(remote);
  const bare = remote.replace(/^[a-z0-9+]+:\/\//i, '').replace(/^[^@/]*@/, '');
  const isSsh = /^ssh:\/\//i.test(remote);
  const address = scp !== null && !remote.includes('://') ? `${scp[1]}/${scp[2]}` : bare;
  // The port of ssh says nothing about the repository; that of a web server may.
  return (isSsh ? address.replace(/^([^/:]+):[0-9]+/, '$1') : address)
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .replace(/\/{2,}/g, '/');
}

function toQualified(prefix: string, name: string | null): string | undefined {
  const text = toText(name);
  return text === undefined || text.startsWith('refs/') ? text : `${prefix}${text}`;
}

function toText(text: string | null | undefined): string | undefined {
  return text === null || text === undefined || text === '' ? undefined : text;
}
