import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findAnnotatedDockerfile } from '../../src/step/dockerfile-place.ts';
import { git } from '../helpers/git-repository.ts';

describe('warnings point into a Dockerfile of this repository only', () => {
  const env = { PATH: process.env['PATH'] };
  let root: string;
  let workspace: string;

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'hotlayer-place-'));
    workspace = path.join(root, 'workspace');
    for (const directory of ['app', 'docker', 'low', 'other/.git', 'other/sub', 'module'])
      await mkdir(path.join(workspace, directory), { recursive: true });
    await mkdir(path.join(root, 'temp'));
    for (const file of [
      'Dockerfile',
      'app/Dockerfile',
      'docker/prod',
      'low/dockerfile',
      'other/sub/Dockerfile',
    ])
      await writeFile(path.join(workspace, file), 'FROM scratch\n');
    await writeFile(path.join(workspace, 'module/Dockerfile'), 'FROM scratch\n');
    await writeFile(path.join(workspace, 'module/.git'), 'gitdir: ../.git/modules/module\n');
    await git(workspace, 'init', '-q');
    await git(workspace, 'add', 'Dockerfile', 'app', 'docker', 'low');
    await git(workspace, 'commit', '-qm', 'all');
    await writeFile(path.join(workspace, 'app', 'generated'), 'FROM scratch\n');
    await writeFile(path.join(root, 'temp', 'Dockerfile'), 'FROM scratch\n');
    await symlink(path.join(root, 'temp', 'Dockerfile'), path.join(workspace, 'made'));
    await symlink(path.join(root, 'temp'), path.join(workspace, 'outside'));
    await symlink('docker/prod', path.join(workspace, 'linked'));
    await symlink(workspace, path.join(root, 'alias'));
  });
  afterAll(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const local = (directory = '.') => ({ kind: 'path', path: directory }) as const;

  const remote = { kind: 'git', url: 'https://example.com/r.git' } as const;

  it.each([
    ['the Dockerfile of the context', local(), undefined, 'Dockerfile'],
    ['of a context below the workspace', local('app'), undefined, 'app/Dockerfile'],
    ['by another name', local('app'), 'docker/prod', 'docker/prod'],
    ['named dockerfile', local('low'), undefined, 'low/Dockerfile'],
    ['named in a roundabout way', local(), './app/../app//Dockerfile', 'app/Dockerfile'],
    ['a link to a file of the workspace', local(), 'linked', 'linked'],
    ['made by an earlier step in the workspace', local('app'), 'app/generated', undefined],
    ['a Git context', remote, undefined, undefined],
    ['made by an earlier step in RUNNER_TEMP', local(), '../temp/Dockerfile', undefined],
    ['a link out of the workspace', local(), 'made', undefined],
    ['a directory that is a link out of the workspace', local(), 'outside/Dockerfile', undefined],
    ['a context outside the workspace', local('../temp'), undefined, undefined],
    ['another checkout below the workspace', local('other/sub'), undefined, undefined],
    ['a submodule', local('module'), undefined, undefined],
    ['one that is not there', local('docker'), undefined, undefined],
  ])('%s', async (_what, context, file, expected) => {
    expect(await findAnnotatedDockerfile({ context, file }, workspace, env)).toBe(expected);
    expect(await findAnnotatedDockerfile({ context, file }, path.join(root, 'alias'), env)).toBe(expected);
  });

  it('an absolute path', async () => {
    const at = (file: string) => findAnnotatedDockerfile({ context: local(), file }, workspace, env);
    expect(await at(path.join(workspace, 'app', 'Dockerfile'))).toBe('app/Dockerfile');
    expect(await at(path.join(root, 'temp', 'Dockerfile'))).toBeUndefined();
  });

  const sha = '1'.repeat(40);
  const head = '2'.repeat(40);
  const own = 'https://github.com/o/r.git';

  it.each([
    ['its commit', `${own}#${sha}`, undefined, 'Dockerfile'],
    ['its commit as a query', `${own}?ref=refs/heads/main&checksum=${sha}`, undefined, 'Dockerfile'],
    ['its ref', `${own}#refs/heads/main`, undefined, 'Dockerfile'],
    ['its branch', `${own}#main`, undefined, 'Dockerfile'],
    ['by ssh', `git@github.com:o/r.git#main`, undefined, 'Dockerfile'],
    ['the commit of the event', `${own}#${head}`, undefined, 'Dockerfile'],
    ['a directory', `${own}#main:sub/dir`, undefined, 'sub/dir/Dockerfile'],
    ['another Dockerfile there', `${own}#main:sub`, './docker/prod', 'sub/docker/prod'],
    ['a path that would leave it', `${own}#main:sub`, '../../other', 'sub/other'],
    ['another commit', `${own}#${'3'.repeat(40)}`, undefined, undefined],
    ['another branch', `${own}#release`, undefined, undefined],
    ['the default branch', own, undefined, undefined],
    ['another repository', `https://github.com/o/other.git#main`, undefined, undefined],
    ['another host', `https://example.com/o/r.git#main`, undefined, undefined],
    ['a Dockerfile of this machine', `${own}#main`, '/tmp/Dockerfile', undefined],
  ])('of a Git context of the run: %s', async (_what, url, file, expected) => {
    const run = {
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SHA: sha,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
    };
    const build = { context: { kind: 'git', url }, file, defaultContext: `${own}#${head}` } as const;
    expect(await findAnnotatedDockerfile(build, workspace, { ...env, ...run })).toBe(expected);
  });
});
