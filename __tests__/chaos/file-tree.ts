import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

/** One line for each file below the directory: name, kind and mode, content. What a build's output is compared by. */
export async function readFileTree(directory: string): Promise<readonly string[]> {
  const names = (await readdir(directory, { recursive: true })).sort();
  return await Promise.all(names.map((name) => describe(path.join(directory, name), name)));
}

async function describe(file: string, name: string): Promise<string> {
  const facts = await lstat(file);
  const mode = facts.mode.toString(8);
  if (facts.isSymbolicLink()) return `${name} ${mode} -> ${await readlink(file)}`;
  if (!facts.isFile()) return `${name} ${mode}`;
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  return `${name} ${mode} ${facts.size} ${sha256}`;
}
