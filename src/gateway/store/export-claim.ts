import { type JsonRecord, readNumber, readString } from '../../json.ts';

/**
 * What main knows of the index that its build exported, and nobody else can make it say. BuildKit names the manifest
 * that it pushes to a registry; of a `type=gha` index it tells only when its export ran.
 */
export type ExportClaim =
  | { readonly kind: 'digest'; readonly cacheScope: string; readonly digest: string }
  | { readonly kind: 'window'; readonly cacheScope: string; readonly fromMs: number; readonly toMs: number }
  /** The build has ended without an index of its own. */
  | { readonly kind: 'nothing'; readonly cacheScope: string };

export type ExportVerdict = (
  | { readonly kind: 'confirmed' }
  /** Half a sentence. */
  | { readonly kind: 'refused'; readonly reason: string }
) & {
  /** Indexes of that cache scope that were dropped. */
  readonly dropped: number;
};

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

/** Which of the indexes is the build's own: its place in the list, or why it is none of them. Pure. */
export function findClaimed(indexes: readonly ClaimedIndex[], claim: ExportClaim): number | string {
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
    default:
      return claim satisfies never;
  }
}

export function renderClaim(claim: ExportClaim): JsonRecord {
  return { ...claim };
}

/** undefined when it is no claim. */
export function parseClaim(value: unknown): ExportClaim | undefined {
  const cacheScope = readString(value, 'cacheScope');
  if (cacheScope === undefined) return undefined;
  const [digest, fromMs, toMs] = [
    readString(value, 'digest'),
    readNumber(value, 'fromMs'),
    readNumber(value, 'toMs'),
  ];
  switch (readString(value, 'kind')) {
    case 'nothing':
      return { kind: 'nothing', cacheScope };
    case 'digest':
      return digest === undefined ? undefined : { kind: 'digest', cacheScope, digest };
    case 'window':
      if (fromMs === undefined || toMs === undefined) return undefined;
      return { kind: 'window', cacheScope, fromMs, toMs };
    default:
      return undefined;
  }
}

export function renderVerdict(verdict: ExportVerdict): JsonRecord {
  return { ...verdict };
}

/** undefined when it is no verdict. */
export function parseVerdict(value: unknown): ExportVerdict | undefined {
  const dropped = readNumber(value, 'dropped');
  const reason = readString(value, 'reason');
  if (dropped === undefined) return undefined;
  if (readString(value, 'kind') === 'confirmed') return { kind: 'confirmed', dropped };
  return reason === undefined ? undefined : { kind: 'refused', reason, dropped };
}
