import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { writeContexts } from '../helpers/docker-contexts.ts';
import { DockerEngine } from '../helpers/docker-engine.ts';
import { readPushedImage } from '../helpers/image.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';
import { ifWhole } from '../helpers/whole-matrix.ts';

type Inputs = Readonly<Record<string, string>>;

let cache: TestCache;
let registry: Registry;
let engine: DockerEngine;
let job: Job;
let count = 0;

/** One step of the job that all rows share, with a context of its own unless one is named. */
async function build(
  inputs: Inputs,
  env: Inputs = {},
  dockerfile = 'RUN echo ran > /mark\n',
): Promise<StepResult> {
  const context = `context-${++count}`;
  await writeContext(path.join(job.workspace, context), {
    dockerfile: `FROM scratch\nCOPY rootfs/ /\nRUN echo ${count} > /number\n${dockerfile}`,
  });
  const given = { context, scope: 'load', 'buildkit-path': buildkitDirectory() };
  return job.runMain({ ...given, ...inputs }, { DOCKER_HOST: engine.host, ...env });
}

function expectDone({ exitCode, log }: StepResult): void {
  expect({ exitCode, log }).toEqual({ exitCode: 0, log });
}

const annotations = ({ log }: StepResult, level: string) =>
  log.match(new RegExp(`^::${level}.*$`, 'gm')) ?? [];

beforeAll(async () => {
  [cache, registry, engine] = await Promise.all([
    TestCache.start(),
    Registry.start(),
    DockerEngine.start({ 'containerd-snapshotter': false }),
  ]);
  const repository = { id: 1, full_name: 'o/r', default_branch: 'main', private: false };
  job = await Job.start({
    event: { name: 'push', ref: 'refs/heads/main', payload: { repository } },
    env: await cache.env(rights.main),
  });
});

afterAll(async () => {
  await job.runPosts();
  const left = findLeftovers(job.directory);
  await job.remove();
  await engine.stop();
  await registry.stop();
  await cache.stop();
  expect(left).toEqual([]);
});

describe('an image that is loaded into Docker', () => {
  it.each<[string, Inputs]>([
    ['load', { load: 'true' }],
    ...ifWhole<[string, Inputs]>([
      ['an output without a file', { outputs: 'type=docker' }],
      ['attestations that are switched off', { load: 'true', provenance: 'false', sbom: 'false' }],
      ['a file of it beside', { load: 'true', outputs: 'type=oci,dest=beside.tar' }],
    ]),
  ])('has its names, its id, and runs there: %s', async (_, inputs) => {
    const tags = [`acme/app:${count}`, `acme/other:${count}`];
    const result = await build({ ...inputs, tags: tags.join('\n') });
    expectDone(result);
    for (const tag of tags) {
      const image = await engine.findImage(tag);
      expect(image).toMatchObject({ tags: expect.arrayContaining(tags), layers: expect.any(Array) });
      expect(image?.id).toBe(result.outputs.get('imageid'));
    }
    expect(await engine.run(tags[0] ?? '', ['cat', '/mark'])).toBe('ran\n');
    expect(result.outputs.get('digest')).toMatch(/^sha256:/);
    expect(annotations(result, 'warning')).toEqual([]);
  });

  it('needs no name: it is there by its id', async () => {
    const result = await build({ load: 'true' });
    expectDone(result);
    expect((await engine.findImage(result.outputs.get('imageid') ?? ''))?.tags).toEqual([]);
    expect(annotations(result, 'notice')).toEqual([]);
  });

  it('may be of another platform than the runner’s', async () => {
    const context = path.join(job.workspace, 'foreign');
    await writeContext(context, { dockerfile: 'FROM scratch\nCOPY Dockerfile /\n' });
    const result = await build({
      context: 'foreign',
      load: 'true',
      platforms: 'linux/arm64',
      tags: 'acme/foreign:1',
    });
    expectDone(result);
    expect((await engine.findImage('acme/foreign:1'))?.platform).toBe('linux/arm64');
  });

  it.each<[string, Inputs]>([
    ['by push and load', { push: 'true', load: 'true' }],
    ...ifWhole<[string, Inputs]>([
      ['by outputs', { push: 'true', outputs: 'type=image\ntype=docker' }],
      ['by an output and load', { load: 'true', outputs: 'type=image,push=true' }],
    ]),
  ])('and pushed in one step has the digest of the registry: %s', async (_, inputs) => {
    const tag = `both-${count}`;
    const name = `${registry.host}/acme/app:${tag}`;
    const result = await build({ ...inputs, tags: name });
    expectDone(result);
    const [loaded, pushed] = [
      await engine.findImage(name),
      await readPushedImage(registry.host, 'acme/app', tag),
    ];
    expect(await registry.findDigest('acme/app', tag)).toBe(result.outputs.get('digest'));
    expect(loaded?.id).toBe(result.outputs.get('imageid'));
    expect(loaded?.layers).toHaveLength(pushed.layers.length);
    expect(await engine.run(name, ['cat', '/mark'])).toBe('ran\n');
  });

  it('is tested and then pushed by a later step, which runs nothing: the same image', async () => {
    const name = `${registry.host}/acme/tested:1`;
    const built = await build({ load: 'true', tags: name });
    expectDone(built);
    expect(await engine.run(name, ['cat', '/mark'])).toBe('ran\n');
    expect(await registry.findDigest('acme/tested', '1')).toBeUndefined();
    const context = `context-${count}`;
    const pushed = await build({ context, push: 'true', tags: name, provenance: 'false' });
    expectDone(pushed);
    expect(pushed.outputs.get('cached-steps')).toBe(pushed.outputs.get('total-steps'));
    // The name of an image in Docker is the digest of its configuration.
    expect(pushed.outputs.get('imageid')).toBe(built.outputs.get('imageid'));
    expect(await registry.findDigest('acme/tested', '1')).toBe(pushed.outputs.get('digest'));
  });
});

