import path from 'node:path';
import { parseStateDirectory, toDaemonPlaces, toJobPrefix } from '../buildkit/daemon/names.ts';
import type { DaemonRecord } from '../buildkit/daemon/record.ts';
import type { BuildkitBinaries } from '../buildkit/install/binaries.ts';
import type { SeenCaches } from '../cache/cache-record.ts';
import type { GatewayRecord } from '../gateway/host/start.ts';
import { isRecord, readBoolean, readField, readNumber, readString } from '../json.ts';
import type { DaemonSettings } from './daemon-settings.ts';
import type { DaemonSpec } from './daemon-spec.ts';
import type { JobRecord } from './job-record.ts';

export interface ParsedRecord {
  readonly record: JobRecord;
  /** Names of the parts that are not what this code writes. They are left out of the record. */
  readonly refused: readonly (keyof JobRecord)[];
}

/**
 * The record of a job, of which nothing is believed: paths must be those that the job's directory gives, process ids
 * those of processes, and the gateway on loopback. Whoever can write the file could otherwise name what is killed,
 * unmounted and removed. Pure; undefined: it is no record at all.
 */
export function parseJobRecord(value: unknown, jobDirectory: string): ParsedRecord | undefined {
  if (!isRecord(value)) return undefined;
  const parts = {
    daemon: parseDaemon(readField(value, 'daemon'), jobDirectory),
    gateway: parseGateway(readField(value, 'gateway')),
    seen: parseSeen(readField(value, 'seen')),
    spec: parseSpec(readField(value, 'spec')),
    told: parseTold(readField(value, 'told')),
    outage: readString(value, 'outage'),
  };
  const names = ['daemon', 'spec', 'gateway', 'seen', 'told', 'outage'] as const;
  return {
    record: {
      ...(parts.daemon === undefined ? {} : { daemon: parts.daemon }),
      ...(parts.gateway === undefined ? {} : { gateway: parts.gateway }),
      ...(parts.seen === undefined ? {} : { seen: parts.seen }),
      ...(parts.spec === undefined ? {} : { spec: parts.spec }),
      ...(parts.told === undefined ? {} : { told: parts.told }),
      ...(parts.outage === undefined ? {} : { outage: parts.outage }),
    },
    refused: names.filter((name) => parts[name] === undefined && value[name] !== undefined),
  };
}

function parseSpec(value: unknown): DaemonSpec | undefined {
  const binaries = parseBinaries(readField(value, 'binaries'));
  const asked = parseSettings(readField(value, 'asked'));
  const workspace = readString(value, 'workspace');
  const privilege = readString(value, 'privilege');
  const debug = readBoolean(value, 'debug');
  const config = readField(value, 'config');
  if (binaries === undefined || asked === undefined || debug === undefined) return undefined;
  if (workspace === undefined || !isPlainPath(workspace)) return undefined;
  if (privilege !== 'root' && privilege !== 'sudo') return undefined;
  const spec = { binaries, workspace, privilege, debug, asked } as const;
  if (config === undefined) return spec;
  return typeof config === 'string' ? { ...spec, config } : undefined;
}

function parseBinaries(value: unknown): BuildkitBinaries | undefined {
  const paths = ['directory', 'buildkitd', 'buildctl', 'runc'].map((name) => readString(value, name));
  const [directory, buildkitd, buildctl, runc] = paths.map((file) =>
    file !== undefined && isPlainPath(file) ? file : undefined,
  );
  const version = readString(value, 'version');
  if (directory === undefined || buildkitd === undefined || buildctl === undefined) return undefined;
  if (runc === undefined || version === undefined || !/^[\w.+-]{1,100}$/.test(version)) return undefined;
  return { directory, buildkitd, buildctl, runc, version };
}

function parseDaemon(value: unknown, jobDirectory: string): DaemonRecord | undefined {
  const id = parseStateDirectory(jobDirectory, readString(value, 'stateDirectory') ?? '');
  const sudo = readBoolean(value, 'sudo');
  if (!isRecord(value) || id === undefined || sudo === undefined) return undefined;
  const socketDirectory = value['socketDirectory'];
  if (socketDirectory !== undefined && !isSocketDirectory(socketDirectory, jobDirectory, id))
    return undefined;
  const places = toDaemonPlaces(jobDirectory, id, socketDirectory);
  if (Object.entries(places).some(([name, expected]) => value[name] !== expected)) return undefined;
  const { pid, pidStartTime } = value;
  if (pid === undefined && pidStartTime === undefined) return { ...places, sudo };
  const started = readNumber(value, 'pidStartTime');
  const process = readNumber(value, 'pid');
  if (!isProcessId(process) || !isPositive(started)) return undefined;
  return { ...places, sudo, pid: process, pidStartTime: started };
}

/** Its parent is the temporary directory of the step that started the daemon, which may be another one now. */
function isSocketDirectory(value: unknown, jobDirectory: string, id: string): value is string {
  return (
    typeof value === 'string' &&
    isPlainPath(value) &&
    path.basename(value) === `${toJobPrefix(jobDirectory)}${id}`
  );
}

function parseGateway(value: unknown): GatewayRecord | undefined {
  const url = readString(value, 'url');
  const pid = readNumber(value, 'pid');
  const nonce = readString(value, 'nonce');
  if (url === undefined || nonce === undefined || !isProcessId(pid)) return undefined;
  // Proofs that are made with the runtime token go there: never to another machine.
  const port = /^http:\/\/127\.0\.0\.1:(\d{1,5})\/?$/.exec(url)?.[1];
  if (port === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined;
  return /^[0-9a-f]{32}$/.test(nonce) ? { url, pid, nonce } : undefined;
}

function parseSettings(value: unknown): DaemonSettings | undefined {
  const variables = readField(value, 'variables');
  const drainTimeoutMs = readNumber(value, 'drainTimeoutMs');
  if (!isRecord(value) || !isRecord(variables) || drainTimeoutMs === undefined) return undefined;
  const texts = ['version', 'path', 'sha256', 'config'] as const;
  if (texts.some((name) => value[name] !== undefined && typeof value[name] !== 'string')) return undefined;
  const digests = Object.entries(variables).flatMap(([name, digest]) =>
    typeof digest === 'string' ? [[name, digest] as const] : [],
  );
  return {
    ...Object.fromEntries(
      texts.flatMap((name) => {
        const text = readString(value, name);
        return text === undefined ? [] : [[name, text] as const];
      }),
    ),
    variables: Object.fromEntries(digests),
    drainTimeoutMs,
  };
}

function parseTold(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((sentence) => typeof sentence === 'string') : undefined;
}

function parseSeen(value: unknown): SeenCaches | undefined {
  const scopes = readField(value, 'scopes');
  const zstd = readBoolean(value, 'zstd');
  if (!Array.isArray(scopes) || zstd === undefined) return undefined;
  const names = scopes.filter((scope) => typeof scope === 'string');
  return names.length === scopes.length ? { scopes: names, zstd } : undefined;
}

/** Absolute, and written the one way: no `..`, no `//`, no NUL. */
function isPlainPath(file: string): boolean {
  return path.isAbsolute(file) && path.normalize(file) === file && !file.includes('\0');
}

/** 0, 1 and negative numbers mean groups, init or everything to kill(2). */
function isProcessId(pid: number | undefined): pid is number {
  return isPositive(pid) && pid > 1;
}

function isPositive(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value > 0;
}
