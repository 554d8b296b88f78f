import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Azurite } from '../helpers/azurite.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { Registry, registryUser } from '../helpers/registry.ts';
import { RegistryFront } from '../helpers/registry-front.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

const payload = { repository: { id: 1, default_branch: 'main' } };
const events = {
  main: { name: 'push', ref: 'refs/heads/main', payload },
  pull: {
    name: 'pull_request',
    ref: 'refs/pull/7/merge',
    payload: {
      ...payload,
      ...{ number: 7, pull_request: { number: 7, base: { ref: 'main' }, user: { type: 'User' } } },
    },
  },
} as const;

const bakeFile = 'group "default" { targets = ["app"] }\ntarget "app" {}\n';

type Inputs = Readonly<Record<string, string>>;

/** Steps of one job: a new daemon, which they share. */
async function runJob(
  event: keyof typeof events,
  steps: readonly Inputs[],
  env: Inputs = {},
  prepare: (index: number) => void = () => undefined,
) {
  const job = await Job.start({ event: events[event], env });
  await writeContext(job.workspace, {
    dockerfile: toDockerfile('stores'),
    files: { message: 'm', 'docker-bake.hcl': bakeFile },
  });
  const results: StepResult[] = [];
  for (const [index, { action, ...inputs }] of steps.entries()) {
    prepare(index);
    const given = {
      'buildkit-path': buildkitDirectory(),
      scope: 'app',
      'trusted-context': 'true',
      ...inputs,
    };
    results.push(await (action === 'bake' ? job.runBake(given) : job.runMain(given)));
  }
  await job.runPosts();
  await job.remove();
  return results.map(({ exitCode, log, outputs, summary }) => ({
    ...{ exitCode, log, summary },
    cached: outputs.get('cached-steps'),
    exported: outputs.get('cache-export'),
    warnings: log.match(/^::warning::.*$/gm) ?? [],
  }));
}

type Ended = Awaited<ReturnType<typeof runJob>>[number];

interface Told {
  readonly cold: Ended;
  readonly pull: Ended;
  readonly warm: Ended;
  readonly readOnly: Ended;
  readonly down: Ended;
}

/** Cold, a pull request and warm on daemons of their own; read-only and down beside a warm one. */
async function play(inputs: Inputs, down: Inputs, env: Inputs = {}): Promise<Told> {
  const [cold] = await runJob('main', [inputs], env);
  const [pull] = await runJob('pull', [inputs], env);
  const [warm, readOnly, gone] = await runJob(
    'main',
    [inputs, { ...inputs, 'read-only': 'true' }, { ...inputs, ...down, scope: 'gone' }],
    env,
  );
  if (!cold || !pull || !warm || !readOnly || !gone) throw new Error('a step is missing');
  return { cold, pull, warm, readOnly, down: gone };
}

const faults = [
  { status: 403, code: 'DENIED' },
  { status: 404, code: 'NAME_UNKNOWN' },
  { status: 429, code: 'TOOMANYREQUESTS' },
  { status: 503, code: 'UNAVAILABLE' },
];

