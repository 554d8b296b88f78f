import { existsSync, readFileSync, rmdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseJson, readField } from '../../src/json.ts';
import { listCgroupDirectories, parseMounts } from '../../src/process/mounts.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { readPushedImage } from '../helpers/image.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

type Inputs = Readonly<Record<string, string>>;

let cache: TestCache;
let registry: Registry;
let job: Job;
let count = 0;

/** One step of the job that all rows share, with a context of its own. */
async function build(
  dockerfile: string,
  inputs: Inputs = {},
  env: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  const context = `context-${++count}`;
  await writeContext(path.join(job.workspace, context), { dockerfile });
  return job.runMain({ context, ...inputs }, env);
}

/** What the last step of such a build wrote to `/out`, when it is built with these inputs. */
async function runStep(run: string, inputs: Inputs = {}, env: Inputs = {}): Promise<string> {
  const dest = path.join(job.directory, `out-${count + 1}`);
  const dockerfile = `FROM scratch AS run\nCOPY rootfs/ /\nRUN ${run}\nFROM scratch\nCOPY --from=run /out /\n`;
  const result = await build(dockerfile, { outputs: `type=local,dest=${dest}`, ...inputs }, env);
  expectDone(result);
  return readFile(path.join(dest, 'out'), 'utf8');
}

function expectDone({ exitCode, log }: StepResult): void {
  // Its end says what went wrong.
  const end = log.slice(-2000);
  expect({ exitCode, end }).toEqual({ exitCode: 0, end });
}

async function readManifest(repository: string, tag: string): Promise<unknown> {
  const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
  const answer = await fetch(`http://${registry.host}/v2/${repository}/manifests/${tag}`, {
    headers: { accept },
  });
  return answer.json();
}

beforeAll(async () => {
  cache = await TestCache.start();
  registry = await Registry.start();
  job = await Job.start({ env: await cache.env(rights.main) });
  // The base image and layout that other rows build on.
  const dockerfile = 'FROM scratch\nCOPY rootfs/ /\nRUN echo base > /mark\n';
  const pushed = await build(dockerfile, {
    tags: `${registry.host}/acme/base:1`,
    push: 'true',
    'buildkit-path': buildkitDirectory(),
    'buildkitd-config-inline': `[registry."${registry.host}"]\n  http = true\n`,
  });
  expectDone(pushed);
  const layout = path.join(job.directory, 'layout');
  // By itself: beside a push BuildKit v0.33.1 leaves the index out of the layout.
  expectDone(await build(dockerfile, { tags: 'acme/base:1', outputs: `type=oci,tar=false,dest=${layout}` }));
});

afterAll(async () => {
  await job.runPosts();
  const left = findLeftovers(job.directory);
  await job.remove();
  await registry.stop();
  await cache.stop();
  expect(left).toEqual([]);
});

