import type { CacheClient } from '../cache-client/client.ts';
import type { LookupResult } from '../cache-client/results.ts';
import type { RetryPolicy } from '../cache-client/retry.ts';
import { parseBearer } from '../cache-protocol/token.ts';
import {
  type CacheService,
  type Caller,
  type LookupHit,
  type LookupQuery,
  ServiceError,
} from '../cache-server/service.ts';
import type { RefScope } from '../policy/types.ts';
import { decideRead, decideWrite, type GatewayPlan, toAccessRules } from './access.ts';
import { type BuildkitKey, restoreMatchedKey } from './buildkit-key.ts';
import { Entries } from './entries.ts';
import type { InFlight } from './in-flight.ts';
import { createLimiter } from './limiter.ts';
import type { Statistics } from './statistics.ts';
import { isSameSecret } from './stub-token.ts';
import { type UploadSpool, Uploads } from './uploads.ts';

export interface GatewayServiceOptions {
  /** What BuildKit must show. */
  readonly stub: string;
  /** Of the runtime token, and so of the stub. */
  readonly refScopes: readonly RefScope[];
  readonly plan: GatewayPlan;
  readonly client: CacheClient;
  readonly uploads: UploadSpool;
  /** An empty directory for downloads. */
  readonly downloadDirectory: string;
  readonly statistics: Statistics;
  readonly inFlight: InFlight;
  /** For tests; a minute at most otherwise, since a build waits. */
  readonly lookupPolicy?: RetryPolicy;
}

/** A cache service over another one: it lets pass what the plans allow and what is what its key says. */
export interface GatewayService extends CacheService {
  /** Adds what a further step may read and write. */
  addPlan(plan: GatewayPlan): void;
  close(): void;
}

const defaultLookupPolicy: RetryPolicy = {
  attempts: 5,
  firstDelayMs: 500,
  maxDelayMs: 5000,
  deadlineMs: 60_000,
};

/** BuildKit asks for all layers of a result at once; a service that limits rates likes it better in portions. */
const maxLookups = 16;

export function createGatewayService(options: GatewayServiceOptions): GatewayService {
  const { stub, refScopes, client, statistics, inFlight } = options;
  const callOptions = { policy: options.lookupPolicy ?? defaultLookupPolicy };
  const plans = [options.plan];
  let rules = toAccessRules(plans, refScopes);
  const entries = new Entries(client, options.downloadDirectory, statistics);
  const uploads = new Uploads(client, options.uploads, statistics);
  const limit = createLimiter(maxLookups);

  const ask = (key: string, version: string): Promise<LookupResult> =>
    limit(() => client.lookup({ key, version }, callOptions));

  /** A fresh URL of just that entry. */
  const renew = async (key: string, version: string): Promise<string | undefined> => {
    const result = await ask(key, version);
    const isSame = result.kind === 'hit' && restoreMatchedKey(key, result.matchedKey) === key;
    return isSame ? result.url : undefined;
  };

  const find = async (parsed: BuildkitKey, query: LookupQuery): Promise<LookupHit | undefined> => {
    const { key, version } = query;
    const asked = toAskedKey(parsed, key);
    const result = await ask(asked, version);
    if (result.kind !== 'hit') return toMiss(result, parsed, key);
    const matched = restoreMatchedKey(asked, result.matchedKey);
    if (matched === undefined || entries.isBad(matched)) return undefined;
    const found = { key: matched, parsed, url: result.url, renew: () => renew(matched, version) };
    const entryId = entries.register(found);
    // The importer reads the index next: fetched now, one that is gone or broken is still a miss. Later it would be an
    // error, and BuildKit would then drop the import of all refs.
    if (parsed.kind === 'index' && !parsed.hasMark && !(await isServable(entries, entryId))) return undefined;
    return { entryId, key: matched, refScope: refScopes[0]?.scope ?? '', version, createdAt: new Date() };
  };

  const toMiss = (
    result: Exclude<LookupResult, { kind: 'hit' }>,
    parsed: BuildkitKey,
    key: string,
  ): undefined => {
    if (result.kind === 'miss') return undefined;
    statistics.failed('import', 'lookup', `${key}: ${result.message}`);
    // A service in trouble costs the cache, not the build. Only the exporter, which asks for its index with a `#`, must
    // not go on: it would number its index from 1 again.
    if (parsed.kind === 'blob' || !parsed.hasMark) return undefined;
    if (result.kind === 'denied') throw new ServiceError('read_denied', result.message);
    if (result.kind === 'unauthenticated') throw new ServiceError('unauthenticated', result.message);
    throw new ServiceError('unavailable', result.message);
  };

  return {
    authenticate(authorization) {
      const bearer = parseBearer(authorization);
      if (bearer === undefined || !isSameSecret(bearer, stub)) {
        statistics.refused('a call without the token of this job');
        throw new ServiceError('unauthenticated', 'the token is not the one of this job');
      }
      return { repository: '', scopes: refScopes };
    },

    async lookup(_caller: Caller, query) {
      statistics.onBuildkit('lookup');
      const decision = decideRead(rules, query);
      if (decision.kind === 'refused') {
        statistics.refused(`look-up of ${JSON.stringify(query.key)}: ${decision.message}`);
        throw new ServiceError('read_denied', decision.message);
      }
      const hit = entries.isBad(query.key) ? undefined : await find(decision.key, query);
      statistics.add(hit ? 'hits' : 'misses');
      return hit;
    },

    async reserve(_caller, request) {
      statistics.onBuildkit('create');
      const { key, version } = request;
      const decision = decideWrite(rules, request);
      if (decision.kind === 'refused') {
        statistics.refused(`write of ${JSON.stringify(key)}: ${decision.message}`);
        throw new ServiceError('write_denied', decision.message);
      }
      return { id: await inFlight.track(() => uploads.reserve(decision.key, key, version)) };
    },

    async commit(_caller, target, sizeBytes) {
      statistics.onBuildkit('commit');
      return { entryId: await inFlight.track(() => uploads.commit(target, sizeBytes)) };
    },

    async upload(reservationId) {
      statistics.onBuildkit('upload');
      return uploads.target(reservationId);
    },

    async openBlob(entryId) {
      statistics.onBuildkit('download');
      return await entries.open(entryId);
    },

    addPlan(plan) {
      plans.push(plan);
      rules = toAccessRules(plans, refScopes);
    },

    close: () => entries.close(),
  };
}

/** The newest index is asked for with its `#`: without it a signed index of the same name would match as well. */
function toAskedKey(parsed: BuildkitKey, key: string): string {
  return parsed.kind === 'index' && parsed.number === undefined ? `${parsed.base}#` : key;
}

async function isServable(entries: Entries, entryId: string): Promise<boolean> {
  try {
    await entries.open(entryId);
    return true;
  } catch {
    // It is on record as a failure already; here it is only a miss.
    return false;
  }
}
