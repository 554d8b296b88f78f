import { afterEach, expect, it } from '@jest/globals';
import { mintToken } from '../../src/embedded/signed-token.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

it('a step with another token than the one before, as under act, says what it waits for, and both exports arrive', async () => {
  const cache = await TestCache.start();
  cleanUps.push(() => cache.stop());
  const job = await Job.start({ env: await cache.env(rights.main) });
  cleanUps.push(() => job.remove());
  await writeContext(job.workspace, { dockerfile: toDockerfile('tokens'), files: { message: 'hello' } });
  const inputs = { 'buildkit-path': buildkitDirectory() };
  const first = await job.runMain({ ...inputs, scope: 'one' });
  const second = await job.runMain(
    { ...inputs, scope: 'two' },
    {
      ACTIONS_RUNTIME_TOKEN: await mintToken({
        scopes: rights.main,
        repository: 'o/r',
        now: Date.now() - 60_000,
      }),
    },
  );
  const posts = await job.runPosts();
  expect([first.exitCode, second.exitCode, ...posts.map(({ exitCode }) => exitCode)]).toEqual([0, 0, 0, 0]);
  expect(second.log).toMatch(
    /knows another token, as under act: it ends its uploads first, in \d+ s at most/,
  );
  expect(second.log).toMatch(/The gateway of the earlier step ended after/);
  expect(second.outputs.get('cache-export')).toBe('pending');
  const keys = await cache.listKeys();
  expect(keys.filter((key) => key.startsWith('hotlayer-manifest-1-one'))).not.toEqual([]);
  expect(findLeftovers(job.directory)).toEqual([]);
});
