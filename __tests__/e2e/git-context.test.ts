import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseJson } from '../../src/json.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { GitServer } from '../helpers/git-server.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';
import { ifWhole } from '../helpers/whole-matrix.ts';

type Inputs = Readonly<Record<string, string>>;

const token = 'hunter2-token';
const basic = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;

let cache: TestCache;
/** The job's own repository, which nobody reads without a token. */
let own: GitServer;
/** A host of somebody else. */
let other: GitServer;
/** A job without a checkout, of a commit of the own repository. */
let job: Job;
let sha = '';
let old = '';
let otherSha = '';
let count = 0;

/** One step; what it wrote to `/out`. */
async function build(inputs: Inputs, env: Inputs = {}): Promise<StepResult & { readonly out: string }> {
  const dest = path.join(job.directory, `out-${++count}`);
  const given = { 'buildkit-path': buildkitDirectory(), outputs: dest, 'github-token': token, scope: 'git' };
  const result = await job.runMain({ ...given, ...inputs }, env);
  return { ...result, out: await readFile(path.join(dest, 'out'), 'utf8').catch(() => '') };
}

function expectDone({ exitCode, log }: StepResult): void {
  expect({ exitCode, log }).toEqual({ exitCode: 0, log });
}

const errors = ({ log }: StepResult) => log.match(/^::error.*$/gm) ?? [];

/** What the build asked the own host with: git of the plan asks before, and its requests are not of the build. */
const asked = (server: GitServer) => [...new Set(server.authorizations)];

const copy = (file: string) => `FROM scratch\nCOPY ${file} /out\n`;

const lint = 'FROM scratch\nMAINTAINER me\n';

beforeAll(async () => {
  [cache, own, other] = await Promise.all([TestCache.start(), GitServer.start(token), GitServer.start()]);
  await writeContext(own.clone, {
    dockerfile: copy('file.txt'),
    files: {
      'sub/Dockerfile': copy('inner'),
      'sub/inner': 'inner',
      'sub/other.Dockerfile': copy('other'),
      'sub/other': 'other',
      'sub/lint.Dockerfile': lint,
      'lint.Dockerfile': lint,
      'sub/root.Dockerfile': copy('file.txt'),
      'more.Dockerfile': 'FROM scratch\nCOPY --from=more inner /out\n',
      'more2.Dockerfile': 'FROM scratch\nCOPY --from=more file.txt /out\n',
      'args.Dockerfile': `FROM scratch\nADD ${other.url}#main /\nCOPY file.txt /out\n`,
    },
  });
  old = await own.push('main', 'old');
  sha = await own.push('main', 'new');
  await writeContext(other.clone, { dockerfile: copy('file.txt'), files: { 'lint.Dockerfile': lint } });
  otherSha = await other.push('main', 'from elsewhere');
  const repository = { id: 1, full_name: 'o/r', default_branch: 'main', private: true };
  job = await Job.start({
    event: { name: 'push', ref: 'refs/heads/main', sha, payload: { repository } },
    env: { ...(await cache.env(rights.main)), GITHUB_SERVER_URL: `http://${own.host}` },
  });
});

beforeEach(() => {
  for (const server of [own, other]) server.authorizations.length = 0;
});

afterAll(async () => {
  await job.runPosts();
  const left = findLeftovers(job.directory);
  await job.remove();
  for (const server of [own, other]) await server.stop();
  await cache.stop();
  expect(left).toEqual([]);
});

