import { cp, link, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { lastLines, start } from './processes.mjs';
import { toServeFlags } from './profiles.mjs';

const cli = path.join(import.meta.dirname, '..', 'dist', 'cli', 'index.js');
const repository = 'o/r';

/**
 * `hotlayer serve` on a directory. `url` is its address, `token` a runtime token that reads and writes refs/heads/main, `stop()`
 * ends it and answers its statistics.
 */
export async function startService(node, directory, profile) {
  let announce;
  const announced = new Promise((resolve) => {
    announce = resolve;
  });
  const args = [cli, 'serve', '--dir', directory, ...toServeFlags(profile)];
  const { child, ended } = start(node, args, { env: { PATH: process.env.PATH }, onLine: announce });
  const line = await Promise.race([announced, ended.then(() => undefined)]);
  if (line === undefined) throw new Error(`hotlayer serve did not start: ${(await ended).output}`);
  const stop = async () => {
    child.kill('SIGTERM');
    const { exitCode, output } = await ended;
    if (exitCode !== 0) throw new Error(`hotlayer serve ended with ${exitCode}: ${lastLines(output)}`);
    return JSON.parse(lastLines(output, 1));
  };
  try {
    return { url: JSON.parse(line).url, token: await mintToken(node), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function mintToken(node) {
  const args = [cli, 'token', '--scope', 'refs/heads/main:rw', '--repository', repository];
  const { exitCode, output } = await start(node, args, { env: { PATH: process.env.PATH } }).ended;
  if (exitCode !== 0) throw new Error(`hotlayer token: ${output}`);
  return output.trim();
}

/** A copy of a service's directory. Blobs never change, so they are linked: no time, and nothing left for the disk to write. */
export async function copyServiceDirectory(from, to) {
  await cp(from, to, {
    recursive: true,
    filter: (source) => source !== path.join(from, 'blobs') && source !== path.join(from, 'lock'),
  });
  await mkdir(path.join(to, 'blobs'), { recursive: true });
  for (const name of await readdir(path.join(from, 'blobs')))
    await link(path.join(from, 'blobs', name), path.join(to, 'blobs', name));
}

/** Calls by kind, failed ones, and bytes each way, of the service's own statistics. */
export function toServiceFigures({ totalCalls, calls, storage }) {
  const kinds = Object.entries(calls).filter(([, { count }]) => count > 0);
  const sum = (field) => kinds.reduce((total, [, figures]) => total + figures[field], 0);
  return {
    totalCalls,
    calls: Object.fromEntries(kinds.map(([kind, { count }]) => [kind, count])),
    failedCalls: sum('failed'),
    bytesUp: sum('bytesIn'),
    bytesDown: sum('bytesOut'),
    storedEntries: storage.entries,
    storedBytes: storage.bytes,
  };
}
