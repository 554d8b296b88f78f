import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ToolError } from '../../src/errors.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { Beside } from '../../src/step/beside.ts';
import { buildImage } from '../../src/step/build.ts';
import { explainFailure } from '../../src/step/build-error.ts';
import { openRemoteEndpoint } from '../../src/step/endpoint.ts';
import { reportBuild } from '../../src/step/result.ts';
import { openStep, type Step } from '../../src/step/step.ts';
import { Buildkitd } from '../helpers/buildkitd.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { buildkitDirectory } from '../helpers/runner.ts';

const buildctl = path.join(buildkitDirectory(), 'buildctl');
const clients = { buildctl, buildx: 'buildx' };
const dockerfile = 'FROM scratch\nCOPY Dockerfile /\nCOPY Dockerfile /again\n';

describe('a daemon of somebody else', () => {
  let directory: string;
  let daemon: Buildkitd;
  let cache: TestCache;

  beforeAll(async () => {
    cache = await TestCache.start();
    daemon = await Buildkitd.start();
  });
  afterAll(async () => {
    await daemon.stop();
    await cache.stop();
  });

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-remote-'));
    for (const name of ['temp', 'workspace']) await mkdir(path.join(directory, name));
    await writeFile(path.join(directory, 'event.json'), '{"repository":{"id":1,"default_branch":"main"}}');
    await writeFile(path.join(directory, 'state'), '');
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function open(text: string, address = daemon.address): Promise<Step> {
    await writeFile(path.join(directory, 'workspace', 'Dockerfile'), text);
    const env = {
      ...(await cache.env(rights.main)),
      ...{ PATH: process.env['PATH'], HOME: directory },
      ...{ RUNNER_TEMP: path.join(directory, 'temp'), GITHUB_WORKSPACE: path.join(directory, 'workspace') },
      ...{ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: path.join(directory, 'event.json') },
      ...{ GITHUB_REF: 'refs/heads/main', GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1' },
      ...{ GITHUB_STATE: path.join(directory, 'state') },
      // The gateway is a bundle, which these sources lie beside; the step is the same without.
      ...{ INPUT_GATEWAY: 'false', INPUT_OUTPUTS: 'type=cacheonly' },
    };
    const { signal } = new AbortController();
    return openStep(env, parseInputs(env), {
      ...{ signal, beside: new Beside(), unsaved: undefined },
      remote: { address, ...clients },
    });
  }

  it('builds a step’s image with the cache of its plan, and nothing is installed or started for it', async () => {
    const step = await open(dockerfile);
    expect(step.endpoint).toMatchObject({ kind: 'remote', address: daemon.address });
    expect(step.endpoint.version).toMatch(/^v0\.\d+\.\d+/);
    const built = await buildImage(step);
    expect(built.result).toMatchObject({ failure: undefined, steps: { totalSteps: 2 } });
    expect(built.endpoint).toBe(step.endpoint);
    const { outputs } = await reportBuild(step, { ...built, before: undefined, after: undefined });
    expect(outputs).toMatchObject({ cacheExport: 'exported', buildkitHost: daemon.address });
    // Of a daemon of its own the job would have a record, a log and a state directory.
    expect(await readdir(step.job.directory)).not.toContainEqual(expect.stringContaining('buildkit'));
    expect(step.job.record).toEqual({});
    expect(daemon.isRunning).toBe(true);
  });

  it('is told of by the place of its log when a build fails, and still runs then', async () => {
    const step = await open('FROM scratch\nCOPY nothing-here /\n');
    const { result } = await buildImage(step);
    const { failure } = result;
    if (failure === undefined) throw new Error('the build went well');
    expect((await explainFailure(failure, step.endpoint)).message).toContain('COPY nothing-here /');
    expect(await step.endpoint.readLog()).toEqual([expect.stringContaining(daemon.address)]);
    expect(daemon.isRunning).toBe(true);
  });

  it('that does not answer is an error that names the address', async () => {
    const address = `unix://${path.join(directory, 'nobody.sock')}`;
    const failure = openRemoteEndpoint({ address, ...clients }, process.env);
    await expect(failure).rejects.toThrow(ToolError);
    await expect(failure).rejects.toMatchObject({
      code: 'endpoint',
      message: expect.stringContaining(address),
    });
    await expect(open(dockerfile, address)).rejects.toThrow(address);
    // The step saved that its post has the job to end.
    expect(await readFile(path.join(directory, 'state'), 'utf8')).toContain('owns');
  });
});
