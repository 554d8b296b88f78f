import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { isRecord } from '../../json.ts';
import type { BuildkitKey } from '../access/buildkit-key.ts';
import { parseForeignJson } from '../config/foreign-json.ts';
import { maxBlobBytes, maxIndexBytes } from '../config/limits.ts';

const maxSignatureBytes = 1024 * 1024;

function toMaxBytes(key: BuildkitKey): number {
  if (key.kind === 'index') return maxIndexBytes;
  return key.isSignature ? maxSignatureBytes : maxBlobBytes;
}

/**
 * What is wrong with a file that claims to be the entry of that key; undefined when nothing is. A blob must hash to
 * the digest in its key. An index and a signature have no digest: an index must at least be a cache config.
 */
export async function findByteFault(file: string, key: BuildkitKey): Promise<string | undefined> {
  const { size } = await stat(file);
  if (size === 0) return 'it is empty';
  if (size > toMaxBytes(key)) return `it is larger than ${toMaxBytes(key)} bytes`;
  if (key.kind === 'index') {
    const isConfig = isCacheConfig(parseForeignJson(await readFile(file)));
    return isConfig ? undefined : 'it is no cache config of BuildKit';
  }
  if (key.isSignature) return undefined;
  const sha256 = await hashFile(file);
  return sha256 === key.sha256 ? undefined : `its bytes hash to sha256:${sha256}`;
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

/** `{layers?: [{blob}], records?: [{digest}]}` (cache/remotecache/v1/types); both are left out when empty. */
function isCacheConfig(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const hasList = (name: string, field: string): boolean => {
    const list = value[name] ?? [];
    return Array.isArray(list) && list.every((item) => isRecord(item) && typeof item[field] === 'string');
  };
  return hasList('layers', 'blob') && hasList('records', 'digest');
}
