import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseBakeDefinition } from '../../../src/buildkit/solve/bake-definition.ts';
import { listDefinitionSecrets } from '../../../src/inputs/definition-secrets.ts';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { findTargetLoadFault } from '../../../src/step/docker-engine.ts';
import { prepareTargets } from '../../../src/step/prepare-targets.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';

type Target = Readonly<Record<string, unknown>>;

let base: string;
let workspace: string;
let temp: string;
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'hotlayer-targets-'));
  workspace = path.join(base, 'workspace');
  temp = path.join(base, 'temp');
  await mkdir(path.join(temp, 'hotlayer'), { recursive: true });
  await mkdir(path.join(temp, 'files'));
  await mkdir(workspace);
  await symlink(temp, path.join(workspace, 'to-temp'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** As buildx prints them, with the places of this test. */
function parse(targets: Readonly<Record<string, Target>>) {
  const text = JSON.stringify({ target: targets }).replaceAll('BASE', base).replaceAll('TEMP', temp);
  const parsed = parseBakeDefinition(text);
  if (parsed === undefined) throw new Error('no definition');
  return parsed;
}

describe('what a bake definition names on this machine', () => {
  const check = (
    target: Target,
    { remote, call, dest }: { remote?: string; call?: 'check'; dest?: string } = {},
  ) =>
    prepareTargets(
      { GITHUB_ENV: path.join(temp, 'files', 'env'), PATH: '/nowhere', DOCKER_HOST: 'unix:///nowhere.sock' },
      {
        targets: parse({ app: target }),
        source: { cwd: workspace, remote },
        inputs: { call: call === undefined ? undefined : { text: call, isCheck: true } },
        cache: parseInputs(
          toInputVariables(dest === undefined ? {} : { cache: 'local', 'cache-to-attrs': `dest=${dest}` }),
        ).cache,
      },
      { tempDirectory: temp, workspace },
    );

  it('the directory of all caches is not the state of the job', async () => {
    await expect(check({}, { dest: path.join(temp, 'hotlayer', 'x') })).rejects.toMatchObject({
      input: 'cache-to-attrs',
    });
    await check({}, { dest: path.join(base, 'caches') });
  });

  it.each<[string, Target, string]>([
    [
      'a tree over the job',
      { output: [{ type: 'local', dest: '../temp' }] },
      'output with dest="../temp" holds',
    ],
    ['a file in the job', { output: [{ type: 'oci', dest: 'TEMP/hotlayer/x' }] }, 'output with dest='],
    ['a layout by a link', { output: [{ type: 'oci', tar: 'false', dest: 'to-temp' }] }, 'output with dest='],
    [
      'the cache in the job',
      { 'cache-to': [{ type: 'local', dest: 'TEMP/hotlayer/c' }] },
      'cache-to with dest=',
    ],
    [
      'a file of the runner',
      { output: [{ type: 'tar', dest: 'to-temp/files/env' }] },
      'a file of the runner',
    ],
    ['a cache over it', { 'cache-to': [{ type: 'local', dest: 'TEMP/files' }] }, 'a file of the runner'],
    [
      'the token of the runner as a secret',
      { secret: [{ id: 'a', env: 'ACTIONS_RUNTIME_TOKEN' }] },
      'the variable "ACTIONS_RUNTIME_TOKEN" of a secret is a credential of the runner and never goes into a build',
    ],
    [
      'another one by the id',
      { secret: [{ id: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN' }] },
      'is a credential of the runner',
    ],
    ['a context with the job', { context: '..' }, 'context=".." holds'],
    ['a named context in the job', { contexts: { x: 'TEMP/hotlayer' } }, 'context "x"='],
    ['a local context of a remote definition', { context: 'cwd://to-temp' }, 'context="to-temp" holds'],
  ])('is refused: %s', async (_, target, words) => {
    const remote = target['context'] === 'cwd://to-temp' ? 'https://github.com/o/r.git' : undefined;
    await expect(check(target, remote === undefined ? {} : { remote })).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(/^target "app" of the bake definition: .*; allowed is/),
    });
    await expect(check(target, remote === undefined ? {} : { remote })).rejects.toThrow(words);
  });

  it.each<[string, Target, string | undefined]>([
    ['an image', { output: [{ type: 'image', name: 'a' }] }, undefined],
    ['files beside', { output: [{ type: 'local', dest: 'TEMP/out' }] }, undefined],
    ['a cache beside', { 'cache-to': [{ type: 'local', dest: 'TEMP/cache' }] }, undefined],
    ['a cache elsewhere', { 'cache-to': [{ type: 's3', dest: 'TEMP/files' }] }, undefined],
    ['the workspace', { context: '.', contexts: { a: 'target:b', b: 'docker-image://c' } }, undefined],
    [
      'a directory there',
      { context: 'https://github.com/o/r.git', contexts: { a: '..' } },
      'https://x/r.git',
    ],
  ])('is taken: %s', async (_, target, remote) => {
    await expect(check(target, remote === undefined ? {} : { remote })).resolves.toBeUndefined();
  });

  it('is no Docker engine: one sentence', async () => {
    const output = [{ type: 'docker' }];
    await expect(check({ output })).rejects.toThrow(
      /^target "app" of the bake definition: the image is to go into Docker, but no Docker engine answers \(\/nowhere\.sock: .*\); allowed is a runner with Docker, or "set: TARGET\.output=type=docker,dest=image\.tar" for a file$/,
    );
    await expect(check({ output }, { call: 'check' })).resolves.toBeUndefined();
    await expect(check({ output: [{ type: 'docker', dest: 'x.tar' }] })).resolves.toBeUndefined();
  });
});

describe('an engine and the image of a target', () => {
  const several = ['linux/amd64', 'linux/arm64'];
  const output = [{ type: 'docker' }];
  const find = (target: Target, holdsIndexes: boolean) => {
    const [parsed] = parse({ app: { output, ...target } });
    if (parsed === undefined) throw new Error('no target');
    return findTargetLoadFault(parsed, { kind: 'reachable', holdsIndexes })?.message;
  };
  const because =
    'cannot be loaded, because the image store of this Docker engine holds single images only; allowed is one platform without attestations, "push" in place of "load", or an engine with the containerd image store ({"features": {"containerd-snapshotter": true}} in its daemon.json)';

  it.each<[string, Target, string | undefined]>([
    ['of one platform', { platforms: ['linux/arm64'] }, undefined],
    ['of several', { platforms: several }, 'an image of several platforms (linux/amd64, linux/arm64)'],
    ['with a list of its software', { attest: [{ type: 'sbom' }] }, 'an attestation (type=sbom)'],
    ['with none', { attest: [{ type: 'sbom', disabled: 'true' }] }, undefined],
  ])('%s', (_, target, what) => {
    expect(find(target, true)).toBeUndefined();
    expect(find(target, false)).toBe(
      what === undefined ? undefined : `target "app" of the bake definition: ${what} ${because}`,
    );
  });
});

describe('what a bake definition holds that is secret', () => {
  const env = { TOKEN: 'env-hunter', npm: 'id-hunter', KEY: 'first-hunter\nsecond-hunter' };
  beforeEach(async () => {
    await writeFile(path.join(workspace, 'npmrc'), '//host/:_authToken=file-hunter\n\ntrue\n');
    await writeFile(path.join(workspace, 'plain'), 'plain-hunter');
  });

  it.each<[string, Target, readonly string[]]>([
    ['a variable', { secret: [{ id: 'a', env: 'TOKEN' }] }, ['env-hunter']],
    ['a variable by the id', { secret: [{ id: 'npm' }] }, ['id-hunter']],
    ['lines', { secret: [{ id: 'a', env: 'KEY' }] }, [env.KEY, 'first-hunter', 'second-hunter']],
    [
      'a file, of which "true" is no secret',
      { secret: [{ id: 'a', src: 'npmrc' }] },
      ['//host/:_authToken=file-hunter\n\ntrue', '//host/:_authToken=file-hunter'],
    ],
    ['a file by the id', { secret: [{ id: 'plain' }] }, ['plain-hunter']],
    [
      'a file and a variable',
      { secret: [{ id: 'a', src: 'plain', env: 'TOKEN' }] },
      ['env-hunter', 'plain-hunter'],
    ],
    ['what is not there', { secret: [{ id: 'gone' }, { id: 'a', env: 'GONE' }, { src: '.' }] }, []],
    ['a token in a context', { context: 'https://token-hunter@h/r.git' }, ['token-hunter']],
    [
      'a password in a context',
      { contexts: { a: 'https://me:pass%2Dhunter@h/r.git' } },
      ['pass%2Dhunter', 'pass-hunter'],
    ],
    [
      'a token beside no password',
      { context: 'https://token-hunter:x-oauth-basic@h/r.git' },
      ['token-hunter'],
    ],
    ['a user', { context: 'https://git@h/r.git', contexts: { a: 'ssh://somebody@h/r.git' } }, []],
    [
      'an address in a build argument',
      { args: { INDEX: 'https://me:arg-hunter@h/simple', N: '1' } },
      ['arg-hunter'],
    ],
    [
      'credentials of caches',
      {
        'cache-from': [
          { type: 's3', bucket: 'b', access_key_id: 'id-of-key', secret_access_key: 's3-hunter' },
        ],
        'cache-to': [{ type: 'azblob', account_url: 'https://h', secret_access_key: 'az-hunter' }],
      },
      ['id-of-key', 's3-hunter', 'az-hunter'],
    ],
  ])('%s', async (_, target, expected) => {
    expect(await listDefinitionSecrets(parse({ app: target }), env, workspace)).toEqual(expected);
  });
});
