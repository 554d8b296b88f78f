import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readField } from '../../src/json.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { readPushedImage } from '../helpers/image.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';
import { SshAgent, writeSshAdd } from '../helpers/ssh-agent.ts';
import { ifWhole } from '../helpers/whole-matrix.ts';

type Inputs = Readonly<Record<string, string>>;

let cache: TestCache;
let registry: Registry;
let mirror: Registry;
let job: Job;
let count = 0;

interface Built extends StepResult {
  readonly dest: string;
}

/** One step of the job that all rows share; the result is the directory `dest` unless it goes elsewhere. */
async function run(inputs: Inputs, env: Inputs = {}): Promise<Built> {
  const dest = path.join(job.directory, `out-${++count}`);
  const elsewhere = inputs['push'] === 'true' || inputs['call'] !== undefined;
  const given = {
    scope: 'jobs',
    'buildkit-path': buildkitDirectory(),
    ...(elsewhere ? {} : { outputs: dest }),
  };
  const result = await job.runMain({ ...given, ...inputs }, env);
  expect({ exitCode: result.exitCode, log: result.log }).toEqual({ exitCode: 0, log: result.log });
  return { ...result, dest };
}

async function write(context: string, dockerfile: string, files: Inputs = {}): Promise<void> {
  await writeContext(path.join(job.workspace, context), { dockerfile, files });
}

/** What a step of such a build wrote to `/out`. */
async function runStep(command: string, inputs: Inputs = {}, env: Inputs = {}): Promise<string> {
  await write(
    'step',
    `FROM scratch AS run\nCOPY rootfs/ /\nRUN ${command} > /out\nFROM scratch\nCOPY --from=run /out /\n`,
  );
  const { dest } = await run({ context: 'step', ...inputs }, env);
  return readFile(path.join(dest, 'out'), 'utf8');
}

async function readManifest(host: string, repository: string, reference: string): Promise<unknown> {
  const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
  return (
    await fetch(`http://${host}/v2/${repository}/manifests/${reference}`, { headers: { accept } })
  ).json();
}

beforeAll(async () => {
  [cache, registry, mirror] = await Promise.all([TestCache.start(), Registry.start(), Registry.start()]);
  job = await Job.start({ env: await cache.env(rights.main) });
});

afterAll(async () => {
  await job.runPosts();
  const left = findLeftovers(job.directory);
  await job.remove();
  for (const server of [registry, mirror]) await server.stop();
  await cache.stop();
  expect(left).toEqual([]);
});

describe('a context that is a directory', () => {
  const dockerfile = 'FROM scratch\nCOPY . /\n';

  beforeAll(async () => {
    const context = path.join(job.workspace, 'tree');
    const files = { a: 'a', b: 'b', 'sub/Dockerfile': dockerfile, 'sub/c': 'c', '.dockerignore': 'b\nsub\n' };
    for (const [name, text] of Object.entries({ ...files, Dockerfile: dockerfile })) {
      await mkdir(path.dirname(path.join(context, name)), { recursive: true });
      await writeFile(path.join(context, name), text);
    }
    await mkdir(path.join(job.workspace, 'docker'));
    for (const place of [job.temp, path.join(job.workspace, 'docker')])
      await writeFile(path.join(place, 'app.Dockerfile'), dockerfile);
    await writeFile(path.join(job.workspace, 'docker', 'app.Dockerfile.dockerignore'), '**\n!a\n');
  });

  it.each<[string, () => Inputs, readonly string[]]>([
    [
      'with its Dockerfile and what is ignored',
      () => ({ context: 'tree' }),
      ['.dockerignore', 'Dockerfile', 'a'],
    ],
    [
      'with a Dockerfile outside, and its own ignored files',
      () => ({ context: 'tree', file: 'docker/app.Dockerfile' }),
      ['a'],
    ],
    [
      'with a Dockerfile of an earlier step',
      () => ({ context: 'tree', file: path.join(job.temp, 'app.Dockerfile') }),
      ['.dockerignore', 'Dockerfile', 'a'],
    ],
    ...ifWhole<[string, () => Inputs, readonly string[]]>([
      [
        'by its path with ./ and /',
        () => ({ context: './tree/', file: './tree/Dockerfile' }),
        ['.dockerignore', 'Dockerfile', 'a'],
      ],
      ['below another one', () => ({ context: 'tree/sub' }), ['Dockerfile', 'c']],
      [
        'with the Dockerfile of a directory below',
        () => ({ context: 'tree', file: 'tree/sub/Dockerfile' }),
        ['.dockerignore', 'Dockerfile', 'a'],
      ],
    ]),
  ])('%s', async (_, toInputs, expected) => {
    const { dest } = await run({ ...toInputs(), provenance: 'false' });
    expect((await readdir(dest)).sort()).toEqual(expected);
  });
});

