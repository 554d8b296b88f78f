import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { isRecord, type JsonRecord } from '../../json.ts';
import { type CacheConfig, parseCacheConfig, renderCacheConfig } from '../config/cache-config.ts';
import { configBounds, parseForeignJson } from '../config/foreign-json.ts';
import { maxBlobBytes } from '../config/limits.ts';
import { packDigests, unpackDigests } from './digest-table.ts';
import { maxSectionBytes, pickForeignSections } from './manifest-sections.ts';

/** What the service holds for a cache scope, as one job left it. */
export interface Manifest {
  readonly formatVersion: 1;
  /** The ref scope that exported it, as BuildKit's index keys have it: 8 hex digits. */
  readonly refHash: string;
  /** The newest of the runs whose records are in it. */
  readonly writer: ManifestWriter;
  readonly config: CacheConfig;
  readonly packs: readonly ManifestPack[];
  /** By digest (`sha256:…`). */
  readonly blobs: ReadonlyMap<string, BlobPlace>;
  /** Key of BuildKit's own index that is absorbed into `config`, null: none. */
  readonly legacyIndex: string | null;
  /**
   * Sections that only a newer Hotlayer knows, by name: the next manifest carries them along unchanged. They must stand
   * for themselves: no pack and no blob is kept for them.
   */
  readonly foreignSections: JsonRecord;
}

export interface ManifestWriter {
  readonly runId: string;
  readonly attempt: string;
  /** When it wrote the manifest, in milliseconds since the epoch; undefined: an older Hotlayer wrote it. */
  readonly atMs?: number | undefined;
}

interface ManifestPack {
  readonly key: string;
  readonly sizeBytes: number;
}

/** Where a blob lies; in bytes. */
export interface BlobPlace {
  /** Key of one of the manifest's packs. */
  readonly pack: string;
  readonly offset: number;
  readonly length: number;
}

type ParsedManifest =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'newer'; readonly formatVersion: number }
  | { readonly kind: 'broken'; readonly reason: string };

const formatVersion = 1;
const checksumBytes = 32;
/** Against a few bytes that unpack without end. */
const maxJsonBytes = configBounds.maxBytes;
/** Each is looked up at the start of a job; 10 GB are 320 packs of 32 MiB. */
const maxPacks = 2048;
const maxBlobs = 100_000;
/** No blob is larger, and packs of several are far smaller. */
const maxPackBytes = maxBlobBytes;
const packKey = /^[\w.-]{1,255}$/;
const keyPart = /^[\w.-]{1,64}$/;
const maxKeyLength = 512;
/** The last moment that a Date can name. */
const maxTimeMs = 8.64e15;

/**
 * One line that says the format's version, readable for ever, then the SHA-256 of all that follows (32 bytes), and the
 * manifest as JSON, compressed: brotli has no checksum, and six of ten single wrong bits would read as another manifest.
 * Each digest is in it once, because random bytes do not compress. Throws Error when a blob lies in none of the packs.
 */
export function renderManifest(manifest: Manifest): Uint8Array {
  const packIndexes = new Map(manifest.packs.map(({ key }, index) => [key, index]));
  const blobs = [...manifest.blobs].map(([digest, { pack, offset, length }]) => {
    const index = packIndexes.get(pack);
    if (index === undefined)
      throw new Error(`Blob ${digest} lies in pack ${pack}, which the manifest does not name`);
    return { digest, pack: index, offset, length };
  });
  // In the order of the packs, each offset mostly follows from what is before it.
  blobs.sort((a, b) => a.pack - b.pack || a.offset - b.offset || a.length - b.length);
  const body = {
    ...manifest.foreignSections,
    refHash: manifest.refHash,
    writer: manifest.writer,
    legacyIndex: manifest.legacyIndex,
    packs: manifest.packs.map(({ key, sizeBytes }) => [key, sizeBytes]),
    blobs: blobs.map(({ digest, pack, offset, length }, index) => {
      const before = blobs[index - 1];
      const expected = before?.pack === pack ? before.offset + before.length : 0;
      return [digest, pack, offset - expected, length];
    }),
    config: renderCacheConfig(manifest.config),
  };
  const json = Buffer.from(JSON.stringify(packDigests(body)));
  const compressed = brotliCompressSync(json, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: json.length,
    },
  });
  return Buffer.concat([Buffer.from(`hotlayer-manifest ${formatVersion}\n`), hash(compressed), compressed]);
}

