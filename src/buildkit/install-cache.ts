import { rm } from 'node:fs/promises';
import path from 'node:path';
import { toMessage } from '../errors.ts';
import { whileBytesFlow } from './socket-flow.ts';

/** How an archive came to be: downloaded (its checksum can be compared again) or compiled here. */
export type ArchiveKind = 'release' | 'go';

/** What of the Actions cache this run may use. */
export type CacheUse = 'none' | 'read' | 'read-write';

export interface ArchiveStore {
  readonly use: CacheUse;
  /** RUNNER_TEMP: the same path on every runner of a kind, as @actions/cache hashes it into the entry's version. */
  readonly tempDirectory: string;
  readonly version: string;
  /** For example `linux-amd64`. */
  readonly platform: string;
  /** Why the service is not asked: it does not answer, and `@actions/cache` would not believe that for a long time. */
  readonly findObstacle: () => Promise<string | undefined>;
  readonly log: (line: string) => void;
}

export function toArchiveFile(tempDirectory: string): string {
  return path.join(tempDirectory, 'hotlayer-buildkit', 'buildkit.tar.gz');
}

/** No key of one version and platform is the beginning of another's: the service matches prefixes. */
export function toCacheKey(kind: ArchiveKind, version: string, platform: string): string {
  return `hotlayer-buildkit_${version}_${platform}_${kind}.tar.gz`;
}

/**
 * The archive that an earlier run saved, at `toArchiveFile()`, and its key; undefined is a miss. Cache trouble is a miss
 * and one line of the log. `@actions/cache` is loaded only here, because it is large.
 */
export async function restoreArchive(
  kinds: readonly ArchiveKind[],
  store: ArchiveStore,
): Promise<{ readonly kind: ArchiveKind; readonly key: string } | undefined> {
  const [first, ...others] = kinds.map((kind) => toCacheKey(kind, store.version, store.platform));
  if (store.use === 'none' || first === undefined) return undefined;
  try {
    const cache = await import('@actions/cache');
    if (!cache.isFeatureAvailable()) return undefined;
    const obstacle = await store.findObstacle();
    if (obstacle !== undefined) {
      store.log(`BuildKit was not restored from the Actions cache, which does not answer: ${obstacle}`);
      return undefined;
    }
    const directory = path.dirname(toArchiveFile(store.tempDirectory));
    await rm(directory, { recursive: true, force: true });
    const key = await whileBytesFlow(() => cache.restoreCache([directory], first, others));
    const kind = kinds.find((candidate) => toCacheKey(candidate, store.version, store.platform) === key);
    return kind === undefined || key === undefined ? undefined : { kind, key };
  } catch (error) {
    store.log(`BuildKit was not restored from the Actions cache: ${toMessage(error)}`);
    return undefined;
  }
}

/** Saves the archive at `toArchiveFile()` for the next runner and removes it here. Never fails the job. */
export async function saveArchive(kind: ArchiveKind, store: ArchiveStore): Promise<void> {
  const directory = path.dirname(toArchiveFile(store.tempDirectory));
  try {
    if (store.use !== 'read-write') return;
    const cache = await import('@actions/cache');
    // What was said at the restore holds still.
    if (!cache.isFeatureAvailable() || (await store.findObstacle()) !== undefined) return;
    const key = toCacheKey(kind, store.version, store.platform);
    await whileBytesFlow(() => cache.saveCache([directory], key));
  } catch (error) {
    store.log(`BuildKit was not saved to the Actions cache: ${toMessage(error)}`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
