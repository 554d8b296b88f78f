import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rights, TestCache } from '../../helpers/cache.ts';
import { runNode } from '../../helpers/run-node.ts';
import { root } from '../../helpers/runner.ts';
import { Wire } from '../../helpers/wire.ts';

const hook = path.join(root, '__tests__', 'helpers', 'blob-host-hook.cjs');
let cache: TestCache;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-clients-'));
});
afterEach(async () => {
  await cache.stop();
  await rm(directory, { recursive: true, force: true });
});

describe('@actions/cache saves and restores', () => {
  it.each([
    { name: 'v2, plain download', options: {}, protocol: 'v2', isSdk: false },
    {
      name: 'v2, through the Azure SDK',
      options: { blobHost: 'acct.blob.core.windows.net' },
      protocol: 'v2',
      isSdk: true,
    },
    { name: 'v1', options: {}, protocol: 'v1', isSdk: false },
  ])('$name', async ({ options, protocol, isSdk }) => {
    cache = await TestCache.start(options);
    const { ACTIONS_RUNTIME_TOKEN = '' } = await cache.env(rights.main);
    const env = {
      ACTIONS_RUNTIME_TOKEN,
      RUNNER_TEMP: directory,
      GITHUB_WORKSPACE: directory,
      GITHUB_REF: 'refs/heads/main',
      ...(protocol === 'v2'
        ? { ACTIONS_CACHE_SERVICE_V2: 'True', ACTIONS_RESULTS_URL: cache.url }
        : { ACTIONS_CACHE_URL: cache.url }),
      ...(isSdk ? { NODE_OPTIONS: `--require ${hook}` } : {}),
    };
    const file = path.join(directory, 'payload');
    // Not compressible and larger than the SDK's range of 4 MiB and than v1's chunk of 32 MiB.
    const payload = randomBytes(36 * 1024 * 1024);
    await writeFile(file, payload);
    const client = 'actions-cache-client.mjs';
    const saved = await runNode(client, ['save', file, 'deps-linux-1'], env);
    expect(saved).toMatchObject({ exitCode: 0, result: { id: expect.any(Number) } });
    expect(saved.result['id']).toBeGreaterThan(0);
    expect((await runNode(client, ['save', file, 'deps-linux-1'], env)).result).toEqual({ id: -1 });

    await rm(file);
    const restored = await runNode(client, ['restore', file, 'deps-linux-2', 'deps-'], env);
    expect(restored).toMatchObject({ exitCode: 0, result: { key: 'deps-linux-1' } });
    expect((await readFile(file)).equals(payload)).toBe(true);
    expect((await runNode(client, ['restore', file, 'other'], env)).result).toEqual({ key: null });

    const { calls } = cache.statistics;
    expect(calls.head.count).toBe(isSdk ? 1 : 0);
    if (isSdk) expect(calls.download.count).toBeGreaterThan(5);
    if (protocol === 'v1') expect(calls.upload.count).toBeGreaterThanOrEqual(2);
  });

  it('is told in words that it may not write', async () => {
    cache = await TestCache.start();
    const file = path.join(directory, 'payload');
    await writeFile(file, 'x');
    const env = {
      ...(await cache.env(rights.mainReadOnly)),
      RUNNER_TEMP: directory,
      GITHUB_WORKSPACE: directory,
    };
    const denied = await runNode('actions-cache-client.mjs', ['save', file, 'k'], env);
    expect(denied.result).toEqual({ id: -1 });
    expect(denied.output).toContain('cache write denied: token has no writable scopes');
  });
});

describe('@azure/storage-blob', () => {
  const size = 5 * 1024 * 1024 + 17;

  it.each(['blocks', 'stream', 'append'])('uploads by %s and reads in parallel ranges', async (call) => {
    cache = await TestCache.start();
    const main = await Wire.open(cache.url, rights.main);
    const upload = String((await main.create('k')).json['signed_upload_url']);
    const sent = await runNode('azure-client.mjs', [call, upload, String(size)]);
    expect(sent).toMatchObject({ exitCode: 0, result: { size } });
    expect((await main.finalize('k', size)).json).toMatchObject({ ok: true });
    const download = String((await main.lookup('k')).json['signed_download_url']);
    const got = await runNode('azure-client.mjs', ['read', download]);
    expect(got.result).toEqual({ ...sent.result, isSame: true });
  });
});
