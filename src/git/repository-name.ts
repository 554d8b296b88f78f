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
