import { toMessage } from '../errors.ts';
import type { Availability } from './availability.ts';
import type { BlobStore, PackPlace } from './blob-store.ts';
import { type CacheConfig, listBlobs } from './cache-config.ts';
import { isSameCacheConfig, mergeCacheConfigs } from './cache-config-merge.ts';
import { pruneCacheConfig } from './cache-config-prune.ts';
import type { CacheScope } from './cache-scopes.ts';
import { decideCompaction } from './compaction.ts';
import { createDeferred } from './deferred.ts';
import type { Manifest } from './manifest.ts';
import type { ManifestStore } from './manifest-store.ts';
import type { PackWriter } from './pack-writer.ts';
import type { ExportReport } from './report.ts';
import type { Statistics } from './statistics.ts';

/** An index that main confirmed: its blobs are on local disk or on the service. */
export interface IndexCommit {
  readonly scope: CacheScope;
  readonly refHash: string;
  readonly config: CacheConfig;
}

export interface ExportsOptions {
  readonly blobs: BlobStore;
  readonly manifests: ManifestStore;
  readonly writer: Pick<PackWriter, 'add' | 'flush'>;
  readonly job: { readonly runId: string; readonly attempt: string };
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
    const blob = this.#options.blobs.takeForPacking(digest);
    if (blob !== undefined) this.#options.writer.add(blob);
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
      const result = await this.#exportThroughOutages(commit).catch((error): Partial<ExportReport> => {
        const reason = toMessage(error);
        // Given up is said once, by who gave up.
        if (this.#givenUp === undefined) this.#options.statistics.failed('export', 'upload', reason);
        return { state: 'failed', reason };
      });
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
    await this.#learnNumber(scope);
    await this.#packBlobs(config);
    const pruned = pruneCacheConfig(config, (digest) => blobs.placeOf(digest) !== undefined);
    const { droppedRecords } = pruned;
    statistics.add('droppedRecords', droppedRecords);
    const isCompacted = await this.#compact(pruned.config);
    const base = scope.base;
    const isSame = !isCompacted && base !== undefined && this.#isWritten(base, scope, refHash, pruned.config);
    // Else a parallel job has replaced it, and what it left out would be lost.
    if (isSame && (await manifests.isNewest(scope.name, scope.number))) {
      return { state: 'unchanged', number: scope.number, droppedRecords };
    }
    const written = await manifests.write(scope.name, scope.number, async (newer) => {
      if (newer !== undefined) await blobs.addPacks([newer]);
      return this.#compose(scope, refHash, pruned.config, newer);
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

  /** The service may have been away when the scope was loaded: a manifest with an old number would go unread. */
  async #learnNumber(scope: CacheScope): Promise<void> {
    if (!scope.isUnknown) return;
    const found = await this.#options.manifests.load(scope.name);
    if (found.kind === 'failed') return;
    scope.isUnknown = false;
    if (found.kind !== 'none') scope.number = Math.max(scope.number, found.number);
  }

  /** All blobs of the index into packs: new ones, those that failed before, and those of BuildKit's own cache. */
  async #packBlobs(config: CacheConfig): Promise<void> {
    const { blobs, writer, statistics } = this.#options;
    const startedMs = performance.now();
    for (const digest of listBlobs(config)) {
      if (blobs.placeOf(digest) !== undefined) continue;
      this.pack(digest);
      if (blobs.isSpooled(digest)) continue;
      const copy = await blobs.copyToFile(digest);
      if (copy === undefined) continue;
      blobs.adoptCopy(copy);
      writer.add(copy);
    }
    await writer.flush();
    statistics.addTime('upload', performance.now() - startedMs);
  }

  /** Moves what is left of packs that are mostly dead, and joins small ones. Answers whether anything moved. */
  async #compact(config: CacheConfig): Promise<boolean> {
    const { blobs, writer, statistics } = this.#options;
    const placed = [...listBlobs(config)].flatMap((digest) => {
      const place = blobs.placeOf(digest);
      return place === undefined ? [] : [{ digest, ...place }];
    });
    const liveBytes = new Map<string, number>();
    for (const { pack, length } of placed) liveBytes.set(pack, (liveBytes.get(pack) ?? 0) + length);
    const packs = [...liveBytes].map(([key, live]) => {
      return { key, sizeBytes: blobs.sizeOfPack(key) ?? live, liveBytes: live };
    });
    const doomed = new Set(decideCompaction(packs));
    if (doomed.size === 0) return false;
    const startedMs = performance.now();
    let moved = 0;
    try {
      for (const { digest } of placed.filter(({ pack }) => doomed.has(pack))) {
        const copy = await blobs.copyToFile(digest);
        if (copy === undefined) continue;
        blobs.adoptCopy(copy);
        writer.add(copy);
        moved += 1;
      }
      await writer.flush();
    } catch (error) {
      // The old places hold as they are.
      statistics.failed('export', 'compact', toMessage(error));
    }
    statistics.add('movedBlobs', moved);
    statistics.addTime('compact', performance.now() - startedMs);
    return moved > 0;
  }

  #isWritten(base: Manifest, scope: CacheScope, refHash: string, config: CacheConfig): boolean {
    const { blobs } = this.#options;
    if (base.refHash !== refHash || base.legacyIndex !== scope.legacyIndex) return false;
    const isThere = (digest: string) => blobs.isPlaced(digest, base.blobs.get(digest));
    return isSameCacheConfig(base.config, config) && [...listBlobs(config)].every(isThere);
  }

  #compose(scope: CacheScope, refHash: string, config: CacheConfig, newer: Manifest | undefined): Manifest {
    const { blobs, job } = this.#options;
    const theirs =
      newer === undefined
        ? []
        : [pruneCacheConfig(newer.config, (digest) => blobs.placeOf(digest) !== undefined).config];
    const union = theirs.length === 0 ? config : mergeCacheConfigs([config, ...theirs]);
    const places = new Map<string, PackPlace>();
    for (const digest of listBlobs(union)) {
      const place = blobs.placeOf(digest);
      if (place !== undefined) places.set(digest, place);
    }
    const used = new Set([...places.values()].map(({ pack }) => pack));
    return {
      formatVersion: 1,
      refHash,
      writer: { runId: job.runId, attempt: job.attempt },
      config: union,
      packs: [...used].map((key) => ({ key, sizeBytes: blobs.sizeOfPack(key) ?? 0 })),
      blobs: places,
      legacyIndex: scope.legacyIndex,
    };
  }
}
