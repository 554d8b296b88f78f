import { readFile } from 'node:fs/promises';
import type { InFlight } from '../../async/in-flight.ts';
import {
  type CacheService,
  type Caller,
  type LookupHit,
  type LookupQuery,
  ServiceError,
  type StoredBlob,
} from '../../cache-server/service.ts';
import type { FinishedUpload } from '../../cache-server/upload-file.ts';
import type { RefScope } from '../../policy/types.ts';
import type { BuildkitKey } from '../access/buildkit-key.ts';
import { showsBearer } from '../access/credentials.ts';
import { decideGhaRead, decideGhaWrite } from '../access/gha-access.ts';
import type { GatewayPlan } from '../access/plan.ts';
import { type AccessRules, toAccessRules, toDenial } from '../access/rules.ts';
import { parseCacheConfig } from '../config/cache-config.ts';
import { parseForeignJson } from '../config/foreign-json.ts';
import type { Statistics } from '../report/statistics.ts';
import { type Store, toStoredIndex } from '../store/store.ts';
import { type UploadSpool, Uploads } from './reservations.ts';

interface GatewayServiceOptions {
  /** What BuildKit must show. */
  readonly stub: string;
  /** Of the runtime token, and so of the stub. */
  readonly refScopes: readonly RefScope[];
  readonly plan: GatewayPlan;
  readonly store: Store;
  readonly spool: UploadSpool;
  readonly statistics: Statistics;
  readonly inFlight: InFlight;
  /** Starts to load what a plan reads and writes. */
  readonly load: (cacheScopes: Iterable<string>) => void;
  /** The disk is full: nothing more can be exported. */
  readonly onDiskFull: () => Promise<void>;
}

/** BuildKit's gha cache over the store: it lets pass what the plans allow and what is what its key says. */
export interface GatewayService extends CacheService {
  /** Of all plans so far. */
  readonly rules: AccessRules;
  /** Adds what a further step may read and write. */
  addPlan(plan: GatewayPlan): void;
}

export function createGatewayService(options: GatewayServiceOptions): GatewayService {
  const { stub, refScopes, store, statistics, inFlight } = options;
  const plans = [options.plan];
  let rules = toAccessRules(plans, refScopes);
  options.load(rules.readScopes);

  const uploads = new Uploads({
    spool: options.spool,
    statistics,
    onDiskFull: options.onDiskFull,
    accept: (key, upload, beganMs) => accept(key, upload, beganMs),
  });

  const accept = async (key: BuildkitKey, upload: FinishedUpload, beganMs: number): Promise<void> => {
    if (key.kind === 'blob') {
      await store.putBlob(`sha256:${key.sha256}`, upload);
      statistics.add('blobsStored');
      return;
    }
    const config = parseCacheConfig(parseForeignJson(await readFile(upload.path)));
    if (config === undefined)
      throw new ServiceError('invalid_argument', 'the upload is no cache config of BuildKit');
    const { cacheScope, refHash, number } = key;
    await store.putIndex({ cacheScope, refHash, config, number: Number(number ?? 1), beganMs });
    statistics.add('indexesStored');
  };

  /** What a look-up led to, by the id in the blob URL. */
  const entries = new Map<string, () => Promise<StoredBlob>>();
  const addEntry = (id: string, open: () => Promise<StoredBlob>): string => {
    entries.set(id, open);
    return id;
  };

  const find = async (
    key: BuildkitKey,
    cacheScopes: readonly string[],
    { key: asked, version }: LookupQuery,
  ): Promise<LookupHit | undefined> => {
    const refScope = refScopes[0]?.scope ?? '';
    if (key.kind === 'blob') {
      const digest = `sha256:${key.sha256}`;
      if (key.isSignature || !(await store.hasBlob(digest))) return undefined;
      const entryId = addEntry(`b-${key.sha256}`, () => store.openBlob(digest));
      return { entryId, key: asked, refScope, version, createdAt: new Date() };
    }
    if (key.isSigned) return undefined;
    const index = await findFirst(cacheScopes, (name) => store.findIndex(name, key.refHash));
    // An index of a certain number is asked for by nobody, but may have been replaced.
    if (index === undefined || (key.number !== undefined && `${index.number}` !== key.number))
      return undefined;
    const entryId = addEntry(`i-${entries.size + 1}`, async () => toStoredIndex(index));
    return { entryId, key: `${key.base}#${index.number}`, refScope, version, createdAt: index.createdAt };
  };

  return {
    get rules() {
      return rules;
    },

    authenticate(authorization) {
      if (!showsBearer(authorization, stub)) {
        statistics.refused('a call without the token of this job');
        throw new ServiceError('unauthenticated', 'the token is not the one of this job');
      }
      return { repository: '', scopes: refScopes };
    },

    async lookup(_caller: Caller, query) {
      statistics.onBuildkit('lookup');
      const decision = decideGhaRead(rules, query);
      if (decision.kind !== 'allowed') {
        statistics.refused(
          `look-up of ${JSON.stringify(query.key)}: ${decision.message}`,
          decision.unplanned,
        );
        throw new ServiceError('read_denied', decision.message);
      }
      if (decision.unplanned !== undefined)
        statistics.refused(`look-up of ${JSON.stringify(query.key)}: a miss`, decision.unplanned);
      const hit = await find(decision.key, decision.cacheScopes, query);
      statistics.add(hit ? 'hits' : 'misses');
      return hit;
    },

    async reserve(_caller, request) {
      statistics.onBuildkit('create');
      const { key, version } = request;
      const decision = decideGhaWrite(rules, request);
      if (decision.kind !== 'allowed') {
        const { message } = decision;
        if (decision.kind === 'refused')
          statistics.refused(`write of ${JSON.stringify(key)}: ${message}`, decision.unplanned);
        else statistics.failed('export', 'create', `${key}: ${message}`);
        throw new ServiceError('write_denied', message);
      }
      if (decision.unplanned !== undefined)
        statistics.refused(`write of ${JSON.stringify(key)}: it is dropped`, decision.unplanned);
      if (store.exportFault !== undefined)
        throw new ServiceError('write_denied', toDenial('write', store.exportFault));
      const parsed = decision.key;
      if (parsed.kind === 'blob' && (await store.hasBlob(`sha256:${parsed.sha256}`))) {
        const message = 'cache entry with the same key, version, and scope already exists';
        throw new ServiceError('already_exists', message);
      }
      return { id: uploads.reserve(decision, key, version) };
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
      const open = entries.get(entryId);
      if (open === undefined) throw new ServiceError('not_found', 'The specified blob does not exist.');
      return await open();
    },

    addPlan(plan) {
      plans.push(plan);
      rules = toAccessRules(plans, refScopes);
      options.load(rules.readScopes);
    },
  };
}

async function findFirst<T>(
  names: readonly string[],
  look: (name: string) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const name of names) {
    const found = await look(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
