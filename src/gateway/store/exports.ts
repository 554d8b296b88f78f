import type { Clock } from '../../async/clock.ts';
import { createDeferred } from '../../async/deferred.ts';
import { isDiskFull, ToolError, toMessage } from '../../errors.ts';
import { type CacheConfig, listBlobs } from '../config/cache-config.ts';
import { isSameCacheConfig } from '../config/cache-config-merge.ts';
import { pruneCacheConfig } from '../config/cache-config-prune.ts';
import type { Manifest, ManifestWriter } from '../packs/manifest.ts';
import type { ManifestStore } from '../packs/manifest-store.ts';
import type { PackWriter } from '../packs/pack-writer.ts';
import type { ExportReport } from '../report/report.ts';
import type { Statistics } from '../report/statistics.ts';
import type { Availability } from './availability.ts';
import type { BlobStore } from './blob-store.ts';
import type { CacheScope } from './cache-scopes.ts';
import { composeManifest } from './manifest-composition.ts';
import { compactPacks, packBlobs, packSpooled } from './packing.ts';
import { isNewerRun } from './run-order.ts';

/** An index that main confirmed: its blobs are on local disk or on the service. */
interface IndexCommit {
  readonly scope: CacheScope;
  readonly refHash: string;
  readonly config: CacheConfig;
}

interface ExportsOptions {
  readonly blobs: BlobStore;
  readonly manifests: ManifestStore;
  readonly writer: Pick<PackWriter, 'add' | 'flush'>;
  readonly job: Pick<ManifestWriter, 'runId' | 'attempt'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether this run is known to build the newest commit of its branch, for an export to that cache scope. */
  readonly isTip: (cacheScope: string) => boolean;
  /** Half a sentence. */
  readonly describeFullDisk: () => Promise<string>;
  readonly statistics: Statistics;
  readonly availability: Pick<Availability, 'mark' | 'isAway' | 'whenBack'>;
}

/** Brings confirmed indexes to the service, one after the other, while the job goes on: packs first, then the manifest. */
export class Exports {
  readonly #options: ExportsOptions;
  readonly #reports: ExportReport[] = [];
  #queue: Promise<void> = Promise.resolve();
  #givenUp: string | undefined;
  readonly #abandoned = createDeferred<void>();

  constructor(options: ExportsOptions) {
    this.#options = options;
  }

  get reports(): readonly ExportReport[] {
    return this.#reports;
  }

  get pending(): number {
    return this.#reports.filter(({ state }) => state === 'pending').length;
  }

  /** Why nothing more is exported in this job; undefined: all is well. */
  get givenUp(): string | undefined {
    return this.#givenUp;
  }

  /** Starts at once to pack what has come, so that uploads run while BuildKit still exports. */
  pack(digest: string): void {
    packSpooled(digest, this.#options);
  }

  /** Returns at once; `whenSettled` tells when it is on the service. */
  start(commit: IndexCommit): void {
    const index = this.#reports.length;
    const startedMs = performance.now();
    const report: ExportReport = {
      cacheScope: commit.scope.name,
      state: 'pending',
      reason: undefined,
      number: undefined,
      packs: 0,
      blobs: 0,
      bytes: 0,
      merges: 0,
      droppedRecords: 0,
      seconds: 0,
    };
    this.#reports.push(report);
    this.#queue = this.#queue.then(async () => {
      const result = await this.#exportThroughOutages(commit).catch(
        async (error): Promise<Partial<ExportReport>> => {
          const reason = isDiskFull(error) ? await this.#options.describeFullDisk() : toMessage(error);
          // Given up is said once, by who gave up.
          if (this.#givenUp === undefined) this.#options.statistics.failed('export', 'upload', reason);
          return { state: 'failed', reason };
        },
      );
      if (this.#reports[index]?.state !== 'pending') return;
      const seconds = (performance.now() - startedMs) / 1000;
      this.#reports[index] = { ...report, ...result, seconds };
    });
  }

