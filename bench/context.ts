import { createCipheriv, createHash } from 'node:crypto';
import { cp, lutimes, mkdir, open, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeProject } from '../scripts/projects.ts';
import type { CopiedTree, Dataset, ProjectDataset } from './datasets.ts';

const chunkBytes = 4 * 1024 * 1024;
/** BuildKit's layers hold the files' times: they must not tell one run from the next. */
const fixedTime = new Date('2026-01-01T00:00:00Z');

/** Writes a build context whose layers are the same bytes on every machine. */
export async function writeContext(directory: string, dataset: Dataset | ProjectDataset): Promise<void> {
  if ('project' in dataset) return writeProject(dataset.project, dataset.changes, directory);
  const { files, trees = [], dockerfile } = dataset;
  await mkdir(directory, { recursive: true });
  for (const tree of trees) await writeTree(path.join(directory, tree.name), tree);
  for (const { name, seed, sizeBytes } of files) {
    const file = path.join(directory, name);
    const handle = await open(file, 'w', 0o644);
    try {
      for (const chunk of generateBytes(seed, sizeBytes)) await handle.writeFile(chunk);
    } finally {
      await handle.close();
    }
    await utimes(file, fixedTime, fixedTime);
  }
  await writeFile(path.join(directory, 'Dockerfile'), dockerfile);
}

async function writeTree(directory: string, { from, texts = {} }: CopiedTree): Promise<void> {
  await mkdir(directory);
  for (const source of from)
    await cp(source, path.join(directory, path.basename(source)), { recursive: true });
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(directory, name), text);
  for (const name of await readdir(directory, { recursive: true }))
    await lutimes(path.join(directory, name), fixedTime, fixedTime);
  await utimes(directory, fixedTime, fixedTime);
}

/** A key stream of AES in counter mode: pseudo-random, the same for the same seed, and faster than a disk. */
export function* generateBytes(seed: string, sizeBytes: number): Generator<Buffer> {
  const key = createHash('sha256').update(seed).digest().subarray(0, 16);
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  for (let done = 0; done < sizeBytes; done += chunkBytes)
    yield cipher.update(Buffer.alloc(Math.min(chunkBytes, sizeBytes - done)));
}
