import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ActRun, commitAll, copySources, pullRequestEvent, runAct, toActFlags } from '../helpers/act.ts';
import { rights, TestCache } from '../helpers/cache.ts';

describe('the example workflow under act', () => {
  let directory: string;
  let repository: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-act-'));
    repository = path.join(directory, 'repository');
    await copySources(repository, (file) => !/^(__tests__|bench)\//.test(file));
    commitAll(repository);
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  const act = (event: string, flags: readonly string[]): Promise<ActRun> =>
    runAct({ directory, repository, workflows: '.github/workflows/example.yml' }, event, flags);

  const stepsOf = (run: ActRun): readonly [number, number] => {
    const match = /steps cached (\d+) of (\d+)/.exec(run.log);
    if (match === null) throw new Error(`no step counts in the log:\n${run.log}`);
    return [Number(match[1]), Number(match[2])];
  };

  it('runs cold, warm, as a pull request and with a read-only token on a cache service like GitHub’s', async () => {
    const cache = await TestCache.start();
    try {
      const cold = await act('push', toActFlags(await cache.env(rights.main)));
      expect({ log: cold.log, exitCode: cold.exitCode }).toEqual({ log: cold.log, exitCode: 0 });
      expect(stepsOf(cold)[0]).toBe(0);
      expect(cold.log).toContain('cache export pending');
      expect(cold.log).toMatch(/cache export of \S+: exported/);

      const warm = await act('push', toActFlags(await cache.env(rights.main)));
      expect(warm.exitCode).toBe(0);
      expect(stepsOf(warm)[0]).toBe(stepsOf(warm)[1]);

      const event = path.join(directory, 'pull-request.json');
      await writeFile(event, JSON.stringify(pullRequestEvent));
      const pr = await act('pull_request', [
        '--eventpath',
        event,
        ...toActFlags(await cache.env(rights.pr7)),
      ]);
      expect(pr.exitCode).toBe(0);
      expect(stepsOf(pr)[0]).toBe(stepsOf(pr)[1]);
      expect(pr.log).toContain('pr-own-scope');
      expect(pr.log).toContain('cache export pending');
      expect(pr.log).toMatch(/cache export of \S+: exported/);

      const denied = await act('push', toActFlags(await cache.env(rights.mainReadOnly)));
      expect(denied.exitCode).toBe(0);
      expect(denied.log).toContain('token-read-only');
      expect(denied.log).toContain('cache export skipped');
      expect(denied.log.match(/::warning/g)).toHaveLength(1);
    } finally {
      await cache.stop();
    }
  });

  it('runs twice in CI, on one runner and then on a new one, where all is from the cache', async () => {
    const cache = await TestCache.start();
    try {
      const place = { directory, repository, workflows: '.github/workflows/ci.yml' };
      const run = await runAct(place, 'push', ['--job', 'warm', ...toActFlags(await cache.env(rights.main))]);
      expect({ log: run.log, exitCode: run.exitCode }).toEqual({ log: run.log, exitCode: 0 });
      expect(run.log).toMatch(/first 0, then (\d+) of \1\b/);
    } finally {
      await cache.stop();
    }
  });

  it('runs cold, then warm on act’s own cache server', async () => {
    // act mints a runtime token only when it also serves artifacts.
    const flags = [
      '--artifact-server-addr',
      '127.0.0.1',
      '--artifact-server-path',
      path.join(directory, 'act-artifacts'),
      '--cache-server-addr',
      '127.0.0.1',
      '--cache-server-path',
      path.join(directory, 'act-cache'),
    ];
    const cold = await act('push', flags);
    expect({ log: cold.log, exitCode: cold.exitCode }).toEqual({ log: cold.log, exitCode: 0 });
    expect(stepsOf(cold)[0]).toBe(0);
    expect(cold.log).toContain('cache export pending');
    expect(cold.log).toMatch(/cache export of \S+: exported/);
    const warm = await act('push', flags);
    expect(stepsOf(warm)[0]).toBe(stepsOf(warm)[1]);
  });
});
