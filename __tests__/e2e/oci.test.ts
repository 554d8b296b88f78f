import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { toReference, toRepository } from '../../src/gateway/access/oci-name.ts';
import type { GatewayReport } from '../../src/gateway/report/report.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { Buildkitd, type SolveResult } from '../helpers/buildkitd.ts';
import { TestGateway } from '../helpers/gateway.ts';
import { OciClient, type SeenCache } from '../helpers/oci-client.ts';
import { Upstream } from '../helpers/upstream.ts';

const cacheScope = 'app.main';
const steps = 5;
type Dialect = 'gha' | 'oci';

// Real waits between real tries.
jest.setTimeout(120_000);

/** A real buildkitd, the gateway in both dialects, the embedded service. */
describe('buildkitd through the gateway as a registry', () => {
  let context: string;
  let upstream: Upstream;

  beforeEach(async () => {
    context = await mkdtemp(path.join(tmpdir(), 'hotlayer-context-'));
    await writeContext(context, { dockerfile: toDockerfile('oci'), files: { message: 'hello' } });
    upstream = await Upstream.start();
  });
  afterEach(async () => {
    await upstream.close();
    await rm(context, { recursive: true, force: true });
  });

  interface Job {
    readonly imports?: Dialect;
    readonly exports?: Dialect;
    /** What the exports say of compression; zstd by default. */
    readonly compression?: string;
    /** Of the plan, where it is not to be the one in the flags. */
    readonly plan?: { readonly imports: readonly string[]; readonly export: string | null };
    readonly args?: readonly string[];
    /** Runs once the plan is loaded. */
    readonly before?: () => Promise<void>;
    readonly password?: string;
  }

  interface JobResult {
    readonly solve: SolveResult;
    readonly report: GatewayReport;
    readonly cache: SeenCache;
    /** Bytes from the service. */
    readonly downloaded: number;
    /** Of gateway and daemon. */
    readonly log: string;
  }

  /** One job with a gateway and a daemon of its own. */
  async function runJob(job: Job): Promise<JobResult> {
    const plan = job.plan ?? {
      imports: [cacheScope],
      export: job.exports === undefined ? null : cacheScope,
    };
    const gateway = await TestGateway.start(upstream, { plan });
    await gateway.loaded();
    await job.before?.();
    const daemon = await Buildkitd.start();
    const config = await mkdtemp(path.join(tmpdir(), 'hotlayer-docker-'));
    const reference = toReference(gateway.url, cacheScope);
    const auth = Buffer.from(`hotlayer:${job.password ?? gateway.stub}`).toString('base64');
    const auths = { [new URL(gateway.url).host]: { auth } };
    await writeFile(path.join(config, 'config.json'), JSON.stringify({ auths }));
    const env = {
      DOCKER_CONFIG: config,
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: gateway.url,
      ACTIONS_CACHE_URL: gateway.url,
      ACTIONS_RUNTIME_TOKEN: gateway.stub,
    };
    const imports = { gha: `type=gha,scope=${cacheScope}`, oci: `type=registry,ref=${reference}` };
    const compression = job.compression ?? 'compression=zstd,oci-mediatypes=true,image-manifest=true';
    const exports = {
      gha: `type=gha,scope=${cacheScope},mode=max,ignore-error=true`,
      oci: `type=registry,ref=${reference},mode=max,ignore-error=true,${compression}`,
    };
    try {
      const args = [
        ...(job.imports === undefined ? [] : ['--import-cache', imports[job.imports]]),
        ...(job.exports === undefined ? [] : ['--export-cache', exports[job.exports]]),
        ...(job.args ?? []),
      ];
      const solve = await daemon.build(context, args, env);
      await gateway.confirm(cacheScope);
      const registry = new OciClient(gateway.url, toRepository(cacheScope), `hotlayer:${gateway.stub}`);
      const nothing = { digest: '', layers: [], config: {} };
      const cache = plan.imports.includes(cacheScope) ? await registry.readCache() : nothing;
      const report = await gateway.settle();
      const log = `${gateway.log.join('\n')}\n${daemon.log}`;
      return { solve, report, cache, log, downloaded: gateway.toService.bytes.down };
    } finally {
      await daemon.stop();
      await gateway.close();
      await rm(config, { recursive: true, force: true });
    }
  }

  const toMediaTypes = ({ layers }: SeenCache): readonly string[] =>
    [...new Set(layers.map(({ mediaType }) => mediaType.replace(/.*\.tar\+?/, '')))].toSorted();

  /** Makes BuildKit read every layer. */
  const toTar = () => ['--output', `type=oci,dest=${path.join(context, 'out.tar')}`];

  it.each([
    ['oci', 'oci', 'zstd'],
    ['oci', 'gha', 'zstd'],
    ['gha', 'oci', 'gzip'],
  ] as const)(
    '%s export, %s import: a fresh daemon has every step cached',
    async (exports, imports, type) => {
      const cold = await runJob({ imports: exports, exports });
      expect(cold.solve).toMatchObject({ exitCode: 0, cachedSteps: 0 });
      // An empty cache is no error.
      expect(cold.solve.log).not.toMatch(/"error":/);
      expect(cold.report).toMatchObject({
        indexesStored: 1,
        refused: 0,
        exportFailures: 0,
        importFailures: 0,
        wrongBytes: 0,
      });
      expect(cold.report.exports).toMatchObject([{ cacheScope, state: 'exported', number: 1, packs: 1 }]);
      expect(cold.report.blobsStored).toBe(cold.cache.layers.length);
      expect(toMediaTypes(cold.cache)).toEqual([type]);

      const warm = await runJob({ imports, args: toTar() });
      expect(warm.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
      expect(warm.report).toMatchObject({ bytesUp: 0, misses: 0, refused: 0, importFailures: 0 });
      expect(warm.downloaded).toBeGreaterThan(500_000);
      expect(warm.cache.layers).toEqual(cold.cache.layers);
    },
  );

  it('writes nothing when nothing has changed, in either dialect', async () => {
    const cold = await runJob({ imports: 'oci', exports: 'oci' });
    const keys = await upstream.listKeys('hotlayer-');
    for (const dialect of ['oci', 'gha'] as const) {
      const again = await runJob({ imports: dialect, exports: dialect });
      expect(again.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
      expect(again.report).toMatchObject({ indexesStored: 1, blobsStored: 0, bytesUp: 0, exportFailures: 0 });
      expect(again.report.exports).toMatchObject([{ state: 'unchanged', number: 1 }]);
      expect(again.cache.layers).toEqual(cold.cache.layers);
    }
    expect(await upstream.listKeys('hotlayer-')).toEqual(keys);
  });

  it('uploads only what a changed step made, and keeps the types of a mixed cache', async () => {
    await runJob({ imports: 'gha', exports: 'gha' });
    await writeContext(context, { dockerfile: toDockerfile('oci'), files: { message: 'other' } });
    const changed = await runJob({ imports: 'oci', exports: 'oci' });
    expect(changed.solve).toMatchObject({ exitCode: 0, cachedSteps: steps - 1 });
    expect(changed.report).toMatchObject({ exports: [{ state: 'exported', number: 2 }], exportFailures: 0 });
    expect(toMediaTypes(changed.cache)).toContain('zstd');
    for (const imports of ['oci', 'gha'] as const) {
      const warm = await runJob({ imports, args: toTar() });
      expect(warm.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
      expect(warm.report).toMatchObject({ importFailures: 0, refused: 0 });
    }
  });

  it.each([
    ['gzip', 'compression=gzip', 'gzip'],
    ['uncompressed', 'compression=uncompressed', ''],
    ['estargz', 'compression=estargz,oci-mediatypes=true', 'gzip'],
    ['zstd of level 19', 'compression=zstd,compression-level=19', 'zstd'],
    ['an index in place of an image', 'compression=zstd,image-manifest=false', 'zstd'],
    ['Docker media types', 'compression=gzip,oci-mediatypes=false,image-manifest=false', '.gzip'],
  ])('takes %s as well', async (_name, compression, type) => {
    const cold = await runJob({ exports: 'oci', compression });
    expect(cold.report).toMatchObject({ exports: [{ state: 'exported' }], exportFailures: 0 });
    expect(toMediaTypes(cold.cache)).toEqual([type]);
    const warm = await runJob({ imports: 'oci', args: toTar() });
    expect(warm.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
    expect(warm.cache.layers).toEqual(cold.cache.layers);
  });

  it("is warm from what BuildKit's own client wrote", async () => {
    const env = {
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: upstream.url,
      ACTIONS_CACHE_URL: upstream.url,
      ACTIONS_RUNTIME_TOKEN: await upstream.token(),
    };
    const native = await Buildkitd.start();
    try {
      const args = ['--export-cache', `type=gha,scope=${cacheScope},mode=max`];
      expect(await native.build(context, args, env)).toMatchObject({ exitCode: 0 });
    } finally {
      await native.stop();
    }
    const warm = await runJob({ imports: 'oci', exports: 'oci', args: toTar() });
    expect(warm.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
    expect(warm.report).toMatchObject({ importFailures: 0, exports: [{ state: 'exported', packs: 1 }] });
    await upstream.evict('buildkit-blob-');
    await upstream.evict('index-');
    const packed = await runJob({ imports: 'oci', args: toTar() });
    expect(packed.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
  });

  it('runs again what lay in a pack that is gone', async () => {
    await runJob({ exports: 'oci' });
    await upstream.evict('hotlayer-pack-');
    const cold = await runJob({ imports: 'oci', exports: 'oci', args: toTar() });
    expect(cold.solve).toMatchObject({ exitCode: 0, cachedSteps: 0 });
    expect(cold.solve.log).not.toMatch(/"error":/);
    expect(cold.report).toMatchObject({ exports: [{ state: 'exported' }] });
    expect((await runJob({ imports: 'oci' })).solve.cachedSteps).toBe(steps);
  });

  it('fails with a plain "not found" when a pack vanishes in the middle of the job, and not in the next', async () => {
    await runJob({ exports: 'oci' });
    const before = () => upstream.vanish('hotlayer-pack-');
    const failed = await runJob({ imports: 'oci', args: toTar(), before });
    expect(failed.solve.exitCode).not.toBe(0);
    expect(failed.solve.log).toMatch(/sha256:[0-9a-f]{64}.*not found/);
    expect(failed.cache.layers).toEqual([]);
  });

  it('builds on without what it may not read or write', async () => {
    const foreign = { imports: ['other.main'], export: 'other.main' };
    const denied = await runJob({ imports: 'oci', exports: 'oci', plan: foreign });
    expect(denied.solve.exitCode).toBe(0);
    const refusals = denied.solve.log.match(/"error":"[^"]*denied: cache read denied: the repository/g);
    // Import and export.
    expect(refusals).toHaveLength(2);
    expect(denied.report).toMatchObject({ blobsStored: 0, indexesStored: 0, exports: [] });
    const readOnly = { imports: [cacheScope], export: null };
    const { solve, report, log } = await runJob({ imports: 'oci', exports: 'oci', plan: readOnly });
    expect(solve.exitCode).toBe(0);
    expect(solve.log).toContain('cache write denied: the plan has no export');
    expect(report).toMatchObject({ blobsStored: 0, indexesStored: 0, exports: [] });
    expect(report.refused).toBeGreaterThan(0);
    const wrong = await runJob({ imports: 'oci', exports: 'oci', password: 'wrong-password' });
    expect(wrong.solve.exitCode).toBe(0);
    expect(wrong.report).toMatchObject({ blobsStored: 0, exports: [] });
    for (const text of [log, wrong.log, wrong.solve.log]) expect(text).not.toMatch(/eyJ|wrong-password/);
  });
});
