import { createDeferred } from '../../async/deferred.ts';
import { isDiskFull, ToolError, toMessage } from '../../errors.ts';
import { type CacheConfig, listBlobs } from '../config/cache-config.ts';
import { isSameCacheConfig, mergeCacheConfigs } from '../config/cache-config-merge.ts';
import { pruneCacheConfig } from '../config/cache-config-prune.ts';
import { decideCompaction } from '../packs/compaction.ts';
import type { Manifest, ManifestWriter } from '../packs/manifest.ts';
import type { ManifestStore } from '../packs/manifest-store.ts';
import type { PackWriter } from '../packs/pack-writer.ts';
import type { ExportReport } from '../report/report.ts';
import type { Statistics } from '../report/statistics.ts';
import type { Availability } from './availability.ts';
import type { BlobStore, PackPlace } from './blob-store.ts';
import type { CacheScope } from './cache-scopes.ts';
import { isNewerRun } from './run-order.ts';

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
  readonly job: ManifestWriter;
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
    await this.#packBlobs(config);
    const pruned = pruneCacheConfig(config, (digest) => blobs.keptPlaceOf(digest) !== undefined);
    const { droppedRecords } = pruned;
    statistics.add('droppedRecords', droppedRecords);
    const isCompacted = await this.#compact(pruned.config);
    const isLate = await this.#learnBase(scope);
    const { base } = scope;
    const kept = base !== undefined && (isLate || (await this.#mustKeep(base, scope, refHash))) ? [base] : [];
    const own = this.#compose(scope, refHash, pruned.config, kept, base);
    const isSame = !isCompacted && base !== undefined && this.#isWritten(base, own);
    // Else a parallel job has replaced it, and what it left out would be lost.
    if (isSame && (await manifests.isNewest(scope.name, scope.number))) {
      return { state: 'unchanged', number: scope.number, droppedRecords };
    }
    const written = await manifests.write(scope.name, scope.number, async (newer) => {
      if (newer === undefined) return own;
      await blobs.addPacks([newer]);
      return this.#compose(scope, refHash, pruned.config, [...kept, newer], newer);
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

  /** All blobs of the index into packs: new ones, those that failed before, and those of BuildKit's own cache. */
  async #packBlobs(config: CacheConfig): Promise<void> {
    const { blobs, writer, statistics } = this.#options;
    const startedMs = performance.now();
    for (const digest of listBlobs(config)) {
      if (blobs.placeOf(digest) !== undefined) continue;
      this.pack(digest);
      // What may lie in a pack stays there.
      if (blobs.isSpooled(digest) || blobs.keptPlaceOf(digest) !== undefined) continue;
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
    const sizes = new Map(placed.map(({ pack, packBytes }) => [pack, packBytes]));
    // Blobs that lie over each other are of no pack of ours: moving them could take far more bytes than the pack has.
    const packs = [...liveBytes].flatMap(([key, live]) => {
      const sizeBytes = sizes.get(key) ?? live;
      return live > sizeBytes ? [] : [{ key, sizeBytes, liveBytes: live }];
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

  #isWritten(base: Manifest, own: Manifest): boolean {
    const { blobs } = this.#options;
    if (base.refHash !== own.refHash || base.legacyIndex !== own.legacyIndex) return false;
    const isThere = (digest: string) => blobs.isPlaced(digest, base.blobs.get(digest));
    return isSameCacheConfig(base.config, own.config) && [...listBlobs(own.config)].every(isThere);
  }

  /**
   * The index, joined with what other manifests hold.
   *
   * @param follows the manifest that comes before this one: what it says beyond our knowledge, this one says too. A section
   * that it does not have any more was removed by somebody who knew it.
   */
  #compose(
    scope: CacheScope,
    refHash: string,
    config: CacheConfig,
    others: readonly Manifest[],
    follows: Manifest | undefined,
  ): Manifest {
    const { blobs, job } = this.#options;
    const isKept = (digest: string) => blobs.keptPlaceOf(digest) !== undefined;
    const theirs = others.map((other) => pruneCacheConfig(other.config, isKept).config);
    const union = theirs.length === 0 ? config : mergeCacheConfigs([config, ...theirs]);
    const places = new Map<string, PackPlace>();
    const sizes = new Map<string, number>();
    for (const digest of listBlobs(union)) {
      const place = blobs.keptPlaceOf(digest);
      if (place === undefined) continue;
      const { pack, packBytes, offset, length } = place;
      // Of two sizes of one pack one is wrong, and it would spoil the whole manifest.
      if ((sizes.get(pack) ?? packBytes) !== packBytes) continue;
      sizes.set(pack, packBytes);
      places.set(digest, { pack, offset, length });
    }
    return {
      formatVersion: 1,
      refHash,
      writer: others.reduce((newest, { writer }) => (isNewerRun(writer, newest) ? writer : newest), job),
      config: union,
      packs: [...sizes].map(([key, sizeBytes]) => ({ key, sizeBytes })),
      blobs: places,
      // Not absorbed as long as a part of it could not be had: the next job tries again.
      legacyIndex: blobs.hasUnknownLegacy ? (scope.base?.legacyIndex ?? null) : scope.legacyIndex,
      foreignSections: follows?.foreignSections ?? {},
    };
  }
}
