import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type BuildResult, runBuild } from '../../../src/buildkit/solve/build.ts';
import { type BuildRequest, toBuildCommand } from '../../../src/buildkit/solve/build-arguments.ts';
import { writeBuilder } from '../../../src/buildkit/solve/builder.ts';
import { noCache } from '../../../src/buildkit/solve/cache-flags.ts';
import { toGhaExport, toGhaImport, toWords } from '../../../src/cache/cache-entries.ts';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { writeContext } from '../../helpers/build-context.ts';
import { Buildkitd } from '../../helpers/buildkitd.ts';
import { findBuildx } from '../../helpers/buildx.ts';
import { rights, TestCache } from '../../helpers/cache.ts';

jest.setTimeout(60_000);

const base = 'FROM scratch AS base\nCOPY rootfs/ /\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n';

const toExport = (scope: string) => toGhaExport(scope, { mode: 'max', compressionLevel: undefined });

describe('inputs, buildx and a real daemon', () => {
  let daemon: Buildkitd;
  let workspace: string;
  let log: string[];
  let warnings: { readonly message: string; readonly startLine?: number }[];

  beforeAll(async () => {
    daemon = await Buildkitd.start();
  });
  afterAll(() => daemon.stop());
  beforeEach(async () => {
    workspace = await mkdtemp(path.join(tmpdir(), 'hotlayer-e2e-build-'));
    await writeContext(workspace, { dockerfile: base });
    log = [];
    warnings = [];
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  async function build(
    dockerfile: string,
    inputs: Readonly<Record<string, string>>,
    overrides: Partial<BuildRequest> & { readonly signal?: AbortSignal } = {},
  ): Promise<BuildResult> {
    await writeFile(path.join(workspace, 'Dockerfile'), dockerfile);
    const metadataFile = path.join(workspace, '..', `${path.basename(workspace)}.json`);
    const env = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
    const command = toBuildCommand({
      inputs: parseInputs(Object.fromEntries(env)),
      cache: noCache,
      cachedLayers: { base: [], own: [], result: [] },
      builder: await writeBuilder({
        configDirectory: path.join(workspace, '..', `${path.basename(workspace)}-buildx`),
        address: daemon.address,
        scopedLogins: path.join(workspace, 'none'),
      }),
      metadataFile,
      workspace,
      environment: { PATH: process.env['PATH'], HOME: workspace },
      attestations: [],
      gitAuth: undefined,
      ...overrides,
    });
    try {
      return await runBuild({
        buildx: await findBuildx(),
        command,
        metadataFile,
        cwd: workspace,
        dockerfile: 'Dockerfile',
        log: {
          info: (line) => void log.push(line),
          warning: (message, properties) => void warnings.push({ message, ...properties }),
        },
        words: overrides.cache?.words ?? noCache.words,
        signal: overrides.signal,
      });
    } finally {
      await rm(metadataFile, { force: true });
      await rm(command.env['BUILDX_CONFIG'] ?? '', { recursive: true, force: true });
    }
  }

  it('builds a tagged image with build args, labels and a secret, and tells its digests', async () => {
    const secret = '/run/secrets/TOKEN';
    const dockerfile = `${base}ARG WHO
RUN --mount=type=secret,id=TOKEN test "$(head -c3 ${secret})" = hun && test "$(tail -n1 ${secret})" = more
RUN test "$WHO" = 'you, "there"'
`;
    const result = await build(dockerfile, {
      tags: 'a:1,b:2',
      'build-args': 'WHO=you, "there"',
      labels: 'org.example.note=x, y=z',
      secrets: '"TOKEN=hunter2,\nmore"',
      outputs: 'type=docker,dest=image.tar',
    });
    expect(result.failure).toBeUndefined();
    expect(result.steps.totalSteps).toBe(4);
    expect(result.image.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(result.image.imageid).toMatch(/^sha256:[0-9a-f]{64}$/);
    const image = await readFile(path.join(workspace, 'image.tar'), 'latin1');
    expect(image).toContain('docker.io/library/a:1');
    expect(image).toContain('docker.io/library/b:2');
    expect(image).toContain('"org.example.note":"x, y=z"');
    expect(log.join('\n')).not.toContain('hunter2');
  });

  it('writes a directory, relative to the workspace', async () => {
    await build(`${base}RUN echo out > /out\nFROM scratch\nCOPY --from=base /bin/busybox /\n`, {
      outputs: 'type=local,dest=out/dir',
    });
    expect((await stat(path.join(workspace, 'out', 'dir', 'busybox'))).isFile()).toBe(true);
  });

  it('names the failing instruction, its exit code and its output', async () => {
    const result = await build(`${base}RUN echo before; echo "went wrong" >&2; exit 42\n`, { tags: 'a' });
    expect(result.failure).toMatchObject({
      kind: 'dockerfile',
      exitCode: 42,
      location: 'Dockerfile:4',
      instruction: 'RUN echo before; echo "went wrong" >&2; exit 42',
      // Two pipes: their order is not kept.
      output: expect.arrayContaining(['before', 'went wrong']),
    });
    expect(result.image.digest).toBeUndefined();
  });

  it('has every step cached the second time, and none with no-cache', async () => {
    const dockerfile = `${base}RUN echo cached > /cached\n`;
    await build(dockerfile, { tags: 'a' });
    expect((await build(dockerfile, { tags: 'a' })).steps).toMatchObject({ cachedSteps: 3, totalSteps: 3 });
    expect((await build(dockerfile, { tags: 'a', 'no-cache': 'true' })).steps).toMatchObject({
      cachedSteps: 0,
      totalSteps: 3,
    });
  });

  it('builds only what the target needs', async () => {
    const result = await build(`${base}FROM base AS bad\nRUN exit 1\n`, { tags: 'a', target: 'base' });
    expect(result.failure).toBeUndefined();
  });

  it('takes a Dockerfile from outside the context', async () => {
    await writeFile(path.join(workspace, 'Other'), 'FROM scratch\nCOPY Dockerfile /seen\n');
    const result = await build(base, { file: 'Other', outputs: 'type=local,dest=out' });
    expect(result.failure).toBeUndefined();
    expect(await readFile(path.join(workspace, 'out', 'seen'), 'utf8')).toBe(base);
  });

  it('builds for two platforms into one index', async () => {
    const result = await build('FROM scratch\nARG TARGETARCH\nCOPY Dockerfile /$TARGETARCH\n', {
      tags: 'a',
      platforms: 'linux/amd64,linux/arm64',
    });
    expect(result.failure).toBeUndefined();
    expect(result.image.metadata).toContain('application/vnd.oci.image.index.v1+json');
    expect(result.steps.totalSteps).toBe(2);
  });

  it('annotates a warning of the Dockerfile once', async () => {
    await build(`${base}CMD echo hello\n`, { tags: 'a', platforms: 'linux/amd64,linux/arm64' });
    expect(warnings).toEqual([
      expect.objectContaining({ startLine: 4, message: expect.stringContaining('JSONArgsRecommended') }),
    ]);
  });

  it('fails a push that the registry does not take as a push', async () => {
    const result = await build('FROM scratch\nCOPY Dockerfile /\n', {
      tags: '127.0.0.1:9/a:1',
      push: 'true',
    });
    expect(result.failure).toMatchObject({
      kind: 'push',
      reason: expect.stringContaining('127.0.0.1:9/a:1'),
    });
  });

  it('passes when the cache cannot be reached, and tells import and export apart', async () => {
    const gone = await TestCache.start();
    const environment = await gone.env(rights.main);
    await gone.stop();
    const overrides = {
      cache: {
        ...noCache,
        imports: [toGhaImport('a')],
        export: toExport('a'),
        words: toWords(toExport('a')),
        environment,
      },
    };
    const result = await build(`${base}RUN echo no cache > /x\n`, { tags: 'a' }, overrides);
    expect(result.failure).toBeUndefined();
    expect(result.importErrors).toEqual([expect.stringContaining('connection refused')]);
    expect(result.cacheExport).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('connection refused'),
    });
  });

  it('calls a token that BuildKit cannot read a cache failure: ignore-error does not cover it', async () => {
    const result = await build(
      base,
      { tags: 'a' },
      {
        cache: {
          ...noCache,
          export: toExport('a'),
          words: toWords(toExport('a')),
          environment: { ACTIONS_CACHE_URL: 'http://127.0.0.1:9/', ACTIONS_RUNTIME_TOKEN: 'a.b.c' },
        },
      },
    );
    expect(result.failure).toMatchObject({
      kind: 'cache',
      reason: expect.stringContaining('cache exporter'),
    });
  });

  it('exports to and imports from a cache service', async () => {
    const cache = await TestCache.start();
    try {
      const environment = await cache.env(rights.main);
      const overrides = {
        cache: {
          ...noCache,
          imports: [toGhaImport('app')],
          export: toExport('app'),
          words: toWords(toExport('app')),
          environment,
        },
      };
      const dockerfile = `${base}RUN echo exported > /exported\n`;
      const cold = await build(dockerfile, { tags: 'a' }, overrides);
      expect(cold.importErrors).toEqual([]);
      expect(cold.cacheExport).toMatchObject({
        ...{ kind: 'exported', layersWritten: expect.any(Number) },
        window: { fromMs: expect.any(Number), toMs: expect.any(Number) },
      });
      await daemon.stop();
      daemon = await Buildkitd.start();
      const warm = await build(dockerfile, { tags: 'a' }, overrides);
      expect(warm.steps).toMatchObject({ cachedSteps: 3, totalSteps: 3 });
    } finally {
      await cache.stop();
    }
  });

  it('ends a build that is cancelled', async () => {
    const controller = new AbortController();
    const building = build(
      `${base}RUN echo running; sleep 600\n`,
      { tags: 'a' },
      { signal: controller.signal },
    );
    while (!log.some((line) => line.endsWith('| running')))
      await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await expect(building).rejects.toMatchObject({ code: 'build-cancelled' });
  });
});
