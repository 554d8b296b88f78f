import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { isRecord, readField, readString } from '../../src/json.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { readPushedImage, readTarImage } from '../helpers/image.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job, root } from '../helpers/runner.ts';

describe('build, test, push: a later step of the job pushes what an earlier one built', () => {
  let registry: Registry;
  const cleanUps: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    registry = await Registry.start();
  });
  afterAll(() => registry.stop());
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  it('with provenance: the image is the same, and the index around it says when each was made', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const repository = { id: 1, full_name: 'o/r', default_branch: 'main', private: false };
    const job = await Job.start({
      event: { name: 'push', ref: 'refs/heads/main', payload: { repository } },
      env: await cache.env(rights.main),
    });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile: toDockerfile('bits'), files: { message: 'bits' } });
    const inputs = {
      scope: 'bits',
      'buildkit-path': buildkitDirectory(),
      tags: `${registry.host}/bits:1`,
    };
    const file = path.join(job.directory, 'image.tar');

    const built = await job.runMain({ ...inputs, outputs: `type=oci,dest=${file}` });
    const pushed = await job.runMain({ ...inputs, push: 'true' });
    await job.runPosts();
    expect([built.exitCode, pushed.exitCode]).toEqual([0, 0]);
    expect(pushed.outputs.get('cached-steps')).toBe(pushed.outputs.get('total-steps'));
    const [before, after] = [await readTarImage(file), await readPushedImage(registry.host, 'bits', '1')];
    expect([after.digest, after.layers]).toEqual([before.digest, before.layers]);
    expect(after.attestations).toHaveLength(1);
    expect(await registry.findDigest('bits', '1')).toBe(pushed.outputs.get('digest'));
    expect(pushed.outputs.get('digest')).not.toBe(built.outputs.get('digest'));
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('without provenance, as docs/build-test-push.md has it: the digest is the same', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile: toDockerfile('plain'), files: { message: 'plain' } });
    const [build, push, ...others] = await readExample({ temp: job.temp, image: `${registry.host}/plain` });
    if (build === undefined || push === undefined) throw new Error('the page has no two steps');
    expect(others).toEqual([]);

    const built = await job.runMain({ ...build, 'buildkit-path': buildkitDirectory() });
    expect(await registry.findDigest('plain', 'latest')).toBeUndefined();
    const pushed = await job.runMain({ ...push, 'buildkit-path': buildkitDirectory() });
    await job.runPosts();
    expect([built.exitCode, pushed.exitCode]).toEqual([0, 0]);
    expect(pushed.outputs.get('cached-steps')).toBe(pushed.outputs.get('total-steps'));
    expect(built.outputs.get('digest')).toMatch(/^sha256:/);
    for (const name of ['digest', 'imageid']) expect(pushed.outputs.get(name)).toBe(built.outputs.get(name));
    expect(await registry.findDigest('plain', 'latest')).toBe(built.outputs.get('digest'));
    // What Docker has loaded and tested.
    const [loaded, image] = [
      await readTarImage(path.join(job.temp, 'image.tar')),
      await readPushedImage(registry.host, 'plain', 'latest'),
    ];
    expect(loaded.layers.map(({ digest }) => digest)).toEqual(image.layers.map(({ digest }) => digest));
    expect(findLeftovers(job.directory)).toEqual([]);
  });
});

/** The inputs of Hotlayer's steps in the workflow of the page, as the runner would hand them over. */
async function readExample(values: {
  readonly temp: string;
  readonly image: string;
}): Promise<readonly Readonly<Record<string, string>>[]> {
  const page = await readFile(path.join(root, 'docs', 'build-test-push.md'), 'utf8');
  const text = /^```yaml\n(.*?)^```$/ms.exec(page)?.[1] ?? '';
  const steps = readField(parse(text), 'jobs', 'image', 'steps');
  return (Array.isArray(steps) ? steps : [])
    .filter((step) => readString(step, 'uses')?.startsWith('hotlayer/hotlayer@') === true)
    .map((step) => {
      const inputs = readField(step, 'with');
      const entries = Object.entries(isRecord(inputs) ? inputs : {}).map(([name, value]) => [
        name,
        String(value)
          .replaceAll(/\$\{\{ runner\.temp \}\}/g, values.temp)
          .replaceAll('ghcr.io/acme/app', values.image),
      ]);
      return Object.fromEntries(entries);
    });
}
