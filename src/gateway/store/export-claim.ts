import * as v from '@badrap/valita';
import type { JsonRecord } from '../../json.ts';
import { type Parsed, parseAs } from '../../schema.ts';

const exportClaim = v.union(
  v.object({ kind: v.literal('digest'), cacheScope: v.string(), digest: v.string() }),
  v.object({ kind: v.literal('window'), cacheScope: v.string(), fromMs: v.number(), toMs: v.number() }),
  /** Builds of later steps, as the daemon remembers them; the newest index that is one of theirs counts. */
  v.object({
    kind: v.literal('builds'),
    cacheScope: v.string(),
    /** The first of them cannot have begun before, in milliseconds since 1970. */
    sinceMs: v.number(),
    digests: v.array(v.string()),
    windows: v.array(v.object({ fromMs: v.number(), toMs: v.number() })),
  }),
  /** The daemon remembers no builds: the newest index counts. */
  v.object({ kind: v.literal('unwatched'), cacheScope: v.string() }),
  /** The build has ended without an index of its own. */
  v.object({ kind: v.literal('nothing'), cacheScope: v.string() }),
);
/**
 * What main knows of the index that its build exported, and nobody else can make it say. BuildKit names the manifest
 * that it pushes to a registry; of a `type=gha` index it tells only when its export ran.
 */
export type ExportClaim = Parsed<typeof exportClaim>;

/** Indexes of that cache scope that were dropped. */
const dropped = v.number();
const exportVerdict = v.union(
  v.object({ kind: v.literal('confirmed'), dropped }),
  /** The reason is half a sentence. */
  v.object({ kind: v.literal('refused'), reason: v.string(), dropped }),
);
export type ExportVerdict = Parsed<typeof exportVerdict>;

/** An index that somebody stored, and what tells whose it is. */
export interface ClaimedIndex {
  /** Of the manifest, where it came as one. */
  readonly digest: string | undefined;
  /** From the first word of it to the last, in milliseconds since 1970. */
  readonly beganMs: number;
  readonly endedMs: number;
}

/** The daemon's clock and ours were seen to be 25 ms apart on one machine; what is nearer than that may be either's. */
const clockSlackMs = 1000;

/**
 * Which of the indexes is the build's own: its place in the list, or why it is none of them. Pure.
 *
 * @param timed when each index without a digest began that came in this job, to whatever cache scope
 */
export function findClaimed(
  indexes: readonly ClaimedIndex[],
  claim: ExportClaim,
  timed: readonly number[] = [],
): number | string {
  switch (claim.kind) {
    case 'nothing':
      return 'BuildKit stored no index';
    case 'digest': {
      const place = indexes.findIndex(({ digest }) => digest === claim.digest);
      return place === -1 ? 'the gateway does not have the index that BuildKit stored' : place;
    }
    case 'window': {
      const fromMs = claim.fromMs - clockSlackMs;
      const toMs = claim.toMs + clockSlackMs;
      const touching = [...indexes.keys()].filter((place) => {
        const index = indexes[place];
        return index !== undefined && index.beganMs <= toMs && index.endedMs >= fromMs;
      });
      const [place, another] = touching;
      const own = place === undefined ? undefined : indexes[place];
      if (place === undefined || own === undefined)
        return 'the gateway does not have the index that BuildKit stored';
      const isWithin = own.beganMs >= fromMs && own.endedMs <= toMs;
      return another === undefined && isWithin
        ? place
        : `about the time when BuildKit exported, something else stored an index of ${claim.cacheScope}`;
    }
    case 'unwatched':
      return indexes.length === 0 ? 'BuildKit stored no index' : indexes.length - 1;
    case 'builds':
      return findOfBuilds(indexes, claim, timed);
    default:
      return claim satisfies never;
  }
}

/** An index without a digest counts only where builds had as many exports as such indexes came, whatever their cache scopes. */
function findOfBuilds(
  indexes: readonly ClaimedIndex[],
  { digests, windows, cacheScope, sinceMs }: Extract<ExportClaim, { readonly kind: 'builds' }>,
  timed: readonly number[],
): number | string {
  if (indexes.length === 0) return 'BuildKit stored no index';
  const known = new Set(digests);
  const isWithin = ({ beganMs, endedMs }: ClaimedIndex): boolean =>
    windows.some(({ fromMs, toMs }) => beganMs >= fromMs - clockSlackMs && endedMs <= toMs + clockSlackMs);
  const place = indexes.findLastIndex((index) =>
    index.digest === undefined ? isWithin(index) : known.has(index.digest),
  );
  if (place === -1) return 'no build of this job has exported the index that was stored';
  if (indexes[place]?.digest !== undefined) return place;
  const came = timed.filter((beganMs) => beganMs >= sinceMs - clockSlackMs).length;
  return came <= windows.length
    ? place
    : `${came} indexes were stored and builds exported ${windows.length}: which one of ${cacheScope} is theirs cannot be told`;
}

export function renderClaim(claim: ExportClaim): JsonRecord {
  return { ...claim };
}

/** undefined when it is no claim. */
export function parseClaim(value: unknown): ExportClaim | undefined {
  return parseAs(exportClaim, value);
}

export function renderVerdict(verdict: ExportVerdict): JsonRecord {
  return { ...verdict };
}

/** undefined when it is no verdict. */
export function parseVerdict(value: unknown): ExportVerdict | undefined {
  return parseAs(exportVerdict, value);
}
