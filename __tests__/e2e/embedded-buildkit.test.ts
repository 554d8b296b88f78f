import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { Buildkitd } from '../helpers/buildkitd.ts';
import { rights, TestCache } from '../helpers/cache.ts';

/** BuildKit's own gha client against the embedded service, nothing of ours in between. */
describe.each([
  { version: '2', urls: (url: string) => `url_v2=${url},version=2` },
  { version: '1', urls: (url: string) => `url=${url},version=1` },
])('buildkitd speaking gha v$version', ({ urls }) => {
  let context: string;
  let cache: TestCache;
  const daemons: Buildkitd[] = [];

  beforeAll(async () => {
    context = await mkdtemp(path.join(tmpdir(), 'hotlayer-context-'));
    await writeContext(context, { dockerfile: toDockerfile('embedded'), files: { message: 'hello' } });
  });
  afterAll(() => rm(context, { recursive: true, force: true }));
  beforeEach(async () => {
    cache = await TestCache.start();
  });
  afterEach(async () => {
    await Promise.all(daemons.splice(0).map((daemon) => daemon.stop()));
    await cache.stop();
  });

  const startDaemon = async (): Promise<Buildkitd> => {
    const daemon = await Buildkitd.start();
    daemons.push(daemon);
    return daemon;
  };
  const toArgs = async (access: Parameters<TestCache['env']>[0]) => {
    const { ACTIONS_RUNTIME_TOKEN: token = '' } = await cache.env(access);
    return {
      import: ['--import-cache', `type=gha,${urls(cache.url)},token=${token},scope=App_1`],
      export: ['--export-cache', `type=gha,${urls(cache.url)},token=${token},scope=App_1,mode=max`],
    };
  };

  it('exports, and a fresh daemon has every step cached', async () => {
    const args = await toArgs(rights.main);
    const cold = await (await startDaemon()).build(context, args.export, {});
    expect(cold).toMatchObject({ exitCode: 0, cachedSteps: 0 });
    expect(cache.statistics.storage).toMatchObject({ reservations: 0 });
    expect(cache.statistics.storage.entries).toBeGreaterThanOrEqual(5);

    const warmDaemon = await startDaemon();
    const tar = path.join(context, 'out.tar');
    const warm = await warmDaemon.build(context, [...args.import, '--output', `type=oci,dest=${tar}`], {});
    expect(warm.exitCode).toBe(0);
    expect(warm.cachedSteps).toBe(5);
    expect(cache.statistics.calls.download.bytesOut).toBeGreaterThan(1_000_000);
    await rm(tar);
  });

  it('reads the cache of main in a pull request, and main does not see what the pull request wrote', async () => {
    const main = await toArgs(rights.main);
    const pr = await toArgs(rights.pr7);
    expect((await (await startDaemon()).build(context, main.export, {})).exitCode).toBe(0);
    const inPr = await (await startDaemon()).build(
      context,
      [...pr.import, ...pr.export, '--opt', 'build-arg:X=1'],
      {},
    );
    expect(inPr).toMatchObject({ exitCode: 0, cachedSteps: 5 });

    const entries = cache.statistics.storage.entries;
    const again = await (await startDaemon()).build(context, [...main.import, ...main.export], {});
    expect(again).toMatchObject({ exitCode: 0, cachedSteps: 5 });
    // Only a new index: the layers are there.
    expect(cache.statistics.storage.entries).toBe(entries + 1);
  });

  it('fails the export of a read-only token without harm to the daemon', async () => {
    const daemon = await startDaemon();
    const args = await toArgs(rights.mainReadOnly);
    const failed = await daemon.build(context, args.export, {});
    expect(failed.exitCode).not.toBe(0);
    expect(failed.log).toMatch(/failed to reserve cache|write denied/);
    expect(daemon.isRunning).toBe(true);
    expect(cache.statistics.storage).toMatchObject({ entries: 0, reservations: 0 });
  });
});
