import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PACKS_CACHE_VERSION } from '../../../src/cache-protocol/version.ts';
import { CreateBudget } from '../../../src/gateway/packs/create-budget.ts';
import type { LocalBytes } from '../../../src/gateway/packs/local-bytes.ts';
import { PackReader, type PackReaderOptions } from '../../../src/gateway/packs/pack-reader.ts';
import {
  type FailedPack,
  PackWriteError,
  PackWriter,
  type WrittenPack,
} from '../../../src/gateway/packs/pack-writer.ts';
import { type TestClient, Upstream } from '../../helpers/upstream.ts';

const kibibyte = 1024;
/** Everything in small: windows of 64 KiB, packs of 256 KiB. */
const small = { windowBytes: 64 * kibibyte, wholeBytes: 256 * kibibyte };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface TestBlob {
  readonly digest: string;
  readonly file: string;
  readonly sizeBytes: number;
  readonly bytes: Buffer;
}

class Bench {
  readonly upstream: Upstream;
  readonly directory: string;
  readonly protocol: 1 | 2;
  #blobs = 0;

  private constructor(upstream: Upstream, directory: string, protocol: 1 | 2) {
    this.upstream = upstream;
    this.directory = directory;
    this.protocol = protocol;
  }

  static async start(protocol: 1 | 2, ...args: Parameters<typeof Upstream.start>): Promise<Bench> {
    const upstream = await Upstream.start(...args);
    closing.push(() => upstream.close());
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-packs-'));
    closing.push(() => rm(directory, { recursive: true, force: true }));
    return new Bench(upstream, directory, protocol);
  }

  async client(): Promise<TestClient> {
    return this.upstream.client(this.protocol, await this.upstream.token());
  }

  async blob(sizeBytes: number): Promise<TestBlob> {
    const bytes = randomBytes(sizeBytes);
    this.#blobs += 1;
    const file = path.join(this.directory, `blob-${this.#blobs}`);
    await writeFile(file, bytes);
    return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, file, sizeBytes, bytes };
  }

  async blobs(sizes: readonly number[]): Promise<readonly TestBlob[]> {
    return await Promise.all(sizes.map((size) => this.blob(size)));
  }

  writer(test: TestClient, name = 'a') {
    const events: (WrittenPack | FailedPack)[] = [];
    const budget = new CreateBudget({ clock: test.clock, smallestPackBytes: 256 * kibibyte });
    const writer = new PackWriter({
      client: test.client,
      budget,
      keyOf: (number) => `hotlayer-pack-1-7-1-${name}-${number}`,
      onWritten: (pack) => events.push(pack),
      onFailed: (pack) => events.push(pack),
    });
    return { writer, events, budget };
  }

  /** Packs of these blobs, past any fault. */
  async store(blobs: readonly TestBlob[], name?: string): Promise<readonly WrittenPack[]> {
    const { writer } = this.writer(await this.client(), name);
    for (const blob of blobs) writer.add(blob);
    return await writer.flush();
  }

  async reader(options: Partial<PackReaderOptions> = {}) {
    const directory = path.join(this.directory, `down-${randomBytes(4).toString('hex')}`);
    await mkdir(directory);
    const test = await this.client();
    const reader = new PackReader({ client: test.client, directory, ...small, ...options });
    closing.push(() => reader.close());
    return { ...test, reader, directory };
  }
}

function toOnly(packs: readonly WrittenPack[]): WrittenPack {
  const [pack] = packs;
  if (pack === undefined || packs.length !== 1) throw new Error(`${packs.length} packs`);
  return pack;
}

function fetchFrom(reader: PackReader, pack: WrittenPack, blob: TestBlob): Promise<LocalBytes> {
  const place = pack.blobs.find(({ digest }) => digest === blob.digest);
  if (place === undefined) throw new Error(`${blob.digest} is not in ${pack.key}`);
  return reader.fetchBlob(pack, place);
}

