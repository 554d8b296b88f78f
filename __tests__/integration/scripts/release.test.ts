import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runNode } from '../../helpers/run-node.ts';
import { root } from '../../helpers/runner.ts';

let directory: string;
let repository: string;

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: repository,
    encoding: 'utf8',
  }).trim();
const release = (tag: string) =>
  runNode(path.join(repository, 'scripts', 'release.ts'), [tag], {
    RUNNER_TEMP: directory,
    GITHUB_OUTPUT: path.join(directory, 'output'),
    GITHUB_WORKSPACE: repository,
  });

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'hotlayer-release-'));
  repository = path.join(directory, 'repository');
  mkdirSync(path.join(repository, 'scripts'), { recursive: true });
  for (const name of ['release.ts', 'release-plan.ts'])
    cpSync(path.join(root, 'scripts', name), path.join(repository, 'scripts', name));
  cpSync(path.join(root, 'src'), path.join(repository, 'src'), { recursive: true });
  writeFileSync(path.join(repository, 'package.json'), '{"type":"module","version":"1.2.3"}');
  writeFileSync(path.join(repository, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.3 - 2026-12-24\n\n- of it\n');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=release');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('tag', '--annotate', '--message=v1.2.3', 'v1.2.3');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('scripts/release.ts', () => {
  it('says what is released, and writes the notes', async () => {
    expect((await release('v1.2.3')).exitCode).toBe(0);
    expect(readFileSync(path.join(directory, 'output'), 'utf8')).toBe(
      `notes=${directory}/release-notes.md\ncommit=${git('rev-parse', 'HEAD')}\nmajor=v1\nflags=--latest=true\n`,
    );
    expect(readFileSync(path.join(directory, 'release-notes.md'), 'utf8')).toBe('- of it\n');
  });

  it('refuses a commit that is not of main', async () => {
    git('commit', '--quiet', '--allow-empty', '--message=more');
    git('tag', '--force', 'v1.2.3');
    const { exitCode, output } = await release('v1.2.3');
    expect([exitCode, output]).toEqual([
      1,
      'v1.2.3 is not a commit of main: a release is made of what was reviewed.\n',
    ]);
  });

  it('refuses a tag that is not what is checked out', async () => {
    git('commit', '--quiet', '--allow-empty', '--message=more');
    const { exitCode, output } = await release('v1.2.3');
    expect([exitCode, output]).toEqual([1, 'v1.2.3 is not the commit that is checked out.\n']);
  });
});
