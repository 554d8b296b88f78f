import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { listProcesses } from './leftovers.ts';

/** Files below a directory that hold one of the needles; the daemon's snapshots are searched as well. */
export function findInFiles(directory: string, needles: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    try {
      if (!entry.isFile() || statSync(file).size > 64 * 1024 * 1024) continue;
      const bytes = readFileSync(file);
      if (needles.some((needle) => bytes.includes(needle))) found.push(file);
    } catch {
      // The daemon removes files while we look: what is gone holds nothing.
    }
  }
  return found;
}

/** Processes other than main, post and ourselves that have one of the needles in their arguments or their environment. */
export function findHolders(needles: readonly string[]): readonly string[] {
  return listProcesses().flatMap(({ pid, cmdline, environ }) => {
    const inArguments = needles.some((needle) => cmdline.includes(needle));
    // A child that main or post has forked but that has not called exec yet has the environment of its parent.
    const isOurs = pid === process.pid || /dist\/(?:main|post)\/index\.js/.test(cmdline);
    const inEnvironment = !isOurs && needles.some((needle) => environ.includes(needle));
    return inArguments || inEnvironment ? [cmdline.replaceAll('\0', ' ')] : [];
  });
}

/** What a reader of the log can see: the runner takes the lines by which it learns what to hide out of it. */
export function toUnmasked(printed: string): string {
  return printed
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
}
