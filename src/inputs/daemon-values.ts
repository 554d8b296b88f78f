import { InputError, quote } from '../errors.ts';
import { hasControlCharacters } from './reader.ts';

/** One KEY=VALUE of the daemon's environment. The value may be a secret: it is in no message. */
export interface DaemonVariable {
  readonly key: string;
  readonly value: string;
}

/** Hotlayer's own, and those by which the daemon would take something for its own that is not. */
const ownedVariables: readonly (readonly [name: RegExp, why: string])[] = [
  [/^(?:PATH|HOME|TMPDIR)$/, 'Hotlayer sets it to directories of the job'],
  [/^(?:ACTIONS|INPUT|STATE)_/, "it is the runner's own, and the daemon must not have its token"],
  [
    /^(?:BUILDKIT_HOST|BUILDKITD_DEBUGADDR|NOTIFY_SOCKET|LISTEN_(?:FDS|PID|FDNAMES))$/,
    'the daemon listens on a unix socket of the job alone',
  ],
  [/^(?:ROOTLESSKIT_|_ROOTLESSKIT|XDG_RUNTIME_DIR$)/, 'the input "rootless" decides on it'],
  [/^BUILDKIT_NETWORK_BRIDGE_AUTO$/, 'use the input "step-network"'],
];

export function parseDaemonVariable(name: string, entry: string): DaemonVariable {
  const [, key, value] = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(entry) ?? [];
  if (key === undefined || value === undefined) {
    // What stands before a "=" may be a secret that was meant for the other side of it.
    throw new InputError(
      name,
      `input "${name}": an entry is not KEY=VALUE (its text is not shown); allowed is one a line, the key of letters, digits and _`,
    );
  }
  const why = ownedVariables.find(([pattern]) => pattern.test(key))?.[1];
  if (why !== undefined)
    throw new InputError(
      name,
      `input "${name}": ${quote(key)} cannot be set: ${why}; allowed are other variables`,
    );
  return { key, value };
}

/** A place that a registry's images are looked for first. */
export interface RegistryMirror {
  /** As BuildKit names it, for example `docker.io`. */
  readonly registry: string;
  /** `HOST[:PORT][/PATH]`. */
  readonly mirror: string;
  /** It speaks plain HTTP. */
  readonly isPlain: boolean;
}

const host =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;

/** `[REGISTRY=][http[s]://]HOST[:PORT][/PATH]`; without a registry it is a mirror of Docker Hub. */
export function parseMirror(name: string, entry: string): RegistryMirror {
  const equals = entry.indexOf('=');
  const registry = equals === -1 ? 'docker.io' : entry.slice(0, equals).trim().toLowerCase();
  const [, scheme, place = ''] = /^(?:(https?):\/\/)?(.*)$/i.exec(entry.slice(equals + 1).trim()) ?? [];
  const mirror = place.replace(/\/+$/, '');
  const [authority = ''] = mirror.split('/', 1);
  const isWellFormed =
    host.test(registry) && host.test(authority) && !/[\s?#@\\]/.test(mirror) && !hasControlCharacters(mirror);
  if (!isWellFormed) {
    // A password that was put into it is not shown.
    const shown = entry.replace(/\/\/[^/]*@/, '//***@');
    throw new InputError(
      name,
      `input "${name}": ${quote(shown)} is not a mirror; allowed is REGISTRY=HOST[:PORT][/PATH], one a line, for example docker.io=mirror.example.com, HOST alone for a mirror of docker.io, and http://HOST for one that speaks plain HTTP`,
    );
  }
  return { registry: toRegistryKey(registry), mirror, isPlain: scheme?.toLowerCase() === 'http' };
}

/** Docker Hub has many names, and BuildKit looks for one. */
function toRegistryKey(registry: string): string {
  return ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'].includes(registry)
    ? 'docker.io'
    : registry;
}

/** As a number of worker.oci.max-parallelism. */
export function parseParallelism(name: string, text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1) {
    throw new InputError(
      name,
      `input "${name}": ${quote(text)} is not a number of steps; allowed is a whole number from 1 on, or leave the input out for no limit`,
    );
  }
  return count;
}
