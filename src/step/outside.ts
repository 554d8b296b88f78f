import { lstat, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { toJobPrefix } from '../buildkit/daemon/names.ts';

/**
 * What a job may have left outside its directory: sockets, where its path was too long for one, and what an installation of
 * BuildKit that was cancelled had downloaded or unpacked, or git had been shown. Only real directories of this user are named.
 */
export async function listOutside(
  jobDirectory: string,
  temporaryDirectory: string | undefined,
): Promise<readonly string[]> {
  const sockets = toJobPrefix(jobDirectory);
  const temps = [...new Set([tmpdir(), ...(temporaryDirectory ? [temporaryDirectory] : [])])];
  const found = await Promise.all([
    ...temps.map((temp) => listOwn(temp, (name) => name.startsWith(sockets))),
    listOwn(path.dirname(jobDirectory), (name) => /^hotlayer-(?:buildkit|git-)/.test(name)),
  ]);
  return found.flat();
}

async function listOwn(directory: string, isMeant: (name: string) => boolean): Promise<readonly string[]> {
  const names = (await readdir(directory).catch(() => [])).filter(isMeant);
  const own = await Promise.all(
    names.map(async (name) => {
      const file = path.join(directory, name);
      const found = await lstat(file).catch(() => undefined);
      return found?.isDirectory() === true && found.uid === process.getuid?.() ? [file] : [];
    }),
  );
  return own.flat();
}
