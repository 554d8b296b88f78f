import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function build(
  dockerfile: string,
  env: Readonly<Record<string, string>> = {},
  inputs: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  const job = await Job.start({ env });
  cleanUps.push(() => job.remove());
  await writeContext(job.workspace, { dockerfile, files: { message: 'hello' } });
  const outputs = `type=oci,dest=${path.join(job.directory, 'image.tar')}`;
  const result = await job.runMain({ outputs, 'buildkit-path': buildkitDirectory(), ...inputs });
  await job.runPosts();
  expect(findLeftovers(job.directory)).toEqual([]);
  return result;
}

describe('a failing step whose output BuildKit clips', () => {
  const dockerfile = 'FROM scratch\nCOPY rootfs/ /\nRUN seq 1 60000; echo last words; exit 5\n';
  const readError = ({ log }: StepResult): string => /^::error.*$/m.exec(log)?.[0] ?? '';

  it.each([
    ['by its size', { BUILDKIT_STEP_LOG_MAX_SIZE: '4096' }, '4KiB'],
    ['by its speed, which is the default', {}, '200KiB/s'],
  ])('%s says so, with the variables to raise', async (_how, env, limit) => {
    const result = await build(dockerfile, env);
    expect(result.exitCode).toBe(1);
    const error = readError(result);
    expect(error).toContain('exit code 5');
    expect(error).toContain(`BuildKit clipped it at its limit of ${limit}`);
    expect(error).toContain('BUILDKIT_STEP_LOG_MAX_SIZE');
    const shown = result.log.split('::group::Output of the failing step\n')[1]?.split('::endgroup::')[0];
    expect(shown).toContain(`[output clipped, log limit ${limit} reached]`);
    // The summary begins with where it failed, and has the last lines.
    expect(result.summary).toMatch(
      /^### Hotlayer: \S+ failed\n\n> \[!CAUTION\]\n> \*\*Dockerfile:3\*\* [^\n]*exit code 5[\s\S]*\n {3}3 \| >>> RUN seq/,
    );
    expect(result.summary).toContain('last words\n```\n');
    expect(shown?.trimEnd().split('\n').at(-1)).toContain('BUILDKIT_STEP_LOG_MAX_SPEED');
  });

  it('is whole where the job lifts the limits', async () => {
    const result = await build(dockerfile, {
      BUILDKIT_STEP_LOG_MAX_SIZE: '-1',
      BUILDKIT_STEP_LOG_MAX_SPEED: '-1',
    });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('#3 | 59999\n');
    expect(result.log).not.toContain('clipped');
    expect(readError(result)).toContain('last words');
  });

  it('a limit that BuildKit would pass over without a word is an error before the daemon starts', async () => {
    const result = await build(dockerfile, { BUILDKIT_STEP_LOG_MAX_SIZE: '10MB' });
    expect(result.exitCode).toBe(1);
    expect(readError(result)).toMatch(/BUILDKIT_STEP_LOG_MAX_SIZE is "10MB": allowed are .* -1/);
    expect(result.log).not.toContain('#1 ');
  });
});

describe('the time of a build', () => {
  it('is all in the log and in the summary: pulls and extractions too', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const env = await cache.env(rights.main);
    const inputs = { scope: 'app', mode: 'max' };
    const cold = await build(toDockerfile('times'), env, inputs);
    // The last step runs again on layers that come from the cache.
    const warm = await build(`${toDockerfile('times')}RUN cat /three > /four\n`, env, inputs);
    expect([cold.exitCode, warm.exitCode]).toEqual([0, 0]);
    expect(warm.log).toMatch(/^#\d+ pulled sha256:[0-9a-f]{12}… [\d.]+ (?:[KM]i)?B in \d+\.\d s$/m);
    expect(warm.log).toMatch(/^#\d+ extracted sha256:[0-9a-f]{12}… in \d+\.\d s$/m);
    for (const { log, summary } of [cold, warm]) {
      expect(log).toMatch(/^Time: .*, Together \d+\.\d s$/m);
      const rows = [...summary.matchAll(/^\| (.*) \| (\d+\.\d) s \|$/gm)].map(
        ([, name = '', seconds = '']) => ({
          name,
          tenths: Math.round(Number(seconds) * 10),
        }),
      );
      const total = (names: (name: string) => boolean): number =>
        rows.filter(({ name }) => names(name)).reduce((sum, { tenths }) => sum + tenths, 0);
      const isPart = (name: string): boolean => name.startsWith('&emsp;');
      expect(total((name) => name === 'Together')).toBeGreaterThan(0);
      expect(total((name) => !isPart(name) && name !== 'Together')).toBe(
        total((name) => name === 'Together'),
      );
      expect(total(isPart)).toBe(total((name) => name === 'Build'));
    }
  });
});