  /** Resolves when nothing is pending, or after that time. */
  async whenSettled(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([this.#queue, this.#abandoned.promise, late]);
    clearTimeout(timer);
  }

  /** The disk is full: nothing more is exported, and what was spooled makes room. */
  async giveUpForDisk(): Promise<void> {
    if (this.#givenUp === undefined) await this.giveUp(await this.#options.describeFullDisk());
  }

  /** No further export in this job; those that are pending have failed. */
  async giveUp(reason: string): Promise<void> {
    if (this.#givenUp !== undefined) return;
    this.#givenUp = reason;
    this.#options.statistics.failed('export', 'give up', reason);
    this.#failPending(reason);
    await this.#options.blobs.dropSpooled();
  }

  /** The gateway ends: what is pending now will never be written. */
  abandon(reason: string): void {
    this.#failPending(reason);
    this.#abandoned.resolve();
  }

  #failPending(reason: string): void {
    this.#reports.forEach((report, index) => {
      if (report.state === 'pending') this.#reports[index] = { ...report, state: 'failed', reason };
    });
  }

  /** From the start again once a service that went away is back: what was written by then stays written. */
  async #exportThroughOutages(commit: IndexCommit): Promise<Partial<ExportReport>> {
    const { availability, blobs } = this.#options;
    for (;;) {
      const mark = availability.isAway ? undefined : availability.mark;
      try {
        return await this.#export(commit);
      } catch (error) {
        blobs.unqueue();
        if (this.#givenUp !== undefined || mark === availability.mark) throw error;
        if (!(await availability.whenBack())) throw error;
      }
    }
  }

  async #export({ scope, refHash, config }: IndexCommit): Promise<Partial<ExportReport>> {
    const { blobs, manifests, statistics } = this.#options;
    await packBlobs(config, this.#options);
    const pruned = pruneCacheConfig(config, (digest) => blobs.keptPlaceOf(digest) !== undefined);
    const { droppedRecords } = pruned;
    statistics.add('droppedRecords', droppedRecords);
    const isCompacted = await compactPacks(pruned.config, this.#options);
    const isLate = await this.#learnBase(scope);
    const { base } = scope;
    const job = { ...this.#options.job, atMs: this.#options.clock.now() };
    const compose = (others: readonly Manifest[], follows: Manifest | undefined) =>
      composeManifest({ scope, refHash, config: pruned.config, others, follows, blobs, job });
    const kept = base !== undefined && (isLate || (await this.#mustKeep(base, scope, refHash))) ? [base] : [];
    const own = compose(kept, base);
    const isSame = !isCompacted && base !== undefined && this.#isWritten(base, own);
    // Else a parallel job has replaced it, and what it left out would be lost.
    if (isSame && (await manifests.isNewest(scope.name, scope.number))) {
      return { state: 'unchanged', number: scope.number, droppedRecords };
    }
    const written = await manifests.write(scope.name, scope.number, async (newer) => {
      if (newer === undefined) return own;
      await blobs.addPacks([newer]);
      return compose([...kept, newer], newer);
    });
    scope.number = written.number;
    scope.base = written.manifest;
    statistics.add('manifestsWritten');
    return {
      state: 'exported',
      number: written.number,
      packs: written.manifest.packs.length,
      blobs: written.manifest.blobs.size,
      bytes: written.manifest.packs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      merges: written.merges,
      droppedRecords,
    };
  }

  /**
   * The manifest that could not be looked up when the job began: an export that does not know it would forget what it
   * holds. Answers true when it is there, so that nobody has seen it yet. Throws ToolError `manifest-read`.
   */
  async #learnBase(scope: CacheScope): Promise<boolean> {
    const { blobs, manifests } = this.#options;
    if (scope.isKnown) return false;
    const found = await manifests.load(scope.name);
    if (found.kind === 'failed')
      throw new ToolError(
        'manifest-read',
        `the cache service did not say what it holds, and that is not to be forgotten: ${found.reason}`,
      );
    scope.isKnown = true;
    if (found.kind === 'manifest' || found.kind === 'unusable') scope.number = found.number;
    if (found.kind !== 'manifest') return false;
    await blobs.addPacks([found.manifest]);
    scope.base = found.manifest;
    scope.legacyIndex ??= found.manifest.legacyIndex;
    return true;
  }

  /**
   * BuildKit exports what it has seen. What it did not get to see, since nobody could say whether it is there, stays; and
   * an old run that may not be the newest of its branch any more takes nothing from a newer one.
   */
  async #mustKeep(base: Manifest, scope: CacheScope, refHash: string): Promise<boolean> {
    const { blobs, job, isTip } = this.#options;
    if (base.refHash !== refHash) return false;
    await blobs.recheckPacks(base);
    if (base.packs.some(({ key }) => blobs.wasUncertain(key))) return true;
    return !isTip(scope.name) && isNewerRun(base.writer, job);
  }

  #isWritten(base: Manifest, own: Manifest): boolean {
    const { blobs } = this.#options;
    if (base.refHash !== own.refHash || base.legacyIndex !== own.legacyIndex) return false;
    const isThere = (digest: string) => blobs.isPlaced(digest, base.blobs.get(digest));
    return isSameCacheConfig(base.config, own.config) && [...listBlobs(own.config)].every(isThere);
  }
}
