import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { toReference } from '../../src/gateway/oci-name.ts';
import type { GatewayReport } from '../../src/gateway/report.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { Buildkitd, type SolveResult } from '../helpers/buildkitd.ts';
import { TestGateway } from '../helpers/gateway.ts';
import { Upstream } from '../helpers/upstream.ts';

const cacheScope = 'app.main';
const steps = 5;
type Dialect = 'gha' | 'oci';

jest.setTimeout(120_000);

/** A real buildkitd, our gateway with both dialects, the embedded service. */
describe('buildkitd through the gateway, as a registry', () => {
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
    readonly args?: readonly string[];
  }

  /** One job with a gateway and a daemon of its own. */
  async function runJob(
    job: Job,
  ): Promise<{ readonly solve: SolveResult; readonly report: GatewayReport; log: string }> {
    const plan = { imports: [cacheScope], export: job.exports === undefined ? null : cacheScope };
    const gateway = await TestGateway.start(upstream, { plan });
    const daemon = await Buildkitd.start();
    const config = await mkdtemp(path.join(tmpdir(), 'hotlayer-docker-'));
    const reference = toReference(gateway.url, cacheScope);
    const auth = Buffer.from(`hotlayer:${gateway.stub}`).toString('base64');
    await mkdir(config, { recursive: true });
    await writeFile(
      path.join(config, 'config.json'),
      JSON.stringify({ auths: { [new URL(gateway.url).host]: { auth } } }),
    );
    const env = {
      DOCKER_CONFIG: config,
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: gateway.url,
      ACTIONS_CACHE_URL: gateway.url,
      ACTIONS_RUNTIME_TOKEN: gateway.stub,
    };
    const imports = { gha: `type=gha,scope=${cacheScope}`, oci: `type=registry,ref=${reference}` };
    const zstd = 'mode=max,compression=zstd,oci-mediatypes=true,image-manifest=true,ignore-error=true';
    const exports = {
      gha: `type=gha,scope=${cacheScope},mode=max,ignore-error=true`,
      oci: `type=registry,ref=${reference},${zstd}`,
    };
    try {
      const args = [
        ...(job.imports === undefined ? [] : ['--import-cache', imports[job.imports]]),
        ...(job.exports === undefined ? [] : ['--export-cache', exports[job.exports]]),
        ...(job.args ?? []),
      ];
      const solve = await daemon.build(context, args, env);
      return { solve, report: await gateway.settle(), log: daemon.log };
    } finally {
      await daemon.stop();
      await gateway.close();
      await rm(config, { recursive: true, force: true });
    }
  }

  it.each([
    ['oci', 'oci'],
    ['oci', 'gha'],
    ['gha', 'oci'],
  ] as const)('%s export, %s import: a fresh daemon has every step cached', async (exports, imports) => {
    const cold = await runJob({ imports: exports, exports });
    if (process.env['SHOW']) console.log(cold.solve.log, cold.log);
    expect(cold.solve).toMatchObject({ exitCode: 0, cachedSteps: 0 });
    expect(cold.report).toMatchObject({ indexesStored: 1, refused: 0, exportFailures: 0, wrongBytes: 0 });
    expect(cold.report.exports).toMatchObject([{ cacheScope, state: 'exported', number: 1, packs: 1 }]);

    const output = ['--output', `type=oci,dest=${path.join(context, 'out.tar')}`];
    const warm = await runJob({ imports, args: output });
    if (process.env['SHOW']) console.log(warm.solve.log, warm.log);
    expect(warm.solve).toMatchObject({ exitCode: 0, cachedSteps: steps });
    expect(warm.report).toMatchObject({ bytesUp: 0, misses: 0, refused: 0, importFailures: 0 });
  });
});
