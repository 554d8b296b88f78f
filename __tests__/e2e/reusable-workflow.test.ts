import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseJson, readField, readString } from '../../src/json.ts';
import { type ActRun, commitAll, pullRequestEvent, runAct, toActFlags } from '../helpers/act.ts';
import { authorization } from '../helpers/base-image.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { Registry, registryUser } from '../helpers/registry.ts';
import { filesWorkflow, installWorkflow, writeCheckout, writeExample } from '../helpers/reusable-workflow.ts';

const credentials = `${registryUser.username}:${registryUser.password}`;
const token = 'npm_tiger9';
/** Of this machine, as BuildKit names it. */
const own = process.arch === 'arm64' ? 'arm64' : 'amd64';

describe('the workflows of examples/workflows under act', () => {
  let directory: string;
  let repository: string;
  let registry: Registry;
  let cache: TestCache;
  let installed: readonly string[];

  beforeAll(async () => {
    [registry, cache] = await Promise.all([Registry.start({ login: true }), TestCache.start()]);
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-rw-'));
    repository = path.join(directory, 'repository');
    const workflows = path.join(repository, '.github', 'workflows');
    await mkdir(workflows, { recursive: true });
    installed = await installWorkflow(directory);
    await writeContext(path.join(directory, 'context'), { dockerfile: '' });
    await writeCheckout(repository, path.join(directory, 'context', 'rootfs'));
    for (const name of ['matrix', 'metadata', 'deploy', 'pull-request'])
      await writeExample(name, registry.host, path.join(workflows, `${name}.yml`));
    await writeFile(path.join(workflows, 'files.yml'), filesWorkflow);
    commitAll(repository);
  });
  afterAll(async () => {
    await Promise.all([registry.stop(), cache.stop()]);
    await rm(directory, { recursive: true, force: true });
  });

  async function act(event: 'push' | 'pull_request', payload?: object): Promise<ActRun> {
    const file = path.join(directory, 'payload.json');
    await writeFile(file, JSON.stringify(payload ?? {}));
    const place = { directory, repository, workflows: '.github/workflows' };
    const run = await runAct(place, event, [
      ...installed,
      ...toActFlags(await cache.env(event === 'push' ? rights.main : rights.pr7)),
      ...(payload === undefined ? [] : ['--eventpath', file]),
      // Both of them are this machine.
      ...['-P', 'ubuntu-24.04-arm=-self-hosted', '--concurrent-jobs', '4'],
      ...['--secret', `NPM_TOKEN=${token}`, '--secret', `REGISTRY_PASSWORD=${registryUser.password}`],
      ...['--var', `REGISTRY_USERNAME=${registryUser.username}`],
    ]);
    expect({ log: run.log, exitCode: run.exitCode }).toEqual({ log: run.log, exitCode: 0 });
    return run;
  }

  async function isThere(image: string, reference: string): Promise<boolean> {
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
    const address = `http://${registry.host}/v2/${image}/manifests/${reference}`;
    const { status } = await fetch(address, { method: 'HEAD', headers: { accept, authorization } });
    if (![200, 404].includes(status)) throw new Error(`${address}: ${status}`);
    return status === 200;
  }

  /** An image with all that belongs to it, by skopeo, which checks every digest on its way. */
  async function pull(
    reference: string,
  ): Promise<{ readonly digest: string; readonly index: unknown; readonly text: string }> {
    const to = await mkdtemp(path.join(directory, 'pulled-'));
    const flags = ['--all', '--src-tls-verify=false', `--src-creds=${credentials}`];
    execFileSync('skopeo', [
      'copy',
      '--quiet',
      ...flags,
      `docker://${registry.host}/${reference}`,
      `dir:${to}`,
    ]);
    const text = await readFile(path.join(to, 'manifest.json'), 'utf8');
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    return { digest, index: parseJson(text), text };
  }

  const listManifests = (index: unknown): readonly unknown[] => {
    const manifests = readField(index, 'manifests');
    return Array.isArray(manifests) ? manifests : [];
  };
  const listDigests = (index: unknown): readonly string[] =>
    listManifests(index).map((manifest) => readString(manifest, 'digest') ?? '');
  const listPlatforms = (index: unknown): readonly string[] =>
    listManifests(index)
      .map((manifest) => readString(manifest, 'platform', 'architecture') ?? '')
      .toSorted();
  /** How many steps of how many were cached, of each job. */
  const listCounts = ({ log }: ActRun) =>
    [...log.matchAll(/(\d+) of (\d+) steps from the cache/g)]
      .map(([, cached, total]) => `${cached}/${total}`)
      .toSorted();

  it('build a pull request of a fork without a push and without secrets', async () => {
    const fork = { full_name: 'stranger/r', fork: true };
    const { pull_request: pullRequest } = pullRequestEvent;
    const head = { ...pullRequest.head, repo: fork };
    const run = await act('pull_request', { ...pullRequestEvent, pull_request: { ...pullRequest, head } });
    expect(run.log).toContain('This run gets no secrets and pushes nothing');
    expect(run.log).toContain('pr-own-scope');
    for (const architecture of ['amd64', 'arm64'])
      expect(run.log).toContain(`npm_token of ${architecture}: .`);
    expect(run.log).not.toContain('login for');
    expect(await isThere('acme/app', 'pr-7')).toBe(false);
  });

  it('push an index of the platforms under all tags, and the second time all is from the cache', async () => {
    const cold = await act('push');
    for (const [image, tags] of [
      ['api', ['latest']],
      ['web', ['latest']],
      ['meta', ['main', 'edge']],
    ] as const) {
      const pulled = await Promise.all(tags.map((tag) => pull(`acme/${image}:${tag}`)));
      const [first] = pulled;
      if (first === undefined) throw new Error('nothing was pulled');
      expect([image, pulled.map(({ digest }) => digest)]).toEqual([image, tags.map(() => first.digest)]);
      // Each with an attestation of its own.
      expect([image, listPlatforms(first.index)]).toEqual([image, ['amd64', 'arm64', 'unknown', 'unknown']]);
      expect(cold.log).toContain(`docker pull ${registry.host}/acme/${image}@${first.digest}`);
    }
    const api = await pull('acme/api:latest');
    expect(readField(api.index, 'annotations')).toEqual({ 'org.opencontainers.image.title': 'api' });
    const meta = await pull('acme/meta:main');
    expect(readField(meta.index, 'annotations')).toEqual({
      'org.opencontainers.image.title': 'a "b"',
      'org.opencontainers.image.version': 'main',
    });
    const legs = [
      ...cold.log.matchAll(/"platform":"linux\/(?:amd64|arm64)","digest":"(sha256:[0-9a-f]{64})"/g),
    ];
    const digests = [...new Set(legs.map(([, digest = '']) => digest))];
    expect(digests).toHaveLength(7);
    for (const architecture of ['amd64', 'arm64'])
      expect(cold.log).toContain(
        `artifact web-linux-${architecture} has hotlayer-output/again hotlayer-output/name`,
      );
    for (const [image, { index }] of [['api', api] as const, ['meta', meta] as const]) {
      const there = await Promise.all(
        digests.map(async (digest) => ((await isThere(`acme/${image}`, digest)) ? digest : [])),
      );
      const pulled = await Promise.all(there.flat().map((digest) => pull(`acme/${image}@${digest}`)));
      expect([image, pulled.length]).toEqual([image, 2]);
      expect(pulled.flatMap((leg) => listDigests(leg.index)).toSorted()).toEqual(
        listDigests(index).toSorted(),
      );
    }
    expect(cold.log).toContain(`npm_token of ${own}: ***.`);
    // Seven builds and three merges.
    for (const words of [/\| login for /g, /The logins of this job are removed/g])
      expect(cold.log.match(words)).toHaveLength(10);
    expect(cold.log).not.toContain(token);
    expect(cold.log).not.toContain(registryUser.password);
    expect(cold.log).toMatch(new RegExp(`deploy ${registry.host}/acme/app@sha256:[0-9a-f]{64}`));
    expect(listCounts(cold).filter((count) => !count.startsWith('0/'))).toEqual([]);

    const warm = await act('push');
    expect(listCounts(warm)).toEqual(listCounts(cold).map((count) => count.replace(/^0\/(\d+)$/, '$1/$1')));
    expect((await pull('acme/app:latest')).text).toContain(own);
  });
});
