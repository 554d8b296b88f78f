import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEntry } from '../../src/embedded/entry.ts';
import { parseJson } from '../../src/json.ts';
import type { TestCache } from '../helpers/cache.ts';

/** Works on a service without these entries, and puts them back. */
export async function withoutEntries<T>(
  cache: TestCache,
  matches: (key: string) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  const backup = await mkdtemp(path.join(tmpdir(), 'hotlayer-hidden-'));
  try {
    for (const name of await readdir(path.join(cache.directory, 'entries'))) {
      const file = path.join('entries', name);
      const entry = parseEntry(parseJson(await readFile(path.join(cache.directory, file), 'utf8')));
      if (entry === undefined || !matches(entry.key)) continue;
      for (const part of [file, path.join('blobs', String(entry.id))])
        await cp(path.join(cache.directory, part), path.join(backup, part), { preserveTimestamps: true });
    }
    await cache.removeEntries(matches);
    return await work();
  } finally {
    await cp(backup, cache.directory, { recursive: true, preserveTimestamps: true });
    await cache.restart();
    await rm(backup, { recursive: true, force: true });
  }
}
