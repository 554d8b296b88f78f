import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createCacheClient } from '../../src/cache-client/client.ts';
import { readProxies } from '../../src/cache-client/proxy.ts';
import { openTransport } from '../../src/cache-client/transport.ts';
import { toBufferSource } from '../../src/cache-client/upload-source.ts';
import { PACKS_CACHE_VERSION } from '../../src/cache-protocol/version.ts';
import { type Manifest, parseManifest, renderManifest } from '../../src/gateway/packs/manifest.ts';
import type { JsonRecord } from '../../src/json.ts';
import { readServiceState } from '../chaos/service-state.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function build(
  cache: TestCache,
  message = 'hello',
): Promise<StepResult & { readonly post: StepResult | undefined }> {
  const job = await Job.start({ env: await cache.env(rights.main) });
  cleanUps.push(() => job.remove());
  await writeContext(job.workspace, { dockerfile: toDockerfile('newer'), files: { message } });
  const result = await job.runMain({ scope: 'app', 'buildkit-path': buildkitDirectory() });
  const [post] = await job.runPosts();
  expect(findLeftovers(job.directory)).toEqual([]);
  return { ...result, post };
}

/** Key and bytes of a manifest by its number. */
async function readManifest(cache: TestCache, number: number) {
  const state = await readServiceState(cache.directory);
  const isIt = (key: string) => key.startsWith('hotlayer-manifest-') && key.endsWith(`#${number}`);
  const [id, entry] = [...state].find(([, { key }]) => isIt(key)) ?? [];
  if (id === undefined || entry === undefined) throw new Error(`there is no manifest ${number}`);
  return { key: entry.key, bytes: await readFile(path.join(cache.directory, 'blobs', String(id))) };
}

async function save(cache: TestCache, key: string, bytes: Buffer): Promise<void> {
  const transport = openTransport(readProxies({}), 'test');
  cleanUps.push(async () => transport.close());
  const token = (await cache.env(rights.main))['ACTIONS_RUNTIME_TOKEN'] ?? '';
  const client = createCacheClient({ protocol: 2, baseUrl: cache.url, token, transport });
  const created = await client.create({ key, version: PACKS_CACHE_VERSION });
  if (created.kind !== 'created') throw new Error(created.message);
  await client.upload(created.ticket, toBufferSource(bytes));
  expect(await client.finalize(created.ticket, bytes.length)).toEqual({ kind: 'finalized' });
}

describe('a manifest of a newer format', () => {
  it('means a cold build that says so, and stays where it is', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    await build(cache);
    const { key, bytes } = await readManifest(cache, 1);
    // All that an older reader may rely on is the first line.
    const newer = Buffer.concat([
      Buffer.from('hotlayer-manifest 2\n'),
      bytes.subarray(bytes.indexOf('\n') + 1),
    ]);
    await save(cache, key.replace(/#1$/, '#2'), newer);

    const cold = await build(cache);
    expect([cold.exitCode, cold.outputs.get('cached-steps')]).toEqual([0, '0']);
    const warnings = cold.log.match(/^::warning.*$/gm) ?? [];
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('#2 is of format 2, which only a newer Hotlayer reads');
    expect(cold.summary).toContain('only a newer Hotlayer reads');

    // What this version can read comes after it, under a number of its own.
    expect(cold.post?.log).toMatch(/^cache export of app\S*: exported/m);
    expect((await readManifest(cache, 2)).bytes).toEqual(newer);
    expect((await readManifest(cache, 3)).bytes.toString('latin1')).toMatch(/^hotlayer-manifest 1\n/);
    const warm = await build(cache);
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));
    expect(warm.log).not.toContain('::warning');
  });
});

describe('a manifest with a section that only a newer Hotlayer knows', () => {
  it('makes a warm build, whose own manifest has the section too', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    await build(cache);
    const { key, bytes } = await readManifest(cache, 1);
    const section = { mounts: [{ id: '/go/pkg', digest: `sha256:${'7'.repeat(64)}` }] };
    await save(cache, key.replace(/#1$/, '#2'), Buffer.from(renderManifest(toManifest(bytes, section))));

    const warm = await build(cache);
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));
    const changed = await build(cache, 'changed');
    expect(changed.post?.log).toMatch(/^cache export of app\S*: exported/m);
    expect(`${warm.log}${changed.log}`).not.toContain('::warning');
    const written = await readManifest(cache, 3);
    expect(toManifest(written.bytes).foreignSections).toEqual(section);
  });
});

/** What the bytes say, with other sections when they are given. */
function toManifest(bytes: Buffer, foreignSections?: JsonRecord): Manifest {
  const parsed = parseManifest(bytes);
  if (parsed.kind !== 'manifest') throw new Error(`the manifest is ${parsed.kind}`);
  return foreignSections === undefined ? parsed.manifest : { ...parsed.manifest, foreignSections };
}
