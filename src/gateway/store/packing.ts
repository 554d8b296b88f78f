import { toMessage } from '../../errors.ts';
import { type CacheConfig, listBlobs } from '../config/cache-config.ts';
import { decideCompaction } from '../packs/compaction.ts';
import type { PackWriter } from '../packs/pack-writer.ts';
import type { Statistics } from '../report/statistics.ts';
import type { BlobStore } from './blob-store.ts';

export interface PackingOptions {
  readonly blobs: BlobStore;
  readonly writer: Pick<PackWriter, 'add' | 'flush'>;
  readonly statistics: Statistics;
}

/** All blobs of an index into packs: new ones, those that failed before, and those of BuildKit's own cache. */
export async function packBlobs(config: CacheConfig, options: PackingOptions): Promise<void> {
  const { blobs, writer, statistics } = options;
  const startedMs = performance.now();
  for (const digest of listBlobs(config)) {
    if (blobs.placeOf(digest) !== undefined) continue;
    packSpooled(digest, options);
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

/** Gives the writer a blob that lies on local disk and that it has not had yet. */
export function packSpooled(
  digest: string,
  { blobs, writer }: Pick<PackingOptions, 'blobs' | 'writer'>,
): void {
  const blob = blobs.takeForPacking(digest);
  if (blob !== undefined) writer.add(blob);
}

/** Moves what is left of packs that are mostly dead, and joins small ones. Answers whether anything moved. */
export async function compactPacks(config: CacheConfig, options: PackingOptions): Promise<boolean> {
  const { blobs, writer, statistics } = options;
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
  statistics.addTime('compact', performance.now() - startedMs);
  statistics.add('movedBlobs', moved);
  return moved > 0;
}