export function parseManifest(bytes: Uint8Array): ParsedManifest {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = /^hotlayer-manifest ([1-9][0-9]{0,8})\n/.exec(buffer.toString('latin1', 0, 40));
  if (head === null) return { kind: 'broken', reason: 'it is no manifest' };
  const version = Number(head[1]);
  if (version > formatVersion) return { kind: 'newer', formatVersion: version };
  const packed = buffer.subarray(head[0].length + checksumBytes);
  if (!buffer.subarray(head[0].length, head[0].length + checksumBytes).equals(hash(packed)))
    return { kind: 'broken', reason: 'its bytes are not those that were written' };
  const body = decompress(packed);
  const value = body === undefined ? undefined : unpackDigests(parseForeignJson(body));
  if (!isRecord(value)) return { kind: 'broken', reason: 'its body cannot be unpacked' };
  const manifest = parseBody(value);
  return typeof manifest === 'string' ? { kind: 'broken', reason: manifest } : { kind: 'manifest', manifest };
}

function hash(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function decompress(bytes: Buffer): Buffer | undefined {
  try {
    return brotliDecompressSync(bytes, { maxOutputLength: maxJsonBytes });
  } catch {
    // Broken bytes are an answer here, not a fault: the caller says what it means.
    return undefined;
  }
}

/** The manifest, or what is wrong with it. */
function parseBody(body: JsonRecord): Manifest | string {
  const { refHash, legacyIndex } = body;
  const writer = body['writer'];
  if (typeof refHash !== 'string' || !/^[0-9a-f]{8}$/.test(refHash)) return 'its ref scope is missing';
  if (legacyIndex !== null && (typeof legacyIndex !== 'string' || legacyIndex.length > maxKeyLength))
    return 'its absorbed index is no key';
  if (!isRecord(writer)) return 'its writer is missing';
  const { runId, attempt } = writer;
  if (typeof runId !== 'string' || typeof attempt !== 'string') return 'its writer is missing';
  if (!keyPart.test(runId) || !keyPart.test(attempt)) return 'its writer is no run';
  const packs = parsePacks(body['packs']);
  if (packs === undefined) return 'its packs are not a list of keys and sizes';
  const blobs = parseBlobs(body['blobs'], packs);
  if (blobs === undefined) return 'a blob lies outside its packs';
  const config = parseCacheConfig(body['config']);
  if (config === undefined) return 'its cache config cannot be read';
  const foreignSections = pickForeignSections(body);
  if (foreignSections === undefined)
    return `its unknown sections have more than ${maxSectionBytes} bytes together`;
  const known = {
    refHash,
    writer: { runId, attempt, ...parseTime(writer['atMs']) },
    config,
    packs,
    blobs,
    legacyIndex,
  };
  return { formatVersion, ...known, foreignSections };
}

/** It is only shown: what is no time is passed over. */
function parseTime(value: unknown): Pick<ManifestWriter, 'atMs'> {
  return isCount(value) && value <= maxTimeMs ? { atMs: value } : {};
}

function parsePacks(value: unknown): readonly ManifestPack[] | undefined {
  if (!Array.isArray(value) || value.length > maxPacks) return undefined;
  const packs = value.flatMap((item) => {
    const [key, sizeBytes]: readonly unknown[] = Array.isArray(item) ? item : [];
    const isPack = typeof key === 'string' && packKey.test(key) && isCount(sizeBytes);
    return isPack && sizeBytes <= maxPackBytes ? [{ key, sizeBytes }] : [];
  });
  const isSound = packs.length === value.length && new Set(packs.map(({ key }) => key)).size === packs.length;
  return isSound ? packs : undefined;
}

function parseBlobs(
  value: unknown,
  packs: readonly ManifestPack[],
): ReadonlyMap<string, BlobPlace> | undefined {
  if (!Array.isArray(value) || value.length > maxBlobs) return undefined;
  const blobs = new Map<string, BlobPlace>();
  let end = { pack: -1, offset: 0 };
  for (const item of value) {
    const [digest, pack, gap, length]: readonly unknown[] = Array.isArray(item) ? item : [];
    if (
      typeof digest !== 'string' ||
      !isDigest(digest) ||
      blobs.has(digest) ||
      !isCount(pack) ||
      !Number.isSafeInteger(gap) ||
      !isCount(length)
    )
      return undefined;
    const offset = (end.pack === pack ? end.offset : 0) + Number(gap);
    const within = packs[pack];
    if (within === undefined || offset < 0 || offset + length > within.sizeBytes) return undefined;
    blobs.set(digest, { pack: within.key, offset, length });
    end = { pack, offset: offset + length };
  }
  return blobs;
}

function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
