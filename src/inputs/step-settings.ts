import { isIP } from 'node:net';
import { InputError, quote } from '../errors.ts';

// What the steps of a build get of the machine. Whatever buildx v0.37.2 takes is taken (build/utils.go, docker/go-units).

const networks = ['default', 'none', 'host'];

export function parseNetwork(name: string, mode: string): string {
  if (networks.includes(mode)) return mode;
  throw new InputError(
    name,
    `input "${name}": unknown value ${quote(mode)}; allowed are ${networks.join(', ')}`,
  );
}

/** `host=address` or `host:address`; several addresses with commas, IPv6 also in brackets. */
export function parseAddedHost(name: string, entry: string): string {
  const [host = '', text = ''] = cut(entry, '=') ?? cut(entry, ':') ?? [];
  if (host !== '' && text === 'host-gateway') {
    throw new InputError(
      name,
      `input "${name}": ${quote(entry)} asks for "host-gateway", which only Docker's own BuildKit knows; allowed is an address: steps that share the runner's network reach the runner as 127.0.0.1`,
    );
  }
  const addresses = text.split(',').map((address) => address.replace(/^\[(.+)\]$/, '$1'));
  if (host === '' || addresses.some((address) => isIP(address) === 0 || address.includes('%'))) {
    throw new InputError(
      name,
      `input "${name}": ${quote(entry)} is not a host with its address; allowed is host:address or host=address, for example docker:10.180.0.1`,
    );
  }
  return entry;
}

const number = String.raw`\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const size = new RegExp(`^${number} ?(?:b|[kmgtp](?:i?b)?)?$`, 'i');

/** As given. */
export function parseShmSize(name: string, text: string): string {
  if (size.test(text)) return text;
  throw new InputError(
    name,
    `input "${name}": ${quote(text)} is not a size; allowed is a number of bytes, or one with k, m, g or t, for example 2g`,
  );
}

const limits =
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
    ' ',
  );

/** `name=soft[:hard]`; -1 is no limit. */
export function parseUlimit(name: string, entry: string): string {
  const [limit = '', text = ''] = cut(entry, '=') ?? [];
  const values = text.split(':');
  const isNumeric = values.length <= 2 && values.every((value) => /^[+-]?\d+$/.test(value));
  if (!limits.includes(limit) || !isNumeric) {
    const fault = limits.includes(limit) || limit === '' ? '' : `: unknown limit ${quote(limit)}`;
    throw new InputError(
      name,
      `input "${name}": ${quote(entry)} is not a limit${fault}; allowed is name=soft[:hard] with a name of ${limits.join(', ')}, for example nofile=1024:1024`,
    );
  }
  const [soft = 0, hard = soft] = values.map(Number);
  if (hard !== -1 && (soft === -1 || soft > hard)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(entry)} has a soft limit above its hard limit; allowed is name=soft[:hard] with the soft limit below or equal`,
    );
  }
  return entry;
}

const entitlements = ['network.host', 'security.insecure', 'device', 'buildx.local.delete'];

/** What the build may do beyond a usual one. */
export function parseEntitlement(name: string, entry: string): string {
  const [key = ''] = entry.split('=', 1);
  if (entitlements.includes(entry) || key === 'device') return entry;
  throw new InputError(
    name,
    `input "${name}": unknown entitlement ${quote(entry)}; allowed are ${entitlements.join(', ')}, and device=NAME`,
  );
}

/** Before and behind the first separator; undefined: there is none. */
function cut(text: string, separator: string): readonly [string, string] | undefined {
  const at = text.indexOf(separator);
  return at === -1 ? undefined : [text.slice(0, at), text.slice(at + separator.length)];
}
