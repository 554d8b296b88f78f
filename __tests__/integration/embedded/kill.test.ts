import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createDeferred } from '../../../src/async/deferred.ts';
import { rights } from '../../helpers/cache.ts';
import { ServeProcess } from '../../helpers/serve.ts';
import { send, Wire } from '../../helpers/wire.ts';

let directory: string;
let serving: ServeProcess | undefined;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-kill-'));
});
afterEach(async () => {
  await serving?.kill();
  await rm(directory, { recursive: true, force: true });
});

const toDigest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Saves entries whose key is their digest until the service is gone; answers the keys whose commit was acknowledged. */
async function saveUntilGone(url: string, round: number, onSaved: () => void): Promise<string[]> {
  const wire = await Wire.open(url, rights.main);
  const acknowledged: string[] = [];
  try {
    for (;;) {
      const bytes = Buffer.concat([
        Buffer.from(`${round} `),
        randomBytes(200_000 + Math.floor(Math.random() * 800_000)),
      ]);
      const key = toDigest(bytes);
      const upload = String((await wire.create(key)).json['signed_upload_url']);
      const half = Math.floor(bytes.length / 2);
      const blocks = [bytes.subarray(0, half), bytes.subarray(half)];
      await Promise.all(
        blocks.map((body, index) =>
          send(`${upload}&comp=block&blockid=${'AB'[index]}A%3D%3D`, { method: 'PUT', body }),
        ),
      );
      await send(`${upload}&comp=blocklist`, {
        method: 'PUT',
        body: '<BlockList><Latest>AA==</Latest><Latest>BA==</Latest></BlockList>',
      });
      if ((await wire.finalize(key, bytes.length)).json['ok'] !== true) continue;
      acknowledged.push(key);
      onSaved();
    }
  } catch {
    // The service was killed: that is the test.
    return acknowledged;
  }
}

it('kill -9 while clients write: after each restart every acknowledged entry is there, and every entry there is whole', async () => {
  const acknowledged: string[] = [];
  const rounds = 8;
  for (let round = 0; round < rounds; round += 1) {
    serving = await ServeProcess.start(['--dir', directory]);
    const { url } = serving;
    const saved = createDeferred<void>();
    const clients = Promise.all([0, 1, 2, 3].map(() => saveUntilGone(url, round, saved.resolve)));
    // However slow the machine is, there is something to lose; then at any moment.
    await Promise.race([saved.promise, clients]);
    await delay(Math.random() * 250);
    await serving.kill();
    acknowledged.push(...(await clients).flat());
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(rounds);

  serving = await ServeProcess.start(['--dir', directory]);
  const wire = await Wire.open(serving.url, rights.main);
  for (const key of acknowledged) {
    const bytes = await wire.read(key);
    expect(bytes === undefined ? 'absent' : toDigest(bytes)).toBe(key);
  }
  // Also those whose acknowledgement was lost: whole or absent, with nothing left over.
  const records = await readdir(path.join(directory, 'entries'));
  expect((await readdir(path.join(directory, 'blobs'))).length).toBe(records.length);
  expect(await readdir(path.join(directory, 'uploads'))).toEqual([]);
  const list = await wire.v1('GET', 'caches?key=');
  expect(list.json['totalCount']).toBe(records.length);
  for (const entry of Array.isArray(list.json['artifactCaches']) ? list.json['artifactCaches'] : []) {
    const bytes = await wire.read(entry.cacheKey);
    expect(toDigest(bytes ?? Buffer.alloc(0))).toBe(entry.cacheKey);
  }
  expect((await serving.stop()).exitCode).toBe(0);
}, 60_000);
