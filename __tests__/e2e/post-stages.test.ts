import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { listStages } from '../../src/step/end-stages.ts';
import { findJobDirectory } from '../../src/step/job-directory.ts';
import { runStages } from '../../src/step/stages.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const count = 14;

/** What may be left when that stage did nothing, and only then. */
const kept: Readonly<Record<string, RegExp>> = {
  'the gateway': /gateway\/index\.js/,
  buildkitd: /buildkitd|^mount: |^file: hotlayer|^socket: /,
  mounts: /^mount: |^file: hotlayer/,
  'the directory of the job': /^file: hotlayer/,
};

it.each([...new Array(count).keys()])(
  'stage %i of post throws, and the others have done their part',
  async (broken) => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const env = await cache.env(rights.main);
    const job = await Job.start({ env });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile: toDockerfile('stages'), files: { message: 'hello' } });
    // As after a build of main, and with all that later steps get.
    const setup = await job.runSetup({ 'buildkit-path': buildkitDirectory(), scopes: 'script' });
    const built = await job.runShell(`buildx build ${setup.outputs.get('build-flags')} .`);
    expect({ exitCode: built.exitCode, log: built.log }).toMatchObject({ exitCode: 0 });
    const found = await findJobDirectory(job.temp);
    const summaryFile = path.join(job.temp, 'summary-of-post');
    const stages = listStages({
      ownership: { jobDirectory: found.directory, drainTimeoutMs: 60_000, summary: true },
      found,
      token: env['ACTIONS_RUNTIME_TOKEN'],
      env: { PATH: process.env['PATH'], GITHUB_STEP_SUMMARY: summaryFile },
      signal: new AbortController().signal,
    });
    expect(stages).toHaveLength(count);
    const name = stages[broken]?.name ?? '';
    const fail = async () => {
      throw new Error('on purpose');
    };
    const failures = await runStages(
      stages.map((stage, index) => (index === broken ? { name, run: fail } : stage)),
    );
    expect(failures[0]).toBe(`${name}: on purpose`);
    const left = findLeftovers(job.directory).filter((line) => kept[name]?.test(line) !== true);
    expect({ name, failures, left }).toEqual({ name, failures, left: [] });
    // The export is on the service and told, unless that is what broke.
    const isLost = ['the gateway', 'the builds of later steps'].includes(name);
    if (!isLost && name !== 'the report of the cache export')
      expect(readFileSync(summaryFile, 'utf8')).toContain('exported');
    if (!isLost) expect(await cache.listKeys()).toContainEqual(expect.stringMatching(/^hotlayer-manifest-/));
    const builder = path.join(
      job.directory,
      '.docker',
      'buildx',
      'instances',
      setup.outputs.get('builder') ?? '',
    );
    expect(existsSync(builder)).toBe(name === 'what later steps had got');

    // The real post finishes what is left.
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
    expect(existsSync(found.directory)).toBe(false);
  },
);
