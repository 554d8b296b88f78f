import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InputError } from '../../../src/errors.ts';
import { checkNamedContexts, describeLocalBases, listBases } from '../../../src/inputs/context-files.ts';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { checkNamedFiles } from '../../../src/inputs/named-files.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';

let workspace: string;
beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'hotlayer-named-'));
  await mkdir(path.join(workspace, 'base'));
  await writeFile(path.join(workspace, 'secret'), 'hunter2');
  await writeFile(path.join(workspace, 'large'), Buffer.alloc(500 * 1024 + 1));
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

const parse = (inputs: Readonly<Record<string, string>>) => parseInputs(toInputVariables(inputs)).build;

describe('what inputs name on this machine', () => {
  const check = async (inputs: Readonly<Record<string, string>>, env: Record<string, string> = {}) => {
    await checkNamedContexts(parse(inputs), workspace);
    await checkNamedFiles(parse(inputs), env, workspace);
  };

  it.each<[Record<string, string>, Record<string, string>]>([
    [{ 'secret-files': 'A=secret\nB=./base/../secret' }, {}],
    [{ ssh: 'default' }, { SSH_AUTH_SOCK: '/x' }],
    [{ ssh: 'default=' }, { SSH_AUTH_SOCK: '/x' }],
    [{ ssh: 'key=secret' }, {}],
    [
      {
        'build-contexts':
          'a=base\nb=docker-image://alpine\nc=https://host/x.git\nd=oci-layout://base:1@sha256:2',
      },
      {},
    ],
  ])('%j with %j is there', async (inputs, env = {}) => {
    await expect(check(inputs, env)).resolves.toBeUndefined();
  });

  it.each<[Record<string, string>, string, RegExp]>([
    [{ 'secret-files': 'A=nowhere-hunter2' }, 'secret-files', /"A" does not exist; allowed/],
    [{ 'secret-files': 'A=base' }, 'secret-files', /"A" is not a file/],
    [{ 'secret-files': 'A=large' }, 'secret-files', /512001 bytes; allowed are 512000/],
    [{ ssh: 'default' }, 'ssh', /SSH_AUTH_SOCK is not set; allowed/],
    [{ ssh: 'mine=' }, 'ssh', /"mine".*SSH_AUTH_SOCK/],
    [{ ssh: 'mine=nowhere' }, 'ssh', /"nowhere".*does not exist/],
    [{ 'build-contexts': 'a=secret' }, 'build-contexts', /"a=secret" is not a directory/],
    [{ 'build-contexts': 'a=oci-layout://nowhere:1' }, 'build-contexts', /is not a directory/],
  ])('%j is an error of %s', async (inputs, input, message) => {
    const error: unknown = await check(inputs).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ input, message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('hunter2');
  });
});

describe('a stage that begins with a directory', () => {
  it('lists what stages begin with', () => {
    const dockerfile =
      '# FROM no\nFROM --platform=$BUILDPLATFORM Base AS a\n  from docker.io/library/alpine:latest\nRUN echo FROM x\nFROM scratch\n';
    expect(listBases(dockerfile)).toEqual(['base', 'alpine', 'scratch']);
  });

  it.each<[string, string, boolean]>([
    ['FROM base\n', 'base=./base', true],
    ['FROM alpine\n', 'docker.io/library/alpine=./base', true],
    ['FROM alpine:3\n', 'alpine=./base', false],
    ['FROM scratch\nCOPY --from=base / /\n', 'base=./base', false],
    ['FROM base\n', 'base=docker-image://alpine', false],
    ['FROM base\n', 'base=oci-layout://x', false],
    ['FROM other\n', 'base=./base', false],
  ])('%j with %s is told: %s', async (dockerfile, contexts, isTold) => {
    await writeFile(path.join(workspace, 'Dockerfile'), dockerfile);
    const told = await describeLocalBases(parse({ 'build-contexts': contexts }), workspace);
    expect(told !== undefined).toBe(isTold);
    if (isTold) expect(told).toMatch(/never found in the cache.*COPY --from=/);
  });

  it('is not told of a Dockerfile that is not to be seen', async () => {
    const inputs = { 'build-contexts': 'base=./base', context: 'https://host/r.git' };
    expect(await describeLocalBases(parse(inputs), workspace)).toBeUndefined();
    expect(await describeLocalBases(parse({ 'build-contexts': 'a=b' }), workspace)).toBeUndefined();
  });
});