describe('what the engine cannot hold is refused before the build', () => {
  it.each<[string, Inputs, string]>([
    [
      'several platforms',
      { load: 'true', platforms: 'linux/amd64,linux/arm64' },
      'input "platforms": an image of several platforms (linux/amd64, linux/arm64) cannot be loaded',
    ],
    [
      'provenance',
      { load: 'true', provenance: 'mode=max' },
      'input "provenance": a provenance attestation cannot be loaded',
    ],
    [
      'a list of the software',
      { outputs: 'type=docker', sbom: 'true' },
      'input "sbom": a list of the software cannot be loaded',
    ],
    [
      'an attestation',
      { load: 'true', attests: 'type=sbom' },
      'input "attests": an attestation (type=sbom) cannot be loaded',
    ],
  ])('%s', async (_, inputs, message) => {
    const result = await build({ ...inputs, tags: 'acme/refused:1' });
    expect(result.exitCode).toBe(1);
    expect(annotations(result, 'error')).toEqual([
      expect.stringContaining(`::error::${message}, because the image store`),
    ]);
    expect(result.log).not.toContain('Start BuildKit');
    expect(await engine.findImage('acme/refused:1')).toBeUndefined();
  });

  it.each<[string, Inputs]>([
    ['by the input', { load: 'true' }],
    ['by the definition', { targets: 'loads' }],
  ])('several platforms of a target of a bake, %s', async (_, inputs) => {
    const platforms = 'platforms = ["linux/amd64", "linux/arm64"]';
    await writeContext(job.workspace, {
      dockerfile: 'FROM scratch\nCOPY Dockerfile /\n',
      files: {
        'docker-bake.hcl': `target "default" { ${platforms} }
target "loads" {
  inherits = ["default"]
  output = ["type=docker"]
}
`,
      },
    });
    const given = { 'buildkit-path': buildkitDirectory(), ...inputs };
    const result = await job.runBake(given, { DOCKER_HOST: engine.host });
    expect(result.exitCode).toBe(1);
    const name = inputs['targets'] ?? 'default';
    expect(annotations(result, 'error')).toEqual([
      expect.stringContaining(
        `::error::target "${name}" of the bake definition: an image of several platforms (linux/amd64, linux/arm64) cannot be loaded, because the image store`,
      ),
    ]);
    expect(result.log).not.toContain('::group::Build\n');
  });

  it.each<[string, Inputs]>([
    ['with the Docker CLI', {}],
    ['without', { PATH: path.dirname(process.execPath) }],
  ])('an engine that is not there, %s', async (_, env) => {
    const DOCKER_HOST = `unix://${path.join(job.directory, 'nowhere.sock')}`;
    const result = await build({ load: 'true', tags: 'acme/app:1' }, { ...env, DOCKER_HOST });
    expect(result.exitCode).toBe(1);
    expect(annotations(result, 'error')).toEqual([
      expect.stringMatching(
        /^::error::input "load": the image is to go into Docker, but no Docker engine answers \(.*nowhere\.sock.*\); allowed is/,
      ),
    ]);
    expect(result.log).not.toContain('Start BuildKit');
  });
});

