/** An address that git may be given: checked, and without credentials. */
export interface RemoteAddress {
  readonly kind: 'http' | 'ssh' | 'local';
  readonly url: string;
  /** `user:password` of the address as given, decoded; undefined without a password. */
  readonly login: string | undefined;
}

/** Undefined for anything that is not plainly an address of http(s), ssh or a place on this machine. */
export function parseRemoteAddress(text: string): RemoteAddress | undefined {
  if (/[\s\p{Cc}]/u.test(text)) return undefined;
  if (text.startsWith('/')) return { kind: 'local', url: text, login: undefined };
  if (/^(?:(?:https?|ssh):\/\/[^/]|file:\/\/)/i.test(text)) return parseUrl(text);
  // user@host:path. Not `name::…` and not `name://…`, which start a program (gitremote-helpers), and no part that ssh takes for an option.
  if (/^(?:[\w][\w.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?![:-]|\/\/)[^:]+$/.test(text))
    return { kind: 'ssh', url: text, login: undefined };
  return undefined;
}

function parseUrl(text: string): RemoteAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol === 'file:')
    return url.host === '' ? { kind: 'local', url: text, login: undefined } : undefined;
  if (!/^(?:[A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:.]+\])$/.test(url.hostname)) return undefined;
  if (url.protocol === 'ssh:')
    return /^[\w][\w.-]*$|^$/.test(url.username) ? { kind: 'ssh', url: text, login: undefined } : undefined;
  const login = url.password === '' ? undefined : decode(`${url.username}:${url.password}`);
  url.username = '';
  url.password = '';
  return { kind: 'http', url: url.href, login };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A bare percent sign: it stands for itself.
    return text;
  }
}
