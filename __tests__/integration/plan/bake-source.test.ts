import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseBakeInputs } from '../../../src/inputs/inputs.ts';
import { settleSource } from '../../../src/plan/bake-source.ts';
import { git } from '../../helpers/git-repository.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';

const sha = '1'.repeat(40);
const event = `https://github.com/o/r.git#${sha}`;

describe('the source of a bake', () => {
  let workspace: string;
  beforeEach(async () => {
    workspace = await mkdtemp(path.join(tmpdir(), 'hotlayer-source-'));
    await writeFile(path.join(workspace, 'event.json'), '{}');
  });
  afterEach(async () => {
    await rm(workspace, { recursive: true, force: true });
  });

  async function settle(inputs: Readonly<Record<string, string>>, more = {}) {
    const env = {
      ...{ GITHUB_WORKSPACE: workspace, GITHUB_EVENT_PATH: path.join(workspace, 'event.json') },
      ...{ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r' },
      ...{ GITHUB_REF: 'refs/heads/main', GITHUB_SHA: sha },
      ...more,
    };
    const { cwd, remote, sentence } = await settleSource(parseBakeInputs(toInputVariables(inputs)), env);
    return { cwd: path.relative(workspace, cwd), remote, isTold: sentence !== undefined };
  }

  it.each<[string, Readonly<Record<string, string>>, Awaited<ReturnType<typeof settle>>]>([
    ['nothing', {}, { cwd: '', remote: event, isTold: true }],
    ['a working directory', { workdir: 'sub' }, { cwd: 'sub', remote: event, isTold: true }],
    ['the workspace itself', { source: '.' }, { cwd: '', remote: undefined, isTold: false }],
    ['a directory', { source: 'a', workdir: 'sub' }, { cwd: 'sub/a', remote: undefined, isTold: false }],
    ['the context of the event', { source: '{{defaultContext}}' }, { cwd: '', remote: event, isTold: false }],
    [
      'a directory of it',
      { source: '{{defaultContext}}:a' },
      { cwd: '', remote: `${event}:a`, isTold: false },
    ],
    [
      'another repository',
      { source: 'https://x.org/a.git#v1' },
      { cwd: '', remote: 'https://x.org/a.git#v1', isTold: false },
    ],
  ])('is, without a checkout, of %s', async (_, inputs, expected) => {
    expect(await settle(inputs)).toEqual(expected);
  });

  it.each([
    ['a checkout', async () => void (await git(workspace, 'init', '-q')), {}],
    ['a bake file', () => writeFile(path.join(workspace, 'docker-bake.hcl'), ''), {}],
    ['a compose file', () => writeFile(path.join(workspace, 'compose.yaml'), ''), {}],
    ['a file that is named', () => writeFile(path.join(workspace, 'own.hcl'), ''), { files: 'own.hcl' }],
  ])('is the workspace where there is %s', async (_, make, inputs) => {
    await mkdir(path.join(workspace, 'sub'));
    await make();
    expect(await settle(inputs)).toEqual({ cwd: '', remote: undefined, isTold: false });
  });

  it('is the workspace where a variable names the file', async () => {
    expect(await settle({}, { BUILDX_BAKE_FILE: 'x.hcl' })).toMatchObject({ remote: undefined });
  });
});
