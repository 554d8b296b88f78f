import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEntry } from '../../src/embedded/entry.ts';
import { parseManifest } from '../../src/gateway/packs/manifest.ts';
import { parseJson } from '../../src/json.ts';

/** What the service holds, by entry id. */
export type ServiceState = ReadonlyMap<number, { readonly key: string; readonly sizeBytes: number }>;

/** Read from the directory of the service, past all of its code. */
export async function readServiceState(directory: string): Promise<ServiceState> {
  const state = new Map<number, { readonly key: string; readonly sizeBytes: number }>();
  for (const name of await readdir(path.join(directory, 'entries'))) {
    const entry = parseEntry(parseJson(await readFile(path.join(directory, 'entries', name), 'utf8')));
    if (entry !== undefined) state.set(entry.id, entry);
  }
  return state;
}

export interface ManifestCheck {
  readonly directory: string;
  readonly before: ServiceState;
  readonly after: ServiceState;
  /** Packs of `before` were evicted since. */
  readonly mayMiss: boolean;
  /** Keys that were evicted before, and of which the service may not have said so. */
  readonly unknown: readonly string[];
  /** The service itself changed bytes that were sent to it since, or that it held. */
  readonly mayBeWrong: boolean;
}

/** What is wrong with the manifests that were written since `before`: each names packs that are there and whole. */
export async function findManifestFaults(check: ManifestCheck): Promise<readonly string[]> {
  const { directory, before, after } = check;
  const faults: string[] = [];
  for (const [id, { key }] of after) {
    if (before.has(id) || !key.startsWith('hotlayer-manifest-')) continue;
    const parsed = parseManifest(await readBlob(directory, id));
    if (parsed.kind !== 'manifest') {
      if (!check.mayBeWrong) faults.push(`${key} cannot be read: ${JSON.stringify(parsed)}`);
      continue;
    }
    const packs = new Map<string, Buffer>();
    for (const pack of parsed.manifest.packs) {
      const found = [...after].find(([, entry]) => entry.key === pack.key);
      if (found === undefined) {
        const wasThere = [...before.values()].some((entry) => entry.key === pack.key);
        if (!(check.mayMiss && wasThere) && !check.unknown.includes(pack.key))
          faults.push(`${key} names ${pack.key}, which is not there`);
        continue;
      }
      const bytes = await readBlob(directory, found[0]);
      if (found[1].sizeBytes !== pack.sizeBytes || bytes.length !== pack.sizeBytes)
        faults.push(
          `${key} says that ${pack.key} has ${pack.sizeBytes} bytes, but it has ${found[1].sizeBytes}`,
        );
      packs.set(pack.key, bytes);
    }
    if (check.mayBeWrong) continue;
    for (const [digest, { pack, offset, length }] of parsed.manifest.blobs) {
      const bytes = packs.get(pack)?.subarray(offset, offset + length);
      if (bytes !== undefined && digest !== toDigest(bytes))
        faults.push(`${key}: ${digest} is not what lies in ${pack} at ${offset}`);
    }
  }
  return faults;
}

async function readBlob(directory: string, id: number): Promise<Buffer> {
  return await readFile(path.join(directory, 'blobs', String(id)));
}

function toDigest(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
