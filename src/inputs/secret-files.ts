import { readFile, stat } from 'node:fs/promises';
import { maxSecretBytes } from './named-files.ts';

/** A shorter line of a file may be a word of any log, `true` or `amd64` for example. */
const leastLength = 8;

/**
 * What of files that hold secrets must not be printed: each as a whole, and its lines. Only of regular files: a pipe is read
 * once, and that is for the build. What cannot be read here is not read by the build either, which says so.
 */
export async function readSecretFiles(files: readonly string[]): Promise<readonly string[]> {
  const texts = await Promise.all(files.map(readText));
  const parts = texts.flatMap((text) => [text, ...text.split(/[\r\n]+/)]).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part.length >= leastLength))];
}

async function readText(file: string): Promise<string> {
  try {
    const found = await stat(file);
    return found.isFile() && found.size <= maxSecretBytes ? await readFile(file, 'utf8') : '';
  } catch {
    // Not there, or not to be read: named-files.ts and buildx tell of it.
    return '';
  }
}
