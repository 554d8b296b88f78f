import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCommandFile } from '../../src/cli/workflow-commands.ts';
import { isRecord, parseJson, readString } from '../../src/json.ts';
import { clearJob } from '../../src/step/clear-job.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type JobOptions, type StepResult } from '../helpers/runner.ts';

/** Its second step cannot be made again: a build that has it was warm. */
const dockerfile = `FROM scratch
COPY rootfs/ /
ARG WHO=nobody
RUN echo "$WHO" > /who && head -c 100000 /dev/urandom > /noise
COPY message /message
`;

/** A build with flags, after which the digest of its result is in the file. */
const build = (flags: string, who: string) => `buildx build --build-arg WHO=${who} ${flags} .`;

/** `cached of total` of each build, as post tells it, in the order of their starts. */
function readCounts({ log }: StepResult): readonly string[] {
  return [...log.matchAll(/^build of .*: (\w+), (\d+ of \d+) steps from the cache/gm)].map(
    ([, status, count]) => `${status} ${count}`,
  );
}

function readFlags(step: StepResult, scope: string): string {
  return readString(parseJson(step.outputs.get('caches') ?? ''), scope, 'build-flags') ?? '';
}

function readEntry(step: StepResult, scope: string, name: string): string {
  return readString(parseJson(step.outputs.get('caches') ?? ''), scope, name) ?? '';
}

