import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { Buildkitd } from '../helpers/buildkitd.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { type Image, readPushedImage, readTarImage } from '../helpers/image.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

/** Time stamps are fixed, so that every cold build is the same to the byte. */
const write = (file: string) =>
  `RUN echo ${file} > /${file} && busybox touch -d @0 /${file} && busybox touch -d @0 /proc /sys /dev /etc /run 2>/dev/null; true`;

const dockerfile = (base: string) => `FROM ${base} AS build
${write('built')}
${write('other')}
FROM ${base}
${write('own')}
COPY --from=build /built /built
COPY message /message
`;

const stages = 5;

/** Its images say all of their making. */
const publicRepository = { id: 1, full_name: 'o/r', default_branch: 'main', private: false };
const provenance = 'https://slsa.dev/provenance/v1';

type Reader = 'push' | 'docker' | 'oci';
const readers = ['push', 'docker', 'oci'] as const;
/** With HOTLAYER_WHOLE_MATRIX=1 all of them on every base image; a base image in zstd is the same to all. */
const listReaders = (base: string): readonly Reader[] =>
  base === 'gzip' || process.env['HOTLAYER_WHOLE_MATRIX'] === '1' ? readers : ['push'];

describe('what a build puts out is what it is without a cache', () => {
  let registry: Registry;
  let directory: string;
  let count = 0;
  const cleanUps: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    registry = await Registry.start();
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-pushed-'));
    const daemon = await Buildkitd.start();
    await writeContext(directory, {
      dockerfile: `FROM scratch\nCOPY rootfs/ /\n${write('base')}\n`,
      // Written once: its time stamp is part of a layer.
      files: { message: 'hello' },
    });
    for (const [tag, attributes] of Object.entries({
      gzip: 'compression=gzip',
      docker: 'compression=gzip,oci-mediatypes=false',
      zstd: 'compression=zstd,oci-mediatypes=true',
    })) {
      const output = `type=image,name=${registry.host}/base:${tag},push=true,force-compression=true,${attributes}`;
      const { exitCode, log } = await daemon.build(directory, ['--output', output], {});
      if (exitCode !== 0) throw new Error(log);
    }
    await daemon.stop();
  });
  afterAll(async () => {
    await registry.stop();
    await rm(directory, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function startCache(): Promise<TestCache> {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    return cache;
  }

  async function startJob(cache: TestCache | undefined): Promise<Job> {
    const event = { name: 'push', ref: 'refs/heads/main', payload: { repository: publicRepository } };
    const job = await Job.start({
      event,
      ...(cache === undefined ? {} : { env: await cache.env(rights.main) }),
    });
    cleanUps.push(() => job.remove());
    return job;
  }

  /** One step of a job; the same context in all of them, as time stamps of its files are part of a layer. */
  function run(
    job: Job,
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> {
    const fixed = {
      context: directory,
      file: path.join(directory, 'Dockerfile'),
      scope: 'app',
      'build-args': 'SOURCE_DATE_EPOCH=0',
      'buildkit-path': buildkitDirectory(),
    };
    return job.runMain({ ...fixed, ...inputs }, env);
  }

  async function end(job: Job): Promise<void> {
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
  }

  const use = (base: string): Promise<void> =>
    writeContext(directory, { dockerfile: dockerfile(`${registry.host}/base:${base}`) });

  /** A job of one step that reads what there is, and what came out of it. */
  async function read(
    cache: TestCache | undefined,
    reader: Reader,
    inputs: Readonly<Record<string, string>> = {},
    attributes = '',
  ): Promise<{ readonly image: Image; readonly step: StepResult }> {
    const job = await startJob(cache);
    const tag = `${registry.host}/app:${++count}`;
    const file = path.join(job.directory, 'image.tar');
    const outputs =
      reader === 'push' ? `type=image,push=true${attributes}` : `type=${reader},dest=${file}${attributes}`;
    const step = await run(job, { tags: tag, outputs, ...inputs });
    expect({ log: step.log, exitCode: step.exitCode }).toEqual({ log: step.log, exitCode: 0 });
    const image =
      reader === 'push'
        ? await readPushedImage(registry.host, 'app', String(count))
        : await readTarImage(file);
    await end(job);
    return { image, step };
  }

  async function fill(cache: TestCache, inputs: Readonly<Record<string, string>>): Promise<void> {
    const job = await startJob(cache);
    const { exitCode, log } = await run(job, inputs);
    expect({ log, exitCode }).toEqual({ log, exitCode: 0 });
    await end(job);
  }

  const cold = new Map<string, Image>();
  /** The build without any cache. */
  async function readCold(base: string, reader: Reader): Promise<Image> {
    const known = cold.get(`${base} ${reader}`);
    if (known !== undefined) return known;
    const { image } = await read(undefined, reader);
    cold.set(`${base} ${reader}`, image);
    return image;
  }

  const kinds = (image: Image) => image.layers.map(({ bytes }) => bytes);

  describe.each(['gzip', 'zstd'])('on a base image of %s', (base) => {
    it.each(listReaders(base))('a cold build that fills a cache (%s)', async (reader) => {
      await use(base);
      const reference = await readCold(base, reader);
      const own = base === 'zstd' ? ['zstd', 'zstd'] : ['gzip', 'gzip'];
      expect(kinds(reference)).toEqual([...own, 'gzip', 'gzip', 'gzip']);
      // A docker archive cannot hold any.
      expect(reference.attestations).toEqual(reader === 'docker' ? [] : [provenance]);
      const { image } = await read(await startCache(), reader);
      expect(image).toEqual(reference);
    });

    it.each(listReaders(base))('from a cache that a pushing run wrote (%s)', async (reader) => {
      await use(base);
      const cache = await startCache();
      await read(cache, 'push');
      const { image, step } = await read(cache, reader);
      expect(image).toEqual(await readCold(base, reader));
      expect(step.outputs.get('cached-steps')).toBe(String(stages));
    });

    it.each(listReaders(base))('from a cache that a run without a push wrote (%s)', async (reader) => {
      await use(base);
      const cache = await startCache();
      await fill(cache, {});
      const { image, step } = await read(cache, reader);
      expect(image).toEqual(await readCold(base, reader));
      // A base image in zstd is not recompressed: its steps are run again once.
      expect(step.outputs.get('cached-steps')).toBe(base === 'zstd' ? '0' : String(stages));
      expect(step.log.match(/^::warning.*$/gm) ?? []).toHaveLength(base === 'zstd' ? 1 : 0);
      if (base !== 'zstd') return;
      const again = await read(cache, reader);
      expect(again.image).toEqual(image);
      expect(again.step.outputs.get('cached-steps')).toBe(String(stages));
      expect(again.step.log).not.toMatch(/^::warning/m);
    });
  });

  it('on a base image of Docker’s media types', async () => {
    await use('docker');
    const cache = await startCache();
    await fill(cache, {});
    for (const reader of readers) {
      const { image, step } = await read(cache, reader);
      expect(image).toEqual(await readCold('docker', reader));
      expect(step.outputs.get('cached-steps')).toBe(String(stages));
    }
  });

  it('with compression: gzip from a cache in zstd', async () => {
    await use('gzip');
    const cache = await startCache();
    await fill(cache, { compression: 'zstd' });
    const { image, step } = await read(cache, 'push', { compression: 'gzip' });
    expect(image).toEqual(await readCold('gzip', 'push'));
    expect(step.outputs.get('cached-steps')).toBe(String(stages));
  });

  it('with compression: zstd from a cache in gzip', async () => {
    await use('gzip');
    const cache = await startCache();
    await fill(cache, { compression: 'gzip' });
    const { image, step } = await read(cache, 'push', { compression: 'zstd' });
    expect(image).toEqual(await readCold('gzip', 'push'));
    expect(step.outputs.get('cached-steps')).toBe(String(stages));
  });

  it('with another level in the cache', async () => {
    await use('gzip');
    const cache = await startCache();
    await fill(cache, { 'compression-level': '19' });
    const { image } = await read(cache, 'push');
    expect(image).toEqual(await readCold('gzip', 'push'));
  });

  it('for an output that is zstd by its own attributes', async () => {
    await use('gzip');
    const attributes = ',compression=zstd,oci-mediatypes=true';
    const reference = await read(undefined, 'push', {}, attributes);
    expect(kinds(reference.image)).toEqual(['gzip', 'gzip', 'zstd', 'zstd', 'zstd']);
    const cache = await startCache();
    await fill(cache, {});
    const { image, step } = await read(cache, 'push', {}, attributes);
    expect(image).toEqual(reference.image);
    expect(step.outputs.get('cached-steps')).toBe(String(stages));
  });

  it.each([{ provenance: 'false' }, { attests: 'type=provenance,disabled=true' }])(
    'has no provenance where the inputs switch it off: %j',
    async (inputs) => {
      await use('gzip');
      const { image } = await read(undefined, 'push', inputs);
      expect(image.attestations).toEqual([]);
      expect(image.layers).toEqual((await readCold('gzip', 'push')).layers);
    },
  );

  it('leaves an output alone whose attributes say that it may be anything', async () => {
    await use('gzip');
    const cache = await startCache();
    await fill(cache, {});
    const { image } = await read(cache, 'push', {}, ',force-compression=false');
    expect(kinds(image)).toEqual(['gzip', 'gzip', 'zstd', 'zstd', 'zstd']);
  });

  it.each([
    ['for another cache scope', {}],
    ['and that goes without the gateway', { gateway: 'false' }],
  ])('in the second step of a job whose daemon has compressed with zstd %s', async (_, inputs) => {
    await use('gzip');
    const cache = await startCache();
    const job = await startJob(cache);
    const test = await run(job, { scope: 'test' });
    expect(test.exitCode).toBe(0);
    const tag = String(++count);
    const push = await run(job, { tags: `${registry.host}/app:${tag}`, push: 'true', ...inputs });
    expect({ log: push.log, exitCode: push.exitCode }).toEqual({ log: push.log, exitCode: 0 });
    // BuildKit runs a step that it holds at times (once in 25 jobs here): the others are what this is about.
    expect(Number(push.outputs.get('cached-steps'))).toBeGreaterThanOrEqual(stages - 1);
    const image = await readPushedImage(registry.host, 'app', tag);
    expect(image).toEqual(await readCold('gzip', 'push'));
    await end(job);
  });

  it('in a step without the gateway, from layers that an earlier step has imported through it but not read', async () => {
    await use('gzip');
    const cache = await startCache();
    await fill(cache, { gateway: 'false' });
    const job = await startJob(cache);
    const warm = await run(job, {});
    expect(warm.outputs.get('cached-steps')).toBe(String(stages));
    const tag = String(++count);
    const push = await run(job, { tags: `${registry.host}/app:${tag}`, push: 'true', gateway: 'false' });
    expect({ log: push.log, exitCode: push.exitCode }).toEqual({ log: push.log, exitCode: 0 });
    expect(push.log).not.toMatch(/^::warning/m);
    expect(push.outputs.get('cached-steps')).toBe(String(stages));
    expect(await readPushedImage(registry.host, 'app', tag)).toEqual(await readCold('gzip', 'push'));
    await end(job);
  });
});
