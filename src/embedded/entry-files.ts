import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { hasErrorCode } from '../errors.ts';
import { parseJson, readNumber } from '../json.ts';
import { type Entry, parseEntry, renderEntry } from './entry.ts';

interface LoadedEntry {
  readonly entry: Entry;
  readonly accessedAt: number;
}

/**
 * The entries of a directory: `blobs/ID` holds an entry's bytes, `entries/ID.json` says that it is committed. The record
 * is written last and removed first, each step synced before the next, so that at any moment an entry is whole or absent.
 */
export interface EntryFiles {
  /** What is committed; sweeps what is not. */
  load(): Promise<readonly LoadedEntry[]>;
  /** Takes a synced file over. When it resolves the entry survives a power cut. */
  commit(entry: Entry, uploadedPath: string): Promise<void>;
  remove(id: number): Promise<void>;
  read(id: number, start: number, end: number): Readable;
  /** Access times only steer eviction: they may be lost. */
  saveAccessTimes(times: Readonly<Record<string, number>>): Promise<void>;
}

export async function openEntryFiles(directory: string): Promise<EntryFiles> {
  const blobs = path.join(directory, 'blobs');
  const records = path.join(directory, 'entries');
  const accessFile = path.join(directory, 'access.json');
  await mkdir(blobs, { recursive: true });
  await mkdir(records, { recursive: true });
  const toBlobPath = (id: number): string => path.join(blobs, String(id));
  const toRecordPath = (id: number): string => path.join(records, `${id}.json`);

  const remove = async (id: number): Promise<void> => {
    await rm(toRecordPath(id), { force: true });
    await sync(records);
    await rm(toBlobPath(id), { force: true });
  };

  return {
    async load() {
      const times = await readJsonFile(accessFile);
      const loaded: LoadedEntry[] = [];
      for (const name of await readdir(records)) {
        const entry = parseEntry(await readJsonFile(path.join(records, name)));
        const isWhole =
          entry !== undefined &&
          name === `${entry.id}.json` &&
          (await readSize(toBlobPath(entry.id))) === entry.sizeBytes;
        if (isWhole)
          loaded.push({ entry, accessedAt: readNumber(times, String(entry.id)) ?? entry.createdAt });
        else await rm(path.join(records, name), { force: true });
      }
      const known = new Set(loaded.map(({ entry }) => String(entry.id)));
      for (const name of await readdir(blobs)) {
        if (!known.has(name)) await rm(path.join(blobs, name), { recursive: true, force: true });
      }
      return loaded;
    },

    async commit(entry, uploadedPath) {
      await sync(uploadedPath);
      await rename(uploadedPath, toBlobPath(entry.id));
      await sync(blobs);
      const draft = path.join(records, `${entry.id}.draft`);
      await writeSynced(draft, renderEntry(entry));
      await rename(draft, toRecordPath(entry.id));
      await sync(records);
    },

    remove,
    read: (id, start, end) => createReadStream(toBlobPath(id), { start, end, highWaterMark: 64 * 1024 }),

    async saveAccessTimes(times) {
      const draft = `${accessFile}.draft`;
      await writeFile(draft, JSON.stringify(times));
      await rename(draft, accessFile);
    },
  };
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A file's bytes, or a directory's renames. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readSize(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function readJsonFile(file: string): Promise<unknown> {
  try {
    return parseJson(await readFile(file, 'utf8'));
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