describe('the action setup', () => {
  let cache: TestCache;
  const jobs: Job[] = [];

  beforeAll(async () => {
    cache = await TestCache.start();
  });
  afterEach(async () => {
    for (const job of jobs.splice(0)) await job.remove();
  });
  afterAll(async () => {
    await cache.stop();
  });

  async function startJob(options: JobOptions = {}): Promise<Job> {
    const job = await Job.start({ ...options, env: { ...(await cache.env(rights.main)), ...options.env } });
    jobs.push(job);
    await writeContext(job.workspace, { dockerfile, files: { message: 'hello' } });
    return job;
  }

  async function start(
    inputs: Readonly<Record<string, string>> = {},
    options: JobOptions = {},
  ): Promise<{ readonly job: Job; readonly step: StepResult }> {
    const job = await startJob(options);
    const step = await job.runSetup({ 'buildkit-path': buildkitDirectory(), ...inputs });
    expect({ log: step.log, exitCode: step.exitCode }).toEqual({ log: step.log, exitCode: 0 });
    return { job, step };
  }

  async function run(job: Job, script: string): Promise<string> {
    const { exitCode, log } = await job.runShell(script);
    expect({ log, exitCode }).toEqual({ log, exitCode: 0 });
    return log;
  }

  async function end(job: Job): Promise<StepResult> {
    const [post] = (await job.runPosts()).slice(-1);
    if (post === undefined) throw new Error('no step, no post');
    expect({ log: post.log, exitCode: post.exitCode }).toEqual({ log: post.log, exitCode: 0 });
    expect(findLeftovers(job.directory)).toEqual([]);
    return post;
  }

  it('gives each scope a cache: builds in turn and at once are warm on the next daemon, whatever client asks', async () => {
    const inputs = { scopes: 'web\nworker\ntool\nplain' };
    const all = (step: StepResult) => [
      build(readFlags(step, 'web'), 'web'),
      // At once; each to its own scope.
      `(${build(readFlags(step, 'worker'), 'worker')}) & (${build(readFlags(step, 'tool'), 'tool')}); wait`,
      // An entry as it stands in many a script, by the name of the scope.
      build('--cache-from type=gha,scope=plain --cache-to type=gha,scope=plain,mode=max', 'plain'),
    ];
    const cold = await start(inputs);
    for (const script of all(cold.step)) await run(cold.job, script);
    const first = await end(cold.job);
    expect(readCounts(first)).toEqual(
      expect.arrayContaining(['completed 0 of 3', 'completed 1 of 3', 'completed 1 of 3']),
    );
    expect(readCounts(first)).toHaveLength(4);
    for (const scope of ['web', 'worker', 'tool', 'plain'])
      expect(first.log).toMatch(new RegExp(`^cache export of ${scope}-\\S*: exported, \\d+ layers`, 'm'));
    expect(first.log).not.toMatch(/^::warning/m);
    expect(first.summary).toMatch(
      /### Hotlayer: builds of this job[\s\S]*\| 0 of 3 \|[\s\S]*\n\d+ calls to the cache service in this job, 0\.0 MiB read and \d+\.\d MiB written/,
    );

    const warm = await start(inputs);
    const logs: string[] = [];
    for (const script of all(warm.step)) logs.push(await run(warm.job, script));
    expect(logs.join('\n').match(/^#\d+ \[3\/3\] COPY message.*\n#\d+ CACHED$/gm)).toHaveLength(4);
    const second = await end(warm.job);
    expect(readCounts(second)).toEqual(Array(4).fill('completed 3 of 3'));
  });

  it('works for buildctl, with entries that need no environment, and for bake', async () => {
    const inputs = { scopes: 'ctl\nbaked' };
    const script = (step: StepResult) => [
      [
        'env -i PATH="$PATH" BUILDKIT_HOST="$BUILDKIT_HOST" buildctl build --frontend dockerfile.v0',
        `--local context=. --local dockerfile=. --import-cache '${readEntry(step, 'ctl', 'cache-from-gha')}'`,
        `--export-cache '${readEntry(step, 'ctl', 'cache-to-gha')}' --progress plain`,
      ].join(' '),
      [
        'buildx bake -f bake.json --progress plain',
        `--set '*.cache-from=${readEntry(step, 'baked', 'cache-from')}'`,
        `--set '*.cache-to=${readEntry(step, 'baked', 'cache-to')}'`,
      ].join(' '),
    ];
    const files = {
      'bake.json': '{"target":{"default":{"args":{"WHO":"bake"},"output":["type=cacheonly"]}}}',
    };
    for (const expected of [
      ['completed 0 of 3', 'completed 1 of 3'],
      ['completed 3 of 3', 'completed 3 of 3'],
    ]) {
      const { job, step } = await start(inputs);
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(job.workspace, name), text);
      for (const command of script(step)) await run(job, command);
      expect(readCounts(await end(job))).toEqual(expected);
    }
  });

  it('hands over the stub and the address of the gateway, and never the token; takes all of it back', async () => {
    const job = await startJob();
    const config = path.join(job.directory, '.docker', 'config.json');
    await mkdir(path.dirname(config), { recursive: true });
    const own = { auths: { 'registry.example': { auth: 'dTpw' } }, psFormat: '{{.ID}}' };
    await writeFile(config, JSON.stringify(own), { mode: 0o600 });
    const token = (await cache.env(rights.main))['ACTIONS_RUNTIME_TOKEN'] ?? '';
    const step = await job.runSetup(
      { 'buildkit-path': buildkitDirectory(), scopes: 'audit' },
      { ACTIONS_RUNTIME_TOKEN: token },
    );
    expect(step.exitCode).toBe(0);
    await run(job, build(step.outputs.get('build-flags') ?? '', 'audit'));
    const signature = token.slice(token.lastIndexOf('.') + 1);
    const variables = await readFile(path.join(job.temp, 'env-0-setup'), 'utf8');
    const seen = {
      variables,
      outputs: [...step.outputs.values()].join('\n'),
      environment: await run(job, 'env'),
      processes: await run(job, 'cat /proc/[0-9]*/cmdline | tr "\\0" " "'),
      config: await readFile(config, 'utf8'),
      files: await run(job, `grep -rIl -- '${signature}' "$HOME" || true`),
    };
    for (const [where, text] of Object.entries(seen))
      expect({ where, isThere: text.includes(signature) }).toEqual({ where, isThere: false });
    // The runner gives a JavaScript action its own values again (HandlerBase of actions/runner): only these are set.
    expect([...parseCommandFile(variables).keys()].sort()).toEqual([
      ...['ACTIONS_CACHE_SERVICE_V2', 'ACTIONS_CACHE_URL', 'ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN'],
      ...['BUILDKIT_HOST', 'BUILDX_BUILDER'],
    ]);
    expect(parseCommandFile(variables).get('ACTIONS_CACHE_URL')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    await end(job);
    expect(parseJson(await readFile(config, 'utf8'))).toEqual(own);
    const builder = step.outputs.get('builder') ?? '';
    expect(builder).toMatch(/^hotlayer-[0-9a-f]{12}$/);
    expect(existsSync(path.join(job.directory, '.docker', 'buildx', 'instances', builder))).toBe(false);
  });

  it('refuses a scope that was not named, with a sentence in the summary, and drops what no build has exported', async () => {
    const { job, step } = await start({ scopes: 'known' });
    const other = readEntry(step, 'known', 'cache-to').replace('hotlayer/known', 'hotlayer/other');
    await run(job, build('--cache-from type=gha,scope=mine --cache-to type=gha,scope=mine', 'x'));
    await run(job, build(`--cache-to ${other}`, 'y'));
    const post = await end(job);
    for (const name of ['mine', 'other-'])
      expect(post.summary).toMatch(
        new RegExp(`asked for the cache scope "${name}\\S*", .* name it in the input "scopes" of setup`),
      );
    expect(await cache.listKeys()).not.toContainEqual(expect.stringMatching(/-other-|-mine/));
    expect(post.log).not.toMatch(/^cache export of/m);
  });

  it('exports nothing where the run may not, and scripts that ask for it end well', async () => {
    const payload = {
      pull_request: { number: 7, head: { repo: { id: 2 } }, base: { ref: 'main' }, user: { type: 'User' } },
    };
    const { job, step } = await start(
      { scopes: 'web', 'pr-export': 'never' },
      {
        event: { name: 'pull_request', ref: 'refs/pull/7/merge', payload },
        env: await cache.env(rights.pr7),
      },
    );
    expect(step.outputs.get('cache-to')).toBe('');
    const before = await cache.listKeys();
    const log = await run(
      job,
      build('--cache-from type=gha,scope=web --cache-to type=gha,scope=web,mode=max', 'web'),
    );
    // main's cache, from the first test of this file.
    expect(log).toMatch(/^#\d+ \[3\/3\] COPY message.*\n#\d+ CACHED$/m);
    const post = await end(job);
    expect(post.log).not.toMatch(/^cache export of/m);
    expect([...(await cache.listKeys())].sort()).toEqual([...before].sort());
  });

  it('names the default cache by workflow and job, and tells in the plan what may be read', async () => {
    const { job, step } = await start(
      { matrix: '{"os":"a"}' },
      { env: { GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/ci.yml@refs/heads/main' } },
    );
    await run(job, build('--cache-from type=gha --cache-to type=gha,mode=max', 'z'));
    const post = await end(job);
    const plan = parseJson(step.outputs.get('cache-plan') ?? '');
    expect(readString(plan, 'export')).toMatch(/^ci-yml-build-os-a-linux-\w+\.b-main\./);
    expect(isRecord(parseJson(step.outputs.get('caches') ?? ''))).toBe(true);
    expect(post.log).toMatch(/^cache export of ci-yml-build-os-a-\S*: exported/m);
  });

  describe('with keep', () => {
    const kept: string[] = [];
    afterEach(async () => {
      // What outlives jobs by design.
      for (const directory of kept.splice(0)) await removeKept(directory);
    });

    async function startKept(tools: string, inputs: Readonly<Record<string, string>> = {}, sub = 'a') {
      kept.push(tools);
      const { job, step } = await start(
        { scopes: `kept-${sub}`, keep: 'true', 'read-only': 'false', ...inputs },
        { env: { RUNNER_TOOL_CACHE: tools } },
      );
      return { job, step, host: step.outputs.get('buildkit-host') ?? '' };
    }

    const makeTools = () => mkdtemp(path.join(tmpdir(), 'hotlayer-tools-'));

    it('leaves the daemon to the next job of the same settings, and gives no two jobs at once the same', async () => {
      const tools = await makeTools();
      const first = await startKept(tools);
      await run(first.job, build('', 'kept'));
      expect(await run(first.job, 'buildctl du && buildctl prune --filter type==source.local')).toMatch(
        /^Total:\s+\d/m,
      );
      const beside = await startKept(tools);
      expect(beside.host).not.toBe(first.host);
      const post = (await first.job.runPosts())[0];
      expect(post?.log).toContain('buildkitd: kept for later jobs');
      expect(readCounts(post ?? failNoPost())).toEqual(['completed 0 of 3']);
      expect(findLeftovers(first.job.directory)).toEqual([]);
      const second = await startKept(tools);
      expect(second.host).toBe(first.host);
      expect(second.step.log).toMatch(/of an earlier job \(pid \d+\)/);
      // From the daemon itself: no cache was asked for.
      expect(await run(second.job, build('', 'kept'))).toMatch(/COPY message.*\n#\d+ CACHED$/m);
      // Builds of the job before are not told again.
      expect(readCounts(await end(second.job))).toEqual(['completed 3 of 3']);
      const other = await startKept(tools, { 'max-parallelism': '3' });
      expect([first.host, beside.host]).not.toContain(other.host);
      for (const job of [beside.job, other.job]) await end(job);
    });

    it('gives a daemon to jobs at once where it is told to', async () => {
      const tools = await makeTools();
      const [one, two] = await Promise.all([
        startKept(tools, { keep: 'shared' }),
        startKept(tools, { keep: 'shared' }),
      ]);
      expect(one.host).toBe(two.host);
      await end(one.job);
      await run(two.job, build('', 'shared'));
      await end(two.job);
    });

    it('keeps none where an earlier step has started the daemon, and says so', async () => {
      const tools = await makeTools();
      const job = await startJob({ env: { RUNNER_TOOL_CACHE: tools } });
      kept.push(tools);
      const inputs = { 'buildkit-path': buildkitDirectory(), scopes: 'late' };
      await job.runSetup(inputs);
      const second = await job.runSetup({ ...inputs, keep: 'true' });
      expect(second.exitCode).toBe(0);
      expect(second.log).toMatch(/^::notice::"keep" has no effect: an earlier step of this job has started/m);
      await end(job);
    });

    it('keeps none for a run that exports nothing, and says why', async () => {
      const tools = await makeTools();
      const { job, step } = await startKept(tools, { 'read-only': 'true' });
      expect(step.log).toMatch(/^::notice::"keep" has no effect: this run exports no cache/m);
      await end(job);
      expect(existsSync(path.join(tools, 'hotlayer-kept'))).toBe(false);
    });
  });
});

function failNoPost(): never {
  throw new Error('no post');
}

/** Ends the daemons below a tool cache, and removes it. */
async function removeKept(tools: string): Promise<void> {
  const root = path.join(tools, 'hotlayer-kept');
  const names = existsSync(root) ? await readdir(root) : [];
  for (const name of names) await clearJob(path.join(root, name), false, process.env);
  await rm(tools, { recursive: true, force: true });
}
