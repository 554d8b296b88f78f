import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { confirmExport, drainGateway, stopGateway } from '../../src/gateway/control/control-client.ts';
import { type StartGatewayOptions, startGateway } from '../../src/gateway/host/start.ts';
import type { GatewayReport } from '../../src/gateway/report/report.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { Buildkitd, type SolveResult } from '../helpers/buildkitd.ts';
import { Upstream } from '../helpers/upstream.ts';

const entry = path.join(import.meta.dirname, '../../dist/gateway/index.js');
const cacheScope = 'App.main';
const steps = 5;

// Real waits between real tries.
jest.setTimeout(120_000);

/** A real buildkitd, the real gateway process, the embedded service. */
describe('buildkitd through the gateway', () => {
  let context: string;
  let upstream: Upstream;
  let jobs: string[];

  beforeEach(async () => {
    context = await mkdtemp(path.join(tmpdir(), 'hotlayer-context-'));
    await writeContext(context, { dockerfile: toDockerfile('gateway'), files: { message: 'hello' } });
    upstream = await Upstream.start();
    jobs = [];
  });
  afterEach(async () => {
    await upstream.close();
    // A gateway that a failed test left behind ends with the directory of its job.
    for (const directory of [context, ...jobs]) await rm(directory, { recursive: true, force: true });
  });

  interface Job {
    readonly down: 1 | 2;
    readonly up: 1 | 2;
    readonly exports: boolean;
    readonly token?: string;
    readonly args?: readonly string[];
  }

  /** One job with a fresh daemon: build, then stop all. */
  async function runJob(job: Job): Promise<{ readonly solve: SolveResult; readonly report: GatewayReport }> {
    const jobDirectory = await mkdtemp(path.join(tmpdir(), 'hotlayer-job-'));
    jobs.push(jobDirectory);
    const token = job.token ?? (await upstream.token());
    const options: StartGatewayOptions = {
      entry,
      nodePath: process.execPath,
      jobDirectory,
      logFile: 'gateway.log',
      token,
      upstream: { protocol: job.up, url: upstream.url },
      run: { id: '1', attempt: '1' },
      plan: { imports: [cacheScope], export: job.exports ? cacheScope : null },
      protocols: [job.down === 1 ? 'gha-v1' : 'gha-v2'],
      runnerPid: process.pid,
      env: process.env,
    };
    const gateway = await startGateway(options);
    if (gateway.kind === 'refused') throw new Error(gateway.reason);
    const url = `${gateway.record.url}/`;
    const env = {
      ACTIONS_CACHE_SERVICE_V2: String(job.down === 2),
      ACTIONS_RESULTS_URL: url,
      ACTIONS_CACHE_URL: url,
      ACTIONS_RUNTIME_TOKEN: gateway.stub,
    };
    const daemon = await Buildkitd.start();
    try {
      const imports = ['--import-cache', `type=gha,scope=${cacheScope}`];
      const exports = job.exports
        ? ['--export-cache', `type=gha,scope=${cacheScope},mode=max,ignore-error=true`]
        : [];
      const solve = await daemon.build(context, [...imports, ...exports, ...(job.args ?? [])], env);
      const address = { url: gateway.record.url, token };
      await confirmExport(address, { kind: 'window', cacheScope, fromMs: 0, toMs: Date.now() });
      await drainGateway(address, { waitMs: 60_000 });
      return { solve, report: await stopGateway(address) };
    } finally {
      await daemon.stop();
    }
  }

  it.each([
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
  ] as const)('gha v%d to service v%d: a fresh daemon has every step cached', async (down, up) => {
    const cold = await runJob({ down, up, exports: true });
    expect(cold.solve).toMatchObject({ exitCode: 0, cachedSteps: 0 });
    expect(cold.report).toMatchObject({ indexesStored: 1, refused: 0, exportFailures: 0, wrongBytes: 0 });
    expect(cold.report.exports).toMatchObject([{ cacheScope, state: 'exported', number: 1, packs: 1 }]);
    expect(cold.report.blobsStored).toBeGreaterThanOrEqual(4);

    const output = ['--output', `type=oci,dest=${path.join(context, 'out.tar')}`];
    const warm = await runJob({ down, up, exports: false, args: output });
    expect(warm.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
    expect(warm.report).toMatchObject({ bytesUp: 0, misses: 0, refused: 0, importFailures: 0 });
    expect(warm.report.bytesDown).toBeGreaterThan(1_000_000);
  });

  it('writes nothing when nothing has changed', async () => {
    await runJob({ down: 2, up: 2, exports: true });
    const keys = await upstream.listKeys('hotlayer-');
    const again = await runJob({ down: 2, up: 2, exports: true });
    expect(again.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
    expect(again.report).toMatchObject({ indexesStored: 1, blobsStored: 0, bytesUp: 0, exportFailures: 0 });
    expect(again.report.exports).toMatchObject([{ state: 'unchanged', number: 1 }]);
    // Manifest, BuildKit's own index, the pack, and at the end whether the manifest is still the newest.
    expect(again.report.toService).toEqual({ lookup: 4, create: 0, finalize: 0, upload: 0, download: 1 });
    expect(await upstream.listKeys('hotlayer-')).toEqual(keys);
  });

  it('uploads only what a changed step made', async () => {
    const first = await runJob({ down: 2, up: 2, exports: true });
    await writeContext(context, { dockerfile: toDockerfile('gateway'), files: { message: 'other' } });
    const changed = await runJob({ down: 2, up: 2, exports: true });
    expect(changed.solve).toMatchObject({ exitCode: 0, cachedSteps: steps - 1 });
    expect(changed.report).toMatchObject({
      blobsStored: 1,
      exports: [{ state: 'exported', number: 2, packs: 2 }],
    });
    expect(changed.report.bytesUp).toBeLessThan(first.report.bytesUp / 10);
    const warm = await runJob({ down: 2, up: 2, exports: false });
    expect(warm.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
  });

  it('takes at most 15 calls for 60 small layers, and 6 when nothing has changed', async () => {
    const runs = Array.from({ length: 60 }, (_, n) => `RUN echo ${n} > /file-${n}`);
    const dockerfile = ['FROM scratch', 'COPY rootfs/ /', ...runs].join('\n');
    await writeContext(context, { dockerfile });
    const toCalls = ({ toService }: GatewayReport) =>
      Object.values(toService).reduce((sum, count) => sum + count, 0);
    const cold = await runJob({ down: 2, up: 2, exports: true });
    expect(cold.report).toMatchObject({ exports: [{ state: 'exported', packs: 1 }] });
    expect(cold.report.blobsStored).toBeGreaterThan(60);
    expect(toCalls(cold.report)).toBeLessThanOrEqual(15);
    const again = await runJob({ down: 2, up: 2, exports: true });
    expect(again.solve).toMatchObject({ exitCode: 0, cachedSteps: 61 });
    expect(again.report).toMatchObject({ exports: [{ state: 'unchanged' }] });
    expect(toCalls(again.report)).toBeLessThanOrEqual(6);
  });

  it("is warm from what BuildKit's own client wrote", async () => {
    const url = `${upstream.url}`;
    const env = {
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: url,
      ACTIONS_CACHE_URL: url,
      ACTIONS_RUNTIME_TOKEN: await upstream.token(),
    };
    const native = await Buildkitd.start();
    try {
      const args = ['--export-cache', `type=gha,scope=${cacheScope},mode=max`];
      expect(await native.build(context, args, env)).toMatchObject({ exitCode: 0 });
    } finally {
      await native.stop();
    }
    const warm = await runJob({ down: 2, up: 2, exports: true });
    expect(warm.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
    expect(warm.report).toMatchObject({ importFailures: 0, exports: [{ state: 'exported', packs: 1 }] });
    await upstream.evict('buildkit-blob-');
    await upstream.evict('index-');
    const packed = await runJob({ down: 2, up: 2, exports: false });
    expect(packed.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
  });

  it('builds on, without export, when the service denies the write', async () => {
    const token = await upstream.token([{ scope: 'refs/heads/main', permission: 1 }]);
    const { solve, report } = await runJob({ down: 2, up: 2, exports: true, token });
    expect(solve.exitCode).toBe(0);
    expect(report).toMatchObject({ blobsStored: 0, indexesStored: 0 });
    expect(report.exportFailures).toBeGreaterThan(0);
    expect(report.failures[0]?.message).toContain('cache write denied');
    expect(report.exports).toEqual([]);
  });

  it('passes over 503s, a rate limit and broken connections', async () => {
    const faults = [
      { call: ['lookup', 'create', 'finalize'], status: 503, every: 4 },
      { call: 'create', status: 429, retryAfter: 1, count: 2 },
      { call: 'upload', break: 'reset', afterBytes: 500, every: 3 },
      { call: 'download', break: 'truncate', afterBytes: 100_000, every: 3 },
    ];
    await upstream.restart(faults);
    const cold = await runJob({ down: 2, up: 2, exports: true });
    expect(cold.solve.exitCode).toBe(0);
    expect(cold.report).toMatchObject({ exportFailures: 0, exports: [{ state: 'exported' }] });
    expect(cold.report.retries).toBeGreaterThan(2);
    const output = ['--output', `type=oci,dest=${path.join(context, 'out.tar')}`];
    const warm = await runJob({ down: 2, up: 2, exports: false, args: output });
    expect(warm.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
  });

  it('is cold, and passes, when the service is down', async () => {
    await upstream.restart([{ call: '*', status: 501 }]);
    const { solve, report } = await runJob({ down: 2, up: 2, exports: true });
    expect(solve).toMatchObject({ exitCode: 0, cachedSteps: 0 });
    expect(report).toMatchObject({ exportFailures: 1, exports: [{ state: 'failed' }] });
  });
});
