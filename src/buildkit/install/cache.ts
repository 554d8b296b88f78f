import { createHash } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import { toMessage } from '../../errors.ts';
import { hashFile } from './release.ts';
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
  readonly run: { readonly id: string; readonly attempt: string };
  /** Why the service is not asked: it does not answer, and `@actions/cache` would not believe that for a long time. */
  readonly findObstacle: () => Promise<string | undefined>;
  readonly log: (line: string) => void;
}

/** Archives that will do. `sha256`: only the one with that digest. */
export interface WantedArchive {
  readonly kind: ArchiveKind;
  readonly sha256: string | undefined;
}

export type RestoredArchive =
  | { readonly kind: 'miss' }
  /** There is an entry, and it is not what its key says. */
  | {
      readonly kind: 'wrong';
      readonly key: string;
      readonly reason: string;
      /** `@actions/cache` has warned of it. */
      readonly isTold?: boolean;
    }
  /** The archive at `toArchiveFile()` has the digest that its key names. */
  | { readonly kind: 'hit'; readonly key: string; readonly archive: ArchiveKind };

/** `@actions/cache` swallows why it has restored nothing; after a longer time it was the service, not the entry. */
const quickMs = 5000;

export function toArchiveFile(tempDirectory: string): string {
  return path.join(tempDirectory, 'hotlayer-buildkit', 'buildkit.tar.gz');
}

/** How the keys of these archives begin. No prefix of one version and platform is the beginning of another's. */
export function toCachePrefix({ kind, sha256 }: WantedArchive, version: string, platform: string): string {
  const start = `hotlayer-buildkit_${version}_${platform}_${kind}_`;
  return sha256 === undefined ? start : `${start}${sha256}_`;
}

/**
 * An entry cannot be overwritten, and of those that a prefix finds the newest is taken. So the run is part of the key, and
 * so is the wrong entry that this one takes the place of: what is saved will be found, whatever is there already. Jobs
 * of one run that save the same archive still have one key.
 */
export function toCacheKey(
  wanted: WantedArchive & { readonly sha256: string },
  { version, platform, run }: Pick<ArchiveStore, 'version' | 'platform' | 'run'>,
  wrongKey: string | undefined,
): string {
  const suffix =
    wrongKey === undefined ? '' : `-${createHash('sha256').update(wrongKey).digest('hex').slice(0, 12)}`;
  return `${toCachePrefix(wanted, version, platform)}${run.id}-${run.attempt}${suffix}`;
}

/**
 * The archive that an earlier run saved, if its bytes are those that its key names. Cache trouble is a miss and one line of
 * the log. `@actions/cache` is loaded only here, because it is large.
 */
export async function restoreArchive(
  wanted: readonly WantedArchive[],
  store: ArchiveStore,
): Promise<RestoredArchive> {
  const prefixes = wanted.map((archive) => toCachePrefix(archive, store.version, store.platform));
  const [first] = prefixes;
  if (store.use === 'none' || first === undefined) return { kind: 'miss' };
  try {
    const cache = await import('@actions/cache');
    if (!cache.isFeatureAvailable()) return { kind: 'miss' };
    const obstacle = await store.findObstacle();
    if (obstacle !== undefined) {
      store.log(`BuildKit was not restored from the Actions cache, which does not answer: ${obstacle}`);
      return { kind: 'miss' };
    }
    const directory = path.dirname(toArchiveFile(store.tempDirectory));
    await rm(directory, { recursive: true, force: true });
    const started = Date.now();
    const key = await whileBytesFlow(() => cache.restoreCache([directory], first, prefixes));
    if (key !== undefined) return await checkRestored(key, wanted, store);
    if (store.use !== 'read-write' || Date.now() - started > quickMs) return { kind: 'miss' };
    const lookupOnly = { lookupOnly: true };
    const there = await whileBytesFlow(() => cache.restoreCache([directory], first, prefixes, lookupOnly));
    return there === undefined
      ? { kind: 'miss' }
      : { kind: 'wrong', key: there, reason: 'it cannot be unpacked', isTold: true };
  } catch (error) {
    store.log(`BuildKit was not restored from the Actions cache: ${toMessage(error)}`);
    return { kind: 'miss' };
  }
}

async function checkRestored(
  key: string,
  wanted: readonly WantedArchive[],
  store: ArchiveStore,
): Promise<RestoredArchive> {
  const found = wanted.find((archive) =>
    key.startsWith(toCachePrefix(archive, store.version, store.platform)),
  );
  if (found === undefined) return { kind: 'wrong', key, reason: 'nobody has asked for that key' };
  const start = toCachePrefix({ ...found, sha256: undefined }, store.version, store.platform);
  const expected = /^([0-9a-f]{64})_/.exec(key.slice(start.length))?.[1];
  if (expected === undefined) return { kind: 'wrong', key, reason: 'its key names no SHA-256' };
  const archive = toArchiveFile(store.tempDirectory);
  const isFile = await lstat(archive).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return { kind: 'wrong', key, reason: 'it holds no archive' };
  const actual = await hashFile(archive);
  return actual === expected
    ? { kind: 'hit', key, archive: found.kind }
    : { kind: 'wrong', key, reason: `its archive has SHA-256 ${actual}` };
}

/**
 * Saves the archive at `toArchiveFile()` for the next runner and removes it here. Never fails the job.
 *
 * @param wrongKey of the entry that was found in its place
 */
export async function saveArchive(
  kind: ArchiveKind,
  store: ArchiveStore,
  wrongKey: string | undefined,
): Promise<void> {
  const archive = toArchiveFile(store.tempDirectory);
  try {
    if (store.use !== 'read-write') return;
    const cache = await import('@actions/cache');
    // What was said at the restore holds still.
    if (!cache.isFeatureAvailable() || (await store.findObstacle()) !== undefined) return;
    const key = toCacheKey({ kind, sha256: await hashFile(archive) }, store, wrongKey);
    await whileBytesFlow(() => cache.saveCache([path.dirname(archive)], key));
  } catch (error) {
    store.log(`BuildKit was not saved to the Actions cache: ${toMessage(error)}`);
  } finally {
    await rm(path.dirname(archive), { recursive: true, force: true });
  }
}