describe('what steps get of the machine', () => {
  const listDevices = (text: string) =>
    text
      .split('\n')
      .flatMap((line) => /^\s*([^\s:]+):/.exec(line)?.[1] ?? [])
      .sort();

  it.each<[string, string, Inputs, (out: string) => void]>([
    [
      'no network',
      'cat /proc/net/dev > /out',
      { network: 'none' },
      (out) => expect(listDevices(out)).toEqual(['lo']),
    ],
    [
      'the network of the runner',
      'cat /proc/net/dev > /out',
      { network: 'host' },
      (out) => {
        expect(listDevices(out)).toEqual(listDevices(readFileSync('/proc/net/dev', 'utf8')));
        expect(listDevices(out)).toEqual(expect.arrayContaining(Object.keys(networkInterfaces())));
      },
    ],
    [
      'a size of /dev/shm',
      'cat /proc/mounts > /out',
      { 'shm-size': '3m' },
      (out) => expect(out).toMatch(/ \/dev\/shm tmpfs \S*size=3072k/),
    ],
    [
      'limits',
      'cat /proc/self/limits > /out',
      { ulimit: 'nofile=1234:2345\nnproc=3456' },
      (out) => {
        expect(out).toMatch(/^Max open files +1234 +2345 /m);
        expect(out).toMatch(/^Max processes +3456 +3456 /m);
      },
    ],
    [
      'hosts',
      'cat /etc/hosts > /out',
      { 'add-hosts': 'docker:10.180.0.1\nsix=[2001:db8::1]' },
      (out) => {
        expect(out).toMatch(/^10\.180\.0\.1\s+docker$/m);
        expect(out).toMatch(/^2001:db8::1\s+six$/m);
      },
    ],
    [
      'a right that the workflow grants',
      '--security=insecure cat /proc/self/status > /out',
      { allow: 'security.insecure' },
      // CAP_SYS_ADMIN is bit 21.
      (out) =>
        expect(
          Number.parseInt(/^CapEff:\s+([0-9a-f]+)$/m.exec(out)?.[1]?.slice(-8) ?? '0', 16) & 0x200000,
        ).not.toBe(0),
    ],
  ])('%s: %s', async (_, run, inputs, check) => {
    check(await runStep(run, inputs));
  });

  it('no right that only the Dockerfile asks for', async () => {
    const result = await build('FROM scratch\nCOPY rootfs/ /\nRUN --security=insecure true\n');
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('security.insecure is not allowed');
  });

  it('a parent of their cgroups', async () => {
    const name = `hotlayer-test-${process.pid}`;
    const mounts = parseMounts(readFileSync('/proc/self/mountinfo', 'utf8'));
    const parents = listCgroupDirectories(mounts, name);
    try {
      const out = await runStep('cat /proc/self/cgroup > /out', { 'cgroup-parent': name });
      const lines = out.trim().split('\n');
      // Version 2 has a namespace in which the step's own cgroup is the root; version 1 shows the path.
      const hierarchies = mounts.filter(({ fileSystem }) => fileSystem === 'cgroup').length;
      if (hierarchies === 0) expect(lines).toContain('0::/');
      else
        expect(lines.filter((line) => !/^0::/.test(line) && !line.includes(`:/${name}/buildkit/`))).toEqual(
          [],
        );
      // The runner sees in both versions where the step was: its own cgroup is gone, and those above are left.
      const left = parents.filter((parent) => existsSync(path.join(parent, 'buildkit')));
      expect(left.length).toBeGreaterThanOrEqual(Math.max(1, hierarchies));
    } finally {
      for (const directory of parents.flatMap((parent) => [path.join(parent, 'buildkit'), parent]))
        if (existsSync(directory)) rmdirSync(directory);
    }
  });
});

