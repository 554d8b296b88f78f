import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { findOnPath } from '../src/process/search-path.ts';
import { isStaticProgram } from './static-program.ts';

export function findProgram(name: string): Promise<string | undefined> {
  return findOnPath(name, process.env['PATH'] ?? '');
}

/** The static busybox that HOTLAYER_BUSYBOX names; without that, the first one on PATH. */
export function findBusybox(): string | undefined {
  const named = process.env['HOTLAYER_BUSYBOX'];
  const searchPath = process.env['PATH'] ?? '';
  const files = named
    ? [named]
    : searchPath.split(path.delimiter).map((folder) => path.join(folder, 'busybox'));
  return files.find((file) => existsSync(file) && isStaticProgram(file));
}
