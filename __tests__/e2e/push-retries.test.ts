import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Action } from '../../src/inputs/row.ts';
import { parseJson, readString } from '../../src/json.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { type Fault, RegistryFront } from '../helpers/registry-front.ts';
import { buildkitDirectory, Job, type RunningStep, type StepResult } from '../helpers/runner.ts';

const unavailable = { status: 503, code: 'UNAVAILABLE' };
/** Of which BuildKit hands on no status. */
const unknown = { status: 503, code: 'UNKNOWN' };
const denied = { status: 403, code: 'DENIED' };

interface Outcome {
  readonly step: StepResult;
  /** Writes that the registry did not take. */
  readonly refused: number;
  readonly digest: string | undefined;
  readonly post: string;
}

/** The registry fails twice, in another way each time, and then works. */
async function followTwice(step: RunningStep, front: RegistryFront): Promise<void> {
  await step.waitFor('(retry 1 of 2)');
  front.fault = 'reset';
  await step.waitFor('(retry 2 of 2)');
  front.fault = 'none';
}

// BuildKit itself tries for seven seconds: the jobs wait side by side.
describe('a push to a registry in trouble', () => {
  let registry: Registry;
  let [passing, steady, refused, baked]: (Outcome | undefined)[] = [];

  async function push(
    name: string,
    fault: Fault,
    inputs: Readonly<Record<string, string>>,
    follow: (step: RunningStep, front: RegistryFront) => Promise<void> = async () => undefined,
    action: Action = 'main',
  ): Promise<Outcome> {
    const front = await RegistryFront.start(registry.host);
    front.fault = fault;
    const cache = await TestCache.start();
    const job = await Job.start({ env: await cache.env(rights.main) });
    await writeContext(job.workspace, {
      dockerfile: `${toDockerfile(name)}RUN echo this-step-$((40 + 2))-runs\n`,
      files: {
        message: name,
        'docker-bake.hcl': `target "default" { tags = ["${front.host}/${name}:1"] }\n`,
      },
    });
    const given = { scope: name, 'buildkit-path': buildkitDirectory(), push: 'true', ...inputs };
    const step = await job.startMain(
      action === 'main' ? { tags: `${front.host}/${name}:1`, ...given } : given,
      {},
      action,
    );
    await Promise.all([step.result, follow(step, front)]);
    const result = await step.result;
    const posts = await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
    await job.remove();
    await cache.stop();
    await front.stop();
    return {
      step: result,
      refused: front.refused,
      digest: await registry.findDigest(name, '1'),
      post: posts.map(({ log }) => log).join('\n'),
    };
  }

  beforeAll(async () => {
    registry = await Registry.start();
    [passing, steady, refused, baked] = await Promise.all([
      // With `no-cache`, which must not make the steps run again for a push.
      push('passing', unknown, { 'no-cache': 'true' }, followTwice),
      push('steady', unavailable, { 'push-retries': '1' }),
      push('refused', denied, {}),
      push('baked', unknown, {}, followTwice, 'bake'),
    ]);
  }, 120_000);
  afterAll(() => registry.stop());

  const listRetries = (outcome: Outcome | undefined): readonly string[] =>
    outcome?.step.log.match(/^.*Push again in .*$/gm) ?? [];
  const countRuns = (outcome: Outcome | undefined): number =>
    outcome?.step.log.match(/\| this-step-42-runs$/gm)?.length ?? 0;

  it('that passes: is pushed in the end, with one line a retry, and no step runs again', () => {
    expect({ log: passing?.step.log, exitCode: passing?.step.exitCode }).toMatchObject({ exitCode: 0 });
    const [first, second, ...others] = listRetries(passing);
    expect(first).toMatch(
      /^Push again in 1\.\d s \(retry 1 of 2\): failed to push .*: unknown: the registry says UNKNOWN$/,
    );
    expect(second).toMatch(
      /^Push again in [23]\.\d s \(retry 2 of 2\): failed to push .*(?:reset by peer|EOF)/,
    );
    expect(others).toEqual([]);
    expect(countRuns(passing)).toBe(1);
    expect(passing?.digest).toBe(passing?.step.outputs.get('digest'));
    expect(passing?.digest).toMatch(/^sha256:/);
  });

  it('that passes, in a bake: is pushed in the end, all steps run and exported once', () => {
    expect({ log: baked?.step.log, exitCode: baked?.step.exitCode }).toMatchObject({ exitCode: 0 });
    expect(listRetries(baked)).toHaveLength(2);
    expect(countRuns(baked)).toBe(1);
    const metadata = parseJson(baked?.step.outputs.get('metadata') ?? '');
    expect(baked?.digest).toMatch(/^sha256:/);
    expect(readString(metadata, 'default', 'containerimage.digest')).toBe(baked?.digest);
    expect(baked?.step.outputs.get('cache-export')).toBe('{"default":"pending"}');
    expect(baked?.step.outputs.get('cached-steps')).toBe('0');
    expect(baked?.post).toMatch(/^cache export of baked-default\S*: exported/m);
    expect(baked?.step.log).not.toContain('::warning');
  });

  it('that passes: the counts are those of the build that ran, and the cache is exported once', () => {
    const { outputs, log } = passing?.step ?? {};
    expect([outputs?.get('cached-steps'), outputs?.get('total-steps')]).toEqual(['0', '6']);
    expect(outputs?.get('cache-export')).toBe('pending');
    expect(log?.match(/^#\d+ exporting cache to /gm)).toHaveLength(1);
    expect(passing?.post).toMatch(/^cache export of passing\S*: exported/m);
    expect(log).not.toContain('::warning');
  });

  it('that stays: fails after one push and its retries, in the words of the registry', () => {
    expect(steady?.step.exitCode).toBe(1);
    expect(listRetries(steady)).toHaveLength(1);
    expect(countRuns(steady)).toBe(1);
    expect(steady?.step.log.match(/^#\d+ FAILED after .*failed to push/gm)).toHaveLength(2);
    expect(steady?.step.log).toMatch(
      /::error::The image was built but not pushed: .*: unavailable: the registry says UNAVAILABLE/,
    );
    expect(steady?.digest).toBeUndefined();
  });

  it('that has said no: is not asked again', () => {
    expect(refused?.step.exitCode).toBe(1);
    expect(listRetries(refused)).toEqual([]);
    expect(refused?.step.log).toMatch(
      /::error::The image was built but not pushed: .*: denied: the registry says DENIED/,
    );
    expect(refused?.refused).toBeGreaterThan(0);
  });
});
