import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { rights } from '../../helpers/cache.ts';
import { ServeProcess } from '../../helpers/serve.ts';
import { send, version, Wire } from '../../helpers/wire.ts';

const mebibyte = 1024 * 1024;
const entryBytes = 1024 * mebibyte;
const limitBytes = 200 * mebibyte;
const piece = Buffer.alloc(mebibyte, 0x5a);

let directory: string;
let serving: ServeProcess;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-memory-'));
  serving = await ServeProcess.start(['--dir', directory]);
});
afterEach(async () => {
  await serving.kill();
  await rm(directory, { recursive: true, force: true });
});

/** Sends a body of that size, made as it goes. */
async function upload(
  url: string,
  method: string,
  sizeBytes: number,
  headers: Record<string, string> = {},
): Promise<number> {
  const call = request(url, { method, headers: { 'Content-Length': sizeBytes, ...headers } });
  const responded = once(call, 'response');
  for (let sent = 0; sent < sizeBytes; sent += piece.length) {
    if (!call.write(piece.subarray(0, Math.min(piece.length, sizeBytes - sent)))) await once(call, 'drain');
  }
  call.end();
  const [response] = await responded;
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

async function download(url: string, range?: string): Promise<number> {
  const [response] = await once(
    get(url, { headers: range === undefined ? {} : { Range: range } }),
    'response',
  );
  let received = 0;
  response.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  await once(response, 'end');
  return received;
}

it('1 GiB up in parallel blocks and down, and 256 MiB as one v1 chunk: less than 200 MiB of memory', async () => {
  const main = await Wire.open(serving.url, rights.main);
  const url = String((await main.create('big')).json['signed_upload_url']);
  const blockBytes = 64 * mebibyte;
  const ids = Array.from({ length: entryBytes / blockBytes }, (_, index) =>
    Buffer.from(String(index).padStart(6, '0')).toString('base64'),
  );
  const waiting = [...ids];
  const worker = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      expect(await upload(`${url}&comp=block&blockid=${encodeURIComponent(id)}`, 'PUT', blockBytes)).toBe(
        201,
      );
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const list = `<BlockList>${ids.map((id) => `<Latest>${id}</Latest>`).join('')}</BlockList>`;
  expect((await send(`${url}&comp=blocklist`, { method: 'PUT', body: list })).status).toBe(201);
  expect(
    (await main.rpc('FinalizeCacheEntryUpload', { key: 'big', version, size_bytes: String(entryBytes) }))
      .json,
  ).toMatchObject({ ok: true });

  const source = String((await main.lookup('big')).json['signed_download_url']);
  expect(await download(source)).toBe(entryBytes);
  const quarter = entryBytes / 4;
  const parts = await Promise.all(
    [0, 1, 2, 3].map((part) => download(source, `bytes=${part * quarter}-${(part + 1) * quarter - 1}`)),
  );
  expect(parts).toEqual(Array(4).fill(quarter));

  const reserved = await main.v1('POST', 'caches', { body: JSON.stringify({ key: 'chunk', version }) });
  const chunkBytes = entryBytes / 4;
  const chunkUrl = `${serving.url}/_apis/artifactcache/caches/${reserved.json['cacheId']}`;
  const headers = { Authorization: `Bearer ${main.token}`, 'Content-Range': `bytes 0-${chunkBytes - 1}/*` };
  expect(await upload(chunkUrl, 'PATCH', chunkBytes, headers)).toBe(204);
  expect(
    (
      await main.v1('POST', `caches/${reserved.json['cacheId']}`, {
        body: JSON.stringify({ size: chunkBytes }),
      })
    ).status,
  ).toBe(204);
  expect(await serving.readPeakMemory()).toBeLessThan(limitBytes);
}, 120_000);
