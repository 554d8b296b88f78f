import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ActRun, commitAll, copySources, pullRequestEvent, runAct, toActFlags } from '../helpers/act.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { CachedRepository, main, prRef } from '../helpers/cached-repository.ts';
import { buildkitDirectory, Job, root, type StepResult } from '../helpers/runner.ts';

/** examples/workflows/cleanup.yml as it is, but for the action, which is the one of this work tree, and the checkout that it comes by. */
let directory: string;
let workflows: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-act-cleanup-'));
  const repository = path.join(directory, 'repository');
  workflows = path.join(repository, '.github', 'workflows');
  await copySources(repository, (file) => /^(?:cleanup|dist\/cleanup)\//.test(file));
  await mkdir(workflows, { recursive: true });
  const example = await readFile(path.join(root, 'examples', 'workflows', 'cleanup.yml'), 'utf8');
  await writeFile(
    path.join(workflows, 'cleanup.yml'),
    example.replace('hotlayer/hotlayer/cleanup@v1', 'actions/checkout@v7\n      - uses: ./cleanup'),
  );
  commitAll(repository);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it('the example workflow cleans at the end of a pull request, of a branch, and on a schedule', async () => {
  const repository = await CachedRepository.start();
  try {
    repository.refs.pull_requests = { '7': 'closed', '8': 'closed' };
    for (const ref of [main, prRef(7), prRef(8), 'refs/heads/gone', 'refs/heads/old'])
      await repository.put(ref, 2, ref);
    const act = async (event: string, payload: object): Promise<ActRun> => {
      const file = path.join(directory, `${event}.json`);
      await writeFile(file, JSON.stringify(payload));
      const flags = ['--eventpath', file, '-s', `GITHUB_TOKEN=${await repository.token()}`];
      const place = { directory, repository: path.join(directory, 'repository'), workflows };
      const run = await runAct(place, event, [...flags, ...toActFlags(await repository.env())]);
      expect({ log: run.log, exitCode: run.exitCode }).toEqual({ log: run.log, exitCode: 0 });
      return run;
    };
    const keys = async () => (await repository.upstream.listKeys('refs/')).toSorted();

    const closed = { ...pullRequestEvent, action: 'closed' };
    expect((await act('pull_request', closed)).log).toContain('1 cache (0.0 MiB) removed');
    expect(await keys()).toEqual(['refs/heads/gone', main, 'refs/heads/old', prRef(8)]);
    const deleted = { ref: 'gone', ref_type: 'branch', repository: { default_branch: 'main' } };
    expect((await act('delete', deleted)).log).toContain('1 cache (0.0 MiB) removed');
    expect(await keys()).toEqual([main, 'refs/heads/old', prRef(8)]);
    expect((await act('schedule', { repository: { default_branch: 'main' } })).log).toContain(
      '2 caches (0.0 MiB) removed',
    );
    expect(await keys()).toEqual([main]);
  } finally {
    await repository.close();
  }
});

it('a build is as warm after a clean-up', async () => {
  const repository = await CachedRepository.start();
  const service = repository.upstream;
  const build = async (run: number, message: string, daysAgo: number): Promise<StepResult> => {
    service.clockOffsetMs = -daysAgo * 24 * 3_600_000;
    const job = await Job.start({ env: { ...(await repository.env()), GITHUB_RUN_ID: String(run) } });
    try {
      await writeContext(job.workspace, { dockerfile: toDockerfile('cleanup'), files: { message } });
      const inputs = { scope: 'app', 'buildkit-path': buildkitDirectory(), outputs: 'type=cacheonly' };
      const result = await job.runMain(inputs);
      const [post] = await job.runPosts();
      expect({ log: result.log, codes: [result.exitCode, post?.exitCode] }).toEqual({
        log: result.log,
        codes: [0, 0],
      });
      return result;
    } finally {
      service.clockOffsetMs = 0;
      await job.remove();
    }
  };
  try {
    await build(1, 'old', 6);
    await build(2, 'new', 3);
    // What a job leaves that dies.
    await repository.put(main, 2, 'hotlayer-pack-1-9-1-0000dead-1', 'packs');
    const before = await service.listKeys('hotlayer-');
    const job = await Job.start({ event: { name: 'schedule', ref: main } });
    const token = { 'github-token': await repository.token() };
    const { result } = await job.startMain(token, await repository.env(), 'cleanup');
    expect((await result).outputs.get('deleted-caches')).toBe('2');
    await job.remove();
    const after = await service.listKeys('hotlayer-');
    // The first build's pack has layers that the second one had from it.
    const gone = before.filter((key) => !after.includes(key)).map((key) => key.replace(/-1-app.*#/, ' '));
    expect(gone.toSorted()).toEqual(['hotlayer-manifest 1', 'hotlayer-pack-1-9-1-0000dead-1']);
    const warm = await build(3, 'new', 0);
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));
  } finally {
    await repository.close();
  }
});
