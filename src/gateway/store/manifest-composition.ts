import { type CacheConfig, listBlobs } from '../config/cache-config.ts';
import { mergeCacheConfigs } from '../config/cache-config-merge.ts';
import { pruneCacheConfig } from '../config/cache-config-prune.ts';
import type { Manifest, ManifestWriter } from '../packs/manifest.ts';
import type { BlobStore } from './blob-store.ts';
import type { CacheScope } from './cache-scopes.ts';
import type { PackPlace } from './pack-places.ts';
import { isNewerRun } from './run-order.ts';

interface CompositionFacts {
  readonly scope: Pick<CacheScope, 'base' | 'legacyIndex'>;
  readonly refHash: string;
  readonly config: CacheConfig;
  /** Manifests whose records stay. */
  readonly others: readonly Manifest[];
  /**
   * The manifest that comes before this one: what it says beyond our knowledge, this one says too. A section that it does
   * not have any more was removed by somebody who knew it.
   */
  readonly follows: Manifest | undefined;
  readonly blobs: Pick<BlobStore, 'keptPlaceOf' | 'hasUnknownLegacy'>;
  readonly job: ManifestWriter;
}

/** The manifest of an index, joined with what other manifests hold. */
export function composeManifest(facts: CompositionFacts): Manifest {
  const { scope, refHash, config, others, follows, blobs, job } = facts;
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
