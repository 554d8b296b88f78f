import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LocalDirectory } from '../../../src/cache/local-directory.ts';
import { lockFile } from '../../../src/process/shared-lock.ts';

const toDigest = (text: string) => createHash('sha256').update(text).digest('hex');
const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

describe('a directory of caches', () => {
  let directory: string;
  let time = 1_700_000_000;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-local-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const dest = (name: string) => path.join(directory, name);
  const open = (maxBytes: number) => new LocalDirectory([directory], maxBytes);
  const listBlobs = () => readdir(path.join(directory, 'blobs', 'sha256'));
  const put = async (name: string, text: string) => {
    const digest = toDigest(text);
    await writeFile(path.join(dest(name), 'blobs', 'sha256', digest), text);
    return { digest: `sha256:${digest}`, size: text.length };
  };

  /** What buildx writes at an export: blobs, and the index as the last. */
  async function exportTo(name: string, layers: readonly string[]): Promise<void> {
    await open(1e9).prepareExport({ type: 'local', attrs: { dest: dest(name) } });
    const named = [];
    for (const layer of layers) named.push({ mediaType: layerType, ...(await put(name, layer)) });
    const config = {
      mediaType: 'application/vnd.buildkit.cacheconfig.v0',
      ...(await put(name, `{"of":"${name}"}`)),
    };
    const manifest = await put(name, JSON.stringify({ schemaVersion: 2, config, layers: named }));
    const index = path.join(dest(name), 'index.json');
    await writeFile(index, JSON.stringify({ manifests: [{ mediaType: manifestType, ...manifest }] }));
    time += 10;
    await utimes(index, time, time);
  }

  it('does not grow without bound over 50 builds, and each cache that is there is whole', async () => {
    for (let build = 0; build < 50; build++) {
      await exportTo(build % 3 === 0 ? `app.pr-${build}.1` : 'app.b-main.1', [
        'shared'.repeat(500),
        String(build).repeat(1000),
      ]);
      await open(12_000).collect();
      expect((await listBlobs()).length).toBeLessThan(30);
    }
    const names = (await readdir(directory)).filter((name) => name.startsWith('app.'));
    expect(names).toContain('app.b-main.1');
    expect(names.length).toBeLessThan(10);
    for (const name of names) {
      const index = JSON.parse(await readFile(path.join(dest(name), 'index.json'), 'utf8'));
      const [{ digest }] = index.manifests;
      const manifest = JSON.parse(
        await readFile(path.join(directory, 'blobs', digest.replace(':', '/')), 'utf8'),
      );
      for (const layer of [...manifest.layers, manifest.config])
        expect(await listBlobs()).toContain(layer.digest.slice('sha256:'.length));
    }
  });

  it('loses nothing while another build is at work there', async () => {
    await exportTo('app.b-main.1', ['a']);
    await exportTo('app.b-main.1', ['b']);
    const before = await listBlobs();
    const other = await lockFile(path.join(directory, 'cache.lock'), 'shared');
    await open(1).collect();
    expect(await listBlobs()).toEqual(before);
    await other?.release();
    // Its own hold is no obstacle.
    const local = open(1);
    await local.hold();
    await local.collect();
    expect((await listBlobs()).length).toBe(before.length - 2);
  });

  it('loses nothing where an index cannot be read', async () => {
    await exportTo('app.b-main.1', ['a']);
    await exportTo('app.b-main.1', ['b']);
    await open(1e9).prepareExport({ type: 'local', attrs: { dest: dest('app.b-dev.1') } });
    await writeFile(path.join(dest('app.b-dev.1'), 'index.json'), '{');
    const before = await listBlobs();
    await open(1).collect();
    expect(await listBlobs()).toEqual(before);
  });

  it('leaves alone what is not its own', async () => {
    await exportTo('app.b-main.1', ['a'.repeat(100)]);
    await exportTo('app.b-dev.1', ['b'.repeat(100)]);
    await mkdir(dest('project'));
    await writeFile(path.join(dest('project'), 'index.json'), '{"name":"mine"}');
    await open(1).collect();
    expect((await readdir(directory)).sort()).toEqual(['app.b-dev.1', 'blobs', 'cache.lock', 'project']);
    expect(await readdir(dest('project'))).toEqual(['index.json']);
  });
});
