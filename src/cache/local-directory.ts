import { access, mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { CacheEntry } from '../buildkit/solve/cache-flags.ts';
import { hasErrorCode, toMessage } from '../errors.ts';
import * as log from '../log.ts';
import { type HeldLock, lockFile } from '../process/shared-lock.ts';
import { renderSize } from '../report/format.ts';
import type { CacheWatch } from './backend.ts';
import { blobsDirectory, readContents, toBlobPath } from './local-contents.ts';
import { decideRemovals } from './local-removals.ts';

/** The name that BuildKit v0.34 locks in a directory while it exports to it (client/solve.go). */
const lockName = 'cache.lock';

/**
 * Caches in a directory, a directory each, with the blobs of all in one place:
 *
 *     DEST/cache.lock
 *     DEST/blobs/sha256/…
 *     DEST/CACHE-SCOPE/index.json    blobs → ../blobs    cache.lock → ../cache.lock
 */
export class LocalDirectory {
  readonly #directories: readonly string[];
  readonly #maxBytes: number;
  #held: readonly HeldLock[] = [];

  /** @param directories where is exported, and where is imported from when that is another one */
  constructor(directories: readonly string[], maxBytes: number) {
    this.#directories = [...new Set(directories)];
    this.#maxBytes = maxBytes;
  }

  /** Makes what an export needs. Throws where nothing can be written. */
  async prepareExport(entry: CacheEntry): Promise<void> {
    const { dest } = entry.attrs;
    if (dest === undefined) return;
    const home = path.dirname(dest);
    await mkdir(path.join(home, blobsDirectory, 'sha256'), { recursive: true });
    await mkdir(dest, { recursive: true });
    for (const name of [blobsDirectory, lockName]) await link(path.join('..', name), path.join(dest, name));
  }

  /** Nobody has exported there yet: buildx would warn of it. */
  async hasIndex(entry: CacheEntry): Promise<boolean> {
    try {
      await access(path.join(entry.attrs['src'] ?? '', 'index.json'));
      return true;
    } catch {
      return false;
    }
  }

  /** While a build reads and writes, nobody removes anything. */
  async hold(): Promise<CacheWatch> {
    const held: HeldLock[] = [];
    for (const directory of this.#directories) {
      const lock = await lockFile(path.join(directory, lockName), 'shared');
      if (lock !== undefined) held.push(lock);
    }
    this.#held = [...this.#held, ...held];
    return {
      signal: new AbortController().signal,
      isGone: async () => false,
      stop: () => void this.#release(),
    };
  }

  /** Removes what no index names, and what is too much, unless another build is at work there: its end does it then. */
  async collect(): Promise<void> {
    await this.#release();
    const [directory] = this.#directories;
    if (directory === undefined) return;
    const lock = await lockFile(path.join(directory, lockName), 'alone');
    if (lock === undefined) {
      log.info(`Nothing is removed in ${directory}: another build uses it, or the program flock is missing.`);
      return;
    }
    try {
      await removeUnneeded(directory, this.#maxBytes);
    } catch (error) {
      log.info(`Nothing more is removed in ${directory}: ${toMessage(error)}.`);
    } finally {
      await lock.release();
    }
  }

  async #release(): Promise<void> {
    const held = this.#held;
    this.#held = [];
    for (const lock of held) await lock.release();
  }
}

/** Nobody else may be at work there. Throws where anything cannot be read. */
export async function removeUnneeded(directory: string, maxBytes: number): Promise<void> {
  const contents = await readContents(directory);
  const { caches, blobs } = decideRemovals(contents, maxBytes);
  // The index first: it must never name what is gone.
  for (const name of caches) await rm(path.join(directory, name), { recursive: true, force: true });
  for (const digest of blobs) await rm(toBlobPath(directory, digest), { force: true });
  for (const { name } of contents.caches)
    if (!caches.includes(name))
      await rm(path.join(directory, name, 'ingest'), { recursive: true, force: true });
  if (blobs.length === 0 && caches.length === 0) return;
  const bytes = blobs.reduce((sum, digest) => sum + (contents.blobs.get(digest) ?? 0), 0);
  const named = caches.length === 0 ? '' : `, with the caches ${caches.join(', ')} (input max-size)`;
  log.info(`${directory}: ${blobs.length} blobs of ${renderSize(bytes)} are removed${named}.`);
}

async function link(target: string, file: string): Promise<void> {
  try {
    await symlink(target, file);
  } catch (error) {
    if (!hasErrorCode(error, 'EEXIST')) throw error;
  }
}
