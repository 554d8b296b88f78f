import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runBuild } from '../../../../src/buildkit/solve/build.ts';
import { cacheFaults, exporters } from '../../../helpers/trace.ts';

const traces = path.join(import.meta.dirname, '..', '..', '..', 'fixtures', 'traces');

/** A program in buildx's place that plays back a recorded trace; the real one is in e2e/buildkit/build.test.ts. */
describe('runBuild', () => {
  let directory: string;
  let metadataFile: string;
  const lines: string[] = [];
  const warnings: string[] = [];
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-build-'));
    metadataFile = path.join(directory, 'metadata.json');
    lines.length = 0;
    warnings.length = 0;
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function play(
    script: string,
    options: {
      readonly signal?: AbortSignal;
      readonly env?: Record<string, string>;
    } = {},
  ) {
    const buildx = path.join(directory, 'buildx');
    await writeFile(buildx, `#!/bin/sh\n${script}\n`);
    await chmod(buildx, 0o755);
    return runBuild({
      buildx,
      command: {
        args: ['--metadata-file', metadataFile],
        env: { PATH: process.env['PATH'] ?? '', ...options.env },
      },
      metadataFile,
      cwd: directory,
      dockerfile: 'Dockerfile',
      log: { info: (line) => void lines.push(line), warning: (message) => void warnings.push(message) },
      words: { exporters, faults: cacheFaults },
      signal: options.signal,
    });
  }

  it('tells steps, cache export and image of a build that went well', async () => {
    const metadata = {
      'containerimage.config.digest': 'sha256:c',
      'containerimage.digest': 'sha256:m',
      'image.name': 'a',
    };
    const result = await play(
      `cat '${traces}/warm.jsonl' >&2; printf '%s' '${JSON.stringify(metadata)}' > "$2"`,
    );
    expect(result).toMatchObject({
      failure: undefined,
      steps: { cachedSteps: 19, totalSteps: 19 },
      cacheExport: { kind: 'exported', layersWritten: 0 },
      importErrors: [],
      image: { imageid: 'sha256:c', digest: 'sha256:m', metadata: JSON.stringify(metadata, undefined, 2) },
    });
    expect(lines.filter((line) => line.endsWith(' CACHED'))).toHaveLength(19);
  });

  it('tells why a build failed, and no image of an earlier one', async () => {
    await writeFile(metadataFile, '{"containerimage.digest":"sha256:old"}');
    const result = await play(`cat '${traces}/failing.jsonl' >&2; exit 1`);
    expect(result.failure).toMatchObject({ kind: 'dockerfile', exitCode: 7 });
    expect(result.image).toEqual({ imageid: undefined, digest: undefined, metadata: undefined });
  });

  it('reads a last line without a line end, and the failure when a signal ends buildx', async () => {
    const result = await play(`printf 'ERROR: failed to build: failed to solve: last words' >&2; kill -9 $$`);
    expect(result.failure).toMatchObject({ kind: 'other', reason: 'last words' });
  });

  it('takes the digest of an index for the image ID, as buildx does', async () => {
    const result = await play(`printf '{"containerimage.digest":"sha256:index"}' > "$2"`);
    expect(result.image).toMatchObject({ imageid: 'sha256:index', digest: 'sha256:index' });
  });

  it('gives buildx its environment and no other', async () => {
    await play(`env > '${directory}/env'`, { env: { ONLY: 'this' } });
    const names = (await readFile(path.join(directory, 'env'), 'utf8'))
      .split('\n')
      .map((line) => line.split('=')[0]);
    expect(names).toContain('ONLY');
    expect(
      names.filter((name) => !['', 'ONLY', 'PATH', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name ?? '')),
    ).toEqual([]);
  });

  it('ends buildx when it is cancelled', async () => {
    const controller = new AbortController();
    const building = play(`echo started >&2; exec sleep 60`, { signal: controller.signal });
    while (lines.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await expect(building).rejects.toMatchObject({ code: 'build-cancelled' });
  });

  it('says so when buildx is not there', async () => {
    const building = runBuild({
      buildx: path.join(directory, 'none'),
      command: { args: [], env: {} },
      metadataFile,
      cwd: directory,
      dockerfile: undefined,
      log: { info: () => undefined, warning: () => undefined },
    });
    await expect(building).rejects.toMatchObject({
      code: 'buildx',
      message: expect.stringContaining('ENOENT'),
    });
  });
});
