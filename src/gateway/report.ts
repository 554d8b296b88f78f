import type { CallKind } from '../cache-client/observer.ts';
import { isRecord, type JsonRecord, readNumber, readPath, readString } from '../json.ts';

/** What BuildKit asked of the gateway. */
export type BuildkitCall = 'lookup' | 'create' | 'upload' | 'commit' | 'download';

export const callKinds = [
  'lookup',
  'create',
  'finalize',
  'upload',
  'download',
] as const satisfies readonly CallKind[];
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

/** What the gateway did so far, in numbers. Bytes are those of blobs, between gateway and cache service. */
export interface GatewayReport {
  readonly version: 1;
  /** Milliseconds since the gateway listens. */
  readonly uptimeMs: number;
  readonly fromBuildkit: Readonly<Record<BuildkitCall, number>>;
  /** HTTP requests on the wire, repeated ones included. */
  readonly toService: Readonly<Record<CallKind, number>>;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly hits: number;
  readonly misses: number;
  readonly blobsStored: number;
  readonly indexesStored: number;
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
  /** Commits that are not answered yet. */
  readonly pending: number;
}

export function renderReport(report: GatewayReport): JsonRecord {
  return { ...report };
}

/** undefined when it is not a report of this version. */
export function parseReport(value: unknown): GatewayReport | undefined {
  if (readNumber(value, 'version') !== 1) return undefined;
  const number = (...keys: readonly string[]) => readNumber(value, ...keys) ?? 0;
  const failures = readPath(value, 'failures');
  return {
    version: 1,
    uptimeMs: number('uptimeMs'),
    fromBuildkit: toCounts(buildkitCalls, (call) => number('fromBuildkit', call)),
    toService: toCounts(callKinds, (kind) => number('toService', kind)),
    bytesUp: number('bytesUp'),
    bytesDown: number('bytesDown'),
    hits: number('hits'),
    misses: number('misses'),
    blobsStored: number('blobsStored'),
    indexesStored: number('indexesStored'),
    retries: number('retries'),
    waitMs: number('waitMs'),
    refused: number('refused'),
    wrongBytes: number('wrongBytes'),
    exportFailures: number('exportFailures'),
    importFailures: number('importFailures'),
    failures: Array.isArray(failures) ? failures.flatMap(parseFailure) : [],
    pending: number('pending'),
  };
}

function parseFailure(value: unknown): readonly GatewayFailure[] {
  const step = readString(value, 'step');
  const message = readString(value, 'message');
  return isRecord(value) && step !== undefined && message !== undefined ? [{ step, message }] : [];
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
