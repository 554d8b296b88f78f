import { afterEach, describe, expect, it } from '@jest/globals';
import { findHolders, findInFiles, toUnmasked } from '../helpers/audit.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

describe('the token audit', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  it.each([
    { end: 'succeeds', last: 'RUN sleep 1', exitCode: 0 },
    { end: 'fails', last: 'RUN echo it-fails && false', exitCode: 1 },
    { end: 'is cancelled', last: 'RUN sleep 600', exitCode: 1 },
  ])(
    'of a build that $end finds the runtime token in no process but main and post, in no file and in no output',
    async ({ end, last, exitCode: expectedCode }) => {
      const cache = await TestCache.start({ latencyMs: 20 });
      cleanUps.push(() => cache.stop());
      const env = await cache.env(rights.main);
      const token = env['ACTIONS_RUNTIME_TOKEN'] ?? '';
      const needles = [token, token.slice(token.lastIndexOf('.') + 1)];
      expect(needles.every((needle) => needle.length > 20)).toBe(true);
      const job = await Job.start({ env: { ...env, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } });
      cleanUps.push(() => job.remove());
      await writeContext(job.workspace, {
        dockerfile: `FROM scratch
COPY rootfs/ /
RUN --mount=type=secret,id=key env > /environment && cat /run/secrets/key > /dev/null && echo step-is-running && sleep 2
${last}
`,
      });

      const step = await job.startMain({
        scope: 'audit',
        secrets: 'key=correct-horse-battery',
        'buildkit-path': buildkitDirectory(),
      });
      const holders = new Set<string>();
      let ended = false;
      let sweeps = 0;
      const sweep = (): void => {
        sweeps++;
        for (const holder of findHolders(needles)) holders.add(holder);
      };
      const result = step.result.finally(() => {
        ended = true;
      });
      await step.waitFor('step-is-running');
      expect(findInFiles(job.directory, needles)).toEqual([]);
      while (!ended) {
        sweep();
        if (end === 'is cancelled' && sweeps === 10) step.kill('SIGINT');
        await new Promise((resolve) => setImmediate(resolve));
      }
      const { exitCode, log, outputs, summary } = await result;
      sweep();
      const filesBefore = findInFiles(job.directory, needles);
      let postEnded = false;
      const post = job.runPosts().finally(() => {
        postEnded = true;
      });
      while (!postEnded) {
        sweep();
        await new Promise((resolve) => setImmediate(resolve));
      }
      const posts = await post;

      expect({ log, exitCode }).toEqual({ log, exitCode: expectedCode });
      expect(posts.map((result) => result.exitCode)).toEqual([0]);
      expect(findLeftovers(job.directory)).toEqual([]);
      if (end === 'succeeds') {
        expect(outputs.get('cache-export')).toBe('pending');
        expect(posts[0]?.summary).toContain('| exported |');
      }
      if (end === 'fails') expect(log).toContain('::error::The build failed');
      if (end === 'is cancelled') expect(log).toContain('::error::The build was cancelled');
      expect(sweeps).toBeGreaterThan(10);
      expect([...holders]).toEqual([]);
      expect(filesBefore).toEqual([]);
      expect(findInFiles(job.directory, needles)).toEqual([]);
      const printed = [
        log,
        summary,
        ...outputs.values(),
        ...posts.map((result) => `${result.log}\n${result.summary}`),
      ].join('\n');
      const unmasked = toUnmasked(printed);
      for (const needle of [...needles, 'correct-horse-battery']) expect(unmasked).not.toContain(needle);
    },
  );
});
