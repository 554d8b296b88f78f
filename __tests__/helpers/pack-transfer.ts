// Runs by itself: writes blobs into one pack, reads them back, and prints its peak memory at each step.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { systemClock } from '../../src/async/clock.ts';
import { createCacheClient } from '../../src/cache-client/client.ts';
import { readProxies } from '../../src/cache-client/proxy.ts';
import { openTransport } from '../../src/cache-client/transport.ts';
import { CreateBudget } from '../../src/gateway/packs/create-budget.ts';
import { PackReader } from '../../src/gateway/packs/pack-reader.ts';
import { PackWriter } from '../../src/gateway/packs/pack-writer.ts';

const mebibyte = 1024 * 1024;
const [protocol, baseUrl = '', token = '', directory = '', countText, sizeText] = process.argv.slice(2);
const count = Number(countText);
const sizeBytes = Number(sizeText) * mebibyte;

async function readPeakBytes(): Promise<number> {
  return Number(/VmHWM:\s+(\d+) kB/.exec(await readFile('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

/** No two pieces of it are the same. */
async function writeBlob() {
  const file = path.join(directory, 'blob');
  const handle = await open(file, 'w');
  const hash = createHash('sha256');
  const piece = randomBytes(mebibyte);
  for (let written = 0; written < sizeBytes; written += mebibyte) {
    piece.writeUInt32LE(written / mebibyte, 0);
    hash.update(piece);
    await handle.write(piece);
  }
  await handle.close();
  return { digest: `sha256:${hash.digest('hex')}`, file, sizeBytes };
}

await mkdir(path.join(directory, 'down'), { recursive: true });
const transport = openTransport(readProxies({}), 'test');
const client = createCacheClient({ protocol: protocol === '1' ? 1 : 2, baseUrl, token, transport });
const startBytes = await readPeakBytes();

// One pack of all blobs.
const budget = new CreateBudget({ clock: systemClock, smallestPackBytes: count * sizeBytes + 1 });
const keyOf = (number: number) => `hotlayer-pack-1-7-1-memory-${number}`;
const writer = new PackWriter({ client, budget, keyOf });
// The same bytes in several places save the time to make others.
const blob = await writeBlob();
for (let index = 0; index < count; index++) writer.add(blob);
const packs = await writer.flush();
await rm(blob.file);
const upBytes = await readPeakBytes();

const reader = new PackReader({ client, directory: path.join(directory, 'down') });
for (const pack of packs) {
  const fetched = await Promise.all(pack.blobs.map((place) => reader.fetchBlob(pack, place)));
  for (const { release } of fetched) release();
}
await reader.close();
transport.close();
const blobs = packs.flatMap((pack) => pack.blobs).length;
console.log(
  JSON.stringify({ packs: packs.length, blobs, startBytes, upBytes, peakBytes: await readPeakBytes() }),
);
