import path from 'node:path';
import * as v from '@badrap/valita';
import type { DaemonRecord } from '../buildkit/daemon/record.ts';
import type { CacheRecord, SeenCaches } from '../cache/cache-record.ts';
import type { GatewayRecord } from '../gateway/host/start.ts';
import type { Parsed } from '../schema.ts';
import type { DaemonSpec } from './daemon-spec.ts';

/** Absolute, and written the one way: no `..`, no `//`, no NUL. */
export function isPlainPath(file: string): boolean {
  return path.isAbsolute(file) && path.normalize(file) === file && !file.includes('\0');
}

const positive = v.number().assert((number) => Number.isSafeInteger(number) && number > 0);
/** 0, 1 and negative numbers mean groups, init or everything to kill(2). */
const processId = positive.assert((pid) => pid > 1);

const plainPath = v.string().assert(isPlainPath);

export const clientPart = v.object({ buildx: plainPath });

/** Proofs that are made with the runtime token go to that address: never to another machine. */
const loopbackUrl = v.string().assert((url) => {
  const port = /^http:\/\/127\.0\.0\.1:(\d{1,5})\/?$/.exec(url)?.[1];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
});
export const gatewayPart: v.Type<GatewayRecord> = v.object({
  url: loopbackUrl,
  pid: processId,
  nonce: v.string().assert((nonce) => /^[0-9a-f]{32}$/.test(nonce)),
  place: v.string().optional(),
});

/** Of the daemon what can be said without the job's directory, which decides on all of its paths. */
export const daemonPart = v
  .object({
    stateDirectory: v.string(),
    socketDirectory: v.string().optional(),
    sudo: v.boolean(),
    pid: processId.optional(),
    pidStartTime: positive.optional(),
  })
  .assert(({ pid, pidStartTime }) => (pid === undefined) === (pidStartTime === undefined));

export const seenPart: v.Type<SeenCaches> = v.object({ scopes: v.array(v.string()), zstd: v.boolean() });

const text = v.string().optional();
const configInput = v.union(v.literal('buildkitd-config'), v.literal('buildkitd-config-inline'));
const settingsPart = v.object({
  version: text,
  path: text,
  sha256: text,
  clientVersion: text,
  clientPath: text,
  clientSha256: text,
  config: text,
  configInput: configInput.optional(),
  given: v.record(v.string()),
  variables: v.record(v.string()),
  drainTimeoutMs: v.number(),
});

export const specPart = v.object({
  binaries: v.object({
    directory: plainPath,
    buildkitd: plainPath,
    buildctl: plainPath,
    runc: plainPath,
    version: v.string().assert((version) => /^[\w.+-]{1,100}$/.test(version)),
  }),
  config: v.object({ input: configInput, toml: v.string() }).optional(),
  keys: v.record(v.unknown()),
  flags: v.array(v.string()),
  workspace: plainPath,
  privilege: v.union(v.literal('root'), v.literal('sudo'), v.literal('rootless')),
  debug: v.boolean(),
  asked: settingsPart,
});

/** `HOST:PORT` of the gateway's own. */
const loopbackHost = v.string().assert((host) => /^127\.0\.0\.1:\d{1,5}$/.test(host));
/** As handBuilder names it. */
const builderName = v.string().assert((name) => /^hotlayer-[0-9a-f]{12}$/.test(name));

export const handedPart = v.object({
  /** A login in the Docker config of that directory. */
  login: v.object({ directory: plainPath, host: loopbackHost }).optional(),
  /** A builder among those that buildx keeps in that directory. */
  builder: v.object({ configDirectory: plainPath, name: builderName }).optional(),
  /** A link among the plug-ins of the Docker CLI. */
  plugin: plainPath.assert((file) => path.basename(file) === 'docker-buildx').optional(),
  /** When it was handed out, in milliseconds since 1970. */
  sinceMs: v.number(),
  /** Cache scopes that later steps may export to. */
  exports: v.array(v.string()),
});
export type HandedOut = Parsed<typeof handedPart>;

/** Of directories of daemons that are kept, in the runner's tool cache. */
export const keptRootName = 'hotlayer-kept';

export const keptPart = v.object({
  directory: plainPath.assert((file) => path.basename(path.dirname(file)) === keptRootName),
  /** Of the lock that this job holds there; not set: it is shared. */
  claim: v.string().optional(),
});

export const toldPart = v.array(v.string());
export const outagePart = v.string();
export const remotePart = v.literal(true);

/**
 * What the steps of one job share, on disk in the job's directory: a second step finds the daemon and the gateway here,
 * and post the gateway's address. Nothing in it opens the cache: only who has the runtime token can talk to the gateway. The
 * daemon's configuration is in it as the input gives it, and lies in the daemon's own file beside it as well.
 */
export interface JobRecord extends CacheRecord {
  /** The job's own daemon: who it is, and how to start it again. */
  readonly daemon?: DaemonRecord;
  readonly spec?: DaemonSpec;
  /** The client of the job's builds. */
  readonly client?: Parsed<typeof clientPart>;
  /** A step builds with a daemon of somebody else, and its post ends what there is of the job. */
  readonly remote?: true;
  /** The directory of the job's daemon, where it outlives the job. */
  readonly kept?: Parsed<typeof keptPart>;
  /** What later steps of the job got outside of its directory; post takes it back. */
  readonly handed?: HandedOut;
  /** What a step of this job has told already, whole sentences. */
  readonly told?: Parsed<typeof toldPart>;
}
