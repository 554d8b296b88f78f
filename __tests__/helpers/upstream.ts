import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TransferShape } from '../../src/cache-client/block-upload.ts';
import { type CacheClient, createCacheClient } from '../../src/cache-client/client.ts';
import { ServiceHealth } from '../../src/cache-client/health.ts';
import { readProxies } from '../../src/cache-client/proxy.ts';
import { openTransport, type Transport } from '../../src/cache-client/transport.ts';
import { joinSlices } from '../../src/cache-client/upload-source.ts';
import { BUILDKIT_CACHE_VERSION } from '../../src/cache-protocol/version.ts';
import { mintToken } from '../../src/embedded/signed-token.ts';
import { parseFaults } from '../../src/embedded/simulator/fault-file.ts';
import {
  type EmbeddedService,
  type EmbeddedServiceOptions,
  startEmbeddedService,
} from '../../src/embedded/start.ts';
import { parseJson, readString } from '../../src/json.ts';
import type { RefScope } from '../../src/policy/types.ts';
import { FastClock } from './fast-clock.ts';

export const version = BUILDKIT_CACHE_VERSION;
/** Small parts, so that small entries have many. */
export const smallParts: TransferShape = { partBytes: 64 * 1024, parallel: 4 };
export const mainScopes: readonly RefScope[] = [{ scope: 'refs/heads/main', permission: 3 }];

