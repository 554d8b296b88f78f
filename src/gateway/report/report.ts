import type { ClientCallKind } from '../../cache-client/observer.ts';
import { isRecord, type JsonRecord, readField, readNumber, readString } from '../../json.ts';

/** What BuildKit asked of the gateway. */
export type BuildkitCall = 'lookup' | 'create' | 'upload' | 'commit' | 'download';

export const clientCallKinds = [
  'lookup',
  'create',
  'finalize',
  'upload',
  'download',
] as const satisfies readonly ClientCallKind[];
export const buildkitCalls = [
  'lookup',
  'create',
  'upload',
  'commit',
  'download',
] as const satisfies readonly BuildkitCall[];

export interface GatewayFailure {
  /** For example `upload` or `verify`. */
  readonly step: string;
  /** The key, and what happened; no URL and no secret. */
  readonly message: string;
}

export const timedPhases = ['load', 'upload', 'compact', 'drain'] as const;
/**
 * `load`: manifests and indexes, while the daemon boots. `upload`: from the index that BuildKit committed to the last
 * pack, of which most ran before. `compact`: moving blobs to other packs. `drain`: post waited.
 */
export type TimedPhase = (typeof timedPhases)[number];

/** One index that BuildKit stored and main confirmed, on its way to the service. */
export interface ExportReport {
  readonly cacheScope: string;
  /** `unchanged`: the service had it already, nothing was written. */
  readonly state: 'pending' | 'exported' | 'unchanged' | 'failed';
  /** Why it failed. */
  readonly reason: string | undefined;
  /** Of the manifest. */
  readonly number: number | undefined;
  /** What the manifest names, written by whichever job, and how big these packs are together. */
  readonly packs: number;
  readonly blobs: number;
  readonly bytes: number;
  /** Manifests of other jobs, written at the same time, that were joined with this one. */
  readonly merges: number;
  /** Records whose layers could not be stored. */
  readonly droppedRecords: number;
  /** From the confirmation to the end. */
  readonly seconds: number;
}

/** What the gateway did so far, in numbers. Bytes are those of blobs, between gateway and cache service. */
export interface GatewayReport {
  readonly version: 1;
  /** Milliseconds since the gateway listens. */
  readonly uptimeMs: number;
  readonly fromBuildkit: Readonly<Record<BuildkitCall, number>>;
  /** HTTP requests on the wire, repeated ones included. */
  readonly toService: Readonly<Record<ClientCallKind, number>>;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly hits: number;
  readonly misses: number;
  /** Taken from BuildKit, checked and on local disk; `exports` tells what came of them. */
  readonly blobsStored: number;
  readonly indexesStored: number;
  /** Entries that were written whole. */
  readonly packsWritten: number;
  readonly manifestsWritten: number;
  /** Blobs that went from one pack to another. */
  readonly movedBlobs: number;
  /** Records and their results that BuildKit did not get to see or the service did not get, as layers are gone. */
  readonly droppedRecords: number;
  readonly droppedResults: number;
  readonly retries: number;
  /** Time spent waiting between tries, all calls added up. */
  readonly waitMs: number;
  /** Calls without the stub, or outside the plan. */
  readonly refused: number;
  /** Blobs whose bytes were not what their key says: on the way in refused, on the way out a miss. */
  readonly wrongBytes: number;
  readonly exportFailures: number;
  readonly importFailures: number;
  /** The last few, oldest first. */
  readonly failures: readonly GatewayFailure[];
  /** Why the service did not answer when a build wanted something; what that cost is not among the failures. */
  readonly outage: string | undefined;
  /** In the order of their confirmations. */
  readonly exports: readonly ExportReport[];
  /** Cache scopes of which an index was stored that no main confirmed: it was dropped. */
  readonly unconfirmed: readonly string[];
  /** Milliseconds. */
  readonly times: Readonly<Record<TimedPhase, number>>;
  /** Commits that are not answered yet, and exports that are not on the service yet. */
  readonly pending: number;
}

export function renderReport(report: GatewayReport): JsonRecord {
  return { ...report };
}

/** undefined when it is not a report of this version. */
export function parseReport(value: unknown): GatewayReport | undefined {
  if (readNumber(value, 'version') !== 1) return undefined;
  const number = (...keys: readonly string[]) => readNumber(value, ...keys) ?? 0;
  const failures = readField(value, 'failures');
  const exports = readField(value, 'exports');
  const unconfirmed = readField(value, 'unconfirmed');
  return {
    version: 1,
    uptimeMs: number('uptimeMs'),
    fromBuildkit: toCounts(buildkitCalls, (call) => number('fromBuildkit', call)),
    toService: toCounts(clientCallKinds, (kind) => number('toService', kind)),
    bytesUp: number('bytesUp'),
    bytesDown: number('bytesDown'),
    hits: number('hits'),
    misses: number('misses'),
    blobsStored: number('blobsStored'),
    indexesStored: number('indexesStored'),
    packsWritten: number('packsWritten'),
    manifestsWritten: number('manifestsWritten'),
    movedBlobs: number('movedBlobs'),
    droppedRecords: number('droppedRecords'),
    droppedResults: number('droppedResults'),
    retries: number('retries'),
    waitMs: number('waitMs'),
    refused: number('refused'),
    wrongBytes: number('wrongBytes'),
    exportFailures: number('exportFailures'),
    importFailures: number('importFailures'),
    failures: Array.isArray(failures) ? failures.flatMap(parseFailure) : [],
    outage: readString(value, 'outage'),
    exports: Array.isArray(exports) ? exports.flatMap(parseExport) : [],
    unconfirmed: Array.isArray(unconfirmed) ? unconfirmed.filter((name) => typeof name === 'string') : [],
    times: toCounts(timedPhases, (phase) => number('times', phase)),
    pending: number('pending'),
  };
}

function parseFailure(value: unknown): readonly GatewayFailure[] {
  const step = readString(value, 'step');
  const message = readString(value, 'message');
  return isRecord(value) && step !== undefined && message !== undefined ? [{ step, message }] : [];
}

const exportStates = ['pending', 'exported', 'unchanged', 'failed'] as const;

function parseExport(value: unknown): readonly ExportReport[] {
  const cacheScope = readString(value, 'cacheScope');
  const state = exportStates.find((known) => known === readString(value, 'state'));
  if (cacheScope === undefined || state === undefined) return [];
  const number = (name: string) => readNumber(value, name) ?? 0;
  return [
    {
      cacheScope,
      state,
      reason: readString(value, 'reason'),
      number: readNumber(value, 'number'),
      packs: number('packs'),
      blobs: number('blobs'),
      bytes: number('bytes'),
      merges: number('merges'),
      droppedRecords: number('droppedRecords'),
      seconds: number('seconds'),
    },
  ];
}

/** One number for each name. */
export function toCounts<Name extends string>(
  names: readonly Name[],
  count: (name: Name) => number,
): Readonly<Record<Name, number>> {
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names) counts[name] = count(name);
  return isComplete(counts, names) ? counts : fail();
}

function isComplete<Name extends string>(
  counts: Partial<Record<Name, number>>,
  names: readonly Name[],
): counts is Record<Name, number> {
  return names.every((name) => counts[name] !== undefined);
}

function fail(): never {
  throw new Error('a count is missing');
}