// Before all others: what the daemon has read once, it has.
describe('the own repository, which nobody reads without a token', () => {
  it.each<[string, () => Inputs]>([
    ['without it', () => ({ 'github-token': '' })],
    ['another commit', () => ({ context: `${own.url}#${old}` })],
    ['a branch', () => ({ context: `${own.url}#main` })],
  ])('is not opened by the token of the job: %s', async (_, toInputs) => {
    const result = await build(toInputs());
    expect(result.exitCode).toBe(1);
    expect(errors(result)).toEqual([expect.stringMatching(/could not read Username for 'http:\/\/127/)]);
  });

  it('is opened by a secret of the workflow', async () => {
    const result = await build({ context: `${own.url}#${old}`, secrets: `GIT_AUTH_TOKEN=${token}` });
    expectDone(result);
    expect(result.out).toBe('old\n');
  });
});

describe('the Git context of the event, where nothing is checked out', () => {
  it.each<[string, Inputs, Inputs, string]>([
    ['the default', {}, {}, 'new\n'],
    ['a Dockerfile of a directory', { file: './sub/root.Dockerfile' }, {}, 'new\n'],
    [
      'a Dockerfile by the path from elsewhere',
      { file: 'sub/Dockerfile', context: '{{defaultContext}}:sub' },
      {},
      '',
    ],
    ['a directory of it', { context: '{{defaultContext}}:sub' }, {}, 'inner'],
    [
      'a directory with a query',
      { context: '{{defaultContext}}:sub' },
      { BUILDX_SEND_GIT_QUERY_AS_INPUT: 'true' },
      'inner',
    ],
    [
      'a named context',
      { 'build-contexts': 'more={{defaultContext}}:sub', file: 'more.Dockerfile' },
      {},
      'inner',
    ],
    ...ifWhole<[string, Inputs, Inputs, string]>([
      [
        'a directory, another Dockerfile',
        { context: '{{defaultContext}}:sub', file: 'other.Dockerfile' },
        {},
        'other',
      ],
      ['with a query', {}, { BUILDX_SEND_GIT_QUERY_AS_INPUT: 'true' }, 'new\n'],
    ]),
  ])('%s', async (_, inputs, env, expected) => {
    const result = await build(inputs, env);
    if (expected === '') expect(errors(result)).toEqual([expect.stringContaining('sub/Dockerfile')]);
    else {
      expectDone(result);
      expect(result.out).toBe(expected);
    }
    for (const header of asked(own)) expect(['', basic]).toContain(header);
    expect(result.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(token);
    expect(parseJson(result.outputs.get('cache-plan') ?? '')).toMatchObject({ code: 'own-branch' });
  });
});

describe('the token of the job', () => {
  it.each<[string, () => Inputs, string]>([
    ['the context', () => ({ context: `${other.url}#main` }), 'from elsewhere\n'],
    ['a commit of it', () => ({ context: `${other.url}#${otherSha}` }), 'from elsewhere\n'],
    [
      'a named context',
      () => ({ 'build-contexts': `more=${other.url}#main`, file: 'more2.Dockerfile' }),
      'from elsewhere\n',
    ],
    ['ADD', () => ({ file: 'args.Dockerfile' }), 'new\n'],
  ])('goes to no other host: %s', async (_, toInputs, expected) => {
    const result = await build(toInputs());
    expectDone(result);
    expect(result.out).toBe(expected);
    expect(other.authorizations.filter((header) => header !== '')).toEqual([]);
  });
});

describe('a Git context that is not there', () => {
  it.each<[string, () => string, RegExp]>([
    ['a branch', () => `${other.url}#none`, /^::error::.*none/],
    ['a commit', () => `${other.url}#${'0'.repeat(40)}`, /^::error::.*0{40}/],
    ['a directory', () => `${other.url}#main:none`, /^::error::.*none/],
    ['a repository', () => `http://${other.host}/o/none.git`, /^::error::.*none\.git/],
  ])('%s', async (_, toContext, expected) => {
    const result = await build({ context: toContext() });
    expect(result.exitCode).toBe(1);
    expect(errors(result)).toEqual([expect.stringMatching(expected)]);
  });
});

describe('a warning about a Dockerfile in a Git context', () => {
  it.each<[string, () => Inputs, string | undefined]>([
    ['of the event', () => ({}), 'lint.Dockerfile'],
    ['of a directory', () => ({ context: '{{defaultContext}}:sub' }), 'sub/lint.Dockerfile'],
    ['of the commit of the run', () => ({ context: `${own.url}#${sha}` }), 'lint.Dockerfile'],
    ['of another commit', () => ({ context: `${own.url}#${old}` }), undefined],
    ['of another repository', () => ({ context: `${other.url}#main`, secrets: '' }), undefined],
  ])('names its file where it is that of this run: %s', async (_, toInputs, file) => {
    const result = await build({
      ...{ file: 'lint.Dockerfile', call: 'check', secrets: `GIT_AUTH_TOKEN=${token}` },
      ...toInputs(),
    });
    const warnings = result.log.match(/^::warning.*MaintainerDeprecated/gm) ?? [];
    expect(warnings).toEqual([
      expect.stringContaining(file === undefined ? 'Maintainer' : `file=${file},line=2::`),
    ]);
    if (file === undefined) expect(warnings[0]).not.toContain('file=');
  });
});
