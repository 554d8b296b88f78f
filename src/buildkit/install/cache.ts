import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { toMessage } from '../../errors.ts';
import type { ProductFacts } from './product.ts';
import { whileBytesFlow } from './socket-flow.ts';

/** How an archive came to be: downloaded (its checksum can be compared again) or compiled here. */
export type ArchiveKind = 'release' | 'go';

/** What of the Actions cache this run may use. */
export type CacheUse = 'none' | 'read' | 'read-write';

/** The products of one entry: those that this kind of runner does not have. */
export type EntryMember = Pick<ProductFacts, 'id' | 'name'> & { readonly version: string };

export interface EntryStore {
  readonly use: CacheUse;
  /** RUNNER_TEMP: the same path on every runner of a kind, as @actions/cache hashes it into the entry's version. */
  readonly tempDirectory: string;
  /** For example `linux-amd64`. */
  readonly platform: string;
  readonly run: { readonly id: string; readonly attempt: string };
  /** Why the service is not asked: it does not answer, and `@actions/cache` would not believe that for a long time. */
  readonly findObstacle: () => Promise<string | undefined>;
  readonly log: (line: string) => void;
}

/** An archive that will do. `sha256`: only the one with that digest. */
export interface WantedArchive {
  readonly kind: ArchiveKind;
  readonly sha256: string | undefined;
}

export interface HeldArchive {
  readonly kind: ArchiveKind;
  readonly sha256: string;
}

export type RestoredEntry =
  | { readonly kind: 'miss' }
  /** There is an entry, and it is not what its key says. */
  | {
      readonly kind: 'wrong';
      readonly key: string;
      readonly reason: string;
      /** `@actions/cache` has warned of it. */
      readonly isTold?: boolean;
    }
  /** The files at `toArchiveFile()` have together the digest that the key names. `archives` by the id of their member. */
  | { readonly kind: 'hit'; readonly key: string; readonly archives: ReadonlyMap<string, HeldArchive> };

/** `@actions/cache` swallows why it has restored nothing; after a longer time it was the service, not the entry. */
const quickMs = 5000;

/** Nobody waits for it, and a build takes the processor from its packing. */
const saveLimits = { windowMs: 60_000, leastBytes: 64 * 1024, blindMs: 60_000 };

export function toEntryDirectory(tempDirectory: string): string {
  return path.join(tempDirectory, 'hotlayer-tools');
}

/** `@actions/cache` packs it with zstd where the runner has that: a file of the release that is compressed stays as it is. */
export function toArchiveFile(tempDirectory: string, { id }: Pick<EntryMember, 'id'>): string {
  return path.join(toEntryDirectory(tempDirectory), id);
}

/** How the keys of these entries begin. No prefix of other members, versions, kinds and platforms is the beginning of another's. */
export function toEntryPrefix(
  members: readonly EntryMember[],
  wanted: readonly WantedArchive[],
  platform: string,
): string {
  const names = members.map(({ id, version }) => `${id}-${version}`).join('+');
  const kinds = wanted.map(({ kind }) => kind).join('+');
  const start = `hotlayer-tools_${platform}_${names}_${kinds}_`;
  const sums = wanted.flatMap(({ sha256 }) => sha256 ?? []);
  return sums.length < wanted.length ? start : `${start}${toEntryDigest(sums)}_`;
}

/** One digest for the archives of an entry, in order. */
export function toEntryDigest(sums: readonly string[]): string {
  return createHash('sha256').update(sums.join('\n')).digest('hex');
}

/**
 * An entry cannot be overwritten, and of those that a prefix finds the newest is taken. So the run is part of the key, and
 * so is the wrong entry that this one takes the place of: what is saved will be found, whatever is there already. Jobs
 * of one run that save the same archives still have one key.
 */
export function toEntryKey(
  members: readonly EntryMember[],
  archives: readonly HeldArchive[],
  { platform, run }: Pick<EntryStore, 'platform' | 'run'>,
  wrongKey: string | undefined,
): string {
  const suffix =
    wrongKey === undefined ? '' : `-${createHash('sha256').update(wrongKey).digest('hex').slice(0, 12)}`;
  return `${toEntryPrefix(members, archives, platform)}${run.id}-${run.attempt}${suffix}`;
}

/**
 * The entry that an earlier run saved, if its bytes are those that its key names. Cache trouble is a miss and one line of
 * the log. `@actions/cache` is loaded only here, because it is large.
 *
 * @param choices what will do: each is a list of one archive for each member, in their order
 */
