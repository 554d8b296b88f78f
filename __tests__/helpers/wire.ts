import { mintToken } from '../../src/embedded/signed-token.ts';
import { isRecord, type JsonRecord, parseJson, readString } from '../../src/json.ts';
import type { RefScope } from '../../src/policy/types.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly json: JsonRecord;
}

const twirpPath = 'twirp/github.actions.results.api.v1.CacheService';
export const version = 'b'.repeat(64);

/** Speaks to a cache service by hand, with none of our protocol code in between. */
export class Wire {
  readonly #url: string;
  readonly token: string;

  private constructor(url: string, token: string) {
    this.#url = url.replace(/\/$/, '');
    this.token = token;
  }

  static async open(
    url: string,
    scopes: readonly RefScope[],
    repository = 'o/r',
    secret?: string,
  ): Promise<Wire> {
    return new Wire(url, await mintToken({ scopes, repository, secret }));
  }

  rpc(method: string, body: unknown): Promise<Answer> {
    return send(`${this.#url}/${twirpPath}/${method}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: this.#headers,
    });
  }

  create(key: string): Promise<Answer> {
    return this.rpc('CreateCacheEntry', { key, version });
  }

  finalize(key: string, size: number | string): Promise<Answer> {
    return this.rpc('FinalizeCacheEntryUpload', { key, size_bytes: size, version });
  }

  lookup(key: string, restoreKeys: readonly string[] = []): Promise<Answer> {
    return this.rpc('GetCacheEntryDownloadURL', { key, restore_keys: restoreKeys, version });
  }

  /** The matched key; '' is a miss. */
  async find(key: string, restoreKeys: readonly string[] = []): Promise<string> {
    return readString((await this.lookup(key, restoreKeys)).json, 'matched_key') ?? '';
  }

  /** Reserves, puts and finalizes; throws when one of them fails. */
  async save(key: string, bytes: Buffer | string): Promise<void> {
    const url = readString((await this.create(key)).json, 'signed_upload_url') ?? '';
    const put = await send(url, { method: 'PUT', body: bytes, headers: { 'x-ms-blob-type': 'BlockBlob' } });
    const done = await this.finalize(key, Buffer.byteLength(bytes));
    if (put.status !== 201 || done.json['ok'] !== true)
      throw new Error(`save ${key}: ${put.status} ${done.status} ${done.bytes}`);
  }

  async read(key: string): Promise<Buffer | undefined> {
    const url = readString((await this.lookup(key)).json, 'signed_download_url');
    return url ? (await send(url)).bytes : undefined;
  }

  v1(
    method: string,
    path: string,
    init: {
      readonly body?: string | Buffer;
      readonly headers?: Record<string, string>;
      readonly prefix?: string;
    } = {},
  ): Promise<Answer> {
    const { body, headers, prefix = '' } = init;
    return send(`${this.#url}${prefix}/_apis/artifactcache/${path}`, {
      method,
      headers: { ...this.#headers, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  }

  get #headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' };
  }
}

export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const bytes = Buffer.from(await response.arrayBuffer());
  const json = parseJson(bytes.toString().replace(/^\uFEFF/, ''));
  return { status: response.status, headers: response.headers, bytes, json: isRecord(json) ? json : {} };
}