describe('caches at a place that keeps no refs apart', () => {
  let registry: Registry;
  let closed: Registry;
  let azurite: Azurite;
  let directory: string;
  const told = new Map<string, Told>();
  let refused: readonly Ended[] = [];
  let pushed: readonly (string | undefined)[] = [];
  let baked: readonly Ended[] = [];
  const names = ['registry', 'registry with login', 'local', 'azblob'];

  beforeAll(async () => {
    [registry, closed, azurite, directory] = await Promise.all([
      Registry.start(),
      Registry.start({ login: true }),
      Azurite.start(),
      mkdtemp(path.join(tmpdir(), 'hotlayer-caches-')),
    ]);
    const config = path.join(directory, 'docker');
    const login = Buffer.from(`${registryUser.username}:${registryUser.password}`).toString('base64');
    await writeJson(config, { auths: { [closed.host]: { auth: login } } });
    const azure = (url: string) => ({
      cache: 'azblob',
      'cache-to-attrs': `account_url=${url}\naccount_name=${azurite.account},secret_access_key=${azurite.key}`,
    });
    const registryOf = (host: string) => ({ cache: 'registry', 'cache-to-attrs': `ref=${host}/acme/cache` });
    const localOf = (dest: string) => ({ cache: 'local', 'cache-to-attrs': `dest=${dest}` });
    const away = '127.0.0.1:9';
    const caches = path.join(directory, 'caches');
    const file = path.join(config, 'config.json');
    for (const [name, playing] of [
      ['registry', play(registryOf(registry.host), registryOf(away))],
      ['registry with login', play(registryOf(closed.host), registryOf(away), { DOCKER_CONFIG: config })],
    ] as const)
      told.set(name, await playing);
    const front = await RegistryFront.start(registry.host);
    const faulty = faults.map((fault) => ({
      ...{ ...registryOf(front.host), scope: `refused-${fault.status}` },
      ...{ tags: `${registry.host}/acme/refused:${fault.status}`, push: 'true' },
    }));
    refused = await runJob('main', faulty, {}, (index) => {
      front.fault = faults[index] ?? 'none';
    });
    pushed = await Promise.all(
      faults.map(({ status }) => registry.findDigest('acme/refused', String(status))),
    );
    await front.stop();
    const bake = { ...registryOf(registry.host), scope: 'baked', action: 'bake' };
    baked = [...(await runJob('main', [bake])), ...(await runJob('main', [bake]))];
    for (const [name, playing] of [
      ['local', play(localOf(caches), localOf(path.join(file, 'x')))],
      ['azblob', play(azure(azurite.url), azure(`http://${away}/${azurite.account}`))],
    ] as const)
      told.set(name, await playing);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([registry.stop(), closed.stop(), azurite.stop()]);
    await rm(directory, { recursive: true, force: true });
  });

  const find = (name: string): Told => {
    const found = told.get(name);
    if (found === undefined) throw new Error(`${name} was not played`);
    return found;
  };

  it.each(names)('%s: cold without a warning, and warm on another daemon without a token', (name) => {
    const { cold, warm } = find(name);
    expect(cold).toMatchObject({ exitCode: 0, cached: '0', exported: 'exported', warnings: [] });
    expect(warm).toMatchObject({ exitCode: 0, cached: '5', exported: 'exported', warnings: [] });
  });

  it.each(names)('%s: a pull request reads what main has written, and writes a place of its own', (name) => {
    const { pull } = find(name);
    expect(pull).toMatchObject({ exitCode: 0, cached: '5', exported: 'exported', warnings: [] });
    expect(pull.log).toContain('(pr-own-scope)');
  });

  it.each(names)('%s: read-only exports nothing', (name) => {
    expect(find(name).readOnly).toMatchObject({ exitCode: 0, exported: 'skipped', warnings: [] });
  });

  it.each(names)('%s: out of reach, the build goes on with one warning', (name) => {
    const { down } = find(name);
    expect(down.exitCode).toBe(0);
    expect(down.warnings).toHaveLength(1);
    expect(['failed', 'skipped']).toContain(down.exported);
  });

  it('registry: each ref has a tag, and a directory holds each layer once', async () => {
    expect(find('registry').cold.summary).toContain('there is none for this build yet');
    const places = (await readdir(path.join(directory, 'caches'))).sort();
    expect(places).toEqual([
      expect.stringMatching(/^app-linux-amd64\.b-main\./),
      expect.stringMatching(/^app-linux-amd64\.pr-7\./),
      ...['blobs', 'cache.lock'],
    ]);
  });

  it.each(faults.map(({ status }) => status))(
    'a registry that answers %d: the push beside it goes through, with one warning',
    (status) => {
      const index = faults.findIndex((fault) => fault.status === status);
      expect(refused[index]).toMatchObject({
        exitCode: 0,
        exported: 'failed',
        warnings: [expect.any(String)],
      });
      expect(pushed[index]).toMatch(/^sha256:/);
    },
  );

  it('a bake: each target has a cache of its own there', () => {
    const [cold, warm] = baked;
    expect(cold).toMatchObject({ exitCode: 0, cached: '0', warnings: [] });
    expect(warm).toMatchObject({ exitCode: 0, cached: '5', warnings: [] });
    expect(warm?.exported).toBe('{"app":"exported"}');
  });

  it('azblob: the key is in no log and no summary', () => {
    for (const { log, summary } of Object.values(find('azblob')))
      expect(`${log.replace(/^::add-mask::.*$/gm, '')}${summary}`).not.toContain(azurite.key);
  });
});

async function writeJson(place: string, value: object): Promise<void> {
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, 'config.json'), JSON.stringify(value));
}