describe('what steps get', () => {
  it('the proxies of the Docker config, which the image does not keep', async () => {
    const DOCKER_CONFIG = path.join(job.directory, 'docker');
    await mkdir(DOCKER_CONFIG);
    const proxies = { default: { httpProxy: 'http://proxy:3128', noProxy: '127.0.0.1' } };
    await writeFile(path.join(DOCKER_CONFIG, 'config.json'), JSON.stringify({ proxies }));
    const out = await runStep('env', {}, { DOCKER_CONFIG });
    for (const line of ['HTTP_PROXY=http://proxy:3128', 'http_proxy=http://proxy:3128', 'no_proxy=127.0.0.1'])
      expect(out.split('\n')).toContain(line);
    await write('proxied', 'FROM scratch\nCOPY rootfs/ /\nRUN env\n');
    const name = `${registry.host}/acme/proxied`;
    await run(
      { context: 'proxied', tags: `${name}:1`, push: 'true', provenance: 'false' },
      { DOCKER_CONFIG },
    );
    const digest = readField(await readManifest(registry.host, 'acme/proxied', '1'), 'config', 'digest');
    const config = await (await fetch(`http://${registry.host}/v2/acme/proxied/blobs/${digest}`)).text();
    expect(config).not.toContain('proxy:3128');
  });

  it('a secret of several lines, to the byte', async () => {
    const secrets = 'GIT_AUTH_TOKEN=abc\n"MYSECRET=aaaaaaaa\nbbbbbbb\n\nccccccccc"\nFOO=bar\n';
    const mounts = ['MYSECRET', 'FOO'].map((id) => `--mount=type=secret,id=${id}`).join(' ');
    const out = await runStep(`${mounts} cat /run/secrets/MYSECRET /run/secrets/FOO`, { secrets });
    expect(out).toBe('aaaaaaaa\nbbbbbbb\n\ncccccccccbar');
  });

  it.each<[string, string, (agent: SshAgent) => Inputs, (agent: SshAgent) => Inputs]>([
    [
      'the agent of the step',
      'default',
      () => ({ ssh: 'default' }),
      ({ socket }) => ({ SSH_AUTH_SOCK: socket }),
    ],
    ['a key', 'mine', ({ key }) => ({ ssh: `mine=${key}` }), () => ({})],
    ...ifWhole<[string, string, (agent: SshAgent) => Inputs, (agent: SshAgent) => Inputs]>([
      ['an agent by its socket', 'mine', ({ socket }) => ({ ssh: `mine=${socket}` }), () => ({})],
    ]),
  ])('%s', async (_, id, toInputs, toEnv) => {
    const agent = await SshAgent.start();
    try {
      const tools = path.join(job.directory, 'tools-of-ssh');
      await writeSshAdd(tools);
      await write(
        'ssh',
        `FROM scratch AS run\nCOPY rootfs/ /\nCOPY --from=tools / /\nRUN --mount=type=ssh,id=${id} ssh-add -L > /out\nFROM scratch\nCOPY --from=run /out /\n`,
      );
      const { dest } = await run(
        { context: 'ssh', 'no-cache': 'true', 'build-contexts': `tools=${tools}`, ...toInputs(agent) },
        toEnv(agent),
      );
      expect(await readFile(path.join(dest, 'out'), 'utf8')).toContain(agent.publicKey);
    } finally {
      await agent.stop();
    }
  });

  it('their results of before, but with no-cache', async () => {
    const uuid = 'cat /proc/sys/kernel/random/uuid';
    const first = await runStep(uuid);
    expect(await runStep(uuid)).toBe(first);
    expect(await runStep(uuid, { 'no-cache': 'true' })).not.toBe(first);
  });

  it('the base image that its tag names now', async () => {
    const base = `${registry.host}/acme/base:1`;
    const push = async (text: string) => {
      await write('base', 'FROM scratch\nCOPY text /out\n', { text });
      await run({ context: 'base', tags: base, push: 'true', provenance: 'false' });
    };
    await write('child', `FROM ${base}\n`);
    for (const pull of ['true', 'false']) {
      await push(`pull ${pull}`);
      const { dest } = await run({ context: 'child', pull });
      expect(await readFile(path.join(dest, 'out'), 'utf8')).toBe(`pull ${pull}`);
    }
  });
});

