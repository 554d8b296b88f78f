import { mkdir, rm } from 'node:fs/promises';
import {
  type EntryStore,
  type HeldArchive,
  type RestoredEntry,
  restoreEntry,
  saveEntry,
  toArchiveFile,
  toEntryDirectory,
  type WantedArchive,
} from './cache.ts';
import { type Part, warn } from './options.ts';
import type { ReleaseAnswer } from './release.ts';
import { toReleasePlatform } from './version.ts';

/** The one entry of the Actions cache for all that a runner does not have. */
export interface Entry {
  /** What is there. It is asked for once, for all members. */
  readonly restore: () => Promise<RestoredEntry>;
  /** Where to put the archive of a member while it comes; undefined: it will not be saved. */
  readonly openPlace: (part: Part) => Promise<string | undefined>;
  readonly hold: (part: Part, archive: HeldArchive) => void;
  /** What was restored cannot be used: the user is told, and the next entry takes its place. */
  readonly refuse: (key: string, reason: string) => void;
  /** Saves what has come where the entry is not there or is wrong, if all of it is at hand, and clears up. Never fails. */
  readonly close: () => Promise<void>;
}

export function openEntry(parts: readonly Part[]): Entry {
  const store = toStore(parts);
  const members = parts.map(({ product, options }) => ({
    ...{ id: product.id, name: product.name, version: options.version },
  }));
  const held = new Map<string, HeldArchive>();
  let restoring: Promise<RestoredEntry> | undefined;
  let wrongKey: string | undefined;
  let isOutdated = false;
  const restore = async (): Promise<RestoredEntry> => {
    if (store === undefined || store.use === 'none') return { kind: 'miss' };
    const choices = combine(
      await Promise.all(
        parts.map(async ({ options, release }) => listWanted(options.sha256, await release())),
      ),
    );
    const restored = await restoreEntry(members, choices, store);
    if (restored.kind === 'wrong') refuse(restored.key, restored.reason, restored.isTold);
    if (restored.kind !== 'hit') return restored;
    for (const [id, archive] of restored.archives) held.set(id, archive);
    return restored;
  };
  const refuse = (key: string, reason: string, isTold = false): void => {
    wrongKey = key;
    const names = members.map(({ name }) => name).join(' and ');
    const sentence = `The entry ${key} of the Actions cache is not used: ${reason}. ${names} will be fetched as if it were not there.`;
    const [first] = parts;
    if (first === undefined) return;
    if (isTold) first.options.log(sentence);
    else warn(first.options, sentence);
  };
  return {
    restore: () => {
      restoring ??= restore();
      return restoring;
    },
    openPlace: async ({ product, options }) => {
      if (store?.use !== 'read-write') return undefined;
      await mkdir(toEntryDirectory(options.tempDirectory), { recursive: true });
      const file = toArchiveFile(options.tempDirectory, product);
      await rm(file, { recursive: true, force: true });
      return file;
    },
    hold: ({ product }, archive) => {
      held.set(product.id, archive);
      isOutdated = true;
    },
    refuse,
    close: async () => {
      const [first] = parts;
      if (first === undefined) return;
      const archives = members.flatMap(({ id }) => held.get(id) ?? []);
      if (store !== undefined && isOutdated && archives.length === members.length)
        await saveEntry(members, archives, store, wrongKey);
      await rm(toEntryDirectory(first.options.tempDirectory), { recursive: true, force: true });
    },
  };
}

function toStore(parts: readonly Part[]): EntryStore | undefined {
  const platform = toReleasePlatform(process.arch);
  const [first] = parts;
  if (platform === undefined || first === undefined) return undefined;
  const { cache: use, tempDirectory, log, run = { id: '0', attempt: '0' } } = first.options;
  const findObstacle = first.options.findCacheObstacle ?? (async () => undefined);
  return { use, tempDirectory, platform, run, findObstacle, log };
}

/** Each choice of one thing out of every list. */
function combine<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (chosen, list) => chosen.flatMap((one) => list.map((next) => [...one, next])),
    [[]],
  );
}

/** What will do, by what GitHub says of the release. Nothing where the links after this one have to tell the user something. */
export function listWanted(given: string | undefined, answer: ReleaseAnswer): readonly WantedArchive[] {
  const published = answer.kind === 'asset' ? answer.sha256 : undefined;
  // A contradiction is told where the archive is downloaded.
  if (given !== undefined && published !== undefined && given !== published) return [];
  const sha256 = given ?? published;
  if (sha256 !== undefined) return [{ kind: 'release', sha256 }];
  switch (answer.kind) {
    case 'unreachable':
      return [
        { kind: 'release', sha256 },
        { kind: 'go', sha256 },
      ];
    case 'no-archive':
      return [{ kind: 'go', sha256 }];
    case 'asset':
    case 'no-release':
      return [];
    default:
      return answer satisfies never;
  }
}