async function expectBytes({ file, offset, length, checked }: LocalBytes, blob: TestBlob): Promise<void> {
  await checked;
  const handle = await open(file);
  const bytes = Buffer.alloc(length);
  await handle.read(bytes, 0, length, offset);
  await handle.close();
  expect(bytes.equals(blob.bytes)).toBe(true);
}

function countDownloads(test: { readonly calls: readonly string[] }): number {
  return test.calls.filter((call) => call === 'download').length;
}

const sizes = [1, 10_000, 64 * kibibyte, 100, 50_000] as const;

describe.each([1, 2] as const)('v%d: packs', (protocol) => {
  it('come back as they went, blobs in the order in which they were added', async () => {
    const bench = await Bench.start(protocol);
    const blobs = await bench.blobs(sizes);
    const pack = toOnly(await bench.store(blobs));
    expect(pack.blobs.map(({ digest }) => digest)).toEqual(blobs.map(({ digest }) => digest));
    expect(pack.sizeBytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
    const { reader } = await bench.reader();
    expect([...(await reader.checkPacks([pack]))]).toEqual([pack.key]);
    for (const blob of blobs) await expectBytes(await fetchFrom(reader, pack, blob), blob);
  });

  it('are fetched whole at the first touch, in parallel ranges, and once', async () => {
    const bench = await Bench.start(protocol);
    const blobs = await bench.blobs(sizes);
    const pack = toOnly(await bench.store(blobs));
    const before = bench.upstream.statistics.calls;
    const { reader, calls, bytes } = await bench.reader();
    await reader.checkPacks([pack]);
    // All at once and twice each: single flight.
    await Promise.all([...blobs, ...blobs].map((blob) => fetchFrom(reader, pack, blob)));
    for (const blob of blobs) await expectBytes(await fetchFrom(reader, pack, blob), blob);
    expect(calls.filter((call) => call === 'lookup')).toHaveLength(1);
    expect(countDownloads({ calls })).toBe(2);
    expect(bytes.down).toBe(pack.sizeBytes);
    const after = bench.upstream.statistics.calls;
    expect(after.lookup.count - before.lookup.count).toBe(1);
    expect(after.download.count - before.download.count).toBe(2);
  });

  it('that are large are fetched where their blobs are wanted, with small neighbours', async () => {
    const bench = await Bench.start(protocol);
    // 20 of 30 KiB: about two to a window, ten windows.
    const blobs = await bench.blobs(Array(20).fill(30 * kibibyte));
    const test = await bench.client();
    const writer = new PackWriter({
      client: test.client,
      budget: new CreateBudget({ clock: test.clock }),
      keyOf: (number) => `hotlayer-pack-1-7-1-large-${number}`,
    });
    for (const blob of blobs) writer.add(blob);
    const pack = toOnly(await writer.flush());
    const [first, second, third] = blobs;
    if (!(first && second && third)) throw new Error('no blobs');
    const { reader, calls, bytes } = await bench.reader();
    await expectBytes(await fetchFrom(reader, pack, first), first);
    expect(countDownloads({ calls })).toBe(1);
    await expectBytes(await fetchFrom(reader, pack, second), second);
    expect(countDownloads({ calls })).toBe(1);
    // The third begins in the first window and ends in the second.
    await expectBytes(await fetchFrom(reader, pack, third), third);
    expect(countDownloads({ calls })).toBe(2);
    expect(bytes.down).toBe(2 * small.windowBytes);
  });

  it('carry a blob that is larger than a pack in parallel parts', async () => {
    const bench = await Bench.start(protocol);
    const blobs = await bench.blobs([1000, 1_000_003, 2000]);
    const packs = await bench.store(blobs);
    // The large one by itself, the small ones together.
    expect(packs.map((pack) => pack.blobs.length).sort()).toEqual([1, 2]);
    const [, large] = blobs;
    const pack = packs.find(({ blobs: places }) => places.length === 1);
    if (!(large && pack)) throw new Error('no pack');
    const { reader, calls } = await bench.reader();
    await expectBytes(await fetchFrom(reader, pack, large), large);
    expect(countDownloads({ calls })).toBe(Math.ceil(1_000_003 / small.windowBytes));
  });

  it('start to go up while blobs still come, and say when their files may go', async () => {
    const bench = await Bench.start(protocol);
    const blobs = await bench.blobs(Array(9).fill(64 * kibibyte));
    const { writer, events } = bench.writer(await bench.client());
    for (const blob of blobs.slice(0, 8)) writer.add(blob);
    expect(writer.pendingBytes).toBe(8 * 64 * kibibyte);
    while (events.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(writer.pendingBytes).toBe(0);
    for (const blob of blobs.slice(0, 8)) await rm(blob.file);
    for (const blob of blobs.slice(8)) writer.add(blob);
    const packs = await writer.flush();
    expect(packs.map(({ blobs: places }) => places.length).sort()).toEqual([1, 4, 4]);
    expect(bench.upstream.statistics.calls.create.count).toBe(3);
    // Nothing new: the same answer, and no call.
    expect(await writer.flush()).toEqual(packs);
    expect(bench.upstream.statistics.calls.create.count).toBe(3);
  });

  it('get bigger instead of waiting for the limit of creates', async () => {
    const bench = await Bench.start(protocol, [], { createsPerMinute: 40 });
    const blobs = await bench.blobs(Array(120).fill(20 * kibibyte));
    const test = await bench.client();
    const budget = new CreateBudget({
      clock: test.clock,
      createsPerMinute: 40,
      smallestPackBytes: 20 * kibibyte,
    });
    const keyOf = (number: number) => `hotlayer-pack-1-7-1-many-${number}`;
    const writer = new PackWriter({ client: test.client, budget, keyOf });
    // All of them before the first has gone up.
    for (const blob of blobs) writer.add(blob);
    const packs = await writer.flush();
    expect(packs.flatMap((pack) => pack.blobs)).toHaveLength(120);
    expect(packs.length).toBeLessThan(40);
    expect(test.clock.waits).toEqual([]);
  });

  it('survive 503, broken connections and cut streams, up and down', async () => {
    const faults = [
      { call: ['create', 'finalize', 'lookup'], status: 503, every: 2, count: 6 },
      { call: ['upload', 'block-list'], status: 500, skip: 1, count: 3 },
      { call: 'upload', break: 'reset', afterBytes: 5000, count: 3 },
      { call: 'download', status: 503, skip: 1, count: 3 },
      { call: 'download', break: 'reset', count: 2 },
      { call: 'download', break: 'truncate', afterBytes: 20_000, count: 8 },
    ];
    const bench = await Bench.start(protocol, faults);
    const blobs = await bench.blobs([...sizes, 700_000]);
    const packs = await bench.store(blobs);
    const { reader, bytes } = await bench.reader();
    for (const pack of packs) {
      const own = blobs.filter(({ digest }) => pack.blobs.some((place) => place.digest === digest));
      await Promise.all(own.map(async (blob) => expectBytes(await fetchFrom(reader, pack, blob), blob)));
    }
    // What had come before a break was not fetched again.
    expect(bytes.down).toBe(packs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    expect(bench.upstream.statistics.faults.every((strikes) => strikes > 0)).toBe(true);
  });

  it('take a new key when the answer to a create was lost', async () => {
    const bench = await Bench.start(protocol, [{ call: 'create', break: 'reset', when: 'after', count: 1 }]);
    const pack = toOnly(await bench.store([await bench.blob(1000)]));
    expect(pack.key).toBe('hotlayer-pack-1-7-1-a-2');
    const { reader } = await bench.reader();
    expect((await reader.checkPacks([pack, { key: 'hotlayer-pack-1-7-1-a-1', sizeBytes: 1 }])).size).toBe(1);
  });

  it('take a new key when the service has forgotten the reservation', async () => {
    // All the patience with one key: six tries.
    const bench = await Bench.start(protocol, [{ call: 'finalize', status: 404, count: 6 }]);
    expect(toOnly(await bench.store([await bench.blob(1000)])).key).toBe('hotlayer-pack-1-7-1-a-2');
  });

  it('that cannot be written are told, and harm no other', async () => {
    const bench = await Bench.start(protocol, [{ call: 'upload', key: '-a-1', status: 403 }]);
    const blobs = await bench.blobs(Array(3).fill(300 * kibibyte));
    const { writer, events } = bench.writer(await bench.client());
    for (const blob of blobs) writer.add(blob);
    const error = await writer.flush().catch((thrown: unknown) => thrown);
    if (!(error instanceof PackWriteError)) throw new Error('no PackWriteError');
    expect(error).toMatchObject({ code: 'pack-write', message: expect.stringContaining('1 blobs') });
    expect(error.failed.flatMap(({ digests }) => digests)).toEqual([blobs[0]?.digest]);
    expect(error.written).toHaveLength(2);
    expect(events).toHaveLength(3);
    // The next flush is about what came after.
    const next = await bench.blob(1000);
    writer.add(next);
    expect((await writer.flush()).flatMap((pack) => pack.blobs).map(({ digest }) => digest)).toContain(
      next.digest,
    );
  });

  it('are not tried one after another when the token may not write', async () => {
    const bench = await Bench.start(protocol);
    const reading = [{ scope: 'refs/heads/main', permission: 1 }];
    const { writer } = bench.writer(bench.upstream.client(protocol, await bench.upstream.token(reading)));
    for (const blob of await bench.blobs(Array(20).fill(300 * kibibyte))) writer.add(blob);
    await expect(writer.flush()).rejects.toThrow('cache write denied');
    expect(bench.upstream.statistics.calls.create.count).toBeLessThanOrEqual(4);
  });

  it('fail when the writer is told to stop', async () => {
    const bench = await Bench.start(protocol, [], { blobLatencyMs: 60_000 });
    const test = await bench.client();
    const stop = new AbortController();
    const writer = new PackWriter({
      client: test.client,
      budget: new CreateBudget({ clock: test.clock }),
      keyOf: (number) => `hotlayer-pack-1-7-1-stop-${number}`,
      signal: stop.signal,
    });
    writer.add(await bench.blob(1000));
    const flushed = writer.flush();
    stop.abort(new Error('no space left'));
    await expect(flushed).rejects.toThrow('no space left');
    expect(writer.pendingBytes).toBe(0);
  });

  it('fail when a file has gone, without trying for long', async () => {
    const bench = await Bench.start(protocol);
    const blob = await bench.blob(1000);
    await rm(blob.file);
    const test = await bench.client();
    const { writer } = bench.writer(test);
    writer.add(blob);
    await expect(writer.flush()).rejects.toThrow('ENOENT');
    expect(test.clock.waits).toEqual([]);
  });

  it('that are gone are not there, and cost one call', async () => {
    const bench = await Bench.start(protocol);
    const blob = await bench.blob(1000);
    const pack = toOnly(await bench.store([blob]));
    const gone = { ...pack, key: 'hotlayer-pack-1-7-1-gone-1' };
    const { reader, calls } = await bench.reader();
    expect([...(await reader.checkPacks([gone, pack]))]).toEqual([pack.key]);
    for (let count = 0; count < 3; count++) {
      await expect(fetchFrom(reader, gone, blob)).rejects.toMatchObject({
        code: 'blob-unavailable',
        reason: 'missing',
      });
    }
    expect(calls).toEqual(['lookup', 'lookup']);
  });

  it('that were not there, or could not be asked for, are asked for again by the next check', async () => {
    const bench = await Bench.start(protocol, [{ call: 'lookup', status: 400, skip: 1, count: 1 }]);
    const blob = await bench.blob(1000);
    const { reader, calls } = await bench.reader();
    const pack = { key: 'hotlayer-pack-1-7-1-a-1', sizeBytes: 1000 };
    expect((await reader.checkPacks([pack])).size).toBe(0);
    expect((await reader.checkPacks([pack])).size).toBe(0);
    await bench.store([blob]);
    expect((await reader.checkPacks([pack, pack])).size).toBe(1);
    expect((await reader.checkPacks([pack])).size).toBe(1);
    expect(calls).toHaveLength(3);
  });

  it('are not taken for one whose key begins the same', async () => {
    const bench = await Bench.start(protocol);
    const blobs = await bench.blobs([1000]);
    const [pack] = await bench.store(blobs, '1');
    const { reader } = await bench.reader();
    // `…-1-1` is there; `…-1` is its prefix.
    expect(pack?.key).toBe('hotlayer-pack-1-7-1-1-1');
    expect((await reader.checkPacks([{ key: 'hotlayer-pack-1-7-1-1', sizeBytes: 1000 }])).size).toBe(0);
  });

  it('that vanish between check and read are missing', async () => {
    const bench = await Bench.start(protocol, [{ call: 'download', status: 404 }]);
    const blob = await bench.blob(1000);
    const pack = toOnly(await bench.store([blob]));
    const { reader, calls } = await bench.reader();
    expect((await reader.checkPacks([pack])).size).toBe(1);
    await expect(fetchFrom(reader, pack, blob)).rejects.toMatchObject({ reason: 'missing' });
    await expect(fetchFrom(reader, pack, blob)).rejects.toMatchObject({ reason: 'missing' });
    expect(countDownloads({ calls })).toBe(1);
    expect((await reader.checkPacks([pack])).size).toBe(0);
  });

  it('are read on with a fresh URL when the old one has expired: one look-up for all parts', async () => {
    const bench = await Bench.start(protocol);
    const blob = await bench.blob(1_000_000);
    const pack = toOnly(await bench.store([blob]));
    const { reader, calls } = await bench.reader();
    await reader.checkPacks([pack]);
    bench.upstream.clockOffsetMs += 11 * 60_000;
    await expectBytes(await fetchFrom(reader, pack, blob), blob);
    expect(calls.filter((call) => call === 'lookup')).toHaveLength(2);
  });

  it('with wrong bytes give no blob that is wrong, and every one that is right', async () => {
    const bench = await Bench.start(protocol);
    const [right, wrong] = await bench.blobs([1000, 2000]);
    if (!(right && wrong)) throw new Error('no blobs');
    const digest = `sha256:${'0'.repeat(64)}`;
    const pack = toOnly(await bench.store([right, { ...wrong, digest }]));
    const { reader, calls } = await bench.reader();
    await expectBytes(await fetchFrom(reader, pack, right), right);
    for (let count = 0; count < 2; count++) {
      await expect(reader.fetchBlob(pack, { digest, offset: 1000, length: 2000 })).rejects.toMatchObject({
        reason: 'wrong bytes',
        message: expect.stringContaining(wrong.digest),
      });
    }
    expect(countDownloads({ calls })).toBe(1);
    for (const place of [
      { digest, offset: 2999, length: 2 },
      { digest, offset: -1, length: 2 },
      { digest, offset: 0, length: 0 },
    ]) {
      await expect(reader.fetchBlob(pack, place)).rejects.toMatchObject({ reason: 'wrong bytes' });
    }
  });

  it('that are shorter than they should be have no blob at the end', async () => {
    const bench = await Bench.start(protocol);
    const blob = await bench.blob(1000);
    const pack = toOnly(await bench.store([blob]));
    const { reader } = await bench.reader();
    const longer = { ...pack, sizeBytes: 200_000 };
    const place = { digest: blob.digest, offset: 150_000, length: 1000 };
    await expect(reader.fetchBlob(longer, place)).rejects.toMatchObject({ reason: 'missing' });
  });

  it('that cannot be reached are given up after one round of tries', async () => {
    const bench = await Bench.start(protocol, [{ call: 'download', status: 503 }]);
    const blobs = await bench.blobs([1000, 1000, 1000]);
    const pack = toOnly(await bench.store(blobs));
    const { reader, calls, clock } = await bench.reader();
    for (const blob of blobs) {
      await expect(fetchFrom(reader, pack, blob)).rejects.toMatchObject({ reason: 'failed' });
    }
    expect(countDownloads({ calls })).toBe(6);
    expect(clock.waits).toHaveLength(5);
  });

  it('free the disk of what nobody reads any more', async () => {
    const bench = await Bench.start(protocol);
    const blobs = await bench.blobs(Array(3).fill(300 * kibibyte));
    const packs = await bench.store(blobs);
    const { reader, directory, calls } = await bench.reader({ keptBytes: 350 * kibibyte });
    const held: LocalBytes[] = [];
    for (const blob of blobs) {
      const pack = packs.find(({ blobs: [place] }) => place?.digest === blob.digest);
      if (pack) held.push(await fetchFrom(reader, pack, blob));
    }
    expect(await readdir(directory)).toHaveLength(3);
    for (const { release } of held) {
      release();
      release();
    }
    while ((await readdir(directory)).length > 1) await new Promise((resolve) => setImmediate(resolve));
    // The last one is still there, the first is fetched anew.
    const [first, , last] = blobs;
    const downloads = countDownloads({ calls });
    const find = (blob: TestBlob | undefined) =>
      packs.find(({ blobs: [place] }) => place?.digest === blob?.digest);
    const [firstPack, lastPack] = [find(first), find(last)];
    if (!(first && last && firstPack && lastPack)) throw new Error('no packs');
    await expectBytes(await fetchFrom(reader, lastPack, last), last);
    expect(countDownloads({ calls })).toBe(downloads);
    await expectBytes(await fetchFrom(reader, firstPack, first), first);
    expect(countDownloads({ calls })).toBe(downloads + 5);
    await reader.close();
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('odd services', () => {
  async function serveWhole(bytes: Buffer) {
    const requests: (string | undefined)[] = [];
    const sockets = new Set<unknown>();
    const server = createServer((request, response) => {
      sockets.add(request.socket);
      if (request.method === 'POST') {
        const address = server.address();
        const port = typeof address === 'object' ? address?.port : 0;
        const url = `http://127.0.0.1:${port}/blob?x=1`;
        return response.end(JSON.stringify({ ok: true, signed_download_url: url, matched_key: 'pack' }));
      }
      requests.push(request.headers.range);
      response.setHeader('content-length', bytes.length);
      return response.end(bytes);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no address');
    return { url: `http://127.0.0.1:${address.port}/`, requests };
  }

  it('one without ranges is read in one stream', async () => {
    const bench = await Bench.start(2);
    const blob = await bench.blob(1_000_000);
    const { url, requests } = await serveWhole(blob.bytes);
    const test = bench.upstream.client(2, 't', url);
    const reader = new PackReader({ client: test.client, directory: bench.directory, ...small });
    closing.push(() => reader.close());
    const place = { digest: blob.digest, offset: 0, length: blob.sizeBytes };
    await expectBytes(await reader.fetchBlob({ key: 'pack', sizeBytes: blob.sizeBytes }, place), blob);
    // Those that were under way, and one for all of it.
    expect(requests.length).toBeLessThanOrEqual(9);
    expect(requests).toContain('bytes=0-999999');
  });

  it('ranges one after another travel over the same connections', async () => {
    const bench = await Bench.start(2);
    const blob = await bench.blob(2_000_000);
    const connections = new Set<number | undefined>();
    const server = createServer((request, response) => {
      connections.add(request.socket.remotePort);
      const [start, end] = (request.headers.range ?? '').slice('bytes='.length).split('-').map(Number);
      response.statusCode = 206;
      response.setHeader('content-range', `bytes ${start}-${end}/${blob.sizeBytes}`);
      response.end(blob.bytes.subarray(start, (end ?? 0) + 1));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no address');
    const url = `http://127.0.0.1:${address.port}/`;
    const { client } = bench.upstream.client(2, 't', url);
    const result = await client.download({ url, renew: async () => undefined }, bench.upstream.toPath(), {
      maxBytes: 1e9,
    });
    expect(result).toEqual({ kind: 'downloaded', sizeBytes: 2_000_000 });
    // Thirty-one parts, four at a time.
    expect(connections.size).toBeLessThanOrEqual(4);
  });
});

it('the version of the packs is not the one of BuildKit', () => {
  expect(PACKS_CACHE_VERSION).toBe(createHash('sha256').update('hotlayer-packs-1').digest('hex'));
});