export function toBlobKey(bytes: Uint8Array): string {
  return `buildkit-blob-1-sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

type ServiceKnobs = Omit<Partial<EmbeddedServiceOptions>, 'faults' | 'directory' | 'now'>;

/** A real cache service on loopback, its clients, and a directory for files; `close` removes all of it. */
export class Upstream {
  readonly directory: string;
  #service: EmbeddedService;
  readonly #transports: Transport[] = [];
  /** Added to the service's clock. */
  clockOffsetMs = 0;
  #files = 0;

  private constructor(directory: string, service: EmbeddedService) {
    this.directory = directory;
    this.#service = service;
  }

  static async start(faults: readonly object[] = [], knobs: ServiceKnobs = {}): Promise<Upstream> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-upstream-'));
    const clock = { now: () => Date.now() };
    const service = await startEmbeddedService({
      ...knobs,
      directory: path.join(directory, 'service'),
      faults: parseFaults(faults),
      now: () => clock.now(),
    });
    const upstream = new Upstream(directory, service);
    clock.now = () => Date.now() + upstream.clockOffsetMs;
    return upstream;
  }

  get url(): string {
    return `${this.#service.url}/`;
  }

  get statistics(): ReturnType<EmbeddedService['statistics']> {
    return this.#service.statistics();
  }

  /** The same entries with other faults, on another port. */
  async restart(faults: readonly object[] = [], knobs: ServiceKnobs = {}): Promise<void> {
    await this.#service.close();
    this.#service = await startEmbeddedService({
      ...knobs,
      directory: path.join(this.directory, 'service'),
      faults: parseFaults(faults),
    });
  }

  async stopService(): Promise<void> {
    await this.#service.close();
  }

  token(scopes: readonly RefScope[] = mainScopes): Promise<string> {
    return mintToken({ scopes, repository: 'o/r' });
  }

  /** A client of any service at `baseUrl`; its waits take no time. */
  client(protocol: 1 | 2, token: string, baseUrl = this.url, shape: TransferShape = smallParts): TestClient {
    const transport = openTransport(readProxies({}), 'test');
    this.#transports.push(transport);
    const clock = new FastClock();
    const calls: string[] = [];
    const bytes = { up: 0, down: 0 };
    const health = new ServiceHealth(clock);
    const client = createCacheClient({
      protocol,
      baseUrl,
      token,
      transport,
      clock,
      health,
      shape,
      observer: {
        onCall: (kind) => calls.push(kind),
        onRetry: (kind, reason) => calls.push(`${kind} again: ${reason}`),
        onBytes: (direction, count) => {
          bytes[direction] += count;
        },
      },
    });
    return { client, clock, health, calls, bytes, transport };
  }

  /** A path where no file is yet. */
  toPath(): string {
    this.#files += 1;
    return path.join(this.directory, `file-${this.#files}`);
  }

  /** Entries whose key contains this text. */
  async listKeys(text: string): Promise<readonly string[]> {
    return (await this.#listRecords(text)).map(({ key }) => key);
  }

  /** Changes an entry's bytes behind everybody's back. */
  async tamper(text: string, change: (bytes: Buffer) => Buffer): Promise<void> {
    for (const { id } of await this.#listRecords(text)) {
      const file = path.join(this.directory, 'service', 'blobs', id);
      await writeFile(file, change(await readFile(file)));
    }
  }

  /** Removes the bytes of entries that look-ups still find. */
  async vanish(text: string): Promise<void> {
    for (const { id } of await this.#listRecords(text))
      await rm(path.join(this.directory, 'service', 'blobs', id));
  }

  /** Evicts entries, as a service may at any time. */
  async evict(text: string): Promise<number> {
    const records = await this.#listRecords(text);
    await this.#service.close();
    for (const { id } of records) await rm(path.join(this.directory, 'service', 'entries', `${id}.json`));
    this.#service = await startEmbeddedService({ directory: path.join(this.directory, 'service') });
    return records.length;
  }

  async #listRecords(text: string): Promise<readonly { readonly id: string; readonly key: string }[]> {
    const directory = path.join(this.directory, 'service', 'entries');
    const records = [];
    for (const name of await readdir(directory)) {
      const key = readString(parseJson(await readFile(path.join(directory, name), 'utf8')), 'key');
      if (key?.includes(text)) records.push({ id: name.replace('.json', ''), key });
    }
    return records;
  }

  /** Stores an entry as it is, past any check of a gateway. */
  async put(protocol: 1 | 2, key: string, bytes: Uint8Array, scopes = mainScopes): Promise<void> {
    const { client } = this.client(protocol, await this.token(scopes));
    const result = await save(client, this, key, bytes);
    if (result !== 'finalized') throw new Error(`${key} was not stored: ${result}`);
  }

  async close(): Promise<void> {
    for (const transport of this.#transports) transport.close();
    await this.#service.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}

export interface TestClient {
  readonly client: CacheClient;
  readonly clock: FastClock;
  readonly health: ServiceHealth;
  readonly calls: string[];
  readonly bytes: { up: number; down: number };
  readonly transport: Transport;
}

/** Create, upload, finalize. Answers the kind of the last result, with its message if there is one. */
export async function save(
  client: CacheClient,
  files: Upstream,
  key: string,
  bytes: Uint8Array,
): Promise<string> {
  const file = files.toPath();
  await writeFile(file, bytes);
  const created = await client.create({ key, version });
  if (created.kind !== 'created') return `${created.kind}: ${created.message}`;
  const uploaded = await client.upload(created.ticket, joinSlices([{ file, sizeBytes: bytes.length }]));
  if (uploaded.kind !== 'uploaded') return `${uploaded.kind}: ${uploaded.message}`;
  const finalized = await client.finalize(created.ticket, bytes.length);
  return finalized.kind === 'finalized' ? 'finalized' : `${finalized.kind}: ${finalized.message}`;
}

/** Look-up and download. Answers the key that the bytes would have as a blob, or what happened instead. */
export async function load(client: CacheClient, files: Upstream, key: string): Promise<string> {
  const hit = await client.lookup({ key, version });
  if (hit.kind !== 'hit') return 'message' in hit ? `${hit.kind}: ${hit.message}` : hit.kind;
  const file = files.toPath();
  const renew = async () => {
    const again = await client.lookup({ key, version });
    return again.kind === 'hit' ? again.url : undefined;
  };
  const result = await client.download({ url: hit.url, renew }, file, { maxBytes: 1e9 });
  if (result.kind === 'downloaded') return toBlobKey(await readFile(file));
  return 'message' in result ? `${result.kind}: ${result.message}` : result.kind;
}

/** For `tamper`: another first byte, whatever it was. */
export function spoilFirstByte(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([((bytes[0] ?? 0) + 1) & 0xff]), bytes.subarray(1)]);
}