describe('secrets', () => {
  const cat = (ids: readonly string[]) =>
    `${ids.map((id) => `--mount=type=secret,id=${id}`).join(' ')} cat ${ids.map((id) => `/run/secrets/${id}`).join(' ')} > /out`;

  it('of three kinds reach a step, and no log', async () => {
    const file = path.join(job.directory, 'secret');
    await writeFile(file, 'from-a-file,');
    const dest = path.join(job.directory, `out-${count + 1}`);
    const run = cat(['VARIABLE', 'VALUE', 'FILE', 'TWICE']);
    const result = await build(
      `FROM scratch AS run\nCOPY rootfs/ /\nRUN ${run}\nFROM scratch\nCOPY --from=run /out /\n`,
      {
        outputs: `type=local,dest=${dest}`,
        'secret-envs': 'VARIABLE=MINE,TWICE=MINE',
        secrets: 'VALUE=from-a-value,\nTWICE=the-last',
        'secret-files': `FILE=${file}`,
      },
      { MINE: 'from-a-variable,' },
    );
    expectDone(result);
    expect(await readFile(path.join(dest, 'out'), 'utf8')).toBe(
      'from-a-variable,from-a-value,from-a-file,the-last',
    );
    expect(result.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toMatch(/from-a-|the-last/);
    for (const value of ['from-a-variable,', 'from-a-value,', 'from-a-file,', 'the-last'])
      expect(result.log).toContain(`::add-mask::${value}\n`);
    expect(result.log).toContain('The secret TWICE is given 2 times: the last counts, from "secrets".');
  });
});

describe('stages without cache', () => {
  it('run again, and no other does', async () => {
    const uuid = 'cat /proc/sys/kernel/random/uuid';
    // The stage that runs again is the last: BuildKit finds what is copied from it by its definition alone.
    const dockerfile = `FROM scratch AS two\nCOPY rootfs/ /\nRUN ${uuid} > /two\nFROM two AS one\nRUN ${uuid} > /one\n`;
    const read = async (inputs: Inputs) => {
      const dest = path.join(job.directory, `out-${count + 1}`);
      expectDone(await build(dockerfile, { outputs: dest, ...inputs }));
      return Promise.all(['one', 'two'].map((name) => readFile(path.join(dest, name), 'utf8')));
    };
    const [one, two] = await read({});
    expect(await read({})).toEqual([one, two]);
    const [again, same] = await read({ 'no-cache-filters': 'one' });
    expect(again).not.toBe(one);
    expect(same).toBe(two);
  });
});

describe('what is pushed', () => {
  const dockerfile = 'FROM scratch\nCOPY Dockerfile /\n';
  const push = (tag: string, inputs: Inputs) =>
    build(dockerfile, { tags: `${registry.host}/acme/app:${tag}`, push: 'true', ...inputs });

  it.each<[string, Inputs, readonly RegExp[]]>([
    ['provenance', { provenance: 'mode=max' }, [/slsa\.dev\/provenance/]],
    ['provenance by attests', { attests: 'type=provenance,mode=min' }, [/slsa\.dev\/provenance/]],
    ['no provenance', { provenance: 'false', sbom: 'false' }, []],
    ['no provenance, of two words', { provenance: 'false', attests: 'type=provenance,mode=max' }, []],
  ])('has %s', async (_, inputs, expected) => {
    const tag = `attest-${count}`;
    const result = await push(tag, inputs);
    expectDone(result);
    const { attestations, digest } = await readPushedImage(registry.host, 'acme/app', tag);
    expect(attestations).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
    // An index has no configuration: then its own digest is the image's name.
    const imageid = result.outputs.get('imageid');
    expect(imageid === result.outputs.get('digest')).toBe(expected.length > 0);
    if (expected.length === 0) expect(digest).toBe(result.outputs.get('digest'));
    else expect(JSON.stringify(result.outputs.get('metadata'))).toContain('actions/runs/1/attempts/1');
  });

  it('has annotations where they were asked for, and goes to several places', async () => {
    const directory = path.join(job.directory, 'several');
    await mkdir(directory);
    const result = await push('annotated', {
      annotations: 'org.example.one=1, 2\nmanifest:org.example.two=x=y',
      provenance: 'false',
      outputs: `type=local,dest=${directory}/tree\ntype=tar,dest=${directory}/image.tar\ntype=oci,dest=${directory}/oci.tar`,
    });
    expectDone(result);
    expect(readField(await readManifest('acme/app', 'annotated'), 'annotations')).toEqual({
      'org.example.one': '1, 2',
      'org.example.two': 'x=y',
    });
    expect(await readFile(path.join(directory, 'tree', 'Dockerfile'), 'utf8')).toBe(dockerfile);
    for (const file of ['image.tar', 'oci.tar'])
      expect((await readFile(path.join(directory, file))).length).toBeGreaterThan(1000);
  });
});

describe('caches of one’s own', () => {
  it('are exported and imported beside what the plan has', async () => {
    const ref = `${registry.host}/acme/cache:1`;
    const dockerfile = 'FROM scratch\nCOPY rootfs/ /\nRUN echo cached > /out\n';
    const exported = await build(dockerfile, {
      outputs: 'type=cacheonly',
      'cache-to': `type=registry,ref=${ref},mode=max\ntype=gha`,
    });
    expectDone(exported);
    expect(exported.outputs.get('cache-export')).toBe('pending');
    expect(exported.log).toContain('type=gha in the input "cache-to" has no effect');
    expect(await registry.findDigest('acme/cache', '1')).toMatch(/^sha256:/);
    const imported = await build(dockerfile, { outputs: 'type=cacheonly', 'cache-from': ref });
    expectDone(imported);
    expect(imported.log).toContain(`importing cache manifest from ${ref}`);
  });
});

describe('named contexts', () => {
  it.each<[string, string, () => string, string]>([
    ['a directory', 'COPY --from=more /file /out', () => `more=${path.join(job.directory, 'more')}`, 'more'],
    [
      'an image',
      'COPY --from=base /mark /out',
      () => `base=docker-image://${registry.host}/acme/base:1`,
      'base',
    ],
    [
      'a layout',
      'COPY --from=base /mark /out',
      () => `base=oci-layout://${path.join(job.directory, 'layout')}:1`,
      'base',
    ],
  ])('%s: %s', async (_, copy, toEntry, expected) => {
    await mkdir(path.join(job.directory, 'more'), { recursive: true });
    await writeFile(path.join(job.directory, 'more', 'file'), 'more\n');
    const dest = path.join(job.directory, `out-${count + 1}`);
    const inputs = { outputs: dest, 'build-contexts': toEntry() };
    expectDone(await build(`FROM scratch\n${copy}\n`, inputs));
    expect(await readFile(path.join(dest, 'out'), 'utf8')).toBe(`${expected}\n`);
  });

  it('a base that is a directory is told of once', async () => {
    const inputs = {
      outputs: 'type=cacheonly',
      'build-contexts': `base=${path.join(job.workspace, 'local')}`,
    };
    await writeContext(path.join(job.workspace, 'local'), { dockerfile: '' });
    const results = [await build('FROM base\n', inputs), await build('FROM base\n', inputs)];
    for (const result of results) expectDone(result);
    const told = results.flatMap(({ log }) => log.match(/^::notice.*What is built on "FROM base"/gm) ?? []);
    expect(told).toHaveLength(1);
  });
});

describe('checks', () => {
  const dockerfile = 'FROM scratch AS base\nCOPY rootfs/ /\nMAINTAINER me\n';
  const annotation = (context: number) =>
    `::warning title=Dockerfile,file=context-${context}/Dockerfile,line=3::MaintainerDeprecated: `;

  it('annotate the Dockerfile and fail, as with buildx', async () => {
    const result = await build(dockerfile, { call: 'check' });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain(annotation(count));
    expect(result.log).toContain('   3 | >>> MAINTAINER me');
    expect(result.log).toMatch(/^::error::Check complete, 1 warning has been found!$/m);
    expect(result.outputs.get('cache-export')).toBe('skipped');
    expect(parseJson(result.outputs.get('cache-plan') ?? '')).toMatchObject({ export: null, code: 'call' });
    expect(result.outputs.get('digest')).toBeUndefined();
  });

  it('of a Dockerfile without faults end well, and run nothing', async () => {
    const result = await build('FROM scratch\nCOPY rootfs/ /\nRUN false\n', { call: 'check' });
    expectDone(result);
    expect(result.log).toContain('Check complete, no warnings found.');
    expect(result.outputs.get('total-steps')).toBe('0');
  });

  it('answer in JSON', async () => {
    const result = await build(dockerfile, { call: 'targets,format=json' });
    expectDone(result);
    expect(result.log).toContain('"name": "base"');
  });

  it('of a Dockerfile that cannot be parsed fail at its line', async () => {
    const result = await build('FROM scratch\nFOO bar\n', { call: 'check' });
    expect(result.exitCode).toBe(1);
    expect(result.log).toMatch(/^::error::.*Dockerfile:2.*unknown instruction: FOO/m);
  });

  it.each<[string, string, Inputs, Inputs, boolean]>([
    ['a build', '', {}, {}, true],
    ['a build that fails', 'RUN false\n', {}, {}, true],
    ['a build without', '', { 'check-annotations': 'false' }, {}, false],
    ['a job without', '', {}, { DOCKER_BUILD_CHECKS_ANNOTATIONS: 'false' }, false],
  ])('annotate the Dockerfile of %s', async (_, more, inputs, env, isAnnotated) => {
    const result = await build(`${dockerfile}${more}`, { outputs: 'type=cacheonly', ...inputs }, env);
    expect(result.exitCode).toBe(more === '' ? 0 : 1);
    expect(result.log.includes(annotation(count))).toBe(isAnnotated);
    expect(result.log).toContain('MaintainerDeprecated');
  });
});
