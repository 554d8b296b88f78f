import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

const errors = ({ log }: StepResult) => log.match(/^::error.*$/gm) ?? [];

/** One sentence, red, and no bug of ours. A signal that comes before the first line of ours ends node itself. */
function expectCancelled(result: StepResult, when: string): void {
  const { exitCode, log } = result;
  const told = errors(result);
  const isBeforeUs = exitCode === null && log === '';
  expect({ when, exitCode, log }).toEqual({ when, exitCode: isBeforeUs ? null : 1, log });
  expect(log).not.toMatch(/Internal error|Please report|AbortError|^\s+at .*:\d+/m);
  if (!isBeforeUs) expect(told).toEqual([expect.stringMatching(/^::error::The build was cancelled[^.]*\.$/)]);
}

describe('a step that is cancelled', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function startJob(cache: TestCache, dockerfile: string): Promise<Job> {
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile, files: { message: 'hello' } });
    return job;
  }

  async function endJob(job: Job, when: string): Promise<void> {
    const posts = await job.runPosts();
    expect({ when, codes: posts.map(({ exitCode }) => exitCode) }).toEqual({ when, codes: [0] });
    expect({ when, left: findLeftovers(job.directory) }).toEqual({ when, left: [] });
    await job.remove();
  }

  it('at any moment says so in one sentence, and nothing is left after post', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const inputs = { scope: 'app', 'buildkit-path': buildkitDirectory() };
    const whole = await startJob(cache, toDockerfile('whole'));
    const started = performance.now();
    expect((await whole.runMain(inputs)).exitCode).toBe(0);
    const wholeMs = performance.now() - started;
    await endJob(whole, 'not cancelled');

    // A dozen moments, other ones each time; HOTLAYER_CANCEL_STEP_MS=20 takes them all, which is minutes.
    const stepMs = Number(process.env['HOTLAYER_CANCEL_STEP_MS']) || Math.max(20, wholeMs / 12);
    let count = 0;
    for (let afterMs = Math.random() * stepMs; afterMs < wholeMs; afterMs += stepMs) {
      const signal = count++ % 2 === 0 ? 'SIGINT' : 'SIGTERM';
      const when = `${signal} after ${Math.round(afterMs)} of ${Math.round(wholeMs)} ms`;
      const job = await startJob(cache, toDockerfile(`cancelled ${count}`));
      const step = await job.startMain(inputs);
      await delay(afterMs);
      step.kill(signal);
      const result = await step.result;
      // One that had ended already is as good as one that nobody cancelled.
      if (result.exitCode !== 0 || errors(result).length > 0) expectCancelled(result, when);
      await endJob(job, when);
    }
  });

  it.each([
    ['in a build step', 'step-is-running'],
    ['while it plans', '::group::Plan the cache'],
    ['while BuildKit starts', '::group::Start BuildKit'],
  ])('%s, by a second signal too, says so once', async (_, text) => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const job = await startJob(
      cache,
      'FROM scratch\nCOPY rootfs/ /\nRUN echo step-is-running && sleep 600\n',
    );
    const step = await job.startMain({ scope: 'app', 'buildkit-path': buildkitDirectory() });
    await step.waitFor(text);
    step.kill('SIGINT');
    step.kill('SIGINT');
    step.kill('SIGTERM');
    const result = await step.result;
    expectCancelled(result, text);
    expect(errors(result)).toEqual([expect.stringMatching(/during "[A-Z][^"]*"\.$/)]);
    await endJob(job, text);
  });

  it('while BuildKit is compiled ends the compiler', async () => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const job = await startJob(cache, toDockerfile('compiled'));
    const bin = path.join(job.directory, 'bin');
    await mkdir(bin);
    // Go, at work for long.
    await writeFile(
      path.join(bin, 'go'),
      '#!/bin/sh\necho go version go1.26.0 linux/amd64\nexec sleep 600\n',
      {
        mode: 0o755,
      },
    );
    const step = await job.startMain(
      { scope: 'app' },
      // No release can be had.
      {
        https_proxy: 'http://127.0.0.1:9',
        PATH: `${bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      },
    );
    await step.waitFor('Compiling BuildKit');
    step.kill('SIGINT');
    const result = await step.result;
    expectCancelled(result, 'compiling');
    await endJob(job, 'compiling');
  });
});
