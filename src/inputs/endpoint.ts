import { InputError, quote } from '../errors.ts';
import { hasControlCharacters } from './reader.ts';

/** Where a daemon of somebody else is, as BuildKit's clients take it. */
export interface DaemonEndpoint {
  readonly kind: 'unix' | 'tcp' | 'docker-container' | 'ssh' | 'kube-pod';
  readonly address: string;
  /** The host, container or pod; empty with `unix`. */
  readonly host: string;
}

const allowed =
  'allowed are unix:///PATH/OF/SOCKET, tcp://HOST:PORT, docker-container://NAME, ssh://[USER@]HOST[:PORT][/PATH/OF/SOCKET] and kube-pod://POD[?context=…&namespace=…&container=…]';

/** Throws InputError for what buildx' remote driver would not take either, before anything is started. */
export function parseEndpoint(name: string, text: string): DaemonEndpoint {
  const shown = text.replace(/^([A-Za-z-]+:\/\/[^/@:]*:)[^/@]*@/, '$1***@');
  const refuse = (why: string): never => {
    throw new InputError(name, `input "${name}": ${quote(shown)} ${why}; ${allowed}`);
  };
  const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/.exec(text) ?? [];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = url?.hostname ?? '';
  if (hasControlCharacters(text) || /\s/.test(text)) refuse('has white space');
  switch (scheme) {
    case 'unix':
      if (!rest.startsWith('/') || rest.endsWith('/')) refuse('has no absolute path of a socket');
      return { kind: 'unix', address: text, host: '' };
    case 'tcp':
      if (url === undefined || host === '' || url.port === '') return refuse('has no host and port');
      if (url.username !== '' || !['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '')
        refuse('has more than a host and a port');
      return { kind: 'tcp', address: `tcp://${url.host}`, host };
    case 'docker-container':
      return host === '' || host.startsWith('-') || url?.hash !== ''
        ? refuse('has no name of a container')
        : { kind: 'docker-container', address: text, host };
    case 'kube-pod':
      return host === '' || host.startsWith('-') || url?.hash !== ''
        ? refuse('has no name of a pod')
        : { kind: 'kube-pod', address: text, host };
    case 'ssh':
      if (url === undefined || host === '' || host.startsWith('-') || url.username.startsWith('-'))
        return refuse('has no host');
      if (url.password !== '') refuse('has a password, which ssh does not take there: use a key');
      if (url.search !== '' || url.hash !== '') refuse('has more than a user, a host, a port and a path');
      if (!isDecodable(url.username) || !isDecodable(url.pathname)) refuse('has a % that stands for nothing');
      return { kind: 'ssh', address: text, host };
    default:
      return refuse('is not the address of a BuildKit daemon');
  }
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    // It throws for this reason alone.
    return false;
  }
}