describe('the engine that is meant', () => {
  async function writeConfig(name: string, config: object | string): Promise<string> {
    const directory = path.join(job.directory, name);
    await writeContexts(directory, config, { mine: engine.host, nowhere: 'unix:///nowhere.sock' });
    return directory;
  }

  const withoutCli = { PATH: `${path.dirname(process.execPath)}:/usr/sbin:/sbin` };

  it.each<[string, Inputs, Inputs, object | string]>([
    [
      'the current context of the Docker config, without the Docker CLI',
      {},
      { DOCKER_HOST: '', ...withoutCli },
      { currentContext: 'mine' },
    ],
    [
      'the context of the output',
      { outputs: 'type=docker,context=mine' },
      { DOCKER_HOST: 'unix:///nowhere.sock' },
      {},
    ],
    ['a Docker config that is none', {}, {}, 'foo_bar\n'],
    ...ifWhole<[string, Inputs, Inputs, object | string]>([
      ['the current context, with the Docker CLI', {}, { DOCKER_HOST: '' }, { currentContext: 'mine' }],
      ['DOCKER_CONTEXT', {}, { DOCKER_HOST: '', DOCKER_CONTEXT: 'mine' }, { currentContext: 'nowhere' }],
    ]),
  ])('%s', async (_, inputs, env, config) => {
    const tag = `acme/place:${count}`;
    const DOCKER_CONFIG = await writeConfig(`docker-${count}`, config);
    const given = inputs['outputs'] === undefined ? { load: 'true' } : {};
    const result = await build({ ...given, ...inputs, tags: tag }, { ...env, DOCKER_CONFIG });
    expectDone(result);
    expect((await engine.findImage(tag))?.id).toBe(result.outputs.get('imageid'));
  });

  it('a context of the output that is not there is told of before the build', async () => {
    const DOCKER_CONFIG = await writeConfig('docker-none', {});
    const result = await build({ outputs: 'type=docker,context=nowhere' }, { DOCKER_CONFIG });
    expect(annotations(result, 'error')).toEqual([expect.stringContaining('no Docker engine answers')]);
    expect(result.log).not.toContain('Start BuildKit');
  });
});

describe('an engine with the image store of containerd', () => {
  it('takes several platforms and attestations; an engine that has no such store yet is told of it', async () => {
    const store = await DockerEngine.start({ 'containerd-snapshotter': true });
    try {
      await writeContext(path.join(job.workspace, 'index'), { dockerfile: 'FROM scratch\nCOPY rootfs/ /\n' });
      const platforms = 'linux/amd64,linux/arm64';
      const inputs = { context: 'index', load: 'true', platforms, provenance: 'true', tags: 'acme/index:1' };
      const result = await build(inputs, { DOCKER_HOST: store.host });
      if (await store.holdsIndexes()) {
        expectDone(result);
        expect((await store.findImage('acme/index:1'))?.id).toBe(result.outputs.get('digest'));
        expect(await store.run('acme/index:1', ['echo', 'runs'])).toBe('runs\n');
      } else {
        expect(annotations(result, 'error')).toEqual([
          expect.stringContaining('"containerd-snapshotter": true'),
        ]);
      }
    } finally {
      await store.stop();
    }
  });
});

describe('an engine that ends during the build', () => {
  it('is what the error is about', async () => {
    const gone = await DockerEngine.start();
    const context = path.join(job.workspace, 'gone');
    await writeContext(context, {
      dockerfile: 'FROM scratch\nCOPY rootfs/ /\nRUN echo step-is-running && sleep 2\n',
    });
    const given = { context: 'gone', scope: 'load', 'buildkit-path': buildkitDirectory() };
    const step = await job.startMain(
      { ...given, load: 'true', tags: 'acme/app:1' },
      { DOCKER_HOST: gone.host },
    );
    await step.waitFor('step-is-running');
    await gone.stop();
    const result = await step.result;
    expect(result.exitCode).toBe(1);
    expect(annotations(result, 'error')).toEqual([
      expect.stringContaining(
        '::error::The image was built but not loaded into Docker: its engine stopped reading',
      ),
    ]);
    expect(result.summary).toContain('Look at the log of the Docker engine');
  });
});
