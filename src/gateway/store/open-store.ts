import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../async/clock.ts';
import type { CacheClient } from '../../cache-client/client.ts';
import type { ServiceHealth } from '../../cache-client/health.ts';
import type { RetryPolicy } from '../../cache-client/retry.ts';
import { toMessage } from '../../errors.ts';
import { CreateBudget } from '../packs/create-budget.ts';
import { toPackKey } from '../packs/entry-key.ts';
import { ManifestStore } from '../packs/manifest-store.ts';
import { PackReader } from '../packs/pack-reader.ts';
import { PackWriter } from '../packs/pack-writer.ts';
import type { Statistics } from '../report/statistics.ts';
import { Availability } from './availability.ts';
import { BlobStore } from './blob-store.ts';
import { CacheScopes } from './cache-scopes.ts';
import { Exports } from './exports.ts';
import { Store } from './store.ts';

interface OpenStoreOptions {
  readonly client: CacheClient;
  /** What the client knows of the service. */
  readonly health: ServiceHealth;
  /** Of the service's API. */
  readonly url: string;
  /** Of this job's run: they stand in the keys of packs. */
  readonly run: { readonly id: string; readonly attempt: string };
  /** The store's own, on the file system of the upload spool; made if need be. */
  readonly directory: string;
  /** Which file system is full, half a sentence. Never throws. */
  readonly describeFullDisk: (directory: string) => Promise<string>;
  readonly clock: Clock;
  readonly statistics: Statistics;
  /** Whether this run is known to build the newest commit of its branch; never by default. */
  readonly isTip?: (cacheScope: string) => boolean;
  /** For calls that a build waits for; a few seconds by default. */
  readonly policy?: RetryPolicy;
  /** Of a pack, while few entries were created; 32 MiB by default. */
  readonly smallestPackBytes?: number;
  /** As many as GitHub allows, by default. */
  readonly createsPerMinute?: number;
}

export interface OpenedStore {
  readonly store: Store;
  readonly scopes: CacheScopes;
  readonly exports: Exports;
  readonly availability: Availability;
  close(): Promise<void>;
}

/** A transfer may take longer than the patience, as long as it flows. */
const defaultPolicy: RetryPolicy = {
  attempts: 5,
  firstDelayMs: 500,
  maxDelayMs: 5000,
  patienceMs: 8000,
  deadlineMs: 60_000,
};

/** The store with all its parts. */
export async function openStore(options: OpenStoreOptions): Promise<OpenedStore> {
  const { client, health, run, directory, clock, statistics, smallestPackBytes, createsPerMinute } = options;
  const policy = options.policy ?? defaultPolicy;
  const blobDirectory = path.join(directory, 'blobs');
  const packDirectory = path.join(directory, 'packs');
  for (const needed of [blobDirectory, packDirectory]) await mkdir(needed, { recursive: true, mode: 0o700 });

  const ended = new AbortController();
  const budget = new CreateBudget({
    clock,
    ...(smallestPackBytes === undefined ? {} : { smallestPackBytes }),
    ...(createsPerMinute === undefined ? {} : { createsPerMinute }),
  });
  const reader = new PackReader({ client, directory: packDirectory, policy });
  const blobs = new BlobStore({ client, reader, directory: blobDirectory, statistics, policy });
  const manifests = new ManifestStore({
    client,
    directory: blobDirectory,
    clock,
    policy,
    mayCreate: () => budget.take(),
  });
  const scopes = new CacheScopes({ client, manifests, blobs, directory: blobDirectory, statistics, policy });
  const random = randomBytes(4).toString('hex');
  const writer = new PackWriter({
    client,
    budget,
    keyOf: (number) => toPackKey({ runId: run.id, attempt: run.attempt, random }, number),
    onWritten: (pack) => {
      statistics.add('packsWritten');
      // Its files are only removed here: what fails there is found by who needs the disk.
      blobs.onWritten(pack).catch((error) => statistics.failed('export', 'spool', toMessage(error)));
    },
    signal: ended.signal,
  });
  const availability: Availability = new Availability({
    client,
    health,
    url: options.url,
    clock,
    isBusy: () => exports.pending > 0,
    signal: ended.signal,
  });
  const exports = new Exports({
    availability,
    blobs,
    manifests,
    writer,
    job: { runId: run.id, attempt: run.attempt },
    clock,
    describeFullDisk: () => options.describeFullDisk(directory),
    isTip: options.isTip ?? (() => false),
    statistics,
  });
  const store = new Store({ blobs, scopes, exports });
  return {
    store,
    scopes,
    exports,
    availability,
    close: async () => {
      ended.abort(new Error('the gateway ends'));
      store.close();
      await reader.close();
    },
  };
}
