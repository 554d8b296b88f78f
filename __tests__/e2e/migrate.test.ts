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
import { Registry } from '../helpers/registry.ts';
import { root } from '../helpers/runner.ts';
import { toRunnable } from '../helpers/stand-in-steps.ts';

/** A workflow of docs/migrate/ that runs without a network. */
interface Shape {
  readonly name: string;
  /** What the checkout has, beside a directory `rootfs` with a shell; `REGISTRY` in it is the registry. */
  readonly files: Readonly<Record<string, string>>;
  /** Where `rootfs` is, if not at the top. */
  readonly rootfs?: string;
  /** Tags in the registry after a push; those of a pull request behind them. */
  readonly tags: readonly string[];
  readonly pullRequest?: true;
  /** How many counts of steps its log has, where it is not one. */
  readonly counts?: number;
  /** Is run a second time, for which the others are too much alike; with HOTLAYER_WHOLE_MATRIX=1 all are. */
  readonly again?: true;
}

const isWhole = process.env['HOTLAYER_WHOLE_MATRIX'] === '1';

const plain = 'FROM scratch\nCOPY rootfs/ /\nRUN echo built > /built\n';
const password = 'npm_hunter2';

const toTarget = (name: string): string => `target "${name}" {
  inherits = ["base"]
  args = { NAME = "${name}" }
  tags = ["REGISTRY/acme/bake-${name}:latest"]
}
`;

const shapes: readonly Shape[] = [
  { name: 'single-image', files: { Dockerfile: plain }, tags: ['app:latest'] },
  { name: 'metadata', files: { Dockerfile: plain }, tags: ['app:main', 'app:sha-1'], pullRequest: true },
  { name: 'pull-request', files: { Dockerfile: plain }, tags: [], pullRequest: true },
  {
    name: 'multi-platform',
    files: {
      Dockerfile: `FROM --platform=$BUILDPLATFORM scratch AS build
COPY rootfs/ /
ARG TARGETPLATFORM
RUN echo "$TARGETPLATFORM" > /platform
FROM scratch
COPY --from=build /platform /platform
`,
    },
    again: true,
    tags: ['app:latest'],
  },
  {
    name: 'matrix',
    files: Object.fromEntries(
      ['api', 'web', 'worker'].map((image) => [
        `docker/${image}.Dockerfile`,
        `${plain}RUN echo ${image} > /name\n`,
      ]),
    ),
    again: true,
    counts: 3,
    tags: ['api:latest', 'web:latest', 'worker:latest'],
  },
  {
    name: 'monorepo',
    files: {
      'services/api/Dockerfile':
        'FROM scratch\nCOPY --from=libs rootfs/ /\nCOPY main /main\nRUN cat /main > /built\n',
      'services/api/main': 'main',
    },
    rootfs: 'libs',
    tags: ['api:latest'],
  },
  {
    name: 'secrets',
    files: {
      Dockerfile: `FROM scratch
COPY rootfs/ /
RUN --mount=type=secret,id=npm_token,required=true test "$(cat /run/secrets/npm_token)" = ${password}
RUN --mount=type=secret,id=sentry,env=SENTRY,required=true test "$SENTRY" = sentry-hunter2
RUN --mount=type=secret,id=npmrc,required=true test "$(cat /run/secrets/npmrc)" = registry=x
`,
      '.npmrc': 'registry=x',
    },
    again: true,
    tags: ['app:latest'],
  },
  {
    name: 'ssh',
    files: {
      Dockerfile:
        'FROM scratch\nCOPY rootfs/ /\nRUN --mount=type=ssh,required=true test -S "$SSH_AUTH_SOCK"\n',
    },
    tags: ['app:latest'],
  },
  {
    name: 'private-base',
    files: { Dockerfile: 'ARG BASE\nFROM $BASE\nRUN test -f /is-base\n' },
    again: true,
    tags: ['app:latest'],
  },
  {
    name: 'registry-mirror',
    files: { Dockerfile: 'FROM debian:12\nRUN test -f /is-base\n' },
    tags: ['app:latest'],
  },
  {
    name: 'bake',
    files: {
      Dockerfile: `${plain}FROM scratch\nCOPY --from=0 /built /built\nARG NAME\nCOPY Dockerfile /$NAME\n`,
      'docker-bake.hcl': `group "release" { targets = ["api", "web"] }
target "base" { args = { NAME = "base" } }
${['api', 'web'].map(toTarget).join('')}`,
    },
    counts: 2,
    tags: ['api:latest', 'web:latest'],
  },
  {
    name: 'compose',
    files: {
      'api/Dockerfile': 'FROM scratch\nCOPY compose.yaml /\n',
      'web/Dockerfile': plain,
      'compose.yaml': `services:
  api:
    image: REGISTRY/acme/compose-api
    build: { context: ., dockerfile: api/Dockerfile }
  web:
    image: REGISTRY/acme/compose-web
    build: { context: ., dockerfile: web/Dockerfile }
  db:
    image: postgres:17
`,
    },
    counts: 2,
    tags: ['api:latest', 'web:latest'],
  },
];