export async function restoreEntry(
  members: readonly EntryMember[],
  choices: readonly (readonly WantedArchive[])[],
  store: EntryStore,
): Promise<RestoredEntry> {
  const prefixes = choices.map((wanted) => toEntryPrefix(members, wanted, store.platform));
  const [first] = prefixes;
  if (store.use === 'none' || first === undefined) return { kind: 'miss' };
  const names = members.map(({ name }) => name).join(' and ');
  try {
    const cache = await import('@actions/cache');
    if (!cache.isFeatureAvailable()) return { kind: 'miss' };
    const obstacle = await store.findObstacle();
    if (obstacle !== undefined) {
      store.log(`No ${names} from the Actions cache, which does not answer: ${obstacle}`);
      return { kind: 'miss' };
    }
    const directory = toEntryDirectory(store.tempDirectory);
    await rm(directory, { recursive: true, force: true });
    const started = Date.now();
    const key = await whileBytesFlow(() => cache.restoreCache([directory], first, prefixes));
    if (key !== undefined) return await checkRestored(key, members, choices, store);
    if (store.use !== 'read-write' || Date.now() - started > quickMs) return { kind: 'miss' };
    const lookupOnly = { lookupOnly: true };
    const there = await whileBytesFlow(() => cache.restoreCache([directory], first, prefixes, lookupOnly));
    return there === undefined
      ? { kind: 'miss' }
      : { kind: 'wrong', key: there, reason: 'it cannot be unpacked', isTold: true };
  } catch (error) {
    store.log(`No ${names} from the Actions cache: ${toMessage(error)}`);
    return { kind: 'miss' };
  }
}

async function checkRestored(
  key: string,
  members: readonly EntryMember[],
  choices: readonly (readonly WantedArchive[])[],
  store: EntryStore,
): Promise<RestoredEntry> {
  const wrong = (reason: string): RestoredEntry => ({ kind: 'wrong', key, reason });
  const wanted = choices.find((choice) => key.startsWith(toEntryPrefix(members, choice, store.platform)));
  if (wanted === undefined) return wrong('nobody has asked for that key');
  const start = toEntryPrefix(
    members,
    wanted.map(({ kind }) => ({ kind, sha256: undefined })),
    store.platform,
  );
  const expected = /^([0-9a-f]{64})_/.exec(key.slice(start.length))?.[1];
  if (expected === undefined) return wrong('its key names no SHA-256');
  const files = members.map((member) => toArchiveFile(store.tempDirectory, member));
  for (const [index, file] of files.entries()) {
    const isFile = await lstat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile) return wrong(`it holds no archive of ${members[index]?.name}`);
  }
  const sums = await Promise.all(files.map(hashFile));
  const archives = new Map<string, HeldArchive>();
  for (const [index, { id }] of members.entries()) {
    const [sha256, kind] = [sums[index], wanted[index]?.kind];
    if (sha256 !== undefined && kind !== undefined) archives.set(id, { kind, sha256 });
  }
  const other = wanted.findIndex(({ sha256 }, index) => sha256 !== undefined && sha256 !== sums[index]);
  if (other !== -1) return wrong(`its archive of ${members[other]?.name} has SHA-256 ${sums[other]}`);
  return toEntryDigest(sums) === expected
    ? { kind: 'hit', key, archives }
    : wrong(`its archives have SHA-256 ${sums.join(', ')}`);
}

/** Saves the files at `toArchiveFile()` for the next runner. Never fails the job. */
export async function saveEntry(
  members: readonly EntryMember[],
  archives: readonly HeldArchive[],
  store: EntryStore,
  wrongKey: string | undefined,
): Promise<void> {
  const names = members.map(({ name }) => name).join(' and ');
  try {
    if (store.use !== 'read-write') return;
    const cache = await import('@actions/cache');
    // What was said at the restore holds still.
    if (!cache.isFeatureAvailable() || (await store.findObstacle()) !== undefined) return;
    const key = toEntryKey(members, archives, store, wrongKey);
    const directory = toEntryDirectory(store.tempDirectory);
    await whileBytesFlow(() => cache.saveCache([directory], key), saveLimits);
  } catch (error) {
    store.log(`${names} not saved to the Actions cache: ${toMessage(error)}`);
  }
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
