import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPairs } from '../../scripts/migrate-page.ts';
import { isRecord, readField } from '../../src/json.ts';
import { type ActRun, commitAll, copySources, pullRequestEvent, runAct, toActFlags } from '../helpers/act.ts';
import { authorization, pushBaseImage } from '../helpers/base-image.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { DockerEngine } from '../helpers/docker-engine.ts';
import { passwords, type Shape, shapes } from '../helpers/migrate-shapes.ts';
import { Registry } from '../helpers/registry.ts';
import { root } from '../helpers/runner.ts';
import { toRunnable } from '../helpers/stand-in-steps.ts';

const isWhole = process.env['HOTLAYER_WHOLE_MATRIX'] === '1';

describe('the workflows of docs/migrate.md under act', () => {
  let directory: string;
  let repository: string;
  let registry: Registry;
  let cache: TestCache;
  let engine: DockerEngine;

  beforeAll(async () => {
    [registry, cache, engine] = await Promise.all([
      Registry.start({ login: true }),
      TestCache.start(),
      DockerEngine.start({ 'containerd-snapshotter': false }),
    ]);
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-m-'));
    repository = path.join(directory, 'repository');
    const first = path.join(repository, '.github', 'workflows');
    const second = path.join(repository, '.github', 'again');
    const enterprise = path.join(repository, '.github', 'enterprise');
    for (const made of [first, second, enterprise]) await mkdir(made, { recursive: true });
    await copySources(path.join(repository, 'hotlayer'), (file) =>
      /^(?:(?:bake\/)?action\.yml$|dist\/)/.test(file),
    );
    await writeFile(path.join(repository, '.dockerignore'), 'hotlayer\n.checkouts\n');
    const pairs = readPairs(root);
    const shared = path.join(repository, '.checkouts');
    await mkdir(shared);
    await writeContext(shared, { dockerfile: '' });
    for (const { name, files, rootfs = '.', again = isWhole, server, engine: hasEngine } of shapes) {
      const checkout = path.join(shared, name);
      for (const [file, text] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(checkout, file)), { recursive: true });
        await writeFile(path.join(checkout, file), text.replaceAll('REGISTRY', registry.host));
      }
      const after = pairs.find((pair) => pair.name === name)?.after ?? '';
      const dockerHost = hasEngine ? engine.host : undefined;
      const standIns = { name, registry: registry.host, files: `.checkouts/${name}`, rootfs, dockerHost };
      const places = again ? [first, second] : [first];
      for (const made of server === 'enterprise' ? [enterprise] : places)
        await writeFile(path.join(made, `${name}.yml`), toRunnable(after, standIns));
    }
    const base = path.join(directory, 'base');
    await cp(path.join(shared, 'rootfs'), base, { recursive: true, verbatimSymlinks: true });
    await writeFile(path.join(base, 'is-base'), '');
    for (const name of ['base/debian', 'library/debian'])
      await pushBaseImage(registry.host, { repository: name, tag: '12', files: base });
    commitAll(repository);
  });
  afterAll(async () => {
    await Promise.all([registry.stop(), cache.stop(), engine.stop()]);
    await rm(directory, { recursive: true, force: true });
  });

  async function act(event: 'push' | 'pull_request', workflows = '.github/workflows'): Promise<ActRun> {
    const env = await cache.env(event === 'push' ? rights.main : rights.pr7);
    return actWith(event, workflows, toActFlags(env));
  }

  /** On a server of another name than GitHub's, which has the first version of the cache service alone. */
  async function actOnEnterprise(): Promise<ActRun> {
    const { ACTIONS_RUNTIME_TOKEN = '' } = await cache.env(rights.main);
    const env = toActFlags({ ACTIONS_CACHE_URL: cache.url, ACTIONS_RUNTIME_TOKEN });
    return actWith('push', '.github/enterprise', [...env, '--github-instance', 'github.acme.example']);
  }

  async function actWith(
    event: 'push' | 'pull_request',
    workflows: string,
    flags: readonly string[],
  ): Promise<ActRun> {
    const payload = path.join(directory, 'pull-request.json');
    await writeFile(payload, JSON.stringify(pullRequestEvent));
    return runAct({ directory, repository, workflows }, event, [
      ...flags,
      ...(event === 'push' ? [] : ['--eventpath', payload]),
      // A job waits for its processes more than it computes.
      ...['--concurrent-jobs', '4'],
      ...['--secret', `NPM_TOKEN=${passwords.npm}`, '--secret', `SENTRY_TOKEN=${passwords.sentry}`],
    ]);
  }

  /** How many steps of how many were cached in each job, by the workflow's name. */
  function listCounts({
    log,
    exitCode,
  }: ActRun): readonly (readonly [name: string, cached: number, total: number])[] {
    expect({ log, exitCode }).toEqual({ log, exitCode: 0 });
    const lines = log.matchAll(/^\[([\w-]+)\/.*?(\d+) of (\d+) steps from the cache/gm);
    return [...lines]
      .map(([, name = '', cached, total]) => [name, Number(cached), Number(total)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  const toNames = (chosen: readonly Shape[]): readonly string[] =>
    chosen.flatMap(({ name, counts = 1 }) => Array<string>(counts).fill(name)).toSorted();

  async function expectTags(chosen: readonly Shape[]): Promise<void> {
    const images = chosen.flatMap(({ name, tags }) => tags.map((tag) => `${name}-${tag}`));
    const missing: string[] = [];
    for (const image of images) {
      const [repositoryName = '', tag = ''] = image.split(':');
      if (!isRecord(await readManifest(`acme/${repositoryName}`, tag))) missing.push(image);
    }
    expect(missing).toEqual([]);
  }

  async function readManifest(image: string, tag: string): Promise<unknown> {
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
    const url = `http://${registry.host}/v2/${image}/manifests/${tag}`;
    const response = await fetch(url, { headers: { accept, authorization } });
    return response.ok ? response.json() : undefined;
  }

  it('are those of which the page says so', async () => {
    const page = await readFile(path.join(root, 'docs', 'migrate.md'), 'utf8');
    const sections = page.matchAll(/\*Run in the tests\.\*\n\n<!-- ([\w-]+):/g);
    expect([...sections].map(([, name]) => name)).toEqual(shapes.map(({ name }) => name));
  });

  it('push what they are about, cold and then with all steps from the cache', async () => {
    const pushed = shapes.filter(({ tags, server }) => tags.length > 0 && server === undefined);
    const run = await act('push');
    const cold = listCounts(run);
    expect(cold.map(([name]) => name)).toEqual(toNames(pushed));
    const found = pushed.flatMap(({ name, found: times = 0 }) => Array<string>(times).fill(name));
    expect(cold.filter(([, cached]) => cached > 0)).toEqual(found.map((name) => [name, 3, 3]));
    await expectTags(pushed);
    expect(run.log).toContain('self-test: built');
    const index = JSON.stringify(
      readField(await readManifest('acme/multi-platform-app', 'latest'), 'manifests'),
    );
    for (const architecture of ['amd64', 'arm64'])
      expect(index).toContain(`"architecture":"${architecture}"`);

    const again = toNames(pushed.filter((shape) => shape.again ?? isWhole));
    const warm = listCounts(await act('push', '.github/again'));
    expect(warm).toEqual(
      cold.filter(([name]) => again.includes(name)).map(([name, , total]) => [name, total, total]),
    );
  });

  it('build on GitHub Enterprise Server with its cache service', async () => {
    const pushed = shapes.filter(({ server }) => server === 'enterprise');
    const cold = listCounts(await actOnEnterprise());
    expect(cold.map(([name, cached]) => [name, cached])).toEqual(toNames(pushed).map((name) => [name, 0]));
    await expectTags(pushed);
    const warm = listCounts(await actOnEnterprise());
    expect(warm).toEqual(cold.map(([name, , total]) => [name, total, total]));
  });

  it('build in a pull request, and push nothing', async () => {
    const chosen = shapes.filter(({ pullRequest }) => pullRequest);
    const counts = listCounts(await act('pull_request'));
    expect(counts.map(([name]) => name)).toEqual(toNames(chosen));
    // Main has built the one, and nobody the other.
    expect(counts.map(([, cached, total]) => cached / total)).toEqual([1, 0]);
    expect(await readManifest('acme/pull-request-app', 'pr')).toBeUndefined();
  });
});
