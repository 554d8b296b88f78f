import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode } from '../errors.ts';
import { isRecord, parseJson, readField, readString } from '../json.ts';
import type { LocalCache, LocalContents } from './local-removals.ts';

/** Where all caches of a directory have their blobs. */
export const blobsDirectory = 'blobs';

/** As the directory of a cache has it. */
export const sharedBlobs = path.join('..', blobsDirectory);

/** An index names a manifest, which names layers; an index of indexes is none that BuildKit writes. */
const maxDepth = 4;

/** Throws where anything cannot be read: what it names is then not known, and nothing may be removed. */
export async function readContents(directory: string): Promise<LocalContents> {
  const places = await readdir(directory, { withFileTypes: true });
  const caches: LocalCache[] = [];
  for (const place of places) {
    if (!place.isDirectory() || !(await isOwn(path.join(directory, place.name)))) continue;
    const cache = await readCache(directory, place.name);
    if (cache !== undefined) caches.push(cache);
  }
  return { caches, blobs: await readBlobs(directory) };
}

/** Whatever else lies in the directory is none of ours, and stays. */
async function isOwn(place: string): Promise<boolean> {
  const target = await readlink(path.join(place, blobsDirectory)).catch(() => undefined);
  return target === sharedBlobs;
}

/** undefined: nothing was ever exported there. */
async function readCache(directory: string, name: string): Promise<LocalCache | undefined> {
  const file = path.join(directory, name, 'index.json');
  try {
    const { mtimeMs } = await stat(file);
    const blobs = new Set<string>();
    await collect(directory, await readFile(file, 'utf8'), blobs, 0);
    return { name, exportedAtMs: mtimeMs, blobs: [...blobs] };
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT') && !(await exists(file))) return undefined;
    throw error;
  }
}

async function collect(directory: string, text: string, found: Set<string>, depth: number): Promise<void> {
  const document = parseJson(text);
  if (!isRecord(document)) throw new Error('a document of the cache is not JSON');
  if (depth > maxDepth) throw new Error('the documents of the cache name each other');
  for (const descriptor of listDescriptors(document)) {
    const digest = readString(descriptor, 'digest');
    if (digest === undefined || !isDigest(digest)) throw new Error('the cache names what is no digest');
    if (found.has(digest)) continue;
    found.add(digest);
    if (!/(?:manifest|index)/.test(readString(descriptor, 'mediaType') ?? '')) continue;
    await collect(directory, await readFile(toBlobPath(directory, digest), 'utf8'), found, depth + 1);
  }
}

function listDescriptors(document: Readonly<Record<string, unknown>>): readonly unknown[] {
  const lists = ['manifests', 'layers'].flatMap((name) => {
    const list = readField(document, name);
    return Array.isArray(list) ? list : [];
  });
  const config = readField(document, 'config');
  return config === undefined ? lists : [...lists, config];
}

async function readBlobs(directory: string): Promise<ReadonlyMap<string, number>> {
  const blobs = new Map<string, number>();
  const place = path.join(directory, blobsDirectory, 'sha256');
  for (const name of await readdir(place)) {
    if (!isDigest(`sha256:${name}`)) continue;
    const { size } = await stat(path.join(place, name));
    blobs.set(`sha256:${name}`, size);
  }
  return blobs;
}

export function toBlobPath(directory: string, digest: string): string {
  return path.join(directory, blobsDirectory, digest.replace(':', '/'));
}

function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
