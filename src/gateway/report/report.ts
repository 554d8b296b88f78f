import * as v from '@badrap/valita';
import type { ClientCallKind } from '../../cache-client/observer.ts';
import { type JsonRecord, readNumber } from '../../json.ts';
import { type Parsed, parseAs } from '../../schema.ts';

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

export const timedPhases = ['load', 'upload', 'compact', 'drain'] as const;
/**
 * `load`: manifests and indexes, while the daemon boots. `upload`: from the index that BuildKit committed to the last
 * pack, of which most ran before. `compact`: moving blobs to other packs. `drain`: post waited.
 */
export type TimedPhase = (typeof timedPhases)[number];

/** A number that an older gateway does not tell is 0. */
const count = v.number().optional(() => 0);

/** One number for each name. */
function countsOf<Name extends string>(names: readonly Name[]): v.Type<Readonly<Record<Name, number>>> {
  return v
    .record(v.unknown())
    .optional(() => ({}))
    .map((found) => toCounts(names, (name) => readNumber(found, name) ?? 0));
}

const gatewayFailure = v.object({
  /** For example `upload` or `verify`. */
  step: v.string(),
  /** The key, and what happened; no URL and no secret. */
  message: v.string(),
});
export type GatewayFailure = Parsed<typeof gatewayFailure>;

const exportReport = v.object({
  cacheScope: v.string(),
  /** `unchanged`: the service had it already, nothing was written. */
  state: v.union(v.literal('pending'), v.literal('exported'), v.literal('unchanged'), v.literal('failed')),
  /** Why it failed. */
  reason: v.string().optional(),
  /** Of the manifest. */
  number: v.number().optional(),
  /** What the manifest names, written by whichever job, and how big these packs are together. */
  packs: count,
  blobs: count,
  bytes: count,
  /** Manifests of other jobs, written at the same time, that were joined with this one. */
  merges: count,
  /** Records whose layers could not be stored. */
  droppedRecords: count,
  /** From the confirmation to the end. */
  seconds: count,
});
/** One index that BuildKit stored and main confirmed, on its way to the service. */
export type ExportReport = Parsed<typeof exportReport>;

const importReport = v.object({
  cacheScope: v.string(),
  /** Of the newest run whose records are in it; not set: BuildKit's own client wrote it. */
  runId: v.string().optional(),
  /** Milliseconds since the epoch. */
  writtenMs: v.number().optional(),
});
/** A cache scope that had something for BuildKit when the gateway loaded it. */
export type ImportReport = Parsed<typeof importReport>;

const gatewayReport = v.object({
  version: v.literal(1),
  /** Milliseconds since the gateway listens. */
  uptimeMs: count,
  fromBuildkit: countsOf(buildkitCalls),
  /** HTTP requests on the wire, repeated ones included. */
  toService: countsOf(clientCallKinds),
  bytesUp: count,
  bytesDown: count,
  hits: count,
  misses: count,
  /** Taken from BuildKit, checked and on local disk; `exports` tells what came of them. */
  blobsStored: count,
  indexesStored: count,
  /** Entries that were written whole. */
  packsWritten: count,
  manifestsWritten: count,
  /** Blobs that went from one pack to another. */
  movedBlobs: count,
  /** Records and their results that BuildKit did not get to see or the service did not get, as layers are gone. */
  droppedRecords: count,
  droppedResults: count,
  retries: count,
  /** Time spent waiting between tries, all calls added up. */
  waitMs: count,
  /** Calls without the stub, outside the plan, or of a protocol that the job does not offer. */
  refused: count,
  /** Blobs whose bytes were not what their key says: on the way in refused, on the way out a miss. */
  wrongBytes: count,
  exportFailures: count,
  importFailures: count,
  /** The last few, oldest first. */
  failures: v.array(gatewayFailure).optional(() => []),
  /** What a user should know of the service; whole sentences. */
  notices: v.array(v.string()).optional(() => []),
  /** Why the service did not answer when a build wanted something; what that cost is not among the failures. */
  outage: v.string().optional(),
  imports: v.array(importReport).optional(() => []),
  /** In the order of their confirmations. */
  exports: v.array(exportReport).optional(() => []),
  /** Cache scopes of which an index was stored that no main confirmed: it was dropped. */
  unconfirmed: v.array(v.string()).optional(() => []),
  /** Cache scopes that somebody asked for and that are in no plan; the first few. */
  unplanned: v.array(v.string()).optional(() => []),
  /** Milliseconds. */
  times: countsOf(timedPhases),
  /** Commits that are not answered yet, and exports that are not on the service yet. */
  pending: count,
});
/** What the gateway did so far, in numbers. Bytes are those of blobs, between gateway and cache service. */
export type GatewayReport = Parsed<typeof gatewayReport>;

export function renderReport(report: GatewayReport): JsonRecord {
  return { ...report };
}

/** undefined when it is not a report of this version. */
export function parseReport(value: unknown): GatewayReport | undefined {
  return parseAs(gatewayReport, value);
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
