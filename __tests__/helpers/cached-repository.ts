import { randomBytes } from 'node:crypto';
import { toBufferSource } from '../../src/cache-client/upload-source.ts';
import { BUILDKIT_CACHE_VERSION, PACKS_CACHE_VERSION } from '../../src/cache-protocol/version.ts';
import { mintToken } from '../../src/embedded/signed-token.ts';
import type { EmbeddedServiceOptions } from '../../src/embedded/start.ts';
import { toRefHash } from '../../src/gateway/access/buildkit-key.ts';
import type { RefScope } from '../../src/policy/types.ts';
import { TestGateway } from './gateway.ts';
import { save, toBlobKey, Upstream, version } from './upstream.ts';

const dayMs = 24 * 60 * 60_000;
export const main = 'refs/heads/main';
export const prRef = (number: number): string => `refs/pull/${number}/merge`;

/** Rights of a run on that ref, in GitHub's order. */
export function scopesOf(ref: string): readonly RefScope[] {
  const own = { scope: ref, permission: 3 };
  return ref === main ? [own] : [own, { scope: main, permission: 1 }];
}

type Knobs = Pick<EmbeddedServiceOptions, 'apiCallsPerHour' | 'secret'>;

/** The caches of o/r on a real service, written by the gateway's own code days ago, and its REST. */
export class CachedRepository {
  readonly upstream: Upstream;
  /** What the REST says of refs, as in a file of `hotlayer serve --refs`. */
  readonly refs: {
    default_branch: string;
    branches: string[];
    tags: string[];
    pull_requests: Record<string, 'open' | 'closed'>;
  };
  #runs = 0;

  private constructor(upstream: Upstream, refs: CachedRepository['refs']) {
    this.upstream = upstream;
    this.refs = refs;
  }

  static async start(faults: readonly object[] = [], knobs: Knobs = {}): Promise<CachedRepository> {
    const refs = { default_branch: 'main', branches: [], tags: [], pull_requests: {} };
    const readRefs = () => Promise.resolve({ 'o/r': refs });
    return new CachedRepository(await Upstream.start(faults, { ...knobs, readRefs }), refs);
  }

  /** A job that exports these layers to the cache scope of its ref, and is over. */
  async exportLayers(ref: string, daysAgo: number, layers: readonly Buffer[]): Promise<void> {
    this.#runs += 1;
    await this.#at(daysAgo, async () => {
      const [own, base] = [`app.${toRefHash(ref)}`, `app.${toRefHash(main)}`];
      const gateway = await TestGateway.start(this.upstream, {
        runId: String(this.#runs),
        scopes: scopesOf(ref),
        plan: { imports: [...new Set([own, base])], export: own },
      });
      try {
        await gateway.loaded();
        const { client } = gateway.client(2);
        for (const bytes of layers) await save(client, this.upstream, toBlobKey(bytes), bytes);
        const index = `index-${own}-1-${toRefHash(ref)}#1`;
        const stored = await save(client, this.upstream, index, toIndex(layers));
        if (stored !== 'finalized') throw new Error(`${index}: ${stored}`);
        const { exports } = await gateway.settle(own);
        if (exports.some(({ state }) => state !== 'exported')) throw new Error(JSON.stringify(exports));
      } finally {
        await gateway.close();
      }
    });
  }

  /** How many of the layers a job on that ref finds in the caches that it may import. */
  async countWarm(ref: string, layers: readonly Buffer[]): Promise<number> {
    const gateway = await TestGateway.start(this.upstream, {
      scopes: scopesOf(ref),
      plan: { imports: [`app.${toRefHash(ref)}`, `app.${toRefHash(main)}`], export: null },
    });
    try {
      await gateway.loaded();
      const { client } = gateway.client(2);
      const hits = await Promise.all(
        layers.map((bytes) => client.lookup({ key: toBlobKey(bytes), version })),
      );
      return hits.filter(({ kind }) => kind === 'hit').length;
    } finally {
      await gateway.close();
    }
  }

  /** An entry of anybody's. */
  async put(
    ref: string,
    daysAgo: number,
    key: string,
    of: 'packs' | 'buildkit' | 'others' = 'others',
  ): Promise<void> {
    const versions = { packs: PACKS_CACHE_VERSION, buildkit: BUILDKIT_CACHE_VERSION, others: 'c'.repeat(64) };
    await this.#at(daysAgo, async () => {
      const { client } = this.upstream.client(2, await this.upstream.token(scopesOf(ref)));
      const created = await client.create({ key, version: versions[of] });
      if (created.kind !== 'created') throw new Error(`${key}: ${created.kind}`);
      const bytes = randomBytes(100);
      await client.upload(created.ticket, toBufferSource(bytes));
      await client.finalize(created.ticket, bytes.length);
    });
  }

  /** What a job of this repository has in its environment. */
  async env(ref = main): Promise<Record<string, string>> {
    return {
      GITHUB_API_URL: this.upstream.url,
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: this.upstream.url,
      ACTIONS_RUNTIME_TOKEN: await this.upstream.token(scopesOf(ref)),
    };
  }

  /** `${{ github.token }}`. */
  token(permissions: Record<string, 'read' | 'write'> = allPermissions): Promise<string> {
    return mintToken({ scopes: [], repository: 'o/r', permissions });
  }

  async close(): Promise<void> {
    await this.upstream.close();
  }

  async #at(daysAgo: number, work: () => Promise<void>): Promise<void> {
    this.upstream.clockOffsetMs = -daysAgo * dayMs;
    await work();
    this.upstream.clockOffsetMs = 0;
  }
}

export const allPermissions = { actions: 'write', contents: 'read', pull_requests: 'read' } as const;

/** A cache config of BuildKit's with one record for each layer. */
function toIndex(layers: readonly Buffer[]): Buffer {
  const digests = layers.map((bytes) => toBlobKey(bytes).slice('buildkit-blob-1-'.length));
  const mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip';
  const annotations = { mediaType, diffID: `sha256:${'a'.repeat(64)}`, size: 1 };
  return Buffer.from(
    JSON.stringify({
      layers: digests.map((blob) => ({ blob, parent: -1, annotations })),
      records: digests.map((digest, layer) => ({
        digest,
        layers: [{ layer, createdAt: '2026-01-01T00:00:00Z' }],
      })),
    }),
  );
}
