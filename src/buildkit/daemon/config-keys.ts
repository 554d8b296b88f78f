import { defaultBuildkitVersion } from '../../inputs/single-values.ts';

/** The version whose keys are known for certain: a newer BuildKit has newer keys. */
export const knownVersion = defaultBuildkitVersion;

/** What must lie at a path; `anything`: it need not be there yet. */
export type PlaceKind = 'file' | 'directory' | 'anything';

/**
 * What buildkitd.toml may hold: cmd/buildkitd/config/config.go of BuildKit v0.33.1, deprecated keys included. Both
 * BuildKit and this table take names in any case; the spelling here is the one that is written.
 */
export type KeyKind =
  | { readonly kind: 'string' }
  | { readonly kind: 'strings' }
  | { readonly kind: 'path'; readonly expects: PlaceKind }
  | { readonly kind: 'paths'; readonly expects: PlaceKind }
  /** A name that is looked up on PATH, or a path. */
  | { readonly kind: 'program' }
  /** A program and its arguments. */
  | { readonly kind: 'command' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer' }
  /** A duration (`48h`, seconds) or an amount of disk (`10GB`, `20%`, bytes). */
  | { readonly kind: 'quantity' }
  /** Free names with string values. */
  | { readonly kind: 'labels' }
  /** Handed through: BuildKit itself does not say what it may hold. */
  | { readonly kind: 'free' }
  | { readonly kind: 'table'; readonly keys: KeyTable }
  | { readonly kind: 'tables'; readonly keys: KeyTable }
  /** Free names (registry hosts), each with a table of these keys. */
  | { readonly kind: 'named'; readonly keys: KeyTable };

export type KeyTable = Readonly<Record<string, KeyKind>>;

const text: KeyKind = { kind: 'string' };
const texts: KeyKind = { kind: 'strings' };
const file: KeyKind = { kind: 'path', expects: 'file' };
const files: KeyKind = { kind: 'paths', expects: 'file' };
const directory: KeyKind = { kind: 'path', expects: 'directory' };
const directories: KeyKind = { kind: 'paths', expects: 'directory' };
const program: KeyKind = { kind: 'program' };
const command: KeyKind = { kind: 'command' };
const flag: KeyKind = { kind: 'boolean' };
const integer: KeyKind = { kind: 'integer' };
const quantity: KeyKind = { kind: 'quantity' };
const labels: KeyKind = { kind: 'labels' };
const free: KeyKind = { kind: 'free' };
const table = (keys: KeyTable): KeyKind => ({ kind: 'table', keys });
const tables = (keys: KeyTable): KeyKind => ({ kind: 'tables', keys });
const named = (keys: KeyTable): KeyKind => ({ kind: 'named', keys });

const collection: KeyTable = {
  gc: flag,
  gckeepstorage: quantity,
  reservedSpace: quantity,
  maxUsedSpace: quantity,
  minFreeSpace: quantity,
  gcpolicy: tables({
    all: flag,
    filters: texts,
    keepDuration: quantity,
    keepBytes: quantity,
    reservedSpace: quantity,
    maxUsedSpace: quantity,
    minFreeSpace: quantity,
  }),
};

const network: KeyTable = {
  networkMode: text,
  cniConfigPath: file,
  cniBinaryPath: directory,
  cniPoolSize: integer,
  bridgeName: text,
  bridgeSubnet: text,
};

const worker: KeyTable = {
  enabled: flag,
  labels,
  platforms: texts,
  snapshotter: text,
  rootless: flag,
  defaultCgroupParent: text,
  'apparmor-profile': text,
  selinux: flag,
  'max-parallelism': integer,
  ...collection,
  ...network,
};

export const daemonConfigKeys: KeyTable = {
  debug: flag,
  trace: flag,
  root: text,
  'insecure-entitlements': texts,
  proxyNetwork: flag,
  log: table({ format: text, level: text }),
  grpc: table({
    address: texts,
    debugAddress: text,
    uid: integer,
    gid: integer,
    securityDescriptor: text,
    tls: table({ cert: text, key: text, ca: text }),
  }),
  otel: table({ socketPath: text }),
  cdi: table({ disabled: flag, specDirs: { kind: 'paths', expects: 'anything' }, autoAllowed: texts }),
  worker: table({
    oci: table({
      ...worker,
      noProcessSandbox: flag,
      userRemapUnsupported: text,
      binary: program,
      proxySnapshotterPath: { kind: 'path', expects: 'anything' },
      stargzSnapshotter: free,
    }),
    containerd: table({
      ...worker,
      address: text,
      namespace: text,
      runtime: table({ name: text, path: text, options: free }),
    }),
  }),
  registry: named({
    mirrors: texts,
    http: flag,
    insecure: flag,
    ca: files,
    keypair: tables({ key: file, cert: file }),
    tlsconfigdir: directories,
  }),
  dns: table({ nameservers: texts, options: texts, searchDomains: texts }),
  history: table({ maxAge: quantity, maxEntries: integer }),
  frontend: table({
    'dockerfile.v0': table({ enabled: flag }),
    'gateway.v0': table({ enabled: flag, allowedRepositories: texts }),
  }),
  system: table({ platformsCacheMaxAge: quantity, maxRegistryConcurrency: integer }),
  provenanceEnvDir: directory,
  cache: table({
    gha: table({
      sign: table({ command }),
      verify: table({ required: flag, policy: free }),
    }),
  }),
};

export interface OwnedKey {
  readonly reason: string;
  /** The one value that changes nothing, as JSON: configurations that people copy have it. */
  readonly harmless?: string;
}

const ownDaemon = 'each job has a daemon of its own, and Hotlayer cleans up after it';

/** Keys that Hotlayer sets itself, and why the input may not; a table's name stands for all in it. */
export const ownedKeys: Readonly<Record<string, OwnedKey>> = {
  root: { reason: ownDaemon },
  grpc: { reason: 'the daemon listens on a unix socket of the job alone' },
  'otel.socketPath': { reason: ownDaemon },
  'worker.oci.enabled': { reason: 'the OCI worker is the one that Hotlayer runs', harmless: 'true' },
  'worker.oci.rootless': { reason: 'use the input "rootless"', harmless: 'false' },
  'worker.oci.defaultCgroupParent': { reason: 'what a cancelled build leaves behind is found by its cgroup' },
  'worker.containerd': { reason: 'Hotlayer runs the OCI worker only', harmless: '{"enabled":false}' },
};