describe('an image', () => {
  it('of two platforms, with annotations of each level, in two registries', async () => {
    await write(
      'two',
      'FROM --platform=$BUILDPLATFORM scratch AS build\nCOPY rootfs/ /\nARG TARGETARCH\nRUN echo $TARGETARCH > /out\nFROM scratch\nCOPY --from=build /out /\n',
    );
    const tags = [registry, mirror].map(({ host }) => `${host}/acme/two:1`).join('\n');
    const annotations = 'index:one=1\nmanifest[linux/arm64]:two=2\nmanifest-descriptor:three=3';
    const platforms = 'linux/amd64,linux/arm64';
    const result = await run({
      context: 'two',
      platforms,
      tags,
      annotations,
      push: 'true',
      provenance: 'false',
    });
    for (const server of [registry, mirror])
      expect(await server.findDigest('acme/two', '1')).toBe(result.outputs.get('digest'));
    const index = await readManifest(mirror.host, 'acme/two', '1');
    expect(readField(index, 'annotations')).toEqual({ one: '1' });
    const manifests = readField(index, 'manifests');
    expect(manifests).toEqual(
      ['amd64', 'arm64'].map((architecture) =>
        expect.objectContaining({ platform: { os: 'linux', architecture }, annotations: { three: '3' } }),
      ),
    );
    const [amd64, arm64] = Array.isArray(manifests) ? manifests : [];
    const read = (one: unknown) => readManifest(mirror.host, 'acme/two', String(readField(one, 'digest')));
    expect(readField(await read(amd64), 'annotations')).toBeUndefined();
    expect(readField(await read(arm64), 'annotations')).toEqual({ two: '2' });
  });

  it('and a directory have the list of the software that a generator made', async () => {
    const statement = {
      _type: 'https://in-toto.io/Statement/v0.1',
      predicateType: 'https://spdx.dev/Document',
    };
    const sbom = JSON.stringify({ ...statement, predicate: { name: 'made by the test' } });
    await write(
      'scanner',
      'FROM scratch\nCOPY rootfs/ /\nCOPY --chmod=755 scan /bin/scan\nENTRYPOINT ["/bin/scan"]\n',
      {
        scan: `#!/bin/sh\necho '${sbom}' > $BUILDKIT_SCAN_DESTINATION/made.spdx.json\n`,
      },
    );
    const generator = `${registry.host}/acme/scanner:1`;
    await run({ context: 'scanner', tags: generator, push: 'true', provenance: 'false' });
    const given = { context: 'scanned', sbom: `generator=${generator}`, provenance: 'mode=max' };
    await write('scanned', 'FROM scratch\nCOPY Dockerfile /\n');
    await run({ ...given, tags: `${registry.host}/acme/scanned:1`, push: 'true' });
    expect((await readPushedImage(registry.host, 'acme/scanned', '1')).attestations).toEqual([
      expect.stringContaining('slsa.dev/provenance'),
      'https://spdx.dev/Document',
    ]);
    const { dest } = await run(given);
    expect((await readdir(dest)).sort()).toEqual(['Dockerfile', 'made.spdx.json', 'provenance.json']);
    expect(await readFile(path.join(dest, 'made.spdx.json'), 'utf8')).toContain('made by the test');
  });
});

describe('a question about the build', () => {
  it('outline: what a target takes', async () => {
    await write(
      'asked',
      '# syntax-free\n# NAME is who is greeted\nARG NAME=world\nFROM scratch AS greeting\nARG NAME\nRUN --mount=type=secret,id=TOKEN,required=true true\n',
    );
    const result = await run({ context: 'asked', call: 'outline', target: 'greeting' });
    expect(result.log).toMatch(/^TARGET: +greeting$/m);
    expect(result.log).toMatch(/^NAME +world/m);
    expect(result.log).toMatch(/^TOKEN +true/m);
    expect(result.outputs.get('total-steps')).toBe('0');
  });
});
