import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { listProcesses } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

/** Files below a directory that hold one of the needles; the daemon's snapshots are searched as well. */
function findInFiles(directory: string, needles: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    try {
      if (!entry.isFile() || statSync(file).size > 64 * 1024 * 1024) continue;
      const bytes = readFileSync(file);
      if (needles.some((needle) => bytes.includes(needle))) found.push(file);
    } catch {
      // The daemon removes files while we look: what is gone holds nothing.
    }
  }
  return found;
}

describe('the token audit', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  it('finds the runtime token in no process but main, in no file and in no output', async () => {
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
RUN sleep 1
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
      for (const { pid, cmdline, environ } of listProcesses()) {
        const inArguments = needles.some((needle) => cmdline.includes(needle));
        // A child that main has forked but that has not called exec yet is still main.
        const isMain = pid === process.pid || cmdline.includes(path.join('dist', 'main', 'index.js'));
        const inEnvironment = !isMain && needles.some((needle) => environ.includes(needle));
        if (inArguments || inEnvironment) holders.add(cmdline.replaceAll('\0', ' '));
      }
    };
    const result = step.result.finally(() => {
      ended = true;
    });
    await step.waitFor('step-is-running');
    expect(findInFiles(job.directory, needles)).toEqual([]);
    while (!ended) {
      sweep();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { exitCode, log, outputs, summary } = await result;
    sweep();
    const filesBefore = findInFiles(job.directory, needles);
    const posts = await job.runPosts();

    expect(exitCode).toBe(0);
    expect(outputs.get('cache-export')).toBe('pending');
    expect(posts[0]?.summary).toContain('| exported |');
    expect(sweeps).toBeGreaterThan(10);
    expect([...holders]).toEqual([]);
    expect(filesBefore).toEqual([]);
    expect(findInFiles(job.directory, needles)).toEqual([]);
    const printed = [log, summary, ...outputs.values(), ...posts.map((post) => post.log)].join('\n');
    // Masking is how the runner learns what to hide; the runner takes these lines out of the log.
    const unmasked = printed
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n');
    for (const needle of [...needles, 'correct-horse-battery']) expect(unmasked).not.toContain(needle);
  });
});
