import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseJson, readField } from '../../src/json.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { git } from '../helpers/git-repository.ts';
import { GitServer } from '../helpers/git-server.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

type Inputs = Readonly<Record<string, string>>;

const token = 'hunter2-token';
const basic = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
const secret = 'hunter2-of-a-step';

const copy = (file: string) => `FROM scratch\nCOPY ${file} /out\n`;
const definition = `target "default" {}
target "sub" { context = "sub" }
target "secret" {
  dockerfile = "secret.Dockerfile"
  secret = ["id=mine,env=MINE"]
}
`;

let cache: TestCache;
/** The job's own repository, which nobody reads without a token. */
let own: GitServer;
/** A host of somebody else. */
let other: GitServer;
/** A job of a commit of the own repository, without a checkout until the last tests. */
let job: Job;
let count = 0;

/** One step; what its target wrote to `/out`. */
async function bake(inputs: Inputs, env: Inputs = {}): Promise<StepResult & { readonly out: string }> {
  const dest = path.join(job.directory, `out-${++count}`);
  const given = { 'buildkit-path': buildkitDirectory(), 'github-token': token, set: `*.output=${dest}` };
  for (const server of [own, other]) server.authorizations.length = 0;
  const result = await job.runBake({ ...given, ...inputs }, env);
  return { ...result, out: await readFile(path.join(dest, 'out'), 'utf8').catch(() => '') };
}

function expectDone({ exitCode, log }: StepResult): void {
  expect({ exitCode, log }).toEqual({ exitCode: 0, log });
}

const errors = ({ log }: StepResult) => log.match(/^::error.*$/gm) ?? [];
const planOf = ({ outputs }: StepResult, target: string) =>
  readField(parseJson(outputs.get('cache-plan') ?? ''), target);
const exportOf = ({ outputs }: StepResult, target: string) =>
  readField(parseJson(outputs.get('cache-export') ?? ''), target);
const withoutMasks = ({ log }: StepResult) => log.replaceAll(/^::add-mask::.*$/gm, '');

beforeAll(async () => {
  [cache, own, other] = await Promise.all([TestCache.start(), GitServer.start(token), GitServer.start()]);
  await writeContext(own.clone, {
    dockerfile: copy('file.txt'),
    files: {
      'docker-bake.hcl': definition,
      'sub/docker-bake.hcl': 'target "default" {}\n',
      'sub/Dockerfile': copy('inner'),
      'sub/inner': 'inner',
      'secret.Dockerfile':
        'FROM scratch\nCOPY rootfs/ /\nRUN --mount=type=secret,id=mine cat /run/secrets/mine > /out; cat /out; echo\n',
    },
  });
  const sha = await own.push('main', 'own');
  await writeContext(other.clone, {
    dockerfile: copy('file.txt'),
    files: {
      'docker-bake.hcl':
        'target "default" {}\ntarget "here" {\n  context = "cwd://."\n  dockerfile = "cwd://Dockerfile"\n}\n',
    },
  });
  await other.push('main', 'from elsewhere');
  const repository = { id: 1, full_name: 'o/r', default_branch: 'main', private: true };
  job = await Job.start({
    event: { name: 'push', ref: 'refs/heads/main', sha, payload: { repository } },
    env: { ...(await cache.env(rights.main)), GITHUB_SERVER_URL: `http://${own.host}` },
  });
});

afterAll(async () => {
  await job.runPosts();
  const left = findLeftovers(job.directory);
  await job.remove();
  for (const server of [own, other]) await server.stop();
  await cache.stop();
  expect(left).toEqual([]);
});

describe('a definition at the Git context of the event', () => {
  it.each<[string, Inputs, string]>([
    ['the default where nothing is checked out, and a directory of it', { targets: 'sub' }, 'inner'],
    ['in a directory', { source: '{{defaultContext}}:sub' }, 'inner'],
  ])('%s', async (_, inputs, expected) => {
    const result = await bake(inputs);
    expectDone(result);
    expect(result.out).toBe(expected);
    const target = inputs['targets'] ?? 'default';
    expect(planOf(result, target)).toMatchObject({ code: 'own-branch' });
    expect(exportOf(result, target)).toBe('pending');
    for (const header of own.authorizations) expect(['', basic]).toContain(header);
    expect(withoutMasks(result)).not.toContain(token);
  });

  it('has its secrets masked before anything of it is printed', async () => {
    const result = await bake({ source: '{{defaultContext}}', targets: 'secret' }, { MINE: secret });
    expectDone(result);
    expect(result.out).toBe(secret);
    const mask = result.log.indexOf(`::add-mask::${secret}\n`);
    expect(mask).toBeGreaterThan(-1);
    // The step prints it, as a step can.
    expect(withoutMasks(result)).toContain(secret);
    expect(result.log.indexOf(secret)).toBe(mask + '::add-mask::'.length);
  });
});

describe('a definition from elsewhere', () => {
  it('is built, and the token of the job stays here', async () => {
    const result = await bake({ source: `${other.url}#main` });
    expectDone(result);
    expect(result.out).toBe('from elsewhere\n');
    expect(other.authorizations.filter((header) => header !== '')).toEqual([]);
    expect(planOf(result, 'default')).toMatchObject({ code: 'foreign-context', export: null });
  });

  it('exports nothing of a target that stands on the commit of the run', async () => {
    await git(job.directory, 'clone', '-q', own.clone, job.workspace);
    const here = await bake({ targets: 'default' });
    expect(planOf(here, 'default')).toMatchObject({ code: 'own-branch' });
    const result = await bake({ source: `${other.url}#main`, targets: 'here' });
    expectDone(result);
    expect(result.out).toBe('own\n');
    expect(planOf(result, 'here')).toMatchObject({
      code: 'foreign-context',
      export: null,
      reason: expect.stringMatching(/^Of the bake definition: /),
    });
    expect(exportOf(result, 'here')).toBe('skipped');
  });

  it('that is not there ends the step with one sentence', async () => {
    const result = await bake({ source: `${other.url}#none` });
    expect(result.exitCode).toBe(1);
    expect(errors(result)).toEqual([
      expect.stringMatching(
        /^::error::The bake definition could not be read: couldn't find .*\/o\/r\.git#none: repository does not contain ref none/,
      ),
    ]);
  });
});

describe('an output of a target that would replace what is not the workflow’s', () => {
  it.each([
    ['the state of BuildKit', () => `type=local,dest=${job.temp}`],
    ['a file of the runner', () => 'type=tar,dest=../temp/event.json'],
  ])('is refused before the build: %s', async (what, toOutput) => {
    const result = await bake({ set: `*.output=${toOutput()}` });
    expect(result.exitCode).toBe(1);
    expect(errors(result)).toEqual([
      expect.stringMatching(
        new RegExp(`^::error::target "default" of the bake definition: output with dest=.*${what}`),
      ),
    ]);
    expect(result.log).not.toContain('::group::Build\n');
  });
});
