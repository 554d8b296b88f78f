import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { settleContexts, toDefaultContext } from '../../src/plan/default-context.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const sha = '860c1904a1ce19322e91ac35af1ab07466440c37';
const head = 'f11797113e5a9b86bd976329c5dbb8a8bfdfadfa';
const payload = { pull_request: { number: 15, head: { sha: head } } };
const run = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'docker/actions-toolkit' };
const address = 'https://github.com/docker/actions-toolkit.git';

describe('the Git context of an event', () => {
  const headRef = { DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF: 'true' };
  const query = { BUILDX_SEND_GIT_QUERY_AS_INPUT: 'true' };
  // The rows of docker/actions-toolkit's own test (__tests__/buildx/build.test.ts).
  it.each<[string, Record<string, string>, string, string]>([
    ['refs/heads/master', {}, 'v0.37.2', `${address}#${sha}`],
    ['master', {}, 'v0.37.2', `${address}#${sha}`],
    ['refs/pull/15/merge', {}, 'v0.37.2', `${address}#${sha}`],
    ['refs/tags/v1.0.0', {}, 'v0.37.2', `${address}#${sha}`],
    ['refs/pull/15/merge', headRef, 'v0.37.2', `${address}#${head}`],
    ['refs/heads/master', headRef, 'v0.37.2', `${address}#${sha}`],
    ['refs/heads/master', query, 'v0.37.2', `${address}?ref=refs/heads/master&checksum=${sha}`],
    ['refs/pull/15/merge', query, 'v0.37.2', `${address}?ref=${sha}`],
    ['refs/pull/15/merge', { ...query, ...headRef }, 'v0.37.2', `${address}?ref=${head}`],
    ['refs/heads/master', query, 'v0.28.0', `${address}#${sha}`],
    ['refs/tags/v1.0.0', query, 'v0.29.0', `${address}?ref=refs/tags/v1.0.0&checksum=${sha}`],
  ])('%s with %j and buildx %s', (ref, env, version, expected) => {
    const isPullRequest = ref.startsWith('refs/pull/');
    const facts = { ref, sha, payload: isPullRequest ? payload : {} };
    expect(toDefaultContext(facts, { ...run, ...env }, version)).toBe(expected);
  });

  it('is nothing where the runner does not say which repository it is', () => {
    for (const name of ['GITHUB_SERVER_URL', 'GITHUB_REPOSITORY'])
      expect(toDefaultContext({ ref: 'refs/heads/a', sha, payload }, { ...run, [name]: '' }, 'v0.37.2')).toBe(
        undefined,
      );
  });

  it('is that of a GHES server, and without a commit the ref', () => {
    const env = { GITHUB_SERVER_URL: 'https://ghe.example:8443/', GITHUB_REPOSITORY: 'o/r' };
    expect(toDefaultContext({ ref: 'refs/heads/a', sha: '', payload }, env, 'v0.37.2')).toBe(
      'https://ghe.example:8443/o/r.git#refs/heads/a',
    );
  });
});

describe('settleContexts', () => {
  let directory: string;
  let env: Record<string, string>;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-context-'));
    const event = path.join(directory, 'event.json');
    await writeFile(event, JSON.stringify(payload));
    await mkdir(path.join(directory, 'workspace'));
    env = {
      ...run,
      GITHUB_WORKSPACE: path.join(directory, 'workspace'),
      GITHUB_EVENT_PATH: event,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SHA: sha,
    };
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const settle = async (inputs: Readonly<Record<string, string>>, over: Record<string, string> = {}) => {
    const settled = await settleContexts(parseInputs(toInputVariables(inputs)), { ...env, ...over });
    return { ...settled.inputs.build, sentence: settled.sentence };
  };
  const here = { kind: 'path', path: '.' };
  const event = { kind: 'git', url: `${address}#${sha}` };

  it.each<[string, readonly string[], Record<string, string>, typeof here | typeof event]>([
    ['an empty workspace', [], {}, event],
    ['a workspace with other files', ['artifact.tar'], {}, event],
    ['a checkout elsewhere in the workspace', ['app/.git/HEAD'], {}, event],
    ['a checkout', ['.git/HEAD'], {}, here],
    ['a linked worktree', ['.git'], {}, here],
    ['a Dockerfile that an earlier step has written', ['Dockerfile'], {}, here],
    ['one in lower case', ['dockerfile'], {}, here],
    ['the Dockerfile of the input', ['docker/Web'], { file: 'docker/Web' }, here],
    ['another than that of the input', ['Dockerfile'], { file: 'docker/Web' }, event],
    ['a context that was given', [], { context: '.' }, here],
  ])('of %s', async (_, files, inputs, expected) => {
    for (const file of files) {
      const place = path.join(directory, 'workspace', file);
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, '');
    }
    const { context, sentence } = await settle(inputs);
    expect(context).toMatchObject(expected);
    expect(context).not.toHaveProperty('isDefault');
    expect(sentence !== undefined).toBe(expected === event);
  });

  it('is the workspace on a machine of one’s own, and where nobody knows the repository', async () => {
    expect((await settle({}, { HOTLAYER_LOCAL: '1' })).context).toEqual(here);
    expect((await settle({}, { GITHUB_REPOSITORY: '' })).context).toEqual(here);
  });

  it.each([
    ['{{defaultContext}}', `${address}#${sha}`],
    ['{{ defaultContext }}:sub/dir', `${address}#${sha}:sub/dir`],
    ['{{{defaultContext}}}:sub', `${address}#${sha}:sub`],
    ['{{unknown}}', `${address}#${sha}`],
  ])('fills %s in', async (context, url) => {
    const settled = await settle({ context, 'build-contexts': `a=${context}\nb=dir` });
    expect(settled.context).toEqual({ kind: 'git', url });
    expect(settled.buildContexts).toEqual([
      { name: 'a', value: url },
      { name: 'b', value: 'dir' },
    ]);
  });

  it('fills a directory into a query', async () => {
    const over = { BUILDX_SEND_GIT_QUERY_AS_INPUT: '1' };
    expect((await settle({ context: '{{defaultContext}}:web' }, over)).context).toEqual({
      kind: 'git',
      url: `${address}?ref=refs/heads/main&checksum=${sha}&subdir=web`,
    });
  });

  it('refuses what is no context once it is filled in', async () => {
    const settled = settle({ context: 'ftp://host/{{defaultContext}}' });
    await expect(settled).rejects.toThrow(InputError);
    await expect(settled).rejects.toThrow(/input "context"/);
  });
});
