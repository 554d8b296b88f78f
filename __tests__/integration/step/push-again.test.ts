import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { Beside } from '../../../src/step/beside.ts';
import { buildImage } from '../../../src/step/build.ts';
import { openStep } from '../../../src/step/step.ts';
import { rights, TestCache } from '../../helpers/cache.ts';
import { FastClock } from '../../helpers/fast-clock.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';

const traces = path.join(import.meta.dirname, '..', '..', 'fixtures', 'traces');
const put = 'failed to push a:1: unexpected status from PUT request to http://a/v2/';

/** A program in buildx's place, so that a registry is in trouble without waiting; the real one is in e2e/push-retries.test.ts. */
describe('a push that is made again', () => {
  let directory: string;
  let cache: TestCache;
  beforeEach(async () => {
    cache = await TestCache.start();
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-push-'));
    for (const name of ['temp', 'workspace']) await mkdir(path.join(directory, name));
    await writeFile(path.join(directory, 'event.json'), '{"repository":{"id":1,"default_branch":"main"}}');
    await writeFile(path.join(directory, 'state'), '');
    await writeFile(path.join(directory, 'workspace', 'Dockerfile'), 'FROM scratch\n');
  });
  afterEach(async () => {
    await cache.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function writeProgram(name: string, script: string): Promise<string> {
    const file = path.join(directory, name);
    await writeFile(file, `#!/bin/sh\ncd '${directory}'\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }

  /** Builds with a push that ends so, one error after the other, and then well. */
  async function push(errors: readonly string[], inputs: Readonly<Record<string, string>>) {
    for (const [index, error] of errors.entries())
      await writeFile(
        path.join(directory, `error-${index + 1}`),
        `ERROR: failed to build: failed to solve: ${error}\n`,
      );
    const buildx = await writeProgram(
      'buildx',
      `case "$1" in
version) echo 'github.com/docker/buildx v0.37.2 1a2b3c'; exit ;;
inspect) printf 'Status: running\nBuildKit version: v0.33.1\n'; exit ;;
esac
echo "$*" >> calls
count=$(wc -l < calls)
[ "$count" = 1 ] && cat '${traces}/cold.jsonl' >&2 || cat '${traces}/warm.jsonl' >&2
[ -f "error-$count" ] && { cat "error-$count" >&2; exit 1; }
exit 0`,
    );
    // What a daemon listens on; nobody calls it.
    const socket = path.join(directory, 'buildkitd.sock');
    await writeFile(socket, '');
    const env = {
      ...(await cache.env(rights.main)),
      ...{ PATH: process.env['PATH'], HOME: directory },
      ...{ RUNNER_TEMP: path.join(directory, 'temp'), GITHUB_WORKSPACE: path.join(directory, 'workspace') },
      ...{ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: path.join(directory, 'event.json') },
      ...{ GITHUB_REF: 'refs/heads/main', GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1' },
      ...{ GITHUB_STATE: path.join(directory, 'state') },
      ...toInputVariables({ gateway: 'false', tags: 'a:1', push: 'true', ...inputs }),
      ...toInputVariables({ endpoint: `unix://${socket}`, 'buildx-path': buildx }),
    };
    const step = await openStep(env, parseInputs(env), {
      signal: new AbortController().signal,
      unsaved: undefined,
      beside: new Beside(),
    });
    const clock = new FastClock();
    const { result } = await buildImage({ ...step, clock });
    const calls = (await readFile(path.join(directory, 'calls'), 'utf8')).trimEnd().split('\n');
    return { result, waits: clock.waits, calls };
  }

  it('is the same build without its cache export, and without what makes steps run again', async () => {
    const errors = [`${put}: 503 Busy`, 'failed to push a:1: failed to do request: Put "http://a/": EOF'];
    const { result, waits, calls } = await push(errors, { 'no-cache': 'true', pull: 'true' });
    expect(waits).toEqual([1250, 2500]);
    const [first = '', ...others] = calls;
    expect(first).toMatch(/ --pull --no-cache .*--cache-to type=gha/);
    expect(others).toHaveLength(2);
    for (const call of others) {
      expect(call).not.toMatch(/--pull|--no-cache|--cache-to/);
      expect(call).toContain('push=true');
    }
    expect(result.failure).toBeUndefined();
    expect(result.steps.cachedSteps).toBe(0);
    expect(result.cacheExport.kind).toBe('exported');
  });

  it.each([
    ['as often as the input says', [500, 502, 503, 504, 429, 500], '4', 5],
    ['never where the input says so', [503, 503], '0', 1],
    ['not when the registry says no', [503, 401], '4', 2],
    ['not when the registry forbids it', [403], '4', 1],
  ])('%s', async (_, statuses, retries, pushes) => {
    const errors = statuses.map((status) => `${put}: ${status} Words`);
    const { result, waits, calls } = await push(errors, { 'push-retries': retries });
    expect(calls).toHaveLength(pushes);
    expect(waits).toHaveLength(pushes - 1);
    expect(result.failure).toMatchObject({ kind: 'push', reason: errors[pushes - 1] });
  });
});
