// What the tag releases, for release.yml: checks it, writes the notes to a file, and says the rest in GITHUB_OUTPUT.
// node scripts/release.ts v1.2.3
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { toMessage } from '../src/errors.ts';
import { parseJson, readString } from '../src/json.ts';
import { planRelease } from './release-plan.ts';

const root = path.join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: process.env['GITHUB_WORKSPACE'] || root, encoding: 'utf8' }).trim();

try {
  const [tag = ''] = process.argv.slice(2);
  const { version, isPrerelease, major, notes } = planRelease({
    tag,
    packageVersion: readString(parseJson(read('package.json')), 'version') ?? '',
    changelog: read('CHANGELOG.md'),
    tags: git('tag', '--list').split('\n'),
  });
  const commit = git('rev-parse', 'HEAD');
  if (git('rev-parse', `refs/tags/${tag}^{commit}`) !== commit)
    throw new Error(`${tag} is not the commit that is checked out.`);
  const branches = git('branch', '--remotes', '--contains', commit, '--format=%(refname)').split('\n');
  if (!branches.includes('refs/remotes/origin/main'))
    throw new Error(`${tag} is not a commit of main: a release is made of what was reviewed.`);
  const file = path.join(process.env['RUNNER_TEMP'] ?? root, 'release-notes.md');
  writeFileSync(file, `${notes}\n`);
  const outputs = {
    notes: file,
    commit,
    major: major ?? '',
    flags: isPrerelease ? '--prerelease' : `--latest=${major !== undefined}`,
  };
  const text = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  const output = process.env['GITHUB_OUTPUT'];
  if (output) appendFileSync(output, text.join(''));
  console.log(`release ${version} of ${commit}\n${text.join('')}\n${notes}`);
} catch (error) {
  console.error(toMessage(error));
  process.exitCode = 1;
}
