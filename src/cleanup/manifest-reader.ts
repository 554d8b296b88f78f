import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { forEachParallel } from '../async/parallel.ts';
import { type CacheClient, createCacheClient } from '../cache-client/client.ts';
import { readProxies } from '../cache-client/proxy.ts';
import { openTransport } from '../cache-client/transport.ts';
import { parseManifest } from '../gateway/packs/manifest.ts';
import { canReadScope, parseAccess } from '../policy/token-access.ts';
import type { CacheEntry } from './entry.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The runner's cache service, through which contents are read: GitHub's REST does not give them. */
export interface CacheServiceFacts {
  readonly protocol: 1 | 2;
  readonly url: string;
  readonly token: string;
  /** For downloads; exists. */
  readonly directory: string;
  /** Of proxies. */
  readonly env: Environment;
}

const readsAtOnce = 8;
const maxBytes = 64 * 1024 * 1024;
/** Who does not answer soon is not waited for: what could not be read keeps its packs. */
const policy = { attempts: 3, firstDelayMs: 500, maxDelayMs: 2000, deadlineMs: 20_000 };

/**
 * Keys of the packs that the manifests name, by the id of their entry; only of manifests that the token may read, that
 * are there, and whole.
 */
export async function readManifests(
  manifests: readonly CacheEntry[],
  service: CacheServiceFacts,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const named = new Map<number, ReadonlySet<string>>();
  const readable = listReadableManifests(manifests, service.token);
  if (readable.length === 0) return named;
  const transport = openTransport(readProxies(service.env), 'hotlayer');
  const directory = await mkdtemp(path.join(service.directory, 'hotlayer-cleanup-'));
  try {
    const { protocol, url: baseUrl, token } = service;
    const client = createCacheClient({ protocol, baseUrl, token, transport, policy });
    await forEachParallel(readable, readsAtOnce, async (entry) => {
      const packs = await readPacks(client, entry, path.join(directory, randomUUID()));
      if (packs !== undefined) named.set(entry.id, packs);
    });
    return named;
  } finally {
    transport.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A look-up does not say of which ref its answer is: a key that two readable refs have cannot be read for sure. */
function listReadableManifests(manifests: readonly CacheEntry[], token: string): readonly CacheEntry[] {
  const access = parseAccess(token);
  if (access.kind !== 'scopes') return [];
  const refs = new Set(access.scopes.filter(canReadScope).map(({ scope }) => scope));
  const visible = manifests.filter(({ ref }) => refs.has(ref));
  const isSame = (a: CacheEntry, b: CacheEntry) => a.key.toLowerCase() === b.key.toLowerCase();
  return visible.filter((entry) => visible.every((other) => other === entry || !isSame(other, entry)));
}

async function readPacks(
  client: CacheClient,
  { key, version, sizeBytes }: CacheEntry,
  file: string,
): Promise<ReadonlySet<string> | undefined> {
  const lookUp = async () => {
    const hit = await client.lookup({ key, version });
    return hit.kind === 'hit' && hit.matchedKey.toLowerCase() === key.toLowerCase() ? hit.url : undefined;
  };
  const url = await lookUp();
  if (url === undefined) return undefined;
  const result = await client.download({ url, renew: lookUp }, file, { maxBytes });
  if (result.kind !== 'downloaded') return undefined;
  const bytes = await readFile(file);
  if (bytes.length !== sizeBytes) return undefined;
  const parsed = parseManifest(bytes);
  if (parsed.kind !== 'manifest') return undefined;
  return new Set(parsed.manifest.packs.map((pack) => pack.key.toLowerCase()));
}
