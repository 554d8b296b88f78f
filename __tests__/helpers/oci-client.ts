import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { readField, readString } from '../../src/json.ts';
import { type Answer, send } from './wire.ts';

export const zstdLayer = 'application/vnd.oci.image.layer.v1.tar+zstd';
export const gzipLayer = 'application/vnd.oci.image.layer.v1.tar+gzip';
export const configType = 'application/vnd.buildkit.cacheconfig.v0';
export const manifestType = 'application/vnd.oci.image.manifest.v1+json';

export function toDigest(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export interface PushedLayer {
  readonly bytes: Buffer;
  readonly mediaType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What an importer sees of a cache. */
export interface SeenCache {
  readonly digest: string;
  readonly layers: readonly {
    readonly digest: string;
    readonly size: number;
    readonly mediaType: string;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
  readonly config: { readonly layers?: readonly object[]; readonly records?: readonly object[] };
}

/** A cache config of BuildKit's with one record for each layer, as its registry exporter writes it. */
export function toConfig(layers: readonly Uint8Array[]): Buffer {
  return Buffer.from(
    JSON.stringify({
      layers: layers.map((bytes) => ({ blob: toDigest(bytes), parent: -1 })),
      records: layers.map((bytes, layer) => ({
        digest: toDigest(bytes),
        layers: [{ layer, createdAt: '2026-01-01T00:00:00Z' }],
      })),
    }),
  );
}

export function toDescriptor({ bytes, mediaType = zstdLayer, annotations = {} }: PushedLayer): object {
  const diffId = toDigest(Buffer.concat([Buffer.from('tar of '), bytes]));
  return {
    mediaType,
    digest: toDigest(bytes),
    size: bytes.length,
    annotations: {
      'containerd.io/uncompressed': diffId,
      'buildkit/createdat': '2026-01-01T12:00:00.123456789+02:00',
      ...annotations,
    },
  };
}

export function toManifest(layers: readonly PushedLayer[], config: Buffer): Buffer {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: { mediaType: configType, digest: toDigest(config), size: config.length },
      layers: layers.map(toDescriptor),
    }),
  );
}

/** Speaks to a registry by hand, as containerd does, with none of our code in between. */
export class OciClient {
  readonly #url: string;
  readonly #repository: string;
  readonly #authorization: string | undefined;

  /** @param url of the gateway, with a slash */
  constructor(url: string, repository: string, credentials: string | undefined) {
    this.#url = url;
    this.#repository = repository;
    this.#authorization =
      credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  }

  call(path: string, init: RequestInit = {}): Promise<Answer> {
    const target = path.startsWith('/') ? path.slice(1) : `v2/${this.#repository}/${path}`;
    return send(`${this.#url}${target}`, { ...init, headers: { ...init.headers, ...this.headers } });
  }

  get headers(): Record<string, string> {
    return this.#authorization === undefined ? {} : { authorization: this.#authorization };
  }

  /** Sends the path as it is, which fetch does not. */
  async callRaw(path: string, method = 'GET'): Promise<number> {
    const { hostname, port } = new URL(this.#url);
    return await new Promise((resolve, reject) => {
      const raw = request({ hostname, port, path, method, headers: this.headers, agent: false });
      raw.once('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      raw.once('error', reject);
      raw.end();
    });
  }

  /** Sends the beginning of a body, and hangs up once the gateway has seen it. */
  async hangUp(
    method: string,
    location: string,
    bytes: Buffer,
    isSeen: () => Promise<boolean>,
  ): Promise<void> {
    const { hostname, port } = new URL(this.#url);
    const headers = { ...this.headers, 'content-length': String(2 * bytes.length) };
    const broken = request({ hostname, port, path: location, method, headers, agent: false });
    const closed = new Promise<void>((resolve) => {
      broken.once('error', () => resolve());
      broken.once('close', () => resolve());
    });
    broken.write(bytes);
    await until(isSeen);
    broken.destroy();
    await closed;
  }

  /** The address of a new upload. */
  async begin(query = ''): Promise<string> {
    const { status, headers } = await this.call(`blobs/uploads/${query}`, { method: 'POST' });
    if (status !== 202) throw new Error(`upload was not begun: ${status}`);
    return headers.get('location') ?? '';
  }

  put(
    location: string,
    digest: string,
    bytes?: Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const address = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`;
    return this.call(address, { method: 'PUT', headers, ...(bytes === undefined ? {} : { body: bytes }) });
  }

  /** As containerd does it: looked for, begun, and put in one go. */
  async pushBlob(bytes: Buffer): Promise<string> {
    const digest = toDigest(bytes);
    const head = await this.call(`blobs/${digest}`, { method: 'HEAD' });
    if (head.status === 200) return 'exists';
    const begun = await this.call('blobs/uploads/', { method: 'POST' });
    if (begun.status !== 202) return toText(begun);
    const done = await this.put(begun.headers.get('location') ?? '', digest, bytes);
    return done.status === 201 ? 'created' : toText(done);
  }

  async pushManifest(manifest: Buffer, reference = 'cache'): Promise<string> {
    const headers = { 'content-type': manifestType };
    const done = await this.call(`manifests/${reference}`, { method: 'PUT', body: manifest, headers });
    if (done.status !== 201) return toText(done);
    return done.headers.get('docker-content-digest') === toDigest(manifest) ? 'created' : 'another digest';
  }

  /** Layers, config and manifest. */
  async pushCache(layers: readonly PushedLayer[]): Promise<string> {
    for (const { bytes } of layers) {
      const stored = await this.pushBlob(bytes);
      if (stored !== 'created' && stored !== 'exists') return stored;
    }
    const config = toConfig(layers.map(({ bytes }) => bytes));
    const stored = await this.pushBlob(config);
    if (stored !== 'created' && stored !== 'exists') return stored;
    return await this.pushManifest(toManifest(layers, config));
  }

  /** Manifest and config, as an importer reads them; every digest and size is checked. */
  async readCache(): Promise<SeenCache> {
    const head = await this.call('manifests/cache', { method: 'HEAD' });
    const digest = head.headers.get('docker-content-digest') ?? '';
    const manifest = await this.call(`manifests/${digest}`);
    const config = await this.call(`blobs/${readString(manifest.json, 'config', 'digest')}`);
    const isRight =
      head.status === 200 &&
      head.headers.get('content-type') === manifestType &&
      head.headers.get('content-length') === String(manifest.bytes.length) &&
      toDigest(manifest.bytes) === digest &&
      readString(manifest.json, 'config', 'mediaType') === configType &&
      toDigest(config.bytes) === readString(manifest.json, 'config', 'digest') &&
      readField(manifest.json, 'config', 'size') === config.bytes.length;
    if (!isRight) throw new Error(`no cache: ${head.status} ${toText(manifest)} ${toText(config)}`);
    return { digest, layers: JSON.parse(manifest.bytes.toString()).layers, config: config.json };
  }

  /** The digest of what is served under a digest; what happened instead. */
  async readBlob(digest: string): Promise<string> {
    const answer = await this.call(`blobs/${digest}`);
    return answer.status === 200 ? toDigest(answer.bytes) : toText(answer);
  }
}

/** `403 DENIED cache write denied: …` */
export function toText({ status, json }: Answer): string {
  const [error] = Array.isArray(json['errors']) ? json['errors'] : [];
  return `${status} ${readString(error, 'code') ?? ''} ${readString(error, 'message') ?? ''}`;
}

/** Polls, with a bound: what another process or connection does shows itself nowhere else. */
export async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await isDone()) return;
    await delay(10);
  }
  throw new Error('waited 5 s for nothing');
}
