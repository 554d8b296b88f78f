import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkFiles, checkSourcePolicy, describeLostIgnoreFile } from '../../../src/inputs/files.ts';
import { parseInputs } from '../../../src/inputs/inputs.ts';

describe('checkFiles', () => {
  let workspace: string;
  beforeEach(async () => {
    workspace = await mkdtemp(path.join(tmpdir(), 'hotlayer-files-'));
    await mkdir(path.join(workspace, 'app'));
    await mkdir(path.join(workspace, 'lower'));
    await writeFile(path.join(workspace, 'app', 'Dockerfile'), 'FROM scratch\n');
    await writeFile(path.join(workspace, 'lower', 'dockerfile'), 'FROM scratch\n');
    await writeFile(path.join(workspace, 'Containerfile'), 'FROM scratch\n');
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  const check = (context: string, file = '') =>
    checkFiles(parseInputs({ INPUT_CONTEXT: context, INPUT_FILE: file }).build, workspace);

  it.each([
    ['app', ''],
    ['./app/', 'app/Dockerfile'],
    ['lower', ''],
    // Outside the context, and from the workspace, not from the context.
    ['app', 'Containerfile'],
    ['https://github.com/acme/app.git', 'no/such/file'],
  ])('takes context %p with file %p', async (context, file) => {
    await expect(check(context, file)).resolves.toBeUndefined();
  });

  it.each([
    ['nowhere', '', 'context', 'does not exist'],
    ['Containerfile', '', 'context', 'is not a directory'],
    ['.', '', 'file', 'does not exist'],
    ['app', 'Dockerfile', 'file', 'does not exist'],
    ['app', 'app', 'file', 'is not a file'],
  ])('refuses context %p with file %p', async (context, file, input, why) => {
    await expect(check(context, file)).rejects.toMatchObject({
      code: 'input',
      input,
      message: expect.stringMatching(new RegExp(`input "${input}".*${why}.*allowed`)),
    });
  });

  describe('a Dockerfile that is a link', () => {
    const link = (target: string, name: string) => symlink(target, path.join(workspace, name));
    beforeEach(async () => {
      await mkdir(path.join(workspace, 'app', 'docker'));
      await writeFile(path.join(workspace, 'app', 'docker', 'prod'), 'FROM scratch\n');
    });

    it.each([
      ['to a neighbour', 'docker/prod'],
      ['by a way that stays inside', './docker/../docker/prod'],
      ['to a link', 'hop'],
    ])('%s is taken', async (_, target) => {
      await link('docker/prod', 'app/hop');
      await link(target, 'app/Web');
      await expect(check('app', 'app/Web')).resolves.toBeUndefined();
    });

    it('in a directory that is a link is taken', async () => {
      await link('app', 'linked');
      await expect(check('linked', 'linked/Dockerfile')).resolves.toBeUndefined();
      await expect(check('linked')).resolves.toBeUndefined();
    });

    it.each([
      ['out of its directory', 'out', '../Containerfile', 'Containerfile'],
      ['out of it and back', 'back', '../app/Dockerfile', 'app/Dockerfile'],
      ['by an absolute path, even inside', 'absolute', undefined, 'app/Dockerfile'],
      ['through a directory that is a link', 'through', 'outside/Containerfile', 'Containerfile'],
    ])('%s is told before anything starts', async (_, name, target, real) => {
      await link('..', 'app/outside');
      await link(target ?? path.join(workspace, 'app', 'Dockerfile'), `app/${name}`);
      await expect(check('app', `app/${name}`)).rejects.toMatchObject({
        code: 'input',
        input: 'file',
        message: expect.stringContaining(path.join(await realpath(workspace), real)),
      });
    });

    it('is told too where it is the default', async () => {
      await mkdir(path.join(workspace, 'web'));
      await link('../Containerfile', 'web/Dockerfile');
      await expect(check('web')).rejects.toMatchObject({ input: 'file' });
      await rm(path.join(workspace, 'web', 'Dockerfile'));
      await link('../Containerfile', 'web/dockerfile');
      await expect(check('web')).rejects.toMatchObject({ input: 'file' });
    });

    it('that leads to nothing does not exist', async () => {
      await link('nowhere', 'app/dangling');
      await link('circle', 'app/circle');
      for (const file of ['app/dangling', 'app/circle'])
        await expect(check('app', file)).rejects.toThrow(/does not exist/);
    });
  });

  it('tells of a .dockerignore that is a link out of its directory', async () => {
    const describeIt = (file = '') =>
      describeLostIgnoreFile(parseInputs({ INPUT_CONTEXT: 'app', INPUT_FILE: file }).build, workspace);
    expect(await describeIt()).toBeUndefined();
    await writeFile(path.join(workspace, 'ignored'), '*.key\n');
    await writeFile(path.join(workspace, 'app', '.dockerignore'), '*.key\n');
    expect(await describeIt()).toBeUndefined();
    await rm(path.join(workspace, 'app', '.dockerignore'));
    await symlink('../ignored', path.join(workspace, 'app', '.dockerignore'));
    expect(await describeIt()).toContain('app/.dockerignore has no effect');
    await rm(path.join(workspace, 'app', '.dockerignore'));
    await symlink('app/Dockerfile', path.join(workspace, 'Containerfile.dockerignore'));
    expect(await describeIt('Containerfile')).toBeUndefined();
    await rm(path.join(workspace, 'Containerfile.dockerignore'));
    await symlink('../etc/hosts', path.join(workspace, 'Containerfile.dockerignore'));
    await mkdir(path.join(workspace, 'etc'));
    expect(await describeIt('Containerfile')).toBeUndefined();
  });

  it('names a source policy that is not there', async () => {
    const policy = (file: string | undefined) =>
      checkSourcePolicy({ EXPERIMENTAL_BUILDKIT_SOURCE_POLICY: file }, workspace);
    await expect(policy('nowhere.json')).rejects.toThrow(
      /EXPERIMENTAL_BUILDKIT_SOURCE_POLICY.*"nowhere.json"/,
    );
    for (const file of [undefined, '', 'Containerfile']) await expect(policy(file)).resolves.toBeUndefined();
  });
});
