import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findHolders, findInFiles, toUnmasked } from '../helpers/audit.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type JobOptions, type StepResult } from '../helpers/runner.ts';
import { S3Front } from '../helpers/s3-front.ts';
import { S3Server, s3Region, s3User } from '../helpers/s3-server.ts';

const run = promisify(execFile);

const push = { name: 'push', ref: 'refs/heads/main' } as const;
const pullRequest = {
  name: 'pull_request',
  ref: 'refs/pull/7/merge',
  payload: {
    number: 7,
    pull_request: { number: 7, state: 'open', base: { ref: 'main' }, user: { login: 'dev', type: 'User' } },
  },
} as const;

/** No runtime token: a bucket needs none. */
const credentials = {
  AWS_ACCESS_KEY_ID: s3User.accessKeyId,
  AWS_SECRET_ACCESS_KEY: s3User.secretAccessKey,
};

describe('cache: s3 through the gateway', () => {
  let server: S3Server;
  let front: S3Front;
  const jobs: Job[] = [];

  beforeAll(async () => {
    server = await S3Server.start();
  });
  beforeEach(async () => {
    front = await S3Front.start(server.url);
  });
  afterEach(async () => {
    for (const job of jobs.splice(0)) await job.remove();
    await front.stop();
  });
  afterAll(() => server.stop());

  async function open(
    dockerfile: string,
    event: JobOptions['event'] = push,
    env: Readonly<Record<string, string>> = credentials,
  ): Promise<Job> {
    const job = await Job.start({ ...(event === undefined ? {} : { event }), env });
    jobs.push(job);
    await writeContext(job.workspace, { dockerfile, files: { message: 'hello' } });
    return job;
  }

  function inputs(scope: string, more: Readonly<Record<string, string>> = {}, attributes = '') {
    return {
      ...{ cache: 's3', scope, tags: 'demo/app:1', 'buildkit-path': buildkitDirectory() },
      'cache-to-attrs': `bucket=caches,endpoint_url=${front.url},use_path_style=true,region=${s3Region}${attributes}`,
      ...more,
    };
  }

  /** One job of one step on a fresh daemon; checks that post leaves nothing. */
  async function build(
    job: Job,
    given: Readonly<Record<string, string>>,
  ): Promise<StepResult & { readonly post: StepResult | undefined }> {
    const result = await job.runMain(given);
    const [post] = await job.runPosts();
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
    expect(post?.exitCode).toBe(0);
    expect(findLeftovers(job.directory)).toEqual([]);
    return { ...result, post };
  }

  const warnings = (...results: readonly (StepResult | undefined)[]) =>
    results.flatMap((result) => result?.log.match(/^::warning.*$/gm) ?? []);
  const isWarm = ({ outputs }: StepResult) => {
    const total = outputs.get('total-steps');
    return Number(total) > 0 && outputs.get('cached-steps') === total;
  };
  const dockerfile = toDockerfile('s3');

  it('builds cold, warm on a new daemon, a pull request from the cache of main, and a read-only run', async () => {
    const cold = await build(await open(dockerfile), inputs('app'));
    expect(cold.outputs.get('cached-steps')).toBe('0');
    expect(cold.outputs.get('cache-export')).toBe('pending');
    expect(cold.log).toContain('to the bucket caches (S3), below hotlayer/o/r/');
    expect(cold.post?.log).toMatch(/^cache export of app\S*: exported, \d+ layers in 1 packs/m);
    expect(warnings(cold, cold.post)).toEqual([]);
    const afterMain = await server.listKeys();
    expect(afterMain.every((key) => key.startsWith('hotlayer/o/r/'))).toBe(true);

    const warm = await build(await open(dockerfile), inputs('app'));
    expect(isWarm(warm)).toBe(true);
    expect(warm.post?.summary).toContain('nothing had changed');
    expect(await server.listKeys()).toEqual(afterMain);

    const pr = await build(await open(`${dockerfile}RUN echo pr > /pr\n`, pullRequest), inputs('app'));
    expect(Number(pr.outputs.get('cached-steps'))).toBe(Number(pr.outputs.get('total-steps')) - 1);
    const plans = [cold, pr].map((result) => JSON.parse(result.outputs.get('cache-plan') ?? '{}'));
    expect(plans[1].export).not.toBe(plans[0].export);
    const mainDirectory = `hotlayer/o/r/manifests/${String(plans[0].export).toLowerCase()}/`;
    // What a branch reads is as it was: a pull request writes beside it.
    const ofMain = (keys: readonly string[]) => keys.filter((key) => key.startsWith(mainDirectory));
    const afterPr = await server.listKeys();
    expect(ofMain(afterMain)).toHaveLength(1);
    expect(ofMain(afterPr)).toEqual(ofMain(afterMain));
    expect(afterPr.length).toBeGreaterThan(afterMain.length);

    front.seen.length = 0;
    const readOnly = await build(
      await open(`${dockerfile}RUN echo read > /read\n`),
      inputs('app', { 'read-only': 'true' }),
    );
    expect(Number(readOnly.outputs.get('cached-steps'))).toBeGreaterThan(0);
    expect(front.seen.filter((call) => !/^(?:GET|HEAD) /.test(call))).toEqual([]);
    expect(warnings(readOnly, readOnly.post)).toEqual([]);
  });

  it.each([
    ['a store that is away', credentials, /ECONNREFUSED/],
    ['credentials that nobody gave', { AWS_EC2_METADATA_DISABLED: 'true' }, /there are no AWS credentials/],
    [
      'credentials that are wrong',
      { ...credentials, AWS_SECRET_ACCESS_KEY: 'wrong' },
      /the bucket cannot be used: 403 SignatureDoesNotMatch/,
    ],
  ])('%s cost one warning in all', async (_what, env, said) => {
    const given = inputs('away');
    if (env === credentials) await front.stop();
    const result = await build(await open(dockerfile, push, env), given);
    expect(warnings(result, result.post)).toEqual([expect.stringMatching(said)]);
    if (env === credentials) front = await S3Front.start(server.url);
  });

  it('two jobs that end at once are joined: the next job is warm from both', async () => {
    const salts = ['left', 'right'];
    // Nothing random, nor a time of its own: else what both share would be two layers.
    const toCopy = (salt: string) => `FROM scratch\nCOPY rootfs/ /\nRUN echo ${salt} > /${salt}\n`;
    const openFixed = async (salt: string) => {
      const job = await open(toCopy(salt));
      await run('find', [job.workspace, '-exec', 'touch', '-h', '-d', '@0', '{}', '+']);
      return job;
    };
    const opened = await Promise.all(salts.map(openFixed));
    await Promise.all(opened.map((job) => job.runMain(inputs('both'))));
    const posts = (await Promise.all(opened.map((job) => job.runPosts()))).flat();
    expect(posts.map((post) => post.exitCode)).toEqual([0, 0]);
    expect(posts.map((post) => /joined with that of 1 parallel jobs/.test(post.log)).sort()).toEqual([
      false,
      true,
    ]);
    for (const salt of salts) {
      // An export would leave out what this build does not touch.
      const warm = await build(await openFixed(salt), inputs('both', { 'read-only': 'true' }));
      expect({ log: warm.log, isWarm: isWarm(warm) }).toEqual({ log: warm.log, isWarm: true });
    }
  });

  it('a second step with another place ends the uploads of the first, and both exports arrive', async () => {
    const job = await open(dockerfile);
    const steps = [
      await job.runMain(inputs('first', {}, ',prefix=places/one')),
      await job.runMain(inputs('first', {}, ',prefix=places/one')),
      await job.runMain(inputs('second', {}, ',prefix=places/two')),
    ];
    const posts = await job.runPosts();
    expect([...steps, ...posts].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(steps[1]?.log).not.toContain('another place');
    expect(steps[2]?.log).toMatch(/keeps its caches at another place: it ends its uploads first/);
    expect(warnings(...steps, ...posts)).toEqual([]);
    const keys = await server.listKeys();
    for (const place of ['one', 'two'])
      expect(keys.filter((key) => key.startsWith(`places/${place}/manifests/`))).toHaveLength(1);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it.each([
    ['the environment', credentials, ''],
    ['attributes', {}, `,access_key_id=${s3User.accessKeyId},secret_access_key=${s3User.secretAccessKey}`],
  ])(
    'nobody but main, post and the gateway has credentials of %s, and no file or log has them',
    async (_name, env, attributes) => {
      const needles = [s3User.secretAccessKey];
      const script = `FROM scratch
COPY rootfs/ /
RUN env > /environment && echo step-is-running && sleep 1
`;
      const job = await open(script, push, env);
      const step = await job.startMain(inputs('audit', {}, attributes));
      const holders = new Set<string>();
      const results: StepResult[] = [];
      let isDone = false;
      const work = (async () => {
        results.push(await step.result);
        results.push(...(await job.runPosts()));
      })().finally(() => {
        isDone = true;
      });
      await step.waitFor('step-is-running');
      expect(findInFiles(job.directory, needles)).toEqual([]);
      expect(existsSync(path.join(job.temp, 'hotlayer', 'gateway.key'))).toBe(true);
      while (!isDone) {
        // The server itself.
        for (const holder of findHolders(needles)) if (!holder.startsWith('versitygw')) holders.add(holder);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await work;
      expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
      expect(results[1]?.log).toMatch(/^cache export of audit\S*: (?:exported)/m);
      expect([...holders]).toEqual([]);
      expect(findInFiles(job.directory, needles)).toEqual([]);
      const printed = results.map(({ log, summary }) => `${log}\n${summary}`).join('\n');
      expect(toUnmasked(printed)).not.toContain(s3User.secretAccessKey);
      expect(findLeftovers(job.directory)).toEqual([]);
    },
  );
});
