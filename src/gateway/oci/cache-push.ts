import { rm } from 'node:fs/promises';
import { ServiceError } from '../../cache-server/service.ts';
import { type CacheConfig, parseCacheConfig } from '../config/cache-config.ts';
import { parseForeignJson } from '../config/foreign-json.ts';
import type { Statistics } from '../report/statistics.ts';
import type { Store } from '../store/store.ts';
import type { ReceivedBlob } from './blob-upload.ts';
import {
  configMediaType,
  manifestMediaType,
  type PushedManifest,
  parsePushedManifest,
  toDigest,
} from './cache-manifest.ts';
import type { OciDocuments } from './documents.ts';
import { type HeldBlobs, mayBeConfig } from './held-blobs.ts';
import { toLayerAnnotations } from './layer-descriptor.ts';
import { OciError } from './oci-error.ts';

interface CachePushOptions {
  readonly store: Store;
  readonly held: HeldBlobs;
  readonly documents: OciDocuments;
  readonly statistics: Statistics;
}

interface PushTarget {
  readonly cacheScope: string;
  readonly refHash: string;
}

/** Takes what BuildKit's registry exporter pushes: layers and a config, and then the manifest that names them. */
export class CachePush {
  readonly #options: CachePushOptions;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: CachePushOptions) {
    this.#options = options;
  }

  /** The bytes are those of the digest. */
  async takeBlob(digest: string, blob: ReceivedBlob): Promise<void> {
    if (mayBeConfig(blob)) await this.#options.held.put(digest, blob);
    else await this.#storeLayer(digest, blob);
  }

  /**
   * Holds the cache until its build claims it. Answers the manifest's digest. Throws OciError and ServiceError. One after the other,
   * since two may name one config.
   */
  takeManifest(bytes: Buffer, target: PushTarget): Promise<string> {
    const beganMs = Date.now();
    const taken = this.#queue.then(() => this.#takeManifest(bytes, { ...target, beganMs }));
    this.#queue = taken.catch(() => undefined);
    return taken;
  }

  async #takeManifest(bytes: Buffer, target: PushTarget & { readonly beganMs: number }): Promise<string> {
    const { store, held, documents, statistics } = this.#options;
    const pushed = parsePushedManifest(parseForeignJson(bytes));
    if (pushed === undefined)
      throw new OciError('MANIFEST_INVALID', 'the manifest is not that of a cache of BuildKit');
    for (const digest of pushed.layers.keys()) {
      const layer = held.take(digest);
      if (layer !== undefined) await this.#storeLayer(digest, layer);
    }
    const config = await this.#readConfig(pushed);
    await store.putIndex({ ...target, config, digest: toDigest(bytes) });
    statistics.add('indexesStored');
    return documents.add({ mediaType: manifestMediaType, bytes });
  }

  async #storeLayer(digest: string, { file, sizeBytes }: ReceivedBlob): Promise<void> {
    const { store, statistics } = this.#options;
    const isNew = !(await store.hasBlob(digest));
    try {
      await store.putBlob(digest, { path: file, sizeBytes });
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    if (isNew) statistics.add('blobsStored');
  }

  /** The config, with what the manifest says of each layer: the same that BuildKit writes in the gha dialect. */
  async #readConfig(pushed: PushedManifest): Promise<CacheConfig> {
    const { held, documents } = this.#options;
    const { configDigest } = pushed;
    const bytes = (await held.read(configDigest)) ?? documents.get(configDigest)?.bytes;
    if (bytes === undefined)
      throw new OciError('MANIFEST_BLOB_UNKNOWN', `its config ${configDigest} is not there`);
    // A second export of the same job may name it again without sending it.
    documents.add({ mediaType: configMediaType, bytes });
    const config = parseCacheConfig(parseForeignJson(bytes));
    if (config === undefined)
      throw new OciError('MANIFEST_INVALID', `its config ${configDigest} is no cache config of BuildKit`);
    const layers = config.layers.map((layer) => {
      const annotations = toLayerAnnotations(pushed.layers.get(layer.blob));
      if (annotations === undefined)
        throw new OciError('MANIFEST_INVALID', `it does not say what BuildKit needs of layer ${layer.blob}`);
      this.#demandSize(layer.blob, annotations['size']);
      return { ...layer, annotations };
    });
    return { ...config, layers };
  }

  #demandSize(digest: string, claimed: unknown): void {
    const sizeBytes = this.#options.store.sizeOf(digest);
    if (sizeBytes === undefined || sizeBytes === claimed) return;
    throw new ServiceError('invalid_argument', `layer ${digest} has ${sizeBytes} bytes, not ${claimed}`);
  }
}
