import path from 'node:path';
import { parseStateDirectory, toDaemonPlaces, toJobPrefix } from '../buildkit/daemon/names.ts';
import type { DaemonRecord } from '../buildkit/daemon/record.ts';
import { isRecord } from '../json.ts';
import { parseAs } from '../schema.ts';
import type { DaemonSpec } from './daemon-spec.ts';
import {
  clientPart,
  daemonPart,
  gatewayPart,
  handedPart,
  isPlainPath,
  type JobRecord,
  keptPart,
  outagePart,
  remotePart,
  seenPart,
  specPart,
  toldPart,
} from './job-record.ts';

interface ParsedRecord {
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
    client: parseAs(clientPart, value['client']),
    daemon: parseDaemon(value['daemon'], jobDirectory),
    gateway: parseAs(gatewayPart, value['gateway']),
    seen: parseAs(seenPart, value['seen']),
    spec: parseSpec(value['spec']),
    kept: parseAs(keptPart, value['kept']),
    handed: parseAs(handedPart, value['handed']),
    told: parseAs(toldPart, value['told']),
    outage: parseAs(outagePart, value['outage']),
    remote: parseAs(remotePart, value['remote']),
  };
  const names = [
    'daemon',
    'spec',
    'client',
    'gateway',
    'seen',
    'kept',
    'handed',
    'told',
    'outage',
    'remote',
  ] as const;
  return {
    record: {
      ...(parts.daemon === undefined ? {} : { daemon: parts.daemon }),
      ...(parts.gateway === undefined ? {} : { gateway: parts.gateway }),
      ...(parts.seen === undefined ? {} : { seen: parts.seen }),
      ...(parts.spec === undefined ? {} : { spec: parts.spec }),
      ...(parts.client === undefined ? {} : { client: parts.client }),
      ...(parts.kept === undefined ? {} : { kept: parts.kept }),
      ...(parts.handed === undefined ? {} : { handed: parts.handed }),
      ...(parts.told === undefined ? {} : { told: parts.told }),
      ...(parts.outage === undefined ? {} : { outage: parts.outage }),
      ...(parts.remote === undefined ? {} : { remote: parts.remote }),
    },
    refused: names.filter((name) => parts[name] === undefined && value[name] !== undefined),
  };
}

function parseDaemon(value: unknown, jobDirectory: string): DaemonRecord | undefined {
  const found = parseAs(daemonPart, value);
  if (found === undefined || !isRecord(value)) return undefined;
  const { stateDirectory, socketDirectory, sudo, pid, pidStartTime } = found;
  const id = parseStateDirectory(jobDirectory, stateDirectory);
  if (id === undefined) return undefined;
  if (socketDirectory !== undefined && !isSocketDirectory(socketDirectory, jobDirectory, id))
    return undefined;
  const places = toDaemonPlaces(jobDirectory, id, socketDirectory);
  if (Object.entries(places).some(([name, expected]) => value[name] !== expected)) return undefined;
  return pid === undefined || pidStartTime === undefined
    ? { ...places, sudo }
    : { ...places, sudo, pid, pidStartTime };
}

/** Its parent is the temporary directory of the step that started the daemon, which may be another one now. */
function isSocketDirectory(directory: string, jobDirectory: string, id: string): boolean {
  return isPlainPath(directory) && path.basename(directory) === `${toJobPrefix(jobDirectory)}${id}`;
}

/** Without the fields that are absent. */
function parseSpec(value: unknown): DaemonSpec | undefined {
  const found = parseAs(specPart, value);
  if (found === undefined) return undefined;
  const { config, asked, ...spec } = found;
  const { version, path: directory, sha256, config: digest, ...others } = asked;
  const { clientVersion, clientPath, clientSha256, configInput, ...rest } = others;
  return {
    ...spec,
    ...(config === undefined ? {} : { config }),
    asked: {
      ...(version === undefined ? {} : { version }),
      ...(directory === undefined ? {} : { path: directory }),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(clientVersion === undefined ? {} : { clientVersion }),
      ...(clientPath === undefined ? {} : { clientPath }),
      ...(clientSha256 === undefined ? {} : { clientSha256 }),
      ...(digest === undefined ? {} : { config: digest }),
      ...(configInput === undefined ? {} : { configInput }),
      ...rest,
    },
  };
}
