import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { CallKind } from '../cache-server/call.ts';
import { createCacheHandler } from '../cache-server/handler.ts';
import { listen } from '../cache-server/node-http.ts';
import { createUploadArea } from '../cache-server/upload-area.ts';
import { createUrlSigner } from '../cache-server/url-signer.ts';
import { lockDirectory } from '../process/directory-lock.ts';
import { withCreateLimit } from './create-limit.ts';
import { DirectoryService, type StorageStatistics } from './directory-service.ts';
import { openEntryFiles } from './entry-files.ts';
import { createRepositoryApi } from './repository-service.ts';
import { createFaultPlan, type FaultRule } from './simulator/fault.ts';
import { type OnCall, withNetwork } from './simulator/network.ts';
import { CallLedger, type CallStatistics } from './simulator/statistics.ts';

const accessSaveIntervalMs = 5000;

export interface EmbeddedServiceOptions {
  /** Made if need be; one process at a time. */
  readonly directory: string;
  /** 0 (default): any free port. */
  readonly port?: number;
  /** Tokens must be signed with it (HS256); without it any well-formed JWT is taken. */
  readonly secret?: string | undefined;
  /** Beyond it the entries that were not used for longest are removed. */
  readonly maxSizeBytes?: number | undefined;
  readonly latencyMs?: number | undefined;
  /** In place of `latencyMs` for blob URLs. */
  readonly blobLatencyMs?: number | undefined;
  readonly streamBytesPerSecond?: number | undefined;
  readonly totalBytesPerSecond?: number | undefined;
  readonly createsPerMinute?: number | undefined;
  /** Of GitHub's REST, by repository. */
  readonly apiCallsPerHour?: number | undefined;
  /** What GitHub's REST is to say of branches, tags and pull requests (docs/embedded-service.md), read anew for each call. */
  readonly readRefs?: (() => Promise<unknown>) | undefined;
  readonly faults?: readonly FaultRule[] | undefined;
  /** Of the faults' probabilities. */
  readonly seed?: number | undefined;
  /** Host name in the blob URLs handed out, for tests of clients that look at it; undefined: the request's own. */
  readonly blobHost?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Hears of each call before it is answered, for tests that do something at that very moment. */
  readonly onCall?: OnCall;
  /** Hears of faults of our own. */
  readonly onError?: (error: unknown) => void;
}

interface EmbeddedStatistics {
  readonly totalCalls: number;
  readonly calls: Readonly<Record<CallKind, CallStatistics>>;
  readonly storage: StorageStatistics;
  /** How often each rule of the fault file struck. */
  readonly faults: readonly number[];
}

export interface EmbeddedService {
  /** `http://127.0.0.1:PORT`: base of `ACTIONS_RESULTS_URL` and `ACTIONS_CACHE_URL` (add a slash). */
  readonly url: string;
  statistics(): EmbeddedStatistics;
  close(): Promise<void>;
}

/** Serves v1, v2 and GitHub's REST of caches from a directory, on the loopback interface. Throws ToolError `directory-locked` or `listen`. */
export async function startEmbeddedService(options: EmbeddedServiceOptions): Promise<EmbeddedService> {
  const { directory, now = Date.now, createsPerMinute, onError } = options;
  await mkdir(directory, { recursive: true });
  const lock = await lockDirectory(directory);
  try {
    const uploads = await createUploadArea(path.join(directory, 'uploads'));
    const service = new DirectoryService({
      files: await openEntryFiles(directory),
      uploads,
      secret: options.secret,
      maxSizeBytes: options.maxSizeBytes,
      now,
    });
    await service.load();
    const ledger = new CallLedger();
    const faults = createFaultPlan(options.faults ?? [], options.seed ?? 1);
    const handler = createCacheHandler({
      service: createsPerMinute === undefined ? service : withCreateLimit(service, createsPerMinute, now),
      api: createRepositoryApi({
        service,
        secret: options.secret,
        readRefs: options.readRefs,
        callsPerHour: options.apiCallsPerHour,
        now,
      }),
      // A secret of this run only: an id may be given again after a restart, an old URL must not open the new entry.
      signer: createUrlSigner(randomBytes(32), now),
      blobHost: options.blobHost,
      onError,
    });
    const network = withNetwork(handler, {
      latencyMs: options.latencyMs ?? 0,
      blobLatencyMs: options.blobLatencyMs,
      streamBytesPerSecond: options.streamBytesPerSecond,
      totalBytesPerSecond: options.totalBytesPerSecond,
      faults,
      ledger,
      findKey: (id) => service.findKey(id),
      evict: (id) => service.evict(id),
      onCall: options.onCall,
    });
    const listener = await listen(network, {
      port: options.port ?? 0,
      ...(onError === undefined ? {} : { onError }),
    });
    const saving = setInterval(
      () => void service.saveAccessTimes().catch((error) => onError?.(error)),
      accessSaveIntervalMs,
    ).unref();
    return {
      url: listener.url,
      statistics: () => ({
        totalCalls: ledger.total,
        calls: ledger.toStatistics(),
        storage: service.statistics(),
        faults: [...faults.strikes],
      }),
      close: async () => {
        clearInterval(saving);
        await listener.close();
        await service.whenIdle();
        await uploads.close();
        await service.saveAccessTimes();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
