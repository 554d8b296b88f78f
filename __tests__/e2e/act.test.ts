import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rights, TestCache } from '../helpers/cache.ts';
import { listProcesses } from '../helpers/leftovers.ts';
import { buildkitDirectory, root } from '../helpers/runner.ts';

interface ActRun {
  readonly exitCode: number | null;
  readonly log: string;
}

const pullRequestEvent = {
  action: 'synchronize',
  number: 7,
  repository: { id: 1, full_name: 'o/r', default_branch: 'main' },
  pull_request: {
    number: 7,
    state: 'open',
    merged: false,
    user: { login: 'dev', type: 'User' },
    base: { ref: 'main' },
    head: { ref: 'feature' },
  },
};

describe('the example workflow under act', () => {
  let directory: string;
  let repository: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-act-'));
    repository = path.join(directory, 'repository');
    const git = (cwd: string, ...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
        cwd,
        encoding: 'utf8',
      });
    // The work tree as it is, committed or not: what git tracks or would track.
    for (const file of git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split(
      '\0',
    )) {
      if (file === '' || /^(__tests__|bench)\//.test(file)) continue;
      await mkdir(path.dirname(path.join(repository, file)), { recursive: true });
      await cp(path.join(root, file), path.join(repository, file));
    }
    git(repository, 'init', '--quiet', '--initial-branch=main');
    git(repository, 'remote', 'add', 'origin', 'https://github.com/o/r.git');
    git(repository, 'add', '--all');
    git(repository, 'commit', '--quiet', '--message=test');
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  async function act(event: string, args: readonly string[]): Promise<ActRun> {
    const child = spawn(
      'act',
      [event, '-W', '.github/workflows/example.yml', '-P', 'ubuntu-latest=-self-hosted', ...args],
      {
        cwd: repository,
        // The action is a node24 action, and gets its BuildKit from PATH.
        env: {
          ...process.env,
          PATH: [path.join(root, 'node_modules', '.bin'), buildkitDirectory(), process.env['PATH']].join(
            path.delimiter,
          ),
          XDG_CACHE_HOME: path.join(directory, 'cache'),
          HOME: directory,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    }
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    const leftovers = listProcesses().filter(({ cmdline, environ }) =>
      (cmdline + environ).includes(directory),
    );
    expect(leftovers.map(({ cmdline }) => cmdline)).toEqual([]);
    return { exitCode, log };
  }

  const toFlags = (env: Readonly<Record<string, string>>): readonly string[] => [
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    '--cache-server-addr',
    '127.0.0.1',
  ];

  const stepsOf = (run: ActRun): readonly [number, number] => {
    const match = /steps cached (\d+) of (\d+)/.exec(run.log);
    if (match === null) throw new Error(`no step counts in the log:\n${run.log}`);
    return [Number(match[1]), Number(match[2])];
  };

  it('runs cold, warm, as a pull request and with a read-only token on a cache service like GitHub’s', async () => {
    const cache = await TestCache.start();
    try {
      const cold = await act('push', toFlags(await cache.env(rights.main)));
      expect({ log: cold.log, exitCode: cold.exitCode }).toEqual({ log: cold.log, exitCode: 0 });
      expect(stepsOf(cold)[0]).toBe(0);
      expect(cold.log).toContain('cache export pending');
      expect(cold.log).toMatch(/cache export of \S+: exported/);

      const warm = await act('push', toFlags(await cache.env(rights.main)));
      expect(warm.exitCode).toBe(0);
      expect(stepsOf(warm)[0]).toBe(stepsOf(warm)[1]);

      const event = path.join(directory, 'pull-request.json');
      await writeFile(event, JSON.stringify(pullRequestEvent));
      const pr = await act('pull_request', ['--eventpath', event, ...toFlags(await cache.env(rights.pr7))]);
      expect(pr.exitCode).toBe(0);
      expect(stepsOf(pr)[0]).toBe(stepsOf(pr)[1]);
      expect(pr.log).toContain('pr-own-scope');
      expect(pr.log).toContain('cache export pending');
      expect(pr.log).toMatch(/cache export of \S+: exported/);

      const denied = await act('push', toFlags(await cache.env(rights.mainReadOnly)));
      expect(denied.exitCode).toBe(0);
      expect(denied.log).toContain('token-read-only');
      expect(denied.log).toContain('cache export skipped');
      expect(denied.log.match(/::warning/g)).toHaveLength(1);
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