describe('the workflows of docs/migrate.md under act', () => {
  let directory: string;
  let repository: string;
  let registry: Registry;
  let cache: TestCache;

  beforeAll(async () => {
    [registry, cache] = await Promise.all([Registry.start({ login: true }), TestCache.start()]);
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-m-'));
    repository = path.join(directory, 'repository');
    const first = path.join(repository, '.github', 'workflows');
    const second = path.join(repository, '.github', 'again');
    for (const made of [first, second]) await mkdir(made, { recursive: true });
    await copySources(path.join(repository, 'hotlayer'), (file) =>
      /^(?:(?:bake\/)?action\.yml$|dist\/)/.test(file),
    );
    await writeFile(path.join(repository, '.dockerignore'), 'hotlayer\n.checkouts\n');
    const pairs = readPairs(root);
    const shared = path.join(repository, '.checkouts');
    await mkdir(shared);
    await writeContext(shared, { dockerfile: '' });
    for (const { name, files, rootfs = '.', again = isWhole } of shapes) {
      const checkout = path.join(shared, name);
      for (const [file, text] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(checkout, file)), { recursive: true });
        await writeFile(path.join(checkout, file), text.replaceAll('REGISTRY', registry.host));
      }
      const after = pairs.find((pair) => pair.name === name)?.after ?? '';
      const standIns = { name, registry: registry.host, files: `.checkouts/${name}`, rootfs };
      for (const made of again ? [first, second] : [first])
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
    await Promise.all([registry.stop(), cache.stop()]);
    await rm(directory, { recursive: true, force: true });
  });

  async function act(event: 'push' | 'pull_request', workflows = '.github/workflows'): Promise<ActRun> {
    const payload = path.join(directory, 'pull-request.json');
    await writeFile(payload, JSON.stringify(pullRequestEvent));
    return runAct({ directory, repository, workflows }, event, [
      ...toActFlags(await cache.env(event === 'push' ? rights.main : rights.pr7)),
      ...(event === 'push' ? [] : ['--eventpath', payload]),
      // A job waits for its processes more than it computes.
      ...['--concurrent-jobs', '4'],
      ...['--secret', `NPM_TOKEN=${password}`, '--secret', 'SENTRY_TOKEN=sentry-hunter2'],
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
    const pushed = shapes.filter(({ tags }) => tags.length > 0);
    const cold = listCounts(await act('push'));
    expect(cold.map(([name]) => name)).toEqual(toNames(pushed));
    expect(cold.filter(([, cached]) => cached > 0)).toEqual([]);
    for (const { name, tags } of pushed) {
      for (const image of tags) {
        const [repositoryName = '', tag = ''] = image.split(':');
        expect([name, image, isRecord(await readManifest(`acme/${name}-${repositoryName}`, tag))]).toEqual([
          name,
          image,
          true,
        ]);
      }
    }
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

  it('build in a pull request, and push nothing', async () => {
    const chosen = shapes.filter(({ pullRequest }) => pullRequest);
    const counts = listCounts(await act('pull_request'));
    expect(counts.map(([name]) => name)).toEqual(toNames(chosen));
    // Main has built the one, and nobody the other.
    expect(counts.map(([, cached, total]) => cached / total)).toEqual([1, 0]);
    expect(await readManifest('acme/pull-request-app', 'pr')).toBeUndefined();
  });
});
